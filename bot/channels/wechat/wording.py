"""What a message says as WeChat shows it: plain text of at most 2,048 bytes, choices by number."""

from typing import Final

from actions.application.delivering import Shown
from bot.channels.wechat.choices import listed
from bot.gateway.splitting import split
from bot.gateway.wording import words_of
from bot.ports import Texts

#: Bytes of a text; the platform's page does not say, this was measured.
LONGEST_TEXT: Final = 2048


def size(text: str) -> int:
    """How long the platform finds it; a lone surrogate as the sign that takes its place."""
    return len(text.encode("utf-8", "replace"))


def parts_of(shown: Shown, first: int, texts: Texts, locale: str) -> list[str]:
    """All of it, in order; the choices below the words they belong to, numbered from `first`."""
    words = words_of(shown, 0, texts, locale).replace("**", "")
    buttons = shown.content.get("buttons") or ()
    choices = listed(buttons, first, texts, locale) if buttons else ""
    whole = "\n\n".join(each for each in (words, choices) if each.strip())
    return [part for part in split(whole, LONGEST_TEXT, size) if part.strip()]
