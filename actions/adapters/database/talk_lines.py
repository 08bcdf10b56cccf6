"""Rows of a conversation as a reader may see them: masked, with what was understood of each."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.messaging import messages, understood
from actions.application.transcripts import Parse, Turn
from actions.domain.identifiers import ConversationId, InboxId
from actions.domain.masking import mask
from actions.domain.own_place import without_own_place

Masking = Callable[[str], str]
_EMPHASIS: Final = re.compile(r"\*\*([^*]+)\*\*")
_NONE: Final[Mapping[str, Any]] = {"lines": ()}
#: What stands where somebody took the words out.
COVERED: Final = "●●●●●●"


def masking(*, hides_home: bool, is_unmasked: bool) -> Masking:
    if is_unmasked:
        return str
    if hides_home:
        return lambda text: mask(without_own_place(text))
    return mask


def lines_of(conversation_id: ConversationId, *conditions: ColumnElement[bool]) -> Select[Any]:
    parsed = [understood.c[name] for name in ("language", "intent", "confidence", "parse", "model")]
    return (
        select(
            messages.c.id,
            messages.c.seq,
            messages.c.direction,
            messages.c.kind,
            messages.c.text,
            messages.c.content,
            messages.c.inbox_id,
            messages.c.at,
            *parsed,
            understood.c.data,
        )
        .outerjoin(understood, understood.c.inbox_id == messages.c.inbox_id)
        .where(messages.c.conversation_id == conversation_id, *conditions)
    )


async def turns_of(
    conn: AsyncConnection, query: Select[Any], masked: Masking, cause: InboxId | None = None
) -> list[Turn]:
    rows = (await conn.execute(query)).mappings().all()
    return [_turn(row, masked, cause) for row in sorted(rows, key=lambda row: int(row["seq"]))]


def _turn(row: RowMapping, masked: Masking, cause: InboxId | None) -> Turn:
    is_theirs = row["direction"] == "in"
    text = row["text"] if is_theirs else _shown(row["text"], row["content"] or {})
    words = masked(text)
    marks = _marks(row["parse"] or {}, text) if len(words) == len(text) else []
    return Turn(
        id=row["id"],
        seq=row["seq"],
        is_theirs=is_theirs,
        kind=row["kind"],
        pieces=list(_pieces(words, marks)),
        at=row["at"],
        parse=_parse(row, words, marks) if row["language"] is not None else None,
        is_cause=cause is not None and row["inbox_id"] == cause,
    )


def _shown(text: str, content: Mapping[str, Any]) -> str:
    """What a message of ours said, with the lines of its card."""
    lines = [
        f"{each['label']}: {each['value']}" for each in (content.get("card") or _NONE)["lines"]
    ]
    return _EMPHASIS.sub(r"\1", "\n".join([text, *lines]))


def _marks(parse: Mapping[str, Any], text: str) -> list[tuple[int, int, str]]:
    """Where something was found in the words, in order, none over another."""
    found: list[tuple[int, int, str]] = []
    spans = [(int(e["start"]), int(e["end"]), str(e["kind"])) for e in parse.get("entities") or ()]
    for start, end, kind in sorted(spans):
        if 0 <= start < end <= len(text) and (not found or found[-1][1] <= start):
            found.append((start, end, kind))
    return found


def _pieces(words: str, marks: Sequence[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    at = 0
    for start, end, kind in marks:
        if at < start:
            yield words[at:start], ""
        yield words[start:end], kind
        at = end
    if at < len(words):
        yield words[at:], ""


def _parse(row: RowMapping, words: str, marks: Sequence[tuple[int, int, str]]) -> Parse:
    kept: Mapping[str, Any] = row["parse"] or {}
    return Parse(
        language=row["language"],
        intent=row["intent"],
        confidence=row["confidence"],
        intents=_ranking(kept.get("ranking")),
        leaves=_ranking(kept.get("leaves")),
        emergency=float(kept.get("emergency") or 0.0),
        entities=[(kind, words[start:end]) for start, end, kind in marks],
        model=row["model"],
        data=row["data"],
    )


def _ranking(kept: Any) -> list[tuple[str, float]]:
    return [(str(name), float(share)) for name, share in kept or ()]
