"""What NLU understood becomes typed: the only reader of a tracker."""

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker

from actions.application.turn_ticket import TurnTicket, TurnTicketError, unseal
from actions.domain.understood import Entity, Matter, Ranking, Understood


def ticket_of(tracker: Tracker, key: bytes) -> TurnTicket:
    """The turn this call belongs to, from the metadata of the latest message.

    Raises:
        TurnTicketError: the call does not come from our gateway.
    """
    metadata = (tracker.latest_message or {}).get("metadata")
    if not isinstance(metadata, Mapping):
        raise TurnTicketError
    return unseal(metadata.get("turn"), key)


def understood_of(tracker: Tracker) -> Understood:
    """The parse of the latest message; a bare one when the pipeline gave nothing."""
    message = tracker.latest_message or {}
    intent = message.get("intent") or {}
    return understood_from(message.get("understood") or {}, str(message.get("text") or ""), intent)


def understood_from(
    parse: Mapping[str, Any], said: str, guessed: Mapping[str, Any] | None = None
) -> Understood:
    """The contract of NLU as its typed form."""
    text = str(parse.get("text") or said)
    intent = parse.get("intent") or guessed or {}
    return Understood(
        text=text,
        normalised=str(parse.get("normalised") or text),
        language=str(parse.get("language") or "zh"),
        intent=str(intent.get("name") or "other"),
        confidence=float(intent.get("confidence") or 0.0),
        intent_ranking=_ranking(parse.get("intent_ranking")),
        leaves=_ranking(parse.get("leaves")),
        matters=tuple(_matter(matter) for matter in parse.get("matters") or ()),
        entities=tuple(_entity(entity) for entity in parse.get("entities") or ()),
        told=float(parse.get("told", 1.0)),
        emergency=float((parse.get("emergency") or {}).get("score") or 0.0),
        vector=tuple(parse.get("vector") or ()),
        knowledge=tuple(parse.get("knowledge") or ()),
        model=parse.get("model") or {},
    )


def _ranking(pairs: Sequence[Sequence[Any]] | None) -> Ranking:
    return tuple((str(name), float(share)) for name, share in pairs or ())


def _matter(matter: Mapping[str, Any]) -> Matter:
    return Matter(
        text=str(matter["text"]),
        start=int(matter["start"]),
        end=int(matter["end"]),
        leaves=_ranking(matter.get("leaves")),
    )


def _entity(entity: Mapping[str, Any]) -> Entity:
    return Entity(
        kind=str(entity["kind"]),
        text=str(entity["text"]),
        start=int(entity["start"]),
        end=int(entity["end"]),
        value=entity.get("value") or {},
    )
