"""The description machines read names every route, and no other."""

from bot.channels.webchat.description import description
from bot.channels.webchat.routes import API, ROUTES


def test_every_route_is_described_and_nothing_else() -> None:
    served = {("POST", f"{API}/session"), *((method, API + path) for method, path, _ in ROUTES)}

    described = {
        (method.upper(), path)
        for path, methods in description()["paths"].items()
        for method in methods
    }

    assert described == served


def test_every_reference_leads_somewhere() -> None:
    def references(node: object) -> list[str]:
        if isinstance(node, dict):
            here = [str(node["$ref"])] if "$ref" in node else []
            return here + [ref for value in node.values() for ref in references(value)]
        if isinstance(node, list):
            return [ref for value in node for ref in references(value)]
        return []

    for reference in references(description()):
        found: object = description()
        for step in reference.removeprefix("#/").split("/"):
            assert isinstance(found, dict)
            found = found[step]
        assert found
