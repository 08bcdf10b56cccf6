"""Which text of the catalogue a message is: known by the words around what was put in."""

import re
from functools import cached_property
from typing import Final

from bot.texts import Catalogue, fill

_HOLE: Final = re.compile(r"\{\w+\}")
#: A text with fewer letters of its own could be anything.
_TELLING: Final = 4


class Heard:
    """Texts of one locale, the most telling first."""

    def __init__(self, catalogue: Catalogue, locale: str) -> None:
        self._catalogue = catalogue
        self._locale = locale

    def word(self, key: str) -> str:
        """A text that has no holes, for example a button's; empty when there is none."""
        return self._catalogue.template(key, self._locale) or ""

    def key(self, text: str) -> str:
        """The key of the text; empty when it is none of ours."""
        bare = _bare(text)
        return next((key for key, pattern in self._patterns if pattern.fullmatch(bare)), "")

    @cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        templates = {key: _bare(self.word(key)) for key in sorted(self._catalogue.keys)}
        telling = {key: _telling(text) for key, text in templates.items()}
        ordered = sorted(templates, key=lambda key: (-telling[key], key))
        return [(key, _pattern(templates[key])) for key in ordered if telling[key] >= _TELLING]


def _telling(template: str) -> int:
    """How many letters the text has of its own; marks are nobody's own."""
    return sum(sign.isalnum() for sign in fill(template, {}))


def _pattern(template: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in _HOLE.split(template)]
    return re.compile(".*".join(parts), re.DOTALL)


def _bare(text: str) -> str:
    """Emphasis and spaces follow from what is put in; they do not count."""
    return "".join(text.replace("**", "").split())
