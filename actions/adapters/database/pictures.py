"""`SqlPictures`: the rows of photos, and who may look at them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import String, cast, func, insert, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.rows import entry_from_row, ticket_from_row
from actions.adapters.database.schema.matters import (
    followers,
    ticket_events,
    ticket_photos,
    tickets,
)
from actions.adapters.database.schema.messaging import attachments, messages
from actions.adapters.database.together import leading_of, who_waits
from actions.application.ports import Clock
from actions.application.ticket_record import Viewer, record_of, viewer_of
from actions.application.web_records import Account, Picture
from actions.domain.identifiers import AttachmentId, PersonId, TicketId
from actions.domain.permissions import is_kept_away
from actions.domain.sealing import hides_reporter

#: Tickets one photo may have been shown for.
_SHOWN_IN = 20


class SqlPictures:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, picture: Picture, area: str) -> None:
        async with self._database.write() as conn:
            await conn.execute(
                insert(attachments).values(
                    id=picture.id,
                    person_id=picture.person_id,
                    area=area,
                    media_type=picture.media_type,
                    width=picture.width,
                    height=picture.height,
                    size=picture.size,
                    sha256=picture.sha256,
                    created_at=self._clock.now(),
                )
            )
            await conn.commit()

    async def count_today(self, person_id: PersonId) -> int:
        since = self._clock.now() - timedelta(days=1)
        query = (
            select(func.count())
            .select_from(attachments)
            .where(attachments.c.person_id == person_id, attachments.c.created_at > since)
        )
        async with self._database.read() as conn:
            return int((await conn.execute(query)).scalar_one())

    async def own(self, ids: Sequence[AttachmentId], person_id: PersonId) -> bool:
        wanted = set(ids)
        query = (
            select(func.count())
            .select_from(attachments)
            .where(
                attachments.c.id.in_(wanted),
                attachments.c.person_id == person_id,
                attachments.c.erased_at.is_(None),
            )
        )
        async with self._database.read() as conn:
            return int((await conn.execute(query)).scalar_one()) == len(wanted)

    async def find(self, attachment_id: AttachmentId, account: Account) -> Picture | None:
        query = select(attachments).where(
            attachments.c.id == attachment_id, attachments.c.erased_at.is_(None)
        )
        async with self._database.read() as conn:
            row = (await conn.execute(query)).mappings().first()
            if row is None or not await _may_look(conn, row, account):
                return None
        return Picture(
            id=attachment_id,
            person_id=PersonId(row["person_id"]),
            media_type=row["media_type"],
            width=row["width"],
            height=row["height"],
            size=row["size"],
            sha256=row["sha256"],
        )


async def _may_look(conn: AsyncConnection, row: RowMapping, account: Account) -> bool:
    return (
        row["person_id"] == account.person_id
        or await _is_on_a_ticket(conn, row["id"], account)
        or await _was_shown(conn, row["id"], account)
    )


async def _is_on_a_ticket(conn: AsyncConnection, attachment_id: str, account: Account) -> bool:
    query = (
        select(tickets, ticket_photos.c.purpose)
        .join(ticket_photos, ticket_photos.c.ticket_id == tickets.c.id)
        .where(ticket_photos.c.attachment_id == attachment_id)
    )
    for row in (await conn.execute(query)).mappings().all():
        if await _shows(conn, row, attachment_id, account):
            return True
    return False


async def _works_on_the_whole(conn: AsyncConnection, row: RowMapping, account: Account) -> bool:
    """Whoever settles a ticket sees the photos of what is merged into it."""
    leading = (await leading_of(conn, [row])).get(row["master"])
    return leading is not None and viewer_of(account.actor, leading, ()) is Viewer.WORKER


async def _shows(
    conn: AsyncConnection, row: RowMapping, attachment_id: str, account: Account
) -> bool:
    """Those who settle a ticket see all its photos, residents what their record shows.

    Where there is another side, a resident's photo is seen by those it was passed to, no others.
    """
    ticket = ticket_from_row(row)
    if is_kept_away(account.person_id, ticket):
        return False
    viewer = viewer_of(account.actor, ticket, await who_waits(conn, TicketId(row["id"])))
    if viewer is Viewer.WORKER or await _works_on_the_whole(conn, row, account):
        return not (hides_reporter(ticket) and row["purpose"] == "report")
    if viewer is None:
        return False
    query = (
        select(ticket_events)
        .where(ticket_events.c.ticket_id == row["id"])
        .order_by(ticket_events.c.seq)
    )
    entries = [entry_from_row(each) for each in (await conn.execute(query)).mappings()]
    record = record_of(ticket, entries, account.actor, viewer)
    return any(attachment_id in line.photos for line in record)


async def _was_shown(conn: AsyncConnection, attachment_id: str, account: Account) -> bool:
    """Ids are random, so that one inside a message can only stand for the photo itself.

    What was shown for the work is gone with the work; residents keep what they were told.
    """
    content = cast(messages.c.content, String)
    query = (
        select(messages.c.ticket_id)
        .where(
            messages.c.conversation_id == account.conversation_id,
            messages.c.direction == "out",
            content.contains(f'"{attachment_id}"', autoescape=True),
        )
        .distinct()
        .limit(_SHOWN_IN)
    )
    for ticket_id in (await conn.execute(query)).scalars().all():
        if ticket_id is None or await _concerns(conn, ticket_id, account):
            return True
    return False


async def _concerns(conn: AsyncConnection, ticket_id: int, account: Account) -> bool:
    """Whether the person raised the ticket or ever followed it, or still sees it."""
    rows = await conn.execute(
        select(followers.c.person_id).where(followers.c.ticket_id == ticket_id)
    )
    ever = {PersonId(person) for person in rows.scalars()}
    row = (await conn.execute(select(tickets).where(tickets.c.id == ticket_id))).mappings().first()
    if row is None or is_kept_away(account.person_id, ticket_from_row(row)):
        return False
    return viewer_of(account.actor, ticket_from_row(row), ever) is not None
