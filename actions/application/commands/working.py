"""Commands of those who handle tickets; all are buttons, their texts come by `TakeText`."""

from dataclasses import dataclass

from actions.application.commands.base import Pressable
from actions.application.commands.following import OnTicket


@dataclass(frozen=True, kw_only=True)
class AcceptTicket(OnTicket):
    """I take it."""


@dataclass(frozen=True, kw_only=True)
class StartTicket(OnTicket):
    """I am on it."""


@dataclass(frozen=True, kw_only=True)
class AskReporter(OnTicket):
    """Ask for the question to put to the reporter."""


@dataclass(frozen=True, kw_only=True)
class MessageReporter(OnTicket):
    """Ask for the line to pass on to the reporter."""


@dataclass(frozen=True, kw_only=True)
class NoteProgress(OnTicket):
    """Ask for a note; photos count as well."""


@dataclass(frozen=True, kw_only=True)
class ShareNote(OnTicket):
    """Tell the reporter the note just made (`seq` of its entry), or keep it inside."""

    seq: int
    share: bool


@dataclass(frozen=True, kw_only=True)
class ReturnTicket(OnTicket):
    """Not mine: `reason` is a key of the offered reasons, empty asks for it."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class TransferTicket(OnTicket):
    """Hand it to `to` (a person id); 0 asks to whom. `reason` as in `ReturnTicket`."""

    to: int = 0
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ResolveTicket(OnTicket):
    """Settled: asks for the proof the category wants, or resolves when it is there."""


@dataclass(frozen=True, kw_only=True)
class ShowRecord(OnTicket):
    """The whole timeline, as this worker may see it."""


@dataclass(frozen=True, kw_only=True)
class ShowOptions(OnTicket):
    """Everything this person may do with it now."""


@dataclass(frozen=True, kw_only=True)
class FileAside(Pressable):
    """The text just taken as a note (`seq`) was a matter of its own (`inbox_id` holds it)."""

    inbox_id: int
    ticket_id: int = 0
    seq: int = 0


@dataclass(frozen=True, kw_only=True)
class ShowTodo(Pressable):
    """What is waiting for me? `skip` leaves out the first so many."""

    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class TakeCallback(Pressable):
    callback_id: int


@dataclass(frozen=True, kw_only=True)
class WriteToCaller(Pressable):
    """Ask for the words to send to whoever wanted a person."""

    callback_id: int


@dataclass(frozen=True, kw_only=True)
class CloseCallback(Pressable):
    """`outcome` is talked or unreached."""

    callback_id: int
    outcome: str


@dataclass(frozen=True, kw_only=True)
class DispatchTicket(OnTicket):
    """A lead hands out a ticket nobody had; `to` 0 asks to whom."""

    to: int = 0


@dataclass(frozen=True, kw_only=True)
class ConfirmSeat(Pressable):
    """The second look at somebody who redeemed a code: is it really them?"""

    invitation_id: int
    is_known: bool
