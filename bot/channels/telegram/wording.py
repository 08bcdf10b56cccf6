"""A text as Telegram shows it: with bold parts, and in pages it takes."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from telegram import MessageEntity
from telegram.constants import MessageLimit

from bot.channels.telegram.splitting import LONGEST_TEXT, split, units

_EMPHASIS = re.compile(r"\*\*(?=\S)([^*\n]+?)\*\*")
_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")


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


def fits_caption(text: Styled) -> bool:
    return units(text.text) <= MessageLimit.CAPTION_LENGTH
