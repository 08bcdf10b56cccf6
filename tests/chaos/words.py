"""What the bot says, in the words of today's catalogue."""

from pathlib import Path

from bot.texts import Catalogue

TEXTS = Path(__file__).parents[2] / "config" / "texts"


def said(key: str) -> str:
    """A text without gaps, as a resident of a Chinese page reads it."""
    return Catalogue.load(TEXTS).template(key, "zh-CN") or ""
