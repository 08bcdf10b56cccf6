"""Firms and shops as residents: named once, changed or forgotten at a tap."""

from collections.abc import Mapping
from typing import Any

from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.following import StopAwaiting
from actions.application.commands.intake import ForgetFirm, NameFirm
from actions.application.handlers.asking import go_on
from actions.application.handlers.filing import own_draft
from actions.application.notification import Button
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.firm import LONGEST
from actions.domain.on_behalf import leaves_nothing
from actions.domain.origin import Origin


async def name_firm(command: NameFirm, uow: UnitOfWork) -> None:
    """Said before, it is told back and may be changed."""
    name = (await uow.people.get(uow.turn.actor.person_id)).organisation
    await expect(uow, "firm", draft_id=command.draft_id)
    if name:
        forget = press("button_forget_firm", ForgetFirm(draft_id=command.draft_id), "chip")
        keep = press("button_never_mind", StopAwaiting(), "chip")
        await uow.reply("firm_known", params={"name": name}, buttons=(keep, forget))
        return
    await uow.reply("firm_ask", buttons=(press("button_never_mind", StopAwaiting(), "chip"),))


async def take_firm(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    name = " ".join(given.text.split())[:LONGEST]
    if not name:
        await expect(uow, "firm", draft_id=awaiting["draft_id"])
        await uow.reply("firm_in_words")
        return
    await expect_nothing(uow)
    if leaves_nothing(name):
        await _go_on(int(awaiting.get("draft_id") or 0), uow)
        return
    await uow.people.set_organisation(uow.turn.actor.person_id, name)
    await uow.reply("firm_kept", params={"name": name}, buttons=(_change(),))
    if awaiting.get("draft_id"):
        await _go_on(awaiting["draft_id"], uow)


async def _go_on(number: int, uow: UnitOfWork) -> None:
    """Without a name it is still a firm's matter."""
    if number:
        await go_on(await own_draft(number, uow), uow)
    else:
        await uow.reply("never_mind")


def _change() -> Button:
    return press("button_change_firm", NameFirm(), "chip")


async def forget_firm(command: ForgetFirm, uow: UnitOfWork) -> None:
    """From now on they speak for themselves; what is half told as well."""
    await uow.people.set_organisation(uow.turn.actor.person_id, "")
    await uow.reply("firm_forgotten")
    if not command.draft_id:
        return
    draft = await own_draft(command.draft_id, uow)
    if draft.origin == Origin.ENTERPRISE:
        draft.origin = Origin.RESIDENT.value
        await uow.drafts.save(draft)
    await go_on(draft, uow)


HANDLERS: dict[type[Command], Handler] = {NameFirm: name_firm, ForgetFirm: forget_firm}
AWAITED: dict[str, Taker] = {"firm": take_firm}
