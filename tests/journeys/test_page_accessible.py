"""No serious accessibility violation on any view of the page, by axe: both sizes, both schemes."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.examination import Examination
from tests.journeys.page import DESK, PHONE, ChatPage, opened_browser
from tests.journeys.photos import photo_with_gps
from tests.journeys.town import Journey
from tests.journeys.words import page_word

#: A place for each of the four, so that none is taken for another's.
PLACES = {
    ("phone", "light"): "44栋",
    ("phone", "dark"): "45栋",
    ("desk", "light"): "48栋",
    ("desk", "dark"): "50栋",
}
AREAS = {"44栋": "BL-44", "45栋": "BL-45", "48栋": "BL-48", "50栋": "BL-50"}


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["phone", "desk"])
async def resident(
    request: pytest.FixtureRequest, scheme: str, visible_journey: Journey, browser: Browser
) -> AsyncIterator[tuple[ChatPage, str]]:
    """A resident before the first word, with the notice still open, and where they live."""
    size = PHONE if request.param == "phone" else DESK
    async with opened_browser(browser, size=size, color_scheme=scheme) as context:
        chat = ChatPage(await context.new_page())
        await chat.page.goto(f"{visible_journey.town.url}/")
        await expect(chat.page.get_by_role("dialog")).to_be_visible()
        yield chat, PLACES[request.param, scheme]


async def test_a_residents_views_have_no_serious_violation(
    resident: tuple[ChatPage, str], visible_journey: Journey
) -> None:
    chat, place = resident
    told, seen = f"{place}楼梯扶手晃,怕老人摔", Examination()
    visible_journey.rasa.teach(told, "report", "BLD01")
    await seen.look(chat, "notice")
    await chat.accepts_notice()
    await expect(chat.bubbles().first).to_be_visible()
    await seen.look(chat, "empty chat")

    await chat.types(told)
    await expect(chat.button("button_submit")).to_be_visible()
    await seen.look(chat, "card")
    await chat.chooses("location")
    await expect(chat.page.get_by_role("radio").first).to_be_attached()
    await seen.look(chat, "location")
    await chat.page.keyboard.press("Escape")
    await chat.page.get_by_role("button", name=page_word("settings")).click()
    await seen.look(chat, "settings")
    await chat.page.keyboard.press("Escape")
    await chat.chooses_photo(photo_with_gps())
    await seen.look(chat, "photo preview")
    await chat.page.keyboard.press("Escape")

    await chat.taps("button_submit")
    await chat.hears("LL-")
    await seen.look(chat, "filed")
    matters = await chat.opens_matters()
    await expect(matters.locator(".matter")).to_have_count(1)
    await seen.look(chat, "matters")
    await matters.locator(".matter-open").click()
    await expect(matters.locator(".timeline li")).not_to_have_count(0)
    await seen.look(chat, "ticket")

    assert seen.found == []
    assert len(seen.views) == 9


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_a_workers_list_has_no_serious_violation(
    visible_journey: Journey, browser: Browser, size: dict[str, int], scheme: str
) -> None:
    place = PLACES["phone" if size is PHONE else "desk", scheme]
    town, seen = visible_journey.town, Examination()
    code = await town.invite("PRM", AREAS[place], "白鹭物业小彭")
    async with opened_browser(browser, size=size, color_scheme=scheme) as context:
        worker = await ChatPage.open(context, town.url, join=code)
        reporter = await visible_journey.resident()
        await visible_journey.files(reporter, f"{place}门禁坏了,关不上门", "BLD04")
        await expect(worker.card()).to_be_visible()
        await seen.look(worker, "work card")
        matters = await worker.opens_matters()
        await expect(matters.locator(".matter-actions button").first).to_be_visible()
        await seen.look(worker, "to do")

    assert seen.found == []


async def test_the_examination_sees_what_is_wrong(browser: Browser) -> None:
    seen = Examination()
    async with opened_browser(browser) as context:
        chat = ChatPage(await context.new_page())
        await chat.page.set_content("<main><button></button><input></main>")
        await seen.look(chat, "bad")

    assert [each.split()[1] for each in seen.found if "button" in each or "input" in each]
