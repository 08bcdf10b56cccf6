"""What an update means to us, typed."""

from dataclasses import dataclass

from telegram import CallbackQuery


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Somebody in their private chat with us, as they describe themselves."""

    chat: str
    name: str
    locale: str


@dataclass(frozen=True, kw_only=True)
class Words:
    text: str
    was_mended: bool = False  #: it held what no database keeps


@dataclass(frozen=True, kw_only=True)
class Photo:
    file_id: str
    unique_id: str  #: of the file itself, whoever sends it
    size: int  #: bytes as claimed; 0 when unknown


@dataclass(frozen=True, kw_only=True)
class Place:
    lat: float
    lon: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Start:
    """Start was pressed; `payload` is what a link held."""

    payload: str


@dataclass(frozen=True, kw_only=True)
class Help:
    """What can be done here was asked for by its command."""


@dataclass(frozen=True, kw_only=True)
class Languages:
    """Another language was asked for by its command."""


@dataclass(frozen=True, kw_only=True)
class Unread:
    """Something we cannot take."""

    what: str


Part = Words | Photo | Place | Start | Help | Languages | Unread


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A message, or its newer version, in parts; words come before what they go with."""

    update_id: int
    message_id: int
    writer: Writer
    parts: tuple[Part, ...]
    album: str = ""
    is_edit: bool = False

    @property
    def key(self) -> str:
        """What the message is called among arrivals, in all its versions."""
        return f"{self.writer.chat}.{self.message_id}"

    @property
    def photos(self) -> tuple[Photo, ...]:
        return tuple(part for part in self.parts if isinstance(part, Photo))


@dataclass(frozen=True, kw_only=True)
class Press:
    """A button was pressed. What is behind it is looked up: its data can be forged."""

    update_id: int
    writer: Writer
    query: CallbackQuery


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Somebody blocked us, or let us in again."""

    chat: str
    is_blocked: bool


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """We are in a group or a channel, where nobody's matters belong."""

    chat: int
    locale: str
    was_added: bool = False  #: just now, so that a word is due


@dataclass(frozen=True, kw_only=True)
class Moved:
    """The platform gave a chat another id."""

    chat: str
    new_chat: str


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """Nothing for us, and why."""

    why: str


Incoming = Letter | Press | Reach | Elsewhere | Moved | Nothing
