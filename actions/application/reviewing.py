"""What a reviewer sees of corrections, and what becomes of the ones that are accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


class ReviewRefused(Exception):
    """The review asked for cannot be done; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """One correction. `label` is empty until somebody accepted it."""

    id: int
    side: str
    kind: str
    thought: str
    corrected: str
    words: str
    consent: str
    state: str
    label: str
    language: str
    model: str
    data: str
    at: datetime
    parse: Mapping[str, Any]
    ticket: str = ""  #: its number, if one was filed
    category: str = ""  #: what that ticket is of now
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Example:
    """One sentence to learn from: what it says, and what it is meant as in Rasa's words."""

    id: int
    words: str
    label: str  #: intent, or intent/leaf
    danger: str = ""  #: now or none, where somebody said so; else the label tells
