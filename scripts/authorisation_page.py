"""The page of who may do what to whose things: the reviewed table, made readable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.texts import Catalogue
from tests.authorisation_table import Row, groups, rows

_OBJECTS = ("own", "neighbour", "sealed", "restricted", "foreign", "erased", "absent")


def authorisation_page(texts: Catalogue) -> Iterator[str]:
    yield "# Who may do what to whose things"
    yield (
        "The reviewed table [`authorisation.csv`](../tests/data/authorisation.csv). "
        "[`test_authorisation.py`](../tests/integration/test_authorisation.py) has everybody knock "
        "at every address and press every command, for everything; an address or a command that "
        "the table lacks fails the build. Whoever is not named hears the same as if the thing were "
        "not there: status, headers and words."
    )
    yield (
        "Everybody holds their role over one estate. *neighbour*: told by somebody else there, "
        "public; *sealed*: about a neighbour; *restricted*: for few; *foreign*: in an estate where "
        "nobody of the table has a role; *erased*: the one who told it is forgotten; *absent*: "
        "there is none. A dash is nobody, an empty cell means that there is no such thing. The "
        "matter is with a worker (`holder`) and has just been dispatched; what is possible in its "
        "other states is [lifecycle.md](lifecycle.md)."
    )
    yield "## Groups"
    yield "\n".join(_groups(texts))
    yield "## Addresses"
    yield "\n".join(_open("address", _some(is_address=True)))
    yield "### Addresses of one thing"
    yield "\n".join(_objects("address", _some(is_address=True)))
    yield "## Commands behind buttons"
    yield "\n".join(_open("command", _some(is_address=False)))
    yield "### Commands about one thing"
    yield "\n".join(_objects("command", _some(is_address=False)))


def _some(*, is_address: bool) -> list[Row]:
    return [row for row in rows().values() if row.is_address is is_address]


def _groups(texts: Catalogue) -> Iterator[str]:
    yield "| group | who |"
    yield "|---|---|"
    for name, members in groups().items():
        yield f"| {name} | {_named(members)} |"
    roles = [each for each in sorted(groups()["@all"]) if each.isupper() and each != "ANO"]
    told = ", ".join(f"{role} {texts.template(f'role_{role}', 'zh-CN')}" for role in roles)
    yield ""
    yield f"Roles: {told}. ANO has reported without a name; follower waits with the neighbour."


def _open(what: str, some: list[Row]) -> Iterator[str]:
    yield f"| {what} | who comes through | shown as well by |"
    yield "|---|---|---|"
    for row in some:
        if not set(_OBJECTS) & set(row.who):
            yield f"| `{row.door}` | {_cell(row.who, 'open')} | {_test(row.also)} |"


def _objects(what: str, some: list[Row]) -> Iterator[str]:
    yield f"| {what} | {' | '.join(_OBJECTS)} |"
    yield f"|---|{'---|' * len(_OBJECTS)}"
    for row in some:
        if set(_OBJECTS) & set(row.who):
            cells = " | ".join(_cell(row.who, each) for each in _OBJECTS)
            also = f" ({_test(row.also)})" if row.also else ""
            yield f"| `{row.door}`{also} | {cells} |"


def _cell(who: Mapping[str, frozenset[str]], what: str) -> str:
    return (_named(who[what], shorten=True) or "–") if what in who else ""


def _named(members: frozenset[str], *, shorten: bool = False) -> str:
    """By the largest group that fits, then one by one."""
    fits = [name for name, each in groups().items() if shorten and each <= members]
    best = max(fits, key=lambda name: len(groups()[name]), default="")
    rest = members - groups().get(best, frozenset())
    return " ".join(filter(None, [best, *sorted(rest)]))


def _test(name: str) -> str:
    path, _, test = name.partition("::")
    return f"[{test or path.rpartition('/')[2]}](../{path})" if name else ""
