"""J2, J6: no word of an address breaks a page of the console, nor one of the page's own API."""

import re
from collections import Counter
from collections.abc import Iterator

from actions.domain.people import Role
from bot.admin.routes import OPEN_ROUTES, STAFF_ROUTES
from bot.channels.webchat.routes import API, ROUTES
from tests.integration.console_house import joined
from tests.integration.web_house import House

#: Every word any page asks for.
NAMES = (
    "q", "before", "after", "group", "area", "category", "urgency", "tier", "who", "role", "channel",
    "from", "to", "lang", "next", "code", "kind", "participant", "day", "line", "about", "action",
    "limit", "size", "status", "sort",
)  # fmt: skip
VALUES = (
    "0", "-1", "9" * 19, "9" * 200, "٣", "²", "%", "\\", "' OR 1=1--", "\x00", "\ud800", "2024-02-30",
    "10000-01-01", "//elsewhere.invalid", "LL-%-_-K", "扶" * 500, "(", '"a" OR', "{{7*7}}", "\n",
)  # fmt: skip
#: In place of a part in braces.
PARTS = ("0", "9" * 19, "9" * 400, "-1", "²", "%00", "%2e%2e", "LL-%25-_-K", "'")


def addresses() -> Iterator[str]:
    console = [
        f"/admin{path}" for method, path, _ in (*OPEN_ROUTES, *STAFF_ROUTES) if method == "GET"
    ]
    chat = [f"{API}{path}" for method, path, _ in ROUTES if method == "GET" and path != "/events"]
    yield from (*console, *chat)


def encoded(value: str) -> str:
    raw = value.encode("utf-8", "surrogatepass")
    return "".join(f"%{byte:02x}" for byte in raw)


async def test_no_word_of_an_address_breaks_a_page(house: House) -> None:
    desk = await joined(house, Role.ADM, "LJ", login="luo")
    visitor = await house.visitor()
    met: Counter[int] = Counter()
    wrong = []

    for address in addresses():
        client = visitor.client if address.startswith(API) else desk.client
        for path in asked(address, every=1 if house.world.database.is_sqlite else 4):
            answer = await client.get(path, allow_redirects=False)
            met[answer.status] += 1
            wrong += [(path[:300], answer.status)] * (answer.status >= 500)

    assert wrong == []
    assert met[200] > met[429]


def asked(address: str, *, every: int) -> Iterator[str]:
    """Each part and each word of it, odd."""
    if "{" in address:
        yield from (re.sub(r"{[^}]*}+", part, address) for part in PARTS)
    path = re.sub(r"{[^}]*}+", "1", address)
    for value in VALUES[::every]:
        words = "&".join(f"{name}={encoded(value)}" for name in NAMES)
        yield f"{path}?{words}"
