"""Typed parameter values: what the edge turns into words in the reader's language.

Each is a one-key JSON object, so that an outbox row can hold it and a renderer can
recognise it. Text written by people is passed as a plain string and never interpreted.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any


def moment(at: datetime | None) -> dict[str, Any] | None:
    """A point in time, shown as 今天 16:30 or 11月22日 10:00."""
    return {"$moment": at.isoformat()} if at else None


def month(at: datetime | None) -> dict[str, Any] | None:
    """The month something was in, with its year when that is over."""
    return {"$month": at.isoformat()} if at else None


def category(code: str) -> dict[str, Any]:
    """A leaf's short plain name."""
    return {"$category": code}


def role(code: str) -> dict[str, Any]:
    """What a role is called to a resident."""
    return {"$role": code}


def status(code: str) -> dict[str, Any]:
    """What a ticket's status is called to a resident."""
    return {"$status": code}


def place(code: str) -> dict[str, Any]:
    """The name of an area or landmark by its code."""
    return {"$place": code}


def text(key: str, **params: Any) -> dict[str, Any]:
    """Another template of the catalogue, rendered in place."""
    return {"$text": key, "params": params}


def number(value: str) -> dict[str, Any]:
    """A ticket number, shown in groups and never split over lines."""
    return {"$number": value}


def telegram_link(code: str) -> dict[str, Any]:
    """Where one tap gives the code on Telegram; nothing where Telegram is off."""
    return {"$telegram": code}


def joined(*parts: Any) -> dict[str, Any]:
    """Several values side by side, the empty ones left out."""
    return {"$joined": [part for part in parts if part]}


def numbered(*items: Any) -> dict[str, Any]:
    """A list of lines, each with its circled number."""
    return {"$numbered": list(items)}


def phones(numbers: list[tuple[dict[str, str], str]]) -> dict[str, Any]:
    """Numbers to call: (name per locale, dial) pairs, shown as 燃气抢险 **96777**."""
    return {"$phones": [{"name": name, "dial": dial} for name, dial in numbers]}


def doors(keys: list[str]) -> dict[str, Any]:
    """Where a matter that is not ours belongs: name, what for and how to reach them."""
    return {"$doors": keys}


def door_name(key: str) -> dict[str, Any]:
    """Who is behind a door, without how to reach them."""
    return {"$door": key}


def top(code: str) -> dict[str, Any]:
    """The name of a top class."""
    return {"$top": code}


def community() -> dict[str, Any]:
    """The community's own name."""
    return {"$community": True}


def first_step(leaf: str) -> dict[str, Any]:
    """The temporary step of a leaf that goes two ways."""
    return {"$first_step": leaf}


def day(stored: str) -> dict[str, Any]:
    """A day as `DayNamed.stored` writes it: 明天上午, 11月22日 周日, 今天 16:30."""
    day_itself, _, part = stored.partition("/")
    said = {"$moment": day_itself}
    return text(f"day_part_{part}", day=said) if part else said


def named(names: Mapping[str, str]) -> dict[str, Any]:
    """Something a community's file names once for each language."""
    return {"$named": dict(names)}
