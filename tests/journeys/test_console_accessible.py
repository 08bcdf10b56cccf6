"""The console in a real browser: axe clean, by keyboard, without scripts, and nothing breaks out."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, expect

from bot.admin.routes import OPEN_ROUTES, STAFF_ROUTES
from tests.integration.naughty import NAUGHTY, OURS
from tests.journeys.examination import Examination
from tests.journeys.page import DESK, PHONE, opened_browser
from tests.journeys.town import Journey, Town

PASSWORD = "绿豆汤 and seven boats"
SMALLEST = {"width": 360, "height": 640}
#: Every page that is there without anything having happened.
PAGES = (
    "/admin/", "/admin/?q=扶手", "/admin/transcripts", "/admin/people", "/admin/people/invite",
    "/admin/people/invite?role=GWF", "/admin/letters", "/admin/health", "/admin/audit",
    "/admin/account", "/admin/nowhere", "/admin/join?code=x",
)  # fmt: skip
#: A place for each of the four, so that none is taken for another's.
PLACES = {
    ("phone", "light"): "44栋",
    ("phone", "dark"): "45栋",
    ("desk", "light"): "48栋",
    ("desk", "dark"): "50栋",
}
#: What would run, if anything could.
SAMPLE = [
    each
    for each in dict.fromkeys([*OURS, *NAUGHTY])
    if any(sign in each.lower() for sign in ("<script", "onerror", "onload", "javascript:"))
][:60]


@dataclass
class Console:
    """One browser of somebody on the staff."""

    page: Page
    url: str

    @classmethod
    async def joins(cls, context: BrowserContext, town: Town, role: str, login: str) -> "Console":
        console = cls(await context.new_page(), town.url)
        code = await town.invite(role, "LJ", login)
        await console.goes(f"/admin/join?code={code}")
        await console.page.fill("#login", login)
        await console.page.fill("#password", PASSWORD)
        await console.page.fill("#again", PASSWORD)
        await console.page.click("main form button.primary")
        await expect(console.page.locator("nav.side")).to_be_visible()
        return console

    async def goes(self, path: str) -> None:
        await self.page.goto(self.url + path)

    async def width(self) -> int:
        return int(await self.page.evaluate("document.documentElement.scrollWidth"))


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def desk(visible_journey: Journey, browser: Browser) -> AsyncIterator[Console]:
    async with opened_browser(browser, size=DESK) as context:
        town = visible_journey.town
        yield await Console.joins(context, town, "ADM", f"desk{town.now().timestamp():.6f}")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_no_page_of_the_console_has_a_serious_violation(
    visible_journey: Journey, browser: Browser, size: dict[str, int], scheme: str
) -> None:
    town, seen = visible_journey.town, Examination()
    resident = await visible_journey.resident()
    place = PLACES["phone" if size is PHONE else "desk", scheme]
    await visible_journey.files(resident, f"{place}门前的草太长了", "GRN01")
    async with opened_browser(browser, size=size, color_scheme=scheme) as context:
        stranger = Console(await context.new_page(), town.url)
        await stranger.goes("/admin/sign-in")
        await seen.look(stranger, "sign in")
        await stranger.goes(f"/admin/join?code={await town.invite('ADM', 'LJ', '小罗')}")
        await seen.look(stranger, "join")
        console = await Console.joins(context, town, "ADM", f"{scheme}{size['width']}")
        for path in PAGES:
            await console.goes(path)
            await seen.look(console, path)
            assert await console.width() <= size["width"], path
        await console.goes("/admin/people")
        await console.page.locator("tbody a").first.click()
        await seen.look(console, "person")
        await console.page.locator(".menu summary").click()
        await seen.look(console, "menu")
        await console.goes("/admin/")
        await console.page.locator("tbody a, [data-row] a").first.click()
        await expect(console.page.locator("h1")).to_be_visible()
        await seen.look(console, "ticket")
        assert await console.width() <= size["width"]

    assert seen.found == []
    assert len(seen.views) == len(PAGES) + 5


#: Pages that need something to have happened first, or somebody else to look.
RARE = {
    "/tickets/{number}": "a ticket, above",
    "/people/{person}": "a person, above",
    "/transcripts/{conversation}": "talk",
    r"/letters/{kind}/{number:\d{1,18}}": "letter",
}


async def test_the_rare_pages_of_the_console_are_clean_as_well(
    visible_journey: Journey, browser: Browser
) -> None:
    town, seen = visible_journey.town, Examination()
    resident = await visible_journey.resident()
    await resident.says("这句话有人要看")
    with closing(sqlite3.connect(town.data / "linli.db", timeout=30)) as conn:
        query = "SELECT max(id) FROM outbox WHERE conversation_id IS NOT NULL"
        letter = conn.execute(query).fetchone()[0]
        conn.execute("UPDATE outbox SET state = 'dead' WHERE id = ?", (letter,))
        conn.commit()
    async with opened_browser(browser, size=PHONE) as context:
        stranger = Console(await context.new_page(), town.url)
        for view, path in {
            "join by hand": "/admin/join",
            "join the chat": f"/admin/join?code={await town.invite('GWF', 'G3', '小陈')}",
        }.items():
            await stranger.goes(path)
            await seen.look(stranger, view)
        console = await Console.joins(context, town, "ADM", "rarely")
        await console.goes("/admin/transcripts")
        await console.page.locator("tbody a").first.click()
        await expect(console.page.locator("ol.talk")).to_be_visible()
        await seen.look(console, "talk")
        await console.goes(f"/admin/letters/out/{letter}")
        await expect(console.page.locator("form[action$='/settle']")).to_have_count(1)
        await seen.look(console, "letter")
        await console.goes("/admin/people/invite?role=GWF")
        await console.page.fill("#name", "阿梅")
        await console.page.locator("main form button.primary").click()
        await expect(console.page.locator("#link")).to_be_visible()
        await seen.look(console, "invited")

    assert seen.found == []
    assert {"talk", "letter", "invited"} <= set(seen.views)


def test_every_page_of_the_console_is_looked_at() -> None:
    pages = {path for method, path, _ in (*OPEN_ROUTES, *STAFF_ROUTES) if method == "GET"}
    looked_at = {path.removeprefix("/admin").partition("?")[0] for path in PAGES}

    assert pages - looked_at - {"/static/{name}", "/photos/{id}", "/sign-in"} == RARE.keys()


async def test_every_page_fits_the_smallest_phone(
    visible_journey: Journey, browser: Browser
) -> None:
    async with opened_browser(browser, size=SMALLEST, locale="en") as context:
        console = await Console.joins(context, visible_journey.town, "ADM", "smallest")
        for path in PAGES:
            await console.goes(path)
            assert await console.width() <= SMALLEST["width"], path


async def test_the_console_is_walked_by_keys(desk: Console) -> None:
    page = desk.page
    await desk.goes("/admin/people")

    await page.keyboard.press("/")
    await expect(page.locator("#find")).to_be_focused()
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await page.keyboard.press("j")
    await expect(page.locator("[data-row] a").first).to_be_focused()
    await page.keyboard.press("j")
    await page.keyboard.press("k")
    await expect(page.locator("[data-row] a").first).to_be_focused()
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/admin/people/*")
    await page.keyboard.press("g")
    await page.keyboard.press("h")
    await page.wait_for_url("**/admin/health")
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()


async def test_the_console_needs_no_scripts(visible_journey: Journey, browser: Browser) -> None:
    async with opened_browser(browser, size=DESK, java_script_enabled=False) as context:
        console = await Console.joins(context, visible_journey.town, "ADM", "scriptless")
        page = console.page
        await page.locator("nav.side a[href='/admin/people']").click()
        await page.locator("main .head a.button").click()
        await page.select_option("#role", "GWF")
        await page.locator("main form button.primary").click()
        await page.fill("#name", "阿梅")
        await page.locator("main form button.primary").click()
        await expect(page.locator("#link")).to_contain_text("/?join=")
        await page.locator(".menu summary").click()
        await page.locator("form[action='/admin/sign-out'] button").click()
        await page.wait_for_url("**/admin/sign-in")
        await page.fill("#login", "scriptless")
        await page.fill("#password", PASSWORD)
        await page.locator("main form button.primary").click()
        await expect(page.locator("nav.side")).to_be_visible()


@dataclass
class Watch:
    """Notes whatever runs on a page, and whatever its policy had to stop."""

    ran: list[str]

    async def over(self, page: Page) -> None:
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.ran.append(str(error)))
        page.on("console", self._console)

    async def _dialog(self, dialog: Dialog) -> None:
        self.ran.append(dialog.message)
        await dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.ran.append(message.text)


async def test_nothing_anybody_writes_runs(desk: Console) -> None:
    page, watch = desk.page, Watch([])
    await watch.over(page)

    for words in SAMPLE:
        for path, field in (("/admin/people", "main [name=q]"), ("/admin/", "#find")):
            await desk.goes(path)
            await page.fill(field, words)
            await page.press(field, "Enter")
            await page.wait_for_load_state()

    assert watch.ran == []
    assert len(SAMPLE) > 40


async def test_what_would_run_is_seen(desk: Console) -> None:
    page, watch = await desk.page.context.new_page(), Watch([])
    await watch.over(page)

    await page.set_content("<script>alert('ran')</script>")

    assert watch.ran == ["ran"]
