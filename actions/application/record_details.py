"""What a step of the record was about beside its reason: the day, the outside body, whose yes."""

from typing import Any

from actions.application import values
from actions.domain.timeline import TimelineEntry


def detail_of(entry: TimelineEntry) -> Any:
    """A typed value for the reader's language, None where there is nothing to add."""
    said = [*_day(entry), *_body(entry), *_approval(entry)]
    return values.joined(*said) if said else None


def _day(entry: TimelineEntry) -> list[Any]:
    """Not the day to ask an outside body: that is told at the time."""
    stored = entry.data.get("date")
    return [values.day(str(stored))] if stored and not entry.data.get("body") else []


def _body(entry: TimelineEntry) -> list[Any]:
    names = entry.data.get("body_names")
    body = values.named(names) if names else str(entry.data.get("body") or "")
    return [each for each in (body, str(entry.data.get("receipt") or "")) if each]


def _approval(entry: TimelineEntry) -> list[Any]:
    role = entry.data.get("approved_role")
    return [values.text("record_approved", role=values.role(str(role)))] if role else []
