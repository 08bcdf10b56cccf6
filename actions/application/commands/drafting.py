"""Commands on a draft: the buttons of the filing card and of its questions."""

from dataclasses import dataclass

from actions.application.commands.base import Pressable


@dataclass(frozen=True, kw_only=True)
class OnDraft(Pressable):
    draft_id: int


@dataclass(frozen=True, kw_only=True)
class SubmitDraft(OnDraft):
    """File it."""


@dataclass(frozen=True, kw_only=True)
class SubmitBatch(OnDraft):
    """File every matter told in the same message as this draft."""


@dataclass(frozen=True, kw_only=True)
class ReviewBatch(OnDraft):
    """Show the matters of one message one by one."""


@dataclass(frozen=True, kw_only=True)
class ChangeCategory(OnDraft):
    """Offer other categories; `top` narrows them to one top class."""

    top: str = ""


@dataclass(frozen=True, kw_only=True)
class ChooseCategory(OnDraft):
    leaf: str


@dataclass(frozen=True, kw_only=True)
class ChangePlace(OnDraft):
    """Ask for the place again."""


@dataclass(frozen=True, kw_only=True)
class ChoosePlace(OnDraft):
    """`place` is the code of an area or landmark; empty means: none of these."""

    place: str


@dataclass(frozen=True, kw_only=True)
class AddPhotos(OnDraft):
    """Ask for a photo or a missing detail."""


@dataclass(frozen=True, kw_only=True)
class SwitchAnonymous(OnDraft):
    """Report without a name, or with it again."""


@dataclass(frozen=True, kw_only=True)
class FileIt(OnDraft):
    """It is meant as a matter, not as talk."""


@dataclass(frozen=True, kw_only=True)
class DropDraft(OnDraft):
    """Do not file it."""


@dataclass(frozen=True, kw_only=True)
class ResumeDraft(OnDraft):
    """Go on with a half-told matter."""


@dataclass(frozen=True, kw_only=True)
class JoinTicket(OnDraft):
    """It is the same matter as that ticket: me too."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class ItIsBack(OnDraft):
    """It is the same matter as that ticket, which was settled: it is not, or not any more."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class KeepSeparate(OnDraft):
    """It is another matter than those shown."""


@dataclass(frozen=True, kw_only=True)
class AnswerDanger(OnDraft):
    """Is anybody in danger right now?"""

    danger: bool
