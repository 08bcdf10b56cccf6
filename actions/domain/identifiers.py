"""Identifiers: what a row is called inside, and the ticket number people read aloud."""

from typing import NewType

PersonId = NewType("PersonId", int)
ConversationId = NewType("ConversationId", int)
TicketId = NewType("TicketId", int)
DraftId = NewType("DraftId", int)
InboxId = NewType("InboxId", int)
AreaCode = NewType("AreaCode", str)
LeafCode = NewType("LeafCode", str)
AttachmentId = NewType("AttachmentId", str)
