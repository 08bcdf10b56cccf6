"""The page and its files are served with their types, and nothing else is."""

from bot.channels.webchat.pages import STATIC, TYPES
from tests.integration.web_house import House, problem_of


async def test_every_file_of_the_page_is_served_as_what_it_is(house: House) -> None:
    stranger = house.stranger()

    for path in (each for each in STATIC.rglob("*") if each.is_file()):
        answer = await stranger.client.get(f"/chat/{path.relative_to(STATIC)}")
        assert answer.status == 200, path
        assert answer.headers["Content-Type"] == TYPES[path.suffix]
        assert await answer.read() == path.read_bytes()


async def test_the_house_opens_on_the_page_and_a_code_comes_along(house: House) -> None:
    stranger = house.stranger()

    for door in ("/", "/chat"):
        answer = await stranger.client.get(f"{door}?join=abc", allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (302, "/chat/?join=abc")
    page = await stranger.client.get("/chat/")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "<script" in await page.text()


async def test_nothing_outside_the_page_is_served(house: House) -> None:
    stranger = house.stranger()

    for path in (
        "..%2froutes.py",
        "%2e%2e/routes.py",
        "/etc/passwd",
        "icons",
        "x\x00.js",
        "a" * 3000,
    ):
        answer = await stranger.client.get(f"/chat/{path}")
        assert (await problem_of(answer))[0] == 404
