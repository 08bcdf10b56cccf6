"""`SqlUnitOfWork`: open, commit, roll back by default."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.attachments import SqlAttachments
from actions.adapters.database.audit import LastAudit
from actions.adapters.database.conversations import SqlConversations
from actions.adapters.database.corrections import SqlCorrections
from actions.adapters.database.drafts import SqlDrafts
from actions.adapters.database.effects import SqlEffects
from actions.adapters.database.engine import Database
from actions.adapters.database.inbox import SqlInbox
from actions.adapters.database.linking import SqlLinking
from actions.adapters.database.origins import SqlOrigins
from actions.adapters.database.outbox import SqlOutbox
from actions.adapters.database.people import SqlPeople
from actions.adapters.database.proposals import SqlProposals
from actions.adapters.database.queues import SqlQueues
from actions.adapters.database.rounds import SqlRounds
from actions.adapters.database.sealed_contacts import SqlSealedContacts
from actions.adapters.database.seats import SqlSeats
from actions.adapters.database.settings_watch import look
from actions.adapters.database.tickets import SqlTickets
from actions.adapters.database.together import as_known
from actions.adapters.database.unanswered import SqlUnanswered
from actions.adapters.rulebook import Rulebook
from actions.adapters.sealing import Seal
from actions.application.notification import Button, Card, Notification, Purpose
from actions.application.ports import (
    Attachments,
    Audit,
    Clock,
    Conversations,
    Drafts,
    Effects,
    Geography,
    Inbox,
    People,
    Proposals,
    Queues,
    Seats,
    Tickets,
)
from actions.application.ports_channels import Linking
from actions.application.ports_intake import Origins, Rounds, SealedContacts
from actions.application.ports_knowledge import Unanswered
from actions.application.ports_learning import Corrections
from actions.application.ports_outbox import Outbox
from actions.application.turn import Turn
from actions.application.unit_of_work import UnitOfWork
from actions.domain.community import Community
from actions.domain.events import Event
from actions.domain.identifiers import PersonId
from actions.domain.knowledge import Knowledge
from actions.domain.ladder import next_rung
from actions.domain.ticket import Deed, Ticket
from actions.failpoints import failpoint


class SqlUnitOfWork:
    """One transaction. Outbox keys count what was said, so a repeat writes the same keys."""

    def __init__(
        self,
        conn: AsyncConnection,
        turn: Turn,
        now: datetime,
        rulebook: Rulebook,
        *,
        seal: Seal,
        knowledge: Knowledge,
    ) -> None:
        standing = rulebook.at(now)
        community = standing.community
        self.turn = turn
        self.now = now
        self.community = community
        self.geography: Geography = standing.geography
        self.knowledge = knowledge
        self.events: list[Event] = []
        self.tickets: Tickets = SqlTickets(
            conn, now, community.timezone, community.version, self._rung_at
        )
        self.proposals: Proposals = SqlProposals(conn, now, community.timezone)
        self.drafts: Drafts = SqlDrafts(conn, community.root)
        directory = SqlPeople(conn, community)
        self.people: People = directory
        self._trail = LastAudit(conn, now)
        self.audit: Audit = self._trail
        self.seats: Seats = SqlSeats(conn, directory, self.audit)
        self.conversations: Conversations = SqlConversations(conn, now)
        self.inbox: Inbox = SqlInbox(conn, now, community.root)
        self.unanswered: Unanswered = SqlUnanswered(conn, now, community)
        self.outbox: Outbox = SqlOutbox(conn, now)
        self.effects: Effects = SqlEffects(conn, now, community.root)
        self.attachments: Attachments = SqlAttachments(conn)
        self.rounds: Rounds = SqlRounds(conn, now)
        self.origins: Origins = SqlOrigins(conn)
        self.sealed_contacts: SealedContacts = SqlSealedContacts(conn, now, seal, self.audit)
        self.corrections: Corrections = SqlCorrections(conn, now, community.root)
        self.linking: Linking = SqlLinking(conn, now, community.root)
        self.queues: Queues = SqlQueues(conn, now, community)
        self._conn = conn
        self._rulebook = rulebook
        self._said = 0

    def rules_of(self, ticket: Ticket) -> Community:
        """A kind of matter it was given later, and that its version lacks, has today's rules."""
        rules = self._rulebook.rules(ticket.rules)
        return rules if rules and ticket.category in rules.categories else self.community

    def _rung_at(self, ticket: Ticket) -> datetime | None:
        step = next_rung(ticket, self.rules_of(ticket))
        return step.at if step else None

    async def reply(
        self,
        template: str,
        *,
        params: Mapping[str, Any] | None = None,
        buttons: tuple[Button, ...] = (),
        card: Card | None = None,
        **more: Any,
    ) -> None:
        answer = Notification(
            person_id=self.turn.actor.person_id,
            template=template,
            params=params or {},
            buttons=buttons,
            card=card,
            purpose=Purpose.REPLY,
            in_reply_to=self.turn.inbox_id,
            **more,
        )
        if self.turn.desk is not None:
            self.turn.desk.told.append(answer)
        else:
            await self.tell(answer)

    async def tell(self, notification: Notification) -> None:
        key = f"{self.turn.cause}/{self.turn.step}/{self._said}"
        self._said += 1
        news = await as_known(self._conn, notification, self.community.timezone)
        await self.outbox.add(key, news, self.community.root)

    def deed(self, role: str, actor: PersonId | None = None) -> Deed:
        return Deed(
            actor=self.turn.actor.person_id if actor is None else actor,
            role=role,
            at=self.now,
            cause=self.turn.cause,
        )

    async def commit(self) -> None:
        await self._trail.write()
        failpoint("effects.written")
        await self._conn.commit()
        failpoint("effects.committed")


class SqlUnitOfWorkFactory:
    """Opens units of work over one database and clock, under the settings in force."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        rulebook: Rulebook,
        seal: Seal,
        knowledge: Knowledge | None = None,
    ) -> None:
        self._database = database
        self._knowledge = knowledge or Knowledge()
        self._seal = seal
        self._clock = clock
        self._rulebook = rulebook

    @asynccontextmanager
    async def __call__(self, turn: Turn) -> AsyncIterator[UnitOfWork]:
        async with self._database.write() as conn:
            now = self._clock.now()
            if self._rulebook.is_due:
                await look(conn, self._rulebook, now)
            yield SqlUnitOfWork(
                conn, turn, now, self._rulebook, seal=self._seal, knowledge=self._knowledge
            )
