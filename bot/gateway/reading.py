"""What an arrival asks for, as far as no model is needed to tell (D5, D8)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.application.arrivals import Work
from actions.application.awaited import still_waits
from actions.application.commands.base import Command
from actions.application.commands.following import SwitchLocale
from actions.application.commands.intake import BeginRound, EndRound, NameFirm, TypeLetter
from actions.application.commands.linking import AskLinkCode, UseCode
from actions.application.commands.seats import (
    ComeBack,
    GoAway,
    InviteColleague,
    ShowColleagues,
)
from actions.application.commands.telling import (
    GiveLocation,
    GivePhotos,
    Greet,
    OfferLanguages,
    RaiseEmergency,
    SayUnread,
    TakeText,
)
from actions.application.commands.working import ShowTodo
from actions.application.pressable import from_json
from actions.domain.asked_by_name import asked_by_name
from actions.domain.asked_of_work import asked_of_work
from actions.domain.asked_to_link import asks_to_link
from actions.domain.danger_words import asks_else, says_over, takes_back
from actions.domain.emergency import detect
from actions.domain.one_time_code import code_in
from actions.domain.place import Location
from actions.domain.wording import language_asked

#: What is asked of somebody in danger, in `awaiting["for"]`.
_DANGER = ("emergency", "danger")
#: A letter that is being typed in.
_LETTER = "letter"


@dataclass(frozen=True)
class FreeText:
    """Words that have to be understood first."""

    text: str


def command_of(work: Work, now: datetime) -> Command | FreeText:
    """The command behind a button, a photo, a place, a danger or an awaited answer.

    Raises:
        OutOfDate: the button's command no longer exists.
    """
    read = _BY_KIND.get(work.kind)
    return _text(str(work.payload["text"]), work, now) if read is None else read(work.payload)


def _location(payload: Mapping[str, Any]) -> GiveLocation:
    if "place" in payload:
        return GiveLocation(location=Location(), place=str(payload["place"]))
    pin = payload["location"]
    return GiveLocation(
        location=Location(lat=pin["lat"], lon=pin["lon"], label=pin.get("label") or "")
    )


#: What is not words.
_BY_KIND: dict[str, Callable[[Mapping[str, Any]], Command]] = {
    "action": lambda payload: from_json(payload["command"]),
    "photos": lambda payload: GivePhotos(attachments=tuple(payload["attachments"])),
    "location": _location,
    "code": lambda payload: UseCode(code=str(payload["code"])),
    "start": lambda _payload: Greet(),
    "language": lambda _payload: OfferLanguages(),
    "unread": lambda payload: SayUnread(what=str(payload["what"])),
}


def _text(text: str, work: Work, now: datetime) -> Command | FreeText:
    """Danger first, except in the words a worker was asked for: they report on danger."""
    awaiting = work.awaiting if still_waits(work.awaiting, now, work.inbox_id) else None
    asked = awaiting is not None and not awaiting.get("soft")
    about = awaiting.get("for") if awaiting else None
    listed = _of_linking(text) or _of_work(text, work)
    if listed is not None:
        return listed
    is_report = asked and about not in _DANGER and work.actor.is_worker
    if is_report or (about == "emergency" and takes_back(text)):
        return TakeText(text=text)
    # What a letter tells happened before it was written.
    kind = None if about == _LETTER else detect(text)
    if kind is not None:
        return RaiseEmergency(kind=kind, text=text)
    locale = language_asked(text)
    if locale is not None:
        return SwitchLocale(locale=locale)
    wanted = _asked_by_name(text, work)
    if wanted is not None:
        return wanted
    if about in _DANGER:
        asked = _is_about_it(text, asked=asked, told=about == "emergency")
    return TakeText(text=text) if asked else FreeText(text)


def _of_linking(text: str) -> Command | None:
    """A code, wherever it is typed; and the wish for one."""
    code = code_in(text)
    if code:
        return UseCode(code=code)
    return AskLinkCode() if asks_to_link(text) else None


def _of_work(text: str, work: Work) -> Command | None:
    """A list is asked for by anybody; leave and colleagues are a matter of those with a role."""
    what = asked_of_work(text)
    if what == "todo":
        return ShowTodo()
    return _OF_WORK[what] if what and work.actor.grants else None


_OF_WORK: dict[str, Command] = {
    "away": GoAway(),
    "back": ComeBack(),
    "invite": InviteColleague(),
    "colleagues": ShowColleagues(),
}


def _asked_by_name(text: str, work: Work) -> Command | None:
    """What is named outright: rounds and letters by those with a role, a firm by anybody."""
    name = asked_by_name(text)
    if name == "firm":
        return NameFirm()
    return _BY_NAME[name] if name and work.actor.grants else None


_BY_NAME: dict[str, Command] = {
    "patrol": BeginRound(kind="patrol"),
    "visit": BeginRound(kind="visit"),
    "end": EndRound(),
    "letter": TypeLetter(),
}


def _is_about_it(text: str, *, asked: bool, told: bool) -> bool:
    """Whether words belong to the danger, also where others would be understood first."""
    if told and says_over(text):
        return True
    return asked and not asks_else(text)
