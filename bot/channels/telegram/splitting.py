"""How long Telegram finds a text, and long texts in parts it takes."""

from bot.gateway import splitting

#: UTF-16 units of a message, after its emphasis is taken out.
LONGEST_TEXT = 4096


def units(text: str) -> int:
    """How long the platform finds it."""
    return len(text) + sum(char > "\uffff" for char in text)


def split(text: str, most: int = LONGEST_TEXT) -> list[str]:
    """Parts of at most `most` units that give the text again when joined."""
    return splitting.split(text, most, units)
