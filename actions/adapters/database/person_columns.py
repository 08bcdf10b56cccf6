"""Every column that points at a person, and what becomes of it when two persons become one."""

from typing import Final

from sqlalchemy import Column

from actions.adapters.database.schema.channels import link_codes
from actions.adapters.database.schema.console import console_accounts, console_sessions
from actions.adapters.database.schema.learning import corrections
from actions.adapters.database.schema.matters import (
    callbacks,
    drafts,
    followers,
    proposals,
    rounds,
    sealed_contacts,
    ticket_events,
    ticket_photos,
    tickets,
)
from actions.adapters.database.schema.messaging import attachments, conversations, outbox
from actions.adapters.database.schema.people import (
    channel_addresses,
    consents,
    invitations,
    push_subscriptions,
    role_grants,
    sealed_identities,
    sessions,
)
from actions.adapters.database.schema.records import audit, community_versions, legal_holds

Columns = tuple[Column[int], ...]

#: The other person takes the place of the one, and nothing can collide.
MOVED: Final[Columns] = (
    attachments.c.person_id,
    callbacks.c.person_id,
    callbacks.c.taken_by,
    community_versions.c.imported_by,
    consents.c.person_id,
    corrections.c.person_id,
    drafts.c.person_id,
    invitations.c.confirmed_by,
    invitations.c.created_by,
    invitations.c.redeemed_by,
    legal_holds.c.person_id,
    outbox.c.person_id,
    proposals.c.by_id,
    push_subscriptions.c.person_id,
    role_grants.c.granted_by,
    rounds.c.person_id,
    sealed_contacts.c.by_id,
    ticket_events.c.actor_id,
    ticket_photos.c.by_id,
    tickets.c.assignee_id,
    tickets.c.reporter_id,
)
#: One row for each person: the survivor's stays where both have one.
ONE_EACH: Final[Columns] = (sealed_identities.c.person_id, console_accounts.c.person_id)
#: Doors to the person; they note since when they lead there, so that it can be undone.
DOORS: Final[Columns] = (channel_addresses.c.person_id, sessions.c.person_id)
#: Decided on each by itself: see `absorbing.py`.
BY_HAND: Final[Columns] = (
    console_sessions.c.person_id,
    followers.c.person_id,
    link_codes.c.person_id,
    role_grants.c.person_id,
)
#: Stays what it was: a trail that is never edited, and the emptied person's own conversation.
STAYS: Final[Columns] = (audit.c.actor_id, conversations.c.person_id)
#: What hangs on a conversation without a number of its own in it.
IN_CONVERSATION: Final[Columns] = (
    callbacks.c.conversation_id,
    drafts.c.conversation_id,
    outbox.c.conversation_id,
)
