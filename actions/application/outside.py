"""Outside bodies: who may be handed a matter, and what they are called."""

from collections.abc import Iterator
from typing import Any, Final

from actions.application import values
from actions.domain.community import Community
from actions.domain.people import Role
from actions.domain.place import is_inside
from actions.domain.ticket import Ticket

#: The government hotline takes what no other door fits.
HOTLINE: Final = "12345"
_DOOR, _DESK = "door:", "desk:"
_LONGEST: Final = 120
_OFFERED: Final = 6


def outside_bodies(ticket: Ticket, community: Community) -> tuple[str, ...]:
    """Codes of those likely to settle it, the nearest first, the hotline last."""
    return (*list(dict.fromkeys(_likely(ticket, community)))[: _OFFERED - 1], HOTLINE)


def _likely(ticket: Ticket, community: Community) -> Iterator[str]:
    """Desks of departments with the skill and the area, then doors for this kind of matter."""
    top = community.category(ticket.category).top
    for entry in community.entries(Role.DPT):
        able = not entry.skills or bool(entry.skills & {ticket.category, top})
        areas = [community.path(code) for code in entry.areas]
        if able and any(is_inside(ticket.area or community.root, area) for area in areas):
            yield f"{_DESK}{entry.key}"
    for door in community.doors_for(ticket.category, ticket.summary):
        yield f"{_DOOR}{door.key}"


def desk_of(body: str) -> str:
    """The roster key of a department's desk, '' for any other body."""
    return body.removeprefix(_DESK) if body.startswith(_DESK) else ""


def body_in_words(text: str) -> str:
    """What somebody called a body, short enough to keep."""
    return " ".join(text.split())[:_LONGEST]


def names_of(body: str, community: Community) -> dict[str, str] | None:
    """What the community calls it in each language, if it lists it."""
    if body.startswith(_DOOR):
        return {door.key: door.name for door in community.doors}.get(body.removeprefix(_DOOR))
    entry = community.roster.get(desk_of(body))
    return entry.name if entry else None


def body_named(body: str, community: Community) -> Any:
    """The name in the reader's language where the community lists it, else the words."""
    if body == HOTLINE:
        return values.text("body_12345")
    names = names_of(body, community)
    if names is not None:
        return values.named(names)
    return body if ":" not in body else values.text("body_gone")
