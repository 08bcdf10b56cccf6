"""One message as the platform takes it: photos, texts short enough, the buttons on the last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.channels.telegram.wording import Styled, fits_caption, pages

#: Photos of one album.
_ALBUM = 10
_EMPTY = Styled(text="")
#: Said where nothing else can be: the platform takes no empty message.
_NOTHING = Styled(text="…")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One call: a text, or photos with it as their caption. An album cannot bear buttons."""

    words: Styled = _EMPTY
    photos: tuple[str, ...] = ()
    has_buttons: bool = False

    def with_note(self, note: str) -> "Part":
        """The words, and below them one about what is missing."""
        gap = "\n\n" if self.words.text else ""
        return replace(self, words=replace(self.words, text=self.words.text + gap + note))

    def plain(self) -> "Part":
        """Without emphasis."""
        return replace(self, words=Styled(text=self.words.text))

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.words.text,
            "bold": [list(each) for each in self.words.bold],
            "photos": list(self.photos),
            "buttons": self.has_buttons,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Part":
        bold = tuple((int(start), int(end)) for start, end in kept["bold"])
        return cls(
            words=Styled(text=str(kept["text"]), bold=bold),
            photos=tuple(kept["photos"]),
            has_buttons=bool(kept["buttons"]),
        )


def parts_of(words: Styled, photos: Sequence[str], *, has_buttons: bool) -> list[Part]:
    """All of it, in order."""
    if len(photos) == 1 and fits_caption(words):
        return [Part(words=words, photos=tuple(photos), has_buttons=has_buttons)]
    albums = [
        Part(photos=tuple(photos[first : first + _ALBUM]))
        for first in range(0, len(photos), _ALBUM)
    ]
    texts = [Part(words=page) for page in pages(words)]
    if not texts and (has_buttons or not albums):
        texts = [Part(words=_NOTHING)]
    if texts:
        texts[-1] = replace(texts[-1], has_buttons=has_buttons)
    return albums + texts
