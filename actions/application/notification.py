"""`Notification`: something to say to one person, as a template name and typed parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from actions.domain.identifiers import InboxId, PersonId, TicketId


class Purpose(StrEnum):
    """Why something is said: it decides order, quiet hours and what may be skipped."""

    REPLY = "reply"  #: answers what the person just wrote
    PUSH = "push"  #: news the person did not just ask for


@dataclass(frozen=True, kw_only=True)
class Button:
    """One tap. `command` is the command it presses, as `pressable.to_json` writes it."""

    label: str  #: template key of the words on it, or a literal when `literal`
    command: Mapping[str, Any]
    style: str = "default"  #: default | primary | danger | chip
    literal: bool = False
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Card:
    """A boxed summary. Lines are (label key, value); values may be typed, see `values`."""

    title: Any
    urgency: str
    lines: tuple[tuple[str, Any], ...] = ()
    countdown_to: str | None = None
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Notification:
    """What an outbox row holds. Locale, channel and length are applied at delivery."""

    person_id: PersonId
    template: str
    params: Mapping[str, Any] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    card: Card | None = None
    photos: tuple[str, ...] = ()
    purpose: Purpose = Purpose.REPLY
    ticket_id: TicketId | None = None
    version: int = 0
    status_news: bool = False  #: newer status news of the same ticket makes it superfluous
    urgent: bool = False  #: quiet hours do not apply
    in_reply_to: InboxId | None = None
    channel: str = ""  #: where it has to be said; else where the person was last
    chat: str = ""  #: and in which of their chats there; else in the one used last
