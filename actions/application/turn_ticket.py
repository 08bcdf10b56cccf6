"""The signed ticket a turn travels with through Rasa, so that nobody else can start one.

It is an HMAC over plain fields, not a secret: Rasa carries it as message metadata, the action
server checks it before a command is built.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass

from actions.application.signing import every, is_any
from actions.domain.identifiers import ConversationId, InboxId, PersonId, TicketId


@dataclass(frozen=True, kw_only=True)
class TurnTicket:
    inbox_id: InboxId
    conversation_id: ConversationId
    person_id: PersonId
    lease_token: int
    locale: str
    #: The emergency these words were filed as, where they are only read again.
    filed_as: TicketId | None = None


class TurnTicketError(Exception):
    """The ticket is missing, torn or not signed by us."""


def seal(ticket: TurnTicket, key: bytes) -> str:
    body = json.dumps(
        [
            ticket.inbox_id,
            ticket.conversation_id,
            ticket.person_id,
            ticket.lease_token,
            ticket.locale,
            *([ticket.filed_as] if ticket.filed_as else []),
        ]
    ).encode()
    return base64.urlsafe_b64encode(body + _mac(body, key)).decode()


def unseal(text: object, key: bytes) -> TurnTicket:
    """The ticket inside.

    Raises:
        TurnTicketError: it was not made by `seal` with this key.
    """
    try:
        raw = base64.urlsafe_b64decode(str(text).encode())
    except ValueError as error:
        raise TurnTicketError from error
    body, mac = raw[:-32], raw[-32:]
    if not is_any(mac, [_mac(body, each) for each in every(key)]):
        raise TurnTicketError
    inbox_id, conversation_id, person_id, lease_token, locale, *again = json.loads(body)
    return TurnTicket(
        inbox_id=InboxId(inbox_id),
        conversation_id=ConversationId(conversation_id),
        person_id=PersonId(person_id),
        lease_token=lease_token,
        locale=locale,
        filed_as=TicketId(again[0]) if again else None,
    )


def _mac(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, b"turn:" + body, hashlib.sha256).digest()
