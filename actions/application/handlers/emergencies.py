"""Danger: the number to call first, then the place, then a person. No form, no photo (6.4)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from actions.application import values
from actions.application.awaited import (
    Given,
    Taker,
    expect,
    expect_nothing,
    still_waits,
)
from actions.application.commands.following import AlertDuty, TellSafety
from actions.application.commands.telling import RaiseEmergency
from actions.application.deeds import act, id_of, of_mine
from actions.application.handlers.filing import file
from actions.application.handlers.placing import read_place, take_words_as_place
from actions.application.notification import Button
from actions.application.pressable import to_json
from actions.application.unit_of_work import UnitOfWork
from actions.domain.danger_words import Inside, anybody_inside
from actions.domain.draft import Draft, DraftState
from actions.domain.emergency import EmergencyKind
from actions.domain.errors import NotFound, OutOfDate
from actions.domain.identifiers import LeafCode, TicketId
from actions.domain.masking import mask
from actions.domain.place import Location
from actions.domain.placing import as_json, paths_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb

TRAPPED = "trapped_in_lift"
#: How long what is written next belongs to the emergency.
WAITS = timedelta(minutes=30)


async def raise_emergency(command: RaiseEmergency, uow: UnitOfWork) -> None:
    """Advice at once; filed as E; the duty worker alerted as the community's policy says."""
    ticket = await under_way(uow)
    if ticket is not None:
        if ticket.category != command.kind.leaf:
            await _advise(command.kind, uow)
        await _more_about(ticket, Given(text=command.text), uow)
        return
    asked = await _asked_about(uow)
    if asked is not None and _answers(command):
        await _raise_answered(asked, command, uow)
        return
    draft = await _draft_of(command.text, LeafCode(command.kind.leaf), uow)
    await _raise(draft, command.kind, uow)


async def _asked_about(uow: UnitOfWork) -> Draft | None:
    """The draft about which it was asked whether anybody is stuck."""
    awaiting = await _awaiting(uow)
    if awaiting.get("for") != "danger":
        return None
    draft = await uow.drafts.get(awaiting["draft_id"])
    return draft if draft.state is DraftState.OPEN else None


def _answers(command: RaiseEmergency) -> bool:
    return command.kind.key == TRAPPED or anybody_inside(command.text) is Inside.YES


async def _raise_answered(draft: Draft, command: RaiseEmergency, uow: UnitOfWork) -> None:
    """Somebody is stuck, and perhaps hurt besides: one place, one ticket, each advice."""
    if not draft.location.is_said:
        await read_place(draft, command.text, None, uow)
    draft.text = f"{draft.text}\n{command.text.strip()}"
    if command.kind.key != TRAPPED:
        await _advise(command.kind, uow)
    await raise_from_draft(draft, uow)


async def raise_from_draft(draft: Draft, uow: UnitOfWork) -> None:
    """Somebody is trapped after all: the half-told matter becomes an emergency."""
    kind = EmergencyKind.named(TRAPPED)
    draft.category = LeafCode(kind.leaf)
    await _raise(draft, kind, uow)


async def _draft_of(text: str, leaf: LeafCode, uow: UnitOfWork) -> Draft:
    conversation_id = uow.turn.conversation_id
    if conversation_id is None:
        raise NotFound
    draft = Draft(
        conversation_id=conversation_id,
        person_id=uow.turn.actor.person_id,
        text=text,
        batch="",
        begun_at=uow.now,
        updated_at=uow.now,
        category=leaf,
        cause=uow.turn.cause,
    )
    await read_place(draft, text, None, uow)
    draft.candidates = ()
    await uow.drafts.add(draft)
    return draft


async def _raise(draft: Draft, kind: EmergencyKind, uow: UnitOfWork) -> None:
    alert = kind.life_at_risk and uow.community.policy.life_at_risk_alerts_without_consent
    await _advise(kind, uow)
    ticket = await file(draft, uow, dispatch=alert)
    number = TicketId(ticket.id or 0)
    await expect(uow, "emergency", waits=WAITS, ticket_id=number)
    template = "emergency_alerted" if alert else "emergency_ask_alert"
    buttons = _safety(number) if alert else _consent(number)
    if not draft.location.is_said:
        template += "_where"
    await uow.reply(
        template,
        params={
            "number": values.number(ticket.number),
            "where": draft.location.label,
            "by": values.moment(ticket.contact_due_at),
        },
        buttons=buttons,
        ticket_id=number,
        urgent=True,
    )


async def _advise(kind: EmergencyKind, uow: UnitOfWork) -> None:
    await uow.reply(kind.advice, params={"numbers": numbers_for(kind, uow)}, urgent=True)


def numbers_for(kind: EmergencyKind, uow: UnitOfWork) -> dict[str, Any]:
    """Whom to call, as a text shows it."""
    known = uow.community.emergency_numbers
    return values.phones([(known[k].name, known[k].dial) for k in kind.numbers if k in known])


def _safety(number: TicketId) -> tuple[Button, ...]:
    return tuple(
        Button(
            label=f"button_safety_{where}",
            command=to_json(TellSafety(ticket_id=number, where=where)),
            style="chip",
        )
        for where in ("out", "inside", "other")
    )


def _consent(number: TicketId) -> tuple[Button, ...]:
    return (
        Button(
            label="button_alert_duty",
            command=to_json(AlertDuty(ticket_id=number, consent=True)),
            style="primary",
        ),
        Button(
            label="button_no_alert", command=to_json(AlertDuty(ticket_id=number, consent=False))
        ),
    )


async def alert_duty(command: AlertDuty, uow: UnitOfWork) -> None:
    ticket = await of_mine(command.ticket_id, uow)
    if not command.consent and ticket.status is not TicketStatus.SUBMITTED:
        raise OutOfDate
    if not command.consent:
        await act(uow, ticket, Verb.WITHDRAW)
        await expect_nothing(uow)
        await uow.reply("emergency_not_alerted")
        return
    await act(uow, ticket, Verb.ADD, consent=True)
    await expect(uow, "emergency", waits=WAITS, ticket_id=id_of(ticket))
    await uow.reply(
        "emergency_alerted",
        params=_alerted(ticket),
        buttons=_safety(TicketId(command.ticket_id)),
        urgent=True,
    )


def _alerted(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": values.number(ticket.number),
        "where": str(ticket.location.get("label", "")),
        "by": values.moment(ticket.contact_due_at),
    }


async def tell_safety(command: TellSafety, uow: UnitOfWork) -> None:
    ticket = await of_mine(command.ticket_id, uow)
    await act(uow, ticket, Verb.ADD, safety=command.where)
    await expect(uow, "emergency", waits=WAITS, ticket_id=id_of(ticket))
    await uow.reply(f"emergency_{command.where}", urgent=True)


async def take_emergency_words(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Whatever is written now belongs to the emergency; a place in it is taken at once."""
    await _more_about(await of_mine(awaiting["ticket_id"], uow), given, uow)


async def _more_about(ticket: Ticket, given: Given, uow: UnitOfWork) -> None:
    await uow.tickets.attach(id_of(ticket), given.photos, "report", uow.turn.actor.person_id)
    place = await _place_in(given.text, ticket, uow)
    if place is not None:
        await _relocate(ticket, place, uow, text=mask(given.text))
    else:
        await act(uow, ticket, Verb.ADD, text=mask(given.text), photos=list(given.photos))
    await uow.reply("emergency_more", params=_alerted(ticket), urgent=True)


async def take_place(ticket: Ticket, place: Location, uow: UnitOfWork) -> None:
    """A pin, or a place picked from the list, says where the danger is."""
    await _relocate(ticket, place, uow)
    await uow.reply("emergency_more", params=_alerted(ticket), urgent=True)


async def _place_in(text: str, ticket: Ticket, uow: UnitOfWork) -> Location | None:
    """The place in the words, as long as none is known; words have to do while there is nothing."""
    known = ticket.location
    if not text or known.get("area") or known.get("grid"):
        return None
    draft = Draft(
        conversation_id=uow.turn.conversation_id,  # type: ignore[arg-type]
        person_id=uow.turn.actor.person_id,
        text=text,
        batch="",
        begun_at=uow.now,
        updated_at=uow.now,
    )
    await read_place(draft, text, None, uow)
    if not draft.location.is_known:
        take_words_as_place(draft, text)
    return draft.location if draft.location.is_known or not known.get("label") else None


async def _relocate(ticket: Ticket, place: Location, uow: UnitOfWork, **said: str) -> None:
    area, grid = paths_of(place, uow.community)
    await act(
        uow,
        ticket,
        Verb.RELOCATE,
        area=area or ticket.area,
        grid=grid or ticket.grid,
        location=as_json(place),
        **said,
    )


async def under_way(uow: UnitOfWork) -> Ticket | None:
    """The emergency this conversation is already about, so that one danger is one ticket."""
    awaiting = await _awaiting(uow)
    if awaiting.get("for") != "emergency":
        return None
    ticket = await uow.tickets.get(TicketId(awaiting["ticket_id"]))
    return ticket if ticket.is_open else None


async def _awaiting(uow: UnitOfWork) -> Mapping[str, Any]:
    """What the next words are for; empty when nothing is asked any more."""
    if uow.turn.conversation_id is None:
        return {}
    awaiting = (await uow.conversations.get(uow.turn.conversation_id)).awaiting
    return (awaiting or {}) if still_waits(awaiting, uow.now, uow.turn.inbox_id) else {}


HANDLERS = {
    RaiseEmergency: raise_emergency,
    AlertDuty: alert_duty,
    TellSafety: tell_safety,
}
AWAITED: dict[str, Taker] = {"emergency": take_emergency_words}
