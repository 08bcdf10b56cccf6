"""After a list of matters: words that fit exactly one of them choose it as its button does."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from actions.application.handlers.last_said import said_last
from actions.application.unit_of_work import UnitOfWork
from actions.domain.places_named import find_places
from actions.domain.pointing import only_points, place_in_list

_CHIPS: Final = frozenset({"ticket_chip", "ticket_chip_placeless", "knowledge_chip"})


async def pointed_at(text: str, uow: UnitOfWork) -> Mapping[str, Any] | None:
    """The command of the one that is meant; None where it fits none, or several."""
    said = await said_last(uow)
    listed = [each for each in said.buttons if each["label"] in _CHIPS] if said else []
    if not listed:
        return None
    position = place_in_list(text)
    if position is not None:
        return _at(position, listed)
    meant = _at_place(text, listed, uow)
    return meant[0]["command"] if len(meant) == 1 else None


def _at(position: int, listed: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    index = len(listed) - 1 if position < 0 else position - 1
    command: Mapping[str, Any] | None = listed[index]["command"] if index < len(listed) else None
    return command


def _at_place(
    text: str, listed: Sequence[Mapping[str, Any]], uow: UnitOfWork
) -> list[Mapping[str, Any]]:
    """Only the place and "that one": whatever says more may be another matter."""
    named = find_places(text, uow.community)
    rest = text
    for match in reversed(named.matches):
        rest = rest[: match.start] + rest[match.end :]
    if not named.places or named.detail or not only_points(rest):
        return []
    return [each for each in listed if _place_of(each) in named.places]


def _place_of(button: Mapping[str, Any]) -> str:
    where = button["params"].get("where")
    return str(where.get("$place", "")) if isinstance(where, Mapping) else ""
