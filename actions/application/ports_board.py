"""Ports of the board: lists of tickets, one ticket, and the conversation it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from actions.application.board import BoardPage, BoardRow, Colleague, Wanted
from actions.application.notification import Button
from actions.application.transcripts import Look, Talk, TalkPage, TalkWanted
from actions.application.web_records import RecordLine
from actions.domain.identifiers import AttachmentId, ConversationId, TicketId
from actions.domain.people import Actor
from actions.domain.ticket import Ticket


@dataclass(frozen=True, kw_only=True)
class TicketFile:
    """One ticket as somebody who settles it sees it."""

    ticket: Ticket
    row: BoardRow
    record: Sequence[RecordLine]
    offers: Sequence[Button]
    photos: Sequence[AttachmentId]
    merged: Sequence[str]  #: numbers of what follows this one
    parts: Sequence[str]
    may_read_talk: bool
    may_unmask_talk: bool
    may_redact_talk: bool
    looks: Sequence[Look] = ()  #: who read its conversation, for those who oversee that


class Board(Protocol):
    async def page(
        self, actor: Actor, wanted: Wanted, *, before: TicketId | None = None
    ) -> BoardPage:
        """The newest that fit, of those older than the ticket named."""
        ...

    async def colleagues(self, actor: Actor) -> Sequence[Colleague]:
        """Whoever can have a ticket where the person works, by name."""
        ...


class TicketFiles(Protocol):
    async def open(self, actor: Actor, number: str) -> TicketFile | None:
        """None when it does not exist for this person, or not as staff."""
        ...


class TicketTalks(Protocol):
    """What led to a ticket. Every look is on the trail before anything of it is given out."""

    async def of_ticket(self, actor: Actor, number: str) -> Talk | None:
        """What led to a ticket; None when there is none, or not for this person."""
        ...

    async def unmask(self, actor: Actor, number: str, reason: str) -> None:
        """Show the words of that ticket's conversation as they are, for a short while.

        Raises:
            NotFound: not for this person.
        """
        ...

    async def redact(self, actor: Actor, number: str, message_id: int, reason: str) -> None:
        """Take the words of one of its messages out for good."""
        ...


class TalkList(Protocol):
    """Whole conversations, in the same way."""

    async def find(self, actor: Actor, wanted: TalkWanted, before: int | None) -> TalkPage: ...
    async def read(
        self,
        actor: Actor,
        conversation_id: ConversationId,
        *,
        before: int | None,
        after: int | None,
    ) -> Talk | None:
        """A stretch of a whole conversation, masked."""
        ...


@dataclass(frozen=True, kw_only=True)
class BoardDoors:
    """Everything the pages about tickets read."""

    board: Board
    files: TicketFiles
    talks: TicketTalks
    talk_list: TalkList
