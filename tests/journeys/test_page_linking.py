"""Two browsers become one person: a code of one page's settings, given in the other's."""

from playwright.async_api import Browser, expect

from tests.journeys.page import DESK, PATIENCE_MS, ChatPage, opened_browser
from tests.journeys.town import Journey
from tests.journeys.words import page_word


async def opens_settings(chat: ChatPage) -> None:
    await chat.page.get_by_role("button", name=page_word("settings")).click()


async def test_another_browser_goes_on_with_the_same_talk_live(
    visible_journey: Journey, browser: Browser
) -> None:
    town = visible_journey.town
    visible_journey.rasa.teach("以前在旧手机说的", "greet")
    visible_journey.rasa.teach("新手机上接着说", "greet")
    async with opened_browser(browser) as old, opened_browser(browser, size=DESK) as new:
        before, after = [await ChatPage.open(each, town.url) for each in (old, new)]
        await before.types("以前在旧手机说的")
        await opens_settings(before)
        await before.page.get_by_role("button", name=page_word("link_ask")).click()
        code = await before.page.locator(".link-code").inner_text()
        await before.page.keyboard.press("Escape")

        await opens_settings(after)
        await after.page.locator("#join-code").fill(code.lower())
        await after.page.locator("#join-code").press("Enter")

        await expect(after.own("以前在旧手机说的")).to_be_visible(timeout=PATIENCE_MS)
        await after.types("新手机上接着说")
        await expect(before.own("新手机上接着说")).to_be_visible(timeout=PATIENCE_MS)
        await expect(after.own("新手机上接着说")).to_have_count(1)


async def test_a_page_open_elsewhere_shows_the_new_talk_by_itself(
    visible_journey: Journey, browser: Browser
) -> None:
    """A second tab of the browser that gives the code learns of it through its stream."""
    town = visible_journey.town
    visible_journey.rasa.teach("这是另一个人", "greet")
    async with opened_browser(browser) as old, opened_browser(browser, size=DESK) as new:
        before, tab = [await ChatPage.open(each, town.url) for each in (old, new)]
        await before.types("这是另一个人")
        await opens_settings(before)
        await before.page.get_by_role("button", name=page_word("link_ask")).click()
        code = await before.page.locator(".link-code").inner_text()

        second = await new.new_page()
        await second.goto(f"{town.url}/?join={code}")

        await expect(tab.own("这是另一个人")).to_be_visible(timeout=PATIENCE_MS)
