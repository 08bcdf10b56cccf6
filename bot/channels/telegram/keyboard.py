"""Buttons under a message: laid out so that whole words stay readable, signed for their row."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardMarkupLimit

from bot.gateway.buttons import Buttons

#: What a button says that has been pressed; pressing it again does nothing.
PRESSED = "-"
#: Half-width characters that fit side by side on a phone, and what a button's edges take.
_ACROSS = 34
_EDGES = 3
_MOST_IN_A_ROW = 8
_STYLES = {"primary": "primary", "danger": "danger"}


def keyboard(
    buttons: Sequence[Mapping[str, Any]], outbox_id: int, signer: Buttons
) -> InlineKeyboardMarkup | None:
    """The buttons of an outbox row; None when it has none."""
    made = [
        InlineKeyboardButton(
            _label(button),
            callback_data=signer.sign_row(outbox_id, index),
            style=_STYLES.get(str(button.get("style"))),
        )
        for index, button in enumerate(buttons)
    ]
    if not made:
        return None
    return InlineKeyboardMarkup(rows(made[: InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER]))


def chosen(label: str) -> InlineKeyboardMarkup:
    """What stands there once one was pressed: the choice, and nothing to press by accident."""
    button = InlineKeyboardButton(f"✓ {label}", callback_data=PRESSED)
    return InlineKeyboardMarkup([[button]])


def rows(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Short ones side by side, long ones alone; the order stays."""
    laid: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        if laid and _fit([*laid[-1], button]):
            laid[-1].append(button)
        else:
            laid.append([button])
    return laid


def _fit(row: Sequence[InlineKeyboardButton]) -> bool:
    """All buttons of a row are equally wide, so the longest word decides."""
    room = _ACROSS // len(row) - _EDGES
    return len(row) <= _MOST_IN_A_ROW and max(width(button.text) for button in row) <= room


def width(text: str) -> int:
    """In half-width characters: a Chinese one is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _label(button: Mapping[str, Any]) -> str:
    """The platform takes no empty ones."""
    return str(button.get("label") or "").strip() or "…"
