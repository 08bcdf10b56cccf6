"""`SqlPrivacy`: give a person everything kept about them, or forget them, in one transaction."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database import audit
from actions.adapters.database.belongings import belongings, conversations_of, inbox_of
from actions.adapters.database.conversations import ERASED, hold
from actions.adapters.database.engine import Database
from actions.adapters.database.forgetting_intake import forget_intake
from actions.adapters.database.holds import require_unheld
from actions.adapters.database.outbox import NOTHING_LEFT
from actions.adapters.database.received import forget_received
from actions.adapters.database.redaction import forget_words
from actions.adapters.database.schema.channels import link_codes
from actions.adapters.database.schema.console import console_accounts, console_sessions
from actions.adapters.database.schema.knowing import unanswered
from actions.adapters.database.schema.learning import corrections
from actions.adapters.database.schema.matters import (
    callbacks,
    drafts,
    followers,
    sealed_contacts,
)
from actions.adapters.database.schema.messaging import (
    attachments,
    conversations,
    inbox,
    messages,
    outbox,
    understood,
)
from actions.adapters.database.schema.people import (
    channel_addresses,
    invitations,
    people,
    push_subscriptions,
    role_grants,
    sealed_identities,
    sessions,
)
from actions.adapters.database.schema.records import legal_holds
from actions.adapters.database.wechat_platform import forget_wechat
from actions.application.ports import Clock
from actions.application.ports_intake import CONTACT_SHOWN
from actions.application.web_records import Account, Erased
from actions.domain.community import Community
from actions.domain.errors import NotFound
from actions.domain.identifiers import AttachmentId, ConversationId, PersonId

#: Rows of these tables are of no use without the person.
_GONE = (
    sealed_identities,
    sessions,
    push_subscriptions,
    channel_addresses,
    link_codes,
    console_accounts,
    console_sessions,
    drafts,
    followers,
    corrections,
    legal_holds,  # those that were lifted; any other one refuses
)


class SqlPrivacy:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def export(self, account: Account) -> Mapping[str, Any]:
        now = self._clock.now()
        async with self._database.write() as conn:
            await self._note(conn, "export", account.person_id, now)
            await conn.commit()
        async with self._database.read() as conn:
            kept = await belongings(conn, account.person_id)
        return {
            "participant_id": account.participant_id,
            "made_at": now.isoformat(),
            "kept": kept,
        }

    async def require_free(self, person_id: PersonId) -> None:
        async with self._database.read() as conn:
            await require_unheld(conn, person_id)

    async def erase(self, person_id: PersonId) -> Erased:
        now = self._clock.now()
        async with self._database.write() as conn:
            await self._lock(conn, person_id)
            await require_unheld(conn, person_id)
            gone = await _outside(conn, person_id)
            await _cover_contacts(conn, person_id)
            await forget_words(conn, person_id, _names(self._community))
            await forget_intake(conn, person_id)
            chats = await _chats(conn, person_id)
            await forget_received(conn, chats, now)
            await forget_wechat(conn, [openid for _, _, openid in chats])
            for table in _GONE:
                await conn.execute(delete(table).where(table.c.person_id == person_id))
            await _empty_talks(conn, person_id, now)
            await _empty_person(conn, person_id, now)
            await self._note(conn, "erase", person_id, now)
            await conn.commit()
        await self._database.scrub()
        return gone

    async def _lock(self, conn: AsyncConnection, person_id: PersonId) -> None:
        """Nobody else writes in the person's conversations until this is over.

        Raises:
            NotFound: there is no such person, or not any more.
        """
        talks = select(conversations.c.id).where(conversations.c.person_id == person_id)
        await hold(conn, [ConversationId(each) for each in (await conn.execute(talks)).scalars()])
        fenced = await conn.execute(
            update(conversations)
            .where(conversations.c.person_id == person_id)
            .values(lease_token=conversations.c.lease_token + 1)
        )
        query = select(people.c.id).where(people.c.id == person_id, people.c.erased_at.is_(None))
        if (await conn.execute(query)).first() is None or fenced.rowcount < 0:
            raise NotFound

    async def _note(
        self, conn: AsyncConnection, action: str, person_id: PersonId, now: datetime
    ) -> None:
        await audit.append(
            conn,
            at=now,
            actor=person_id,
            action=action,
            about=f"person:{person_id}",
            area=self._community.root,
            reason="asked by the person",
        )


def _names(community: Community) -> frozenset[str]:
    """Every name the community itself gives, or gave, to a place or a category."""
    former = community.former
    categories = [*community.categories.values(), *former.categories.values()]
    named = [
        *(area.name for area in (*community.areas.values(), *former.areas.values())),
        *(spot.name for spot in (*community.landmarks.values(), *former.landmarks.values())),
        *(category.name for category in categories),
        *(category.top_name for category in categories),
        *(category.label for category in categories),
    ]
    return frozenset(name for names in named for name in names.values())


async def _outside(conn: AsyncConnection, person_id: PersonId) -> Erased:
    photos = select(attachments.c.id).where(attachments.c.person_id == person_id)
    talks = select(conversations.c.id).where(conversations.c.person_id == person_id)
    return Erased(
        photos=tuple(AttachmentId(each) for each in (await conn.execute(photos)).scalars()),
        conversations=tuple(ConversationId(each) for each in (await conn.execute(talks)).scalars()),
    )


async def _chats(conn: AsyncConnection, person_id: PersonId) -> list[tuple[str, str, str]]:
    """Where the person wrote from."""
    known = select(
        channel_addresses.c.channel, channel_addresses.c.account, channel_addresses.c.external_id
    ).where(channel_addresses.c.person_id == person_id)
    return [(row.channel, row.account, row.external_id) for row in await conn.execute(known)]


async def _cover_contacts(conn: AsyncConnection, person_id: PersonId) -> None:
    """Numbers the person left, where they have just been shown to somebody."""
    mine = sealed_contacts.c.by_id == person_id
    left = select(sealed_contacts.c.ticket_id).where(mine)
    shown = (outbox.c.template == CONTACT_SHOWN) & outbox.c.ticket_id.in_(left)
    said = select(outbox.c.id).where(shown)
    await conn.execute(
        update(messages).where(messages.c.outbox_id.in_(said)).values(text="", content=None)
    )
    await conn.execute(
        update(outbox).where(shown).values(template="erased_message", content=NOTHING_LEFT)
    )


async def _empty_talks(conn: AsyncConnection, person_id: PersonId, now: datetime) -> None:
    """The frame of the conversations stays (numbers, times), every word goes."""
    talks = conversations_of(person_id)
    for table in (understood, unanswered):
        await conn.execute(delete(table).where(table.c.inbox_id.in_(inbox_of(person_id))))
    await conn.execute(
        update(inbox)
        .where(inbox.c.conversation_id.in_(talks))
        .values(
            payload={},
            external_id=literal("erased:") + cast(inbox.c.id, String),
            state="done",
            outcome="erased",
            finished_at=func.coalesce(inbox.c.finished_at, now),
        )
    )
    await conn.execute(
        update(messages)
        .where(messages.c.conversation_id.in_(talks))
        .values(text="", content=None, template="", kind="notice")
    )
    await conn.execute(
        update(outbox)
        .where(outbox.c.person_id == person_id, outbox.c.state.not_in(["sent", "superseded"]))
        .values(state="dead", settled_at=now, last_error="erased")
    )
    await conn.execute(
        update(outbox)
        .where(outbox.c.person_id == person_id)
        .values(template="erased_message", content=NOTHING_LEFT, last_error="")
    )


async def _empty_person(conn: AsyncConnection, person_id: PersonId, now: datetime) -> None:
    await conn.execute(
        update(attachments)
        .where(attachments.c.person_id == person_id)
        .values(erased_at=now, sha256="", size=0)
    )
    await conn.execute(
        update(callbacks)
        .where(callbacks.c.person_id == person_id)
        .values(reason="", closed_at=func.coalesce(callbacks.c.closed_at, now))
    )
    await conn.execute(
        update(role_grants)
        .where(role_grants.c.person_id == person_id, role_grants.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    await conn.execute(
        update(invitations)
        .where(invitations.c.redeemed_by == person_id)
        .values(display_name="", roster_key=None)
    )
    for talk in (await conn.execute(conversations_of(person_id))).scalars().all():
        await conn.execute(
            update(conversations)
            .where(conversations.c.id == talk)
            .values(
                sender_key=f"x_{secrets.token_hex(16)}",
                channel=ERASED,  # nothing arrives here and nothing is sent here any more
                account=str(talk),
                awaiting=None,
                focus_ticket_id=None,
            )
        )
    await conn.execute(
        update(people)
        .where(people.c.id == person_id)
        .values(
            participant_id=f"x_{secrets.token_hex(16)}",
            display_name="",
            home="",
            organisation="",
            roster_key=None,
            away_until=None,
            erased_at=now,
        )
    )
