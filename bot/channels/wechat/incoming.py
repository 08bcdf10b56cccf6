"""What a callback means to us, typed."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Words:
    text: str
    menu: str = ""  #: id of the menu message it was chosen from


@dataclass(frozen=True, kw_only=True)
class Photo:
    media_id: str
    url: str  #: good for a few days, as the media is


@dataclass(frozen=True, kw_only=True)
class Place:
    """In GCJ-02, as the platform draws its maps; not where a GPS receiver would say."""

    lat: float
    lon: float
    label: str


@dataclass(frozen=True, kw_only=True)
class Voice:
    media_id: str


@dataclass(frozen=True, kw_only=True)
class Link:
    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Unread:
    """Something we cannot take."""

    what: str


@dataclass(frozen=True, kw_only=True)
class Follow:
    """Somebody subscribed; `scene` when they came by one of our codes."""

    scene: str


@dataclass(frozen=True, kw_only=True)
class Leave:
    """Somebody unsubscribed: what was obtained here has to go."""


@dataclass(frozen=True, kw_only=True)
class Scan:
    """A follower scanned one of our codes."""

    scene: str


@dataclass(frozen=True, kw_only=True)
class Click:
    """A menu entry was pressed."""

    key: str


@dataclass(frozen=True, kw_only=True)
class JobDone:
    """What became of a template message; `id` is the one sending it gave."""

    id: str
    status: str


@dataclass(frozen=True, kw_only=True)
class Consent:
    """Somebody answered whether they want notices of a template."""

    template_id: str
    is_given: bool


@dataclass(frozen=True, kw_only=True)
class NoticeDone:
    """What became of a subscription notice."""

    id: str
    template_id: str
    code: str
    status: str


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """Nothing for us, and why."""

    why: str


Content = (
    Words | Photo | Place | Voice | Link | Unread
    | Follow | Leave | Scan | Click | JobDone | Consent | NoticeDone | Nothing
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Callback:
    """One message or event of one user."""

    openid: str
    account: str  #: our own name there (gh_…), whom a reply is from
    key: str  #: the same for the same message, however often it comes
    at: int  #: seconds since 1970, by the platform's clock
    contents: tuple[Content, ...]

    @property
    def is_answered(self) -> bool:
        """Whether there may be something to say; nobody waits for what only tells us something."""
        return any(isinstance(each, _ANSWERED) for each in self.contents)


_ANSWERED = (Words, Photo, Place, Voice, Link, Unread, Follow, Scan, Click)
