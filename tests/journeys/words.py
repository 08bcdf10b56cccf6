"""What the bot's texts say, by their keys: journeys follow what is meant, not how it is put."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from bot.texts import Catalogue, fill

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "bot" / "channels" / "webchat" / "static"
_HOLE = re.compile(r"\\\{(\w+)\\\}")


@cache
def catalogue() -> Catalogue:
    return Catalogue.load(ROOT / "config" / "texts")


def word(key: str, locale: str = "zh-CN", **params: str) -> str:
    return fill(_template(key, locale), params)


def lead(key: str, locale: str = "zh-CN") -> str:
    """How the text begins, up to the first thing put in."""
    return _template(key, locale).partition("{")[0]


def says(key: str, locale: str = "zh-CN", **params: str) -> Callable[[str], bool]:
    """Whether a text is that one, whatever stands in the places that are not given.

    Emphasis and spaces do not count: they follow from what is put in.
    """
    pattern = _pattern(key, locale, params)
    return lambda text: pattern.fullmatch(bare(text)) is not None


def contains(key: str, locale: str = "zh-CN", **params: str) -> Callable[[str], bool]:
    """Whether that stands in a text, with whatever else."""
    pattern = _pattern(key, locale, params)
    return lambda text: pattern.search(bare(text)) is not None


def _pattern(key: str, locale: str, params: Mapping[str, str]) -> re.Pattern[str]:
    def hole(found: re.Match[str]) -> str:
        given = params.get(found[1])
        return ".*" if given is None else re.escape(bare(given))

    return re.compile(_HOLE.sub(hole, re.escape(bare(_template(key, locale)))), re.DOTALL)


@cache
def _page_words(locale: str) -> dict[str, str]:
    name = locale.lower().replace("-", "_")
    source = (STATIC / f"locale_{name}.js").read_text(encoding="utf-8")
    return dict(re.findall(r"^  (\w+): '(.*)',$", source, re.MULTILINE))


def page_word(key: str, locale: str = "zh-CN") -> str:
    """One of the page's own words."""
    return _page_words(locale)[key]


def bare(text: str) -> str:
    """Without what depends on how it is shown."""
    return "".join(text.replace("**", "").split())


def _template(key: str, locale: str) -> str:
    found = catalogue().template(key, locale)
    assert found is not None, f"there is no text {key}"
    return found
