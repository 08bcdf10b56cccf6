"""What a message says, as Telegram shows it: text with bold parts, the card as lines below."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from telegram import MessageEntity
from telegram.constants import MessageLimit

from actions.application.delivering import Shown
from bot.channels.telegram.splitting import LONGEST_TEXT, split, units
from bot.ports import Texts

_EMPHASIS = re.compile(r"\*\*(?=\S)([^*\n]+?)\*\*")
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
#: Urgencies worth a word beside the title, as on the page.
_TOLD = ("E", "U")


@dataclass(frozen=True, kw_only=True)
class Styled:
    """A text without marks; `bold` are the characters from and to which it is."""

    text: str
    bold: tuple[tuple[int, int], ...] = ()

    @property
    def entities(self) -> list[MessageEntity]:
        """As the platform counts: in UTF-16 units."""
        made = [MessageEntity(MessageEntity.BOLD, start, end - start) for start, end in self.bold]
        few = made[: MessageLimit.MESSAGE_ENTITIES]
        return list(MessageEntity.adjust_message_entities_to_utf_16(self.text, few))

    @property
    def is_visible(self) -> bool:
        """The platform refuses a message of nothing but spaces and format characters."""
        return any(unicodedata.category(char)[0] not in "ZC" for char in self.text)


def styled(marked: str) -> Styled:
    """Our texts' `**x**` as bold; whatever else a text holds is text."""
    marked = _UNSENDABLE.sub("\ufffd", marked)
    pieces, bold, end, length = [], [], 0, 0
    for found in _EMPHASIS.finditer(marked):
        before, inside = marked[end : found.start()], found[1]
        start = length + len(before)
        length = start + len(inside)
        bold.append((start, length))
        pieces += [before, inside]
        end = found.end()
    return Styled(text="".join([*pieces, marked[end:]]), bold=tuple(bold))


def pages(whole: Styled, most: int = LONGEST_TEXT) -> list[Styled]:
    """Parts the platform takes, each with its share of the emphasis; blank ones are left out."""
    parts = split(whole.text, most)
    ends = accumulate(len(part) for part in parts)
    cut = [
        Styled(text=part, bold=_within(whole.bold, end - len(part), end))
        for part, end in zip(parts, ends, strict=True)
    ]
    return [page for page in cut if page.is_visible]


def _within(bold: Sequence[tuple[int, int]], first: int, last: int) -> tuple[tuple[int, int], ...]:
    return tuple(
        (max(start, first) - first, min(end, last) - first)
        for start, end in bold
        if start < last and end > first
    )


def words_of(shown: Shown, own_photos: int, texts: Texts, locale: str) -> str:
    """The text and, below it, the card; `own_photos` are counted there and not sent back."""
    card = shown.content.get("card")
    said = [shown.text, _card(card, own_photos, texts, locale) if card else ""]
    return "\n\n".join(each for each in said if each.strip())


def _card(card: Mapping[str, Any], own_photos: int, texts: Texts, locale: str) -> str:
    lines = [_title(card, texts, locale)]
    for each in card.get("lines") or ():
        label, value = str(each.get("label", "")), str(each.get("value", ""))
        lines.append(texts.render("telegram_line", {"label": label, "value": value}, locale))
    if own_photos:
        lines.append(texts.render("telegram_own_photos", {"count": own_photos}, locale))
    if due := card.get("countdown_to"):
        lines.append(texts.render("telegram_due", {"due": {"$moment": due}}, locale))
    return "\n".join(lines)


def _title(card: Mapping[str, Any], texts: Texts, locale: str) -> str:
    title = str(card.get("title", ""))
    if card.get("urgency") not in _TOLD:
        return f"**{title}**"
    urgency = {"$text": f"urgency_{card['urgency']}"}
    return texts.render("telegram_title", {"title": title, "urgency": urgency}, locale)


def fits_caption(text: Styled) -> bool:
    return units(text.text) <= MessageLimit.CAPTION_LENGTH
