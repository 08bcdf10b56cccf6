"""`Account` from rows: one for each living role, at least one for a living person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import FromClause, Select, and_, bindparam, exists, select
from sqlalchemy.engine import Row

from actions.adapters.database.people import NOTICE
from actions.adapters.database.schema.messaging import conversations
from actions.adapters.database.schema.people import consents, people, role_grants
from actions.application.web_records import Account
from actions.domain.identifiers import ConversationId, PersonId
from actions.domain.people import Role, RoleGrant


def account_rows(door: FromClause) -> Select[Any]:
    """Who is behind a row of `door` (a table with a `person_id`); wants the bound `notice`."""
    has_consented = exists().where(
        consents.c.person_id == people.c.id,
        consents.c.kind == NOTICE,
        consents.c.version == bindparam("notice"),
        consents.c.withdrawn_at.is_(None),
    )
    alive = and_(role_grants.c.person_id == people.c.id, role_grants.c.revoked_at.is_(None))
    return (
        select(people.c.id, people.c.participant_id, people.c.display_name)
        .add_columns(people.c.locale, people.c.area, people.c.home)
        .add_columns(conversations.c.id.label("conversation_id"))
        .add_columns(has_consented.label("has_consented"))
        .add_columns(role_grants.c.role, role_grants.c.area.label("granted_area"))
        .select_from(door)
        .join(people, people.c.id == door.c.person_id)
        .join(conversations, conversations.c.person_id == people.c.id)
        .outerjoin(role_grants, alive)
        .where(people.c.erased_at.is_(None))
    )


def account_of(rows: Sequence[Row[Any]], session: str = "") -> Account:
    """The account of rows of one person. `session` is the hash of a token, if there is one."""
    first = rows[0]
    grants = {RoleGrant(role=Role(row.role), area=row.granted_area) for row in rows if row.role}
    return Account(
        person_id=PersonId(first.id),
        participant_id=first.participant_id,
        display_name=first.display_name,
        locale=first.locale,
        area=first.area,
        home=first.home,
        conversation_id=ConversationId(first.conversation_id),
        session=session,
        has_consented=bool(first.has_consented),
        grants=frozenset(grants),
    )
