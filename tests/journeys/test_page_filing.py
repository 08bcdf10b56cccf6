"""Filing on the page: from the list of places, after a reload, without a line, without a mouse."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.journeys.page import ChatPage, opened_browser
from tests.journeys.town import Journey
from tests.journeys.words import page_word, word


@pytest.fixture
async def chat(visible_journey: Journey, browser: Browser) -> AsyncIterator[ChatPage]:
    """A resident's phone, just greeted."""
    async with opened_browser(browser) as context:
        yield await ChatPage.open(context, visible_journey.town.url)


async def test_a_place_is_picked_from_the_list(chat: ChatPage, visible_journey: Journey) -> None:
    visible_journey.rasa.teach("路灯不亮", "report", "PUB02")
    await chat.types("路灯不亮")
    await chat.hears("路灯不亮", "在哪里")

    await chat.chooses("location")
    sheet = chat.page.get_by_role("dialog", name=page_word("location_title"))
    await expect(sheet.get_by_role("radio").first).to_be_attached()
    await sheet.get_by_role("searchbox").fill("七栋")
    await expect(sheet.get_by_text(page_word("location_none"))).to_be_visible()
    await sheet.get_by_role("searchbox").fill("7栋")
    await sheet.get_by_role("radio", name="7栋").check()
    await sheet.get_by_role("button", name=page_word("location_send")).click()

    await expect(chat.card()).to_contain_text("7栋")
    await chat.taps("button_submit")
    await chat.hears("LL-")


async def test_a_reload_in_the_middle_goes_on_where_it_was(
    chat: ChatPage, visible_journey: Journey
) -> None:
    told = "44栋楼下路面有个坑"
    visible_journey.rasa.teach(told, "report", "PUB01")
    await chat.types(told)
    await expect(chat.button("button_submit")).to_be_visible()
    await chat.input.fill("写到一半")

    await chat.page.reload()

    await expect(chat.own(told)).to_have_count(1)
    await expect(chat.input).to_have_value("写到一半")
    await expect(chat.page.get_by_role("dialog")).to_have_count(0)
    await chat.input.fill("")
    await chat.taps("button_submit")
    number = await chat.hears("LL-")
    await chat.page.reload()
    await expect(number).to_be_visible()
    used = chat.card().get_by_role("button", name=word("button_submit"), exact=True)
    await expect(used).to_be_disabled()


async def test_what_is_written_without_a_line_goes_out_once(
    chat: ChatPage, visible_journey: Journey
) -> None:
    texts = ["新汀花园1栋信箱坏了", "是三楼那一排"]
    visible_journey.rasa.teach(texts[0], "report", "BLD04")
    visible_journey.rasa.teach(texts[1], "supplement")
    await chat.page.context.set_offline(True)
    for text in texts:
        await chat.types(text)
    waiting = page_word("offline_count").replace("{count}", "2")
    await expect(chat.page.get_by_role("status").filter(has_text=waiting)).to_be_visible()
    await expect(chat.thread.locator(".sending")).to_have_count(2)

    await chat.page.context.set_offline(False)

    await expect(chat.thread.locator(".sending")).to_have_count(0)
    await expect(chat.card()).to_contain_text("三楼")
    await expect(chat.page.locator(".banner")).to_be_hidden()
    await chat.page.reload()
    for text in texts:
        await expect(chat.own(text)).to_have_count(1)
    assert [visible_journey.rasa.heard.count(text) for text in texts] == [1, 1]


async def test_a_matter_is_filed_with_the_keyboard_alone(
    chat: ChatPage, visible_journey: Journey
) -> None:
    told = "48栋垃圾两天没人清"
    visible_journey.rasa.teach(told, "report", "SAN01")
    keyboard = chat.page.keyboard
    await chat.page.locator("body").evaluate("node => node.ownerDocument.activeElement.blur()")
    await keyboard.press("Tab")
    await expect(chat.page.locator(".skip")).to_be_focused()
    await keyboard.press("Enter")
    await expect(chat.input).to_be_focused()
    await keyboard.type(told)
    await keyboard.press("Enter")
    await expect(chat.button("button_submit")).to_be_visible()

    for _ in range(20):
        await keyboard.press("Shift+Tab")
        if await chat.page.evaluate("document.activeElement.textContent") == word("button_submit"):
            break
    await expect(chat.button("button_submit")).to_be_focused()
    await keyboard.press("Enter")

    await chat.hears("LL-")
    await expect(chat.input).to_be_focused()
