"""Text as every database keeps it."""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with lone surrogates and NUL replaced: no database keeps them (I2)."""
    return _UNSTORABLE.sub("\ufffd", text)
