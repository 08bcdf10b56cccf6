"""The chat page in a real browser, by what a person sees: words, roles and places, never timing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.words import page_word, word

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 800}
#: A busy machine draws slowly; nothing here waits this long on a good day.
PATIENCE_MS = 20_000


@asynccontextmanager
async def opened_browser(
    browser: Browser, *, size: dict[str, int] = PHONE, locale: str = "zh-CN", **more: Any
) -> AsyncIterator[BrowserContext]:
    """One person's browser, at a phone's size unless told otherwise."""
    context = await browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale=locale, timezone_id="Asia/Shanghai", has_touch=size is PHONE, **more,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE_MS)
    yield context
    await context.close()


class ChatPage:
    """What somebody does and sees on the page."""

    def __init__(self, page: Page, locale: str = "zh-CN") -> None:
        self.page = page
        self.locale = locale
        self.thread = page.get_by_role("log")
        self.input = page.locator("#message")

    @classmethod
    async def open(
        cls, context: BrowserContext, url: str, *, join: str = "", locale: str = "zh-CN"
    ) -> "ChatPage":
        """The first visit: the notice is read and accepted, the greeting is there."""
        chat = cls(await context.new_page(), locale)
        await chat.page.goto(f"{url}/?join={join}" if join else f"{url}/")
        await chat.accepts_notice()
        await expect(chat.bubbles().first).to_be_visible()
        return chat

    async def accepts_notice(self) -> None:
        notice = self.page.locator("dialog.sheet:has(.notice-text)")
        await notice.locator("button.is-primary").click()
        await expect(notice).to_have_count(0)

    # -- finding -----------------------------------------------------------------------------

    def bubbles(self) -> Locator:
        return self.thread.locator(".message.is-theirs:not(.is-typing)")

    def own(self, text: str) -> Locator:
        return self.thread.locator(".message.is-own", has_text=text)

    def card(self) -> Locator:
        """The newest card."""
        return self.thread.locator("section.card").last

    def button(self, key: str) -> Locator:
        """The newest button of that text, on a card, on news or above the input."""
        label = word(key, self.locale)
        inside = self.page.locator(".foot, .thread")
        return inside.get_by_role("button", name=label, exact=True, disabled=False).last

    # -- doing -------------------------------------------------------------------------------

    async def types(self, text: str) -> None:
        await self.input.fill(text)
        await self.input.press("Enter")

    async def taps(self, key: str) -> None:
        await self.button(key).click()

    async def hears(self, *words: str) -> Locator:
        """Wait until one bubble of the other side holds all these words."""
        found = self.bubbles()
        for each in words:
            found = found.filter(has_text=each)
        await expect(found.last).to_be_visible(timeout=PATIENCE_MS)
        return found.last

    async def chooses(self, key: str) -> None:
        """Something of the panel behind the plus."""
        await (
            self.page.locator(".composer")
            .get_by_role("button", name=page_word("more", self.locale))
            .click()
        )
        panel = self.page.locator("#plus-panel")
        await panel.get_by_role("button", name=page_word(key, self.locale), exact=True).click()

    async def chooses_photo(self, raw: bytes) -> Locator:
        """From the album to the preview, a sheet."""
        async with self.page.expect_file_chooser() as choosing:
            await self.chooses("album")
        photo = {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": raw}
        await (await choosing.value).set_files([photo])  # type: ignore[list-item]
        sheet = self.page.get_by_role("dialog")
        await expect(sheet.get_by_role("img")).to_be_visible()
        return sheet

    async def sends_photo(self, raw: bytes, caption: str = "") -> None:
        sheet = await self.chooses_photo(raw)
        if caption:
            await sheet.locator("#caption").fill(caption)
        await sheet.locator("button.is-primary").click()

    async def opens_matters(self) -> Locator:
        """The list, beside the chat or in a sheet."""
        if self.page.viewport_size and self.page.viewport_size["width"] < 900:
            await self.page.locator(".title-bar .only-narrow").click()
        matters = self.page.locator(".matters")
        await expect(matters).to_be_visible()
        return matters
