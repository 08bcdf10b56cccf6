"""A call-back in chat: the worker who took it and the resident write to each other."""

from collections.abc import Mapping
from typing import Any

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.following import AnswerCaller
from actions.application.commands.working import WriteToCaller
from actions.application.duty import role_at
from actions.application.handlers.callbacks import hides_caller, words_of_caller
from actions.application.notification import Button, Notification, Purpose
from actions.application.records import Callback
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.errors import NotFound, OutOfDate
from actions.domain.identifiers import PersonId
from actions.domain.masking import mask
from actions.domain.people import Role


async def write_to_caller(command: WriteToCaller, uow: UnitOfWork) -> None:
    callback = await _of_both(command.callback_id, uow)
    await expect(uow, "caller_words", callback_id=callback.id)
    await uow.reply("callback_write", params={"number": callback.id})


async def answer_caller(command: AnswerCaller, uow: UnitOfWork) -> None:
    callback = await _of_both(command.callback_id, uow)
    await expect(uow, "callback_answer", callback_id=callback.id, soft=True)
    await uow.reply("callback_write", params={"number": callback.id})


async def _of_both(number: int, uow: UnitOfWork) -> Callback:
    """A call-back that is being talked about, for its two sides only.

    Raises:
        NotFound: there is none, or the actor is neither side of it, or not any more.
        OutOfDate: it is over.
    """
    callback = await uow.conversations.callback(number)
    actor = uow.turn.actor
    serves = callback.taken_by == actor.person_id and role_at(actor, callback.area, uow)
    if callback.person_id != actor.person_id and not serves:
        raise NotFound
    if callback.closed_at is not None:
        raise OutOfDate
    return callback


async def take_caller_words(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """To the resident, signed by the role."""
    callback = await _of_both(about["callback_id"], uow)
    role = role_at(uow.turn.actor, callback.area, uow) or Role.GWF
    answer = press("button_reply", AnswerCaller(callback_id=about["callback_id"]), "primary")
    await _pass_on(
        callback,
        given,
        uow,
        to=callback.person_id,
        template="callback_words",
        role=role,
        button=answer,
    )


async def take_callback_answer(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """To the worker who took it; the resident stays a number."""
    callback = await _of_both(about["callback_id"], uow)
    if callback.taken_by is None:
        raise OutOfDate
    more = press("button_write_to_caller", WriteToCaller(callback_id=about["callback_id"]))
    is_evidence = bool(given.photos) and await hides_caller(callback, uow)
    await _pass_on(
        callback,
        given,
        uow,
        to=callback.taken_by,
        template="callback_said",
        role=Role.RES,
        button=more,
        warning=values.text("evidence") if is_evidence else None,
    )
    if is_evidence:
        about_call = f"callback:{callback.id}"
        await uow.audit.append("evidence", about_call, by=callback.taken_by, area=callback.area)


async def _pass_on(
    callback: Callback,
    given: Given,
    uow: UnitOfWork,
    *,
    to: PersonId,
    template: str,
    role: Role,
    button: Button,
    warning: Any = None,
) -> None:
    await expect_nothing(uow)
    if given.photos:
        await uow.attachments.mine(given.photos, uow.turn.actor.person_id)
    text = await _words(callback, given.text, uow) or values.text("relay_photo_only")
    await uow.tell(
        Notification(
            person_id=to,
            template=template,
            params={
                "number": callback.id,
                "role": values.role(role),
                "text": values.joined(text, warning) if warning else text,
            },
            buttons=(button,),
            photos=tuple(given.photos),
            purpose=Purpose.PUSH,
        )
    )
    await uow.reply("callback_passed_on", params={"number": callback.id})


async def _words(callback: Callback, text: str, uow: UnitOfWork) -> str:
    if uow.turn.actor.person_id == callback.person_id:
        return await words_of_caller(callback, text, uow)
    return mask(text)


HANDLERS: dict[type[Command], Handler] = {
    WriteToCaller: write_to_caller,
    AnswerCaller: answer_caller,
}
AWAITED: dict[str, Taker] = {
    "caller_words": take_caller_words,
    "callback_answer": take_callback_answer,
}
