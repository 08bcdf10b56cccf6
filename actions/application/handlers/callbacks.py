"""A resident wants a person: the duty worker owes a call, and the resident hears who took it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.timed import TellCallbackLate
from actions.application.commands.working import CloseCallback, TakeCallback, WriteToCaller
from actions.application.duty import UPWARDS, desk_of, duty_workers, role_at
from actions.application.notification import Notification, Purpose
from actions.application.records import Callback
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.category import WorkCalendar
from actions.domain.decision import ABOUT_STAFF
from actions.domain.dispatch import Candidate
from actions.domain.errors import NotAllowed, NotFound, OutOfDate
from actions.domain.identifiers import PersonId
from actions.domain.masking import mask
from actions.domain.own_place import without_own_place
from actions.domain.people import Role
from actions.domain.sealing import ABOUT_SOMEBODY, is_about_somebody
from actions.domain.service_level import due_at

#: Working time within which somebody calls when nobody is in danger.
CALL_WITHIN: Final = timedelta(hours=2)
#: What may stand in `CloseCallback.outcome`.
OUTCOMES: Final = frozenset({"talked", "unreached"})
#: Reasons with a text of their own.
REASONS: Final = frozenset({"asked", "failed", "emergency"})
_EXCERPT: Final = 3
#: How many of a caller's matters are looked through for complaints about staff.
_LATELY: Final = 8


async def request_callback(uow: UnitOfWork, reason: str, *, emergency: bool = False) -> None:
    """Owe the person a call, tell who is on duty, and say by when.

    A second request while one is open reminds of the first, once an hour at most, and nobody once
    somebody has taken it.
    """
    callback = await _open_or_new(uow, reason, emergency=emergency)
    hour = f"{uow.now:%Y%m%d%H}"
    if callback.taken_by is None and await uow.effects.claim(f"call:{callback.id}", hour, "remind"):
        kept_away = await complained_about(callback, uow)
        told = await duty_workers(uow, callback.area, excluding=kept_away)
        await _tell(callback, uow, "callback_wanted", told, urgent=emergency)
    params = {"number": callback.id, "by": values.moment(callback.due_at)}
    await uow.reply("callback_asked", params=params, urgent=emergency)


async def _open_or_new(uow: UnitOfWork, reason: str, *, emergency: bool) -> Callback:
    if uow.turn.conversation_id is None:
        raise NotFound
    person = await uow.people.get(uow.turn.actor.person_id)
    known = await uow.conversations.open_callback_of(person.id)
    if known is not None and (known.due_at <= _call_by(uow, emergency=True) or not emergency):
        return known
    callback = Callback(
        person_id=person.id,
        conversation_id=uow.turn.conversation_id,
        area=desk_of(person.home, uow),
        reason=reason,
        due_at=_call_by(uow, emergency=emergency),
    )
    await uow.conversations.add_callback(callback)
    return callback


def _call_by(uow: UnitOfWork, *, emergency: bool) -> datetime:
    if emergency:
        return uow.now + uow.community.policy.emergency_reply_within
    minutes = int(CALL_WITHIN.total_seconds() // 60)
    return due_at(uow.now, minutes, WorkCalendar.WORK, uow.community.hours)


async def give_back_calls(person_id: PersonId, uow: UnitOfWork) -> None:
    """Whoever took them is gone or away: the duty desk is asked again."""
    for callback in await uow.conversations.give_back_callbacks(person_id):
        kept_away = {person_id, *await complained_about(callback, uow)}
        told = await duty_workers(uow, callback.area, excluding=kept_away)
        await _tell(callback, uow, "callback_wanted", told)


async def complained_about(callback: Callback, uow: UnitOfWork) -> frozenset[PersonId]:
    """Those of the staff this person complains of: the call quotes what was said last."""
    found: set[PersonId] = set()
    for summary in await uow.tickets.of_person(callback.person_id, limit=_LATELY):
        if summary.category == ABOUT_STAFF:
            found.update(PersonId(each) for each in (await uow.tickets.get(summary.id)).recused)
    for draft in await uow.drafts.open_of(callback.conversation_id):
        found.update(PersonId(each) for each in draft.subjects)
    return frozenset(found)


async def _tell(
    callback: Callback,
    uow: UnitOfWork,
    template: str,
    told: Sequence[Candidate],
    *,
    urgent: bool = False,
) -> None:
    """The request with the person's last words, masked; never their name."""
    number = callback.id or 0
    button = press("button_take_callback", TakeCallback(callback_id=number), "primary")
    params = await _about(callback, uow)
    for worker in told:
        await uow.tell(
            Notification(
                person_id=worker.person_id,
                template=template,
                params=params,
                buttons=(button,),
                purpose=Purpose.PUSH,
                urgent=urgent,
            )
        )


async def _about(callback: Callback, uow: UnitOfWork) -> dict[str, Any]:
    said = await uow.conversations.last_words(callback.conversation_id, limit=_EXCERPT)
    return {
        "number": callback.id,
        "by": values.moment(callback.due_at),
        "reason": _reason(callback.reason),
        "excerpt": await words_of_caller(callback, "\n".join(said), uow)
        or values.text("relay_photo_only"),
        "link": values.text("callback_transcript", number=callback.id),
    }


async def words_of_caller(callback: Callback, words: str, uow: UnitOfWork) -> str:
    """Without who and where they are, if they spoke of somebody here; a danger has to be found."""
    return mask(without_own_place(words) if await hides_caller(callback, uow) else words)


async def hides_caller(callback: Callback, uow: UnitOfWork) -> bool:
    return callback.reason != "emergency" and await _spoke_of_somebody(callback, uow)


async def _spoke_of_somebody(callback: Callback, uow: UnitOfWork) -> bool:
    lately = await uow.tickets.of_person(callback.person_id, limit=_LATELY)
    if any(is_about_somebody(each.category, each.privacy) for each in lately):
        return True
    begun = [draft.category for draft in await uow.drafts.open_of(callback.conversation_id)]
    return any(kind in ABOUT_SOMEBODY for kind in begun if kind)


def _reason(reason: str) -> Any:
    """One of the known reasons, or the person's own words."""
    return values.text(f"callback_reason_{reason}") if reason in REASONS else mask(reason)


async def take_callback(command: TakeCallback, uow: UnitOfWork) -> None:
    callback = await _within_reach(command.callback_id, uow)
    number = command.callback_id
    if not await uow.conversations.take_callback(number, uow.turn.actor.person_id):
        raise OutOfDate
    await _tell_resident(callback, uow, "callback_taken")
    await uow.reply(
        "callback_yours",
        params=await _about(callback, uow),
        buttons=(
            press("button_write_to_caller", WriteToCaller(callback_id=number), "primary"),
            press("button_talked", CloseCallback(callback_id=number, outcome="talked")),
            press("button_unreached", CloseCallback(callback_id=number, outcome="unreached")),
        ),
    )


async def close_callback(command: CloseCallback, uow: UnitOfWork) -> None:
    callback = await _within_reach(command.callback_id, uow)
    if callback.taken_by != uow.turn.actor.person_id or command.outcome not in OUTCOMES:
        raise NotAllowed
    if callback.closed_at is not None:
        raise OutOfDate
    callback.closed_at = uow.now
    callback.outcome = command.outcome
    await uow.conversations.save_callback(callback)
    await _tell_resident(callback, uow, f"callback_{command.outcome}")
    await uow.reply("callback_closed", params={"number": command.callback_id})


async def tell_callback_late(command: TellCallbackLate, uow: UnitOfWork) -> None:
    """Nobody called in time: the next level hears of it."""
    callback = await uow.conversations.callback(command.callback_id)
    if callback.closed_at is None and callback.taken_by is None and callback.due_at <= uow.now:
        kept_away = await complained_about(callback, uow)
        told = await duty_workers(uow, callback.area, UPWARDS, excluding=kept_away)
        await _tell(callback, uow, "callback_late", told, urgent=True)


async def _within_reach(callback_id: int, uow: UnitOfWork) -> Callback:
    """A callback of an area the actor works in, unless the caller complains of them.

    Raises:
        NotFound: there is none, or it is none of theirs.
    """
    callback = await uow.conversations.callback(callback_id)
    actor = uow.turn.actor
    if role_at(actor, callback.area, uow) is None:
        raise NotFound
    if actor.person_id in await complained_about(callback, uow):
        raise NotFound
    return callback


async def _tell_resident(callback: Callback, uow: UnitOfWork, template: str) -> None:
    role = role_at(uow.turn.actor, callback.area, uow) or Role.GWF
    await uow.tell(
        Notification(
            person_id=callback.person_id,
            template=template,
            params={
                "number": callback.id,
                "role": values.role(role),
                "by": values.moment(callback.due_at),
            },
            purpose=Purpose.PUSH,
        )
    )


HANDLERS: dict[type[Command], Handler] = {
    TakeCallback: take_callback,
    CloseCallback: close_callback,
    TellCallbackLate: tell_callback_late,
}
