"""The page for whoever reads it: three languages, large type, a screen reader."""

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.page import DESK, PHONE, ChatPage, opened_browser
from tests.journeys.town import Journey
from tests.journeys.words import page_word, word

TOLD = {
    "zh-CN": "3栋楼梯灯不亮,榕苑小区的",
    "zh-HK": "榕苑2座樓梯燈唔著",
    "en": "the stair light in Banyan Court Block 8 is out",
}


@pytest.mark.parametrize("locale", TOLD)
async def test_the_browsers_language_is_spoken_to_the_number(
    visible_journey: Journey, browser: Browser, locale: str
) -> None:
    told = TOLD[locale]
    visible_journey.rasa.teach(told, "report", "BLD04")
    async with opened_browser(browser, locale=locale) as context:
        chat = await ChatPage.open(context, visible_journey.town.url, locale=locale)
        await expect(chat.page.locator("html")).to_have_attribute("lang", locale)
        await expect(chat.input).to_have_attribute("placeholder", page_word("input_hint", locale))

        await chat.types(told)
        await chat.hears(word("draft_card_N", locale))
        await chat.taps("button_submit")
        await chat.hears("LL-")


async def test_another_language_is_chosen_in_the_settings(
    visible_journey: Journey, browser: Browser
) -> None:
    async with opened_browser(browser) as context:
        chat = await ChatPage.open(context, visible_journey.town.url)
        await chat.page.get_by_role("button", name=page_word("settings")).click()
        # The sheet is drawn anew in the language chosen: the radio that was clicked is gone by then.
        await chat.page.get_by_role("radio", name="English").click()

        await expect(chat.page.get_by_role("dialog", name="Settings")).to_be_visible()
        await chat.page.keyboard.press("Escape")
        chat.locale = "en"
        await chat.types("hello")
        await chat.hears(word("chat_other", "en"))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_large_type_is_larger_and_still_fits(
    visible_journey: Journey, browser: Browser, size: dict[str, int]
) -> None:
    told = "榕苑小区3栋扶手松了"
    visible_journey.rasa.teach(told, "report", "BLD01")
    async with opened_browser(browser, size=size) as context:
        chat = await ChatPage.open(context, visible_journey.town.url)
        await chat.types(told)
        await expect(chat.button("button_submit")).to_be_visible()
        before = await font_size(chat)
        await chat.page.get_by_role("button", name=page_word("settings")).click()
        await chat.page.get_by_role("switch", name=page_word("large_type")).check()
        await chat.page.keyboard.press("Escape")

        assert await font_size(chat) >= before * 1.2
        assert await overflow(chat) == 0
        await chat.page.reload()
        await expect(chat.button("button_submit")).to_be_visible()
        assert await font_size(chat) >= before * 1.2


async def font_size(chat: ChatPage) -> float:
    text = chat.thread.locator(".text").first
    size = await text.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")
    return float(size)


async def overflow(chat: ChatPage) -> int:
    """Pixels by which the page is wider than its window."""
    return int(await chat.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


async def test_a_screen_reader_finds_its_way(visible_journey: Journey, browser: Browser) -> None:
    told = "新汀花园9栋门禁坏了"
    visible_journey.rasa.teach(told, "report", "BLD04")
    async with opened_browser(browser) as context:
        chat = await ChatPage.open(context, visible_journey.town.url)
        page = chat.page
        await expect(page.get_by_role("main")).to_have_count(1)
        await expect(page.get_by_role("heading", level=1)).to_have_text("临江社区")
        log = page.get_by_role("log", name=page_word("conversation"))
        await expect(log).to_have_attribute("aria-live", "polite")
        await expect(page.get_by_role("textbox", name=page_word("input_label"))).to_be_editable()

        await chat.types(told)
        card = log.get_by_role("region")
        await expect(card).to_be_visible()
        await expect(card.get_by_role("heading", level=2)).to_be_visible()
        await expect(log.get_by_text(page_word("from_linli")).first).to_be_attached()
        submit = card.get_by_role("button", name=word("button_submit"), exact=True)
        await submit.click()
        await expect(submit).to_be_disabled()
        await expect(submit).to_have_attribute("aria-pressed", "true")
        await page.get_by_role("button", name=page_word("settings")).click()
        dialog = page.get_by_role("dialog", name=page_word("settings"))
        await expect(dialog).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("button", name=page_word("settings"))).to_be_focused()
