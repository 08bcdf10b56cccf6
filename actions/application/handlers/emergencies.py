"""Danger: the number to call first, then the place, then a person. No form, no photo (6.4)."""

from collections.abc import Mapping
from typing import Any

from actions.application.awaited import Given, Taker
from actions.application.commands.telling import RaiseEmergency
from actions.application.deeds import act, id_of, of_mine
from actions.application.handlers.alarm import (
    TRAPPED,
    advise,
    awaiting_of,
    consent_buttons,
    details,
    is_heard,
    over_chip,
    safety_chips,
    wait_for_more,
)
from actions.application.handlers.asking import told_with
from actions.application.handlers.emergency_buttons import end
from actions.application.handlers.filing import file
from actions.application.handlers.placing import read_place, take_words_as_place
from actions.application.unit_of_work import UnitOfWork
from actions.domain.danger_words import Inside, anybody_inside, kinds_ended, says_over
from actions.domain.decision import ASK_DANGER
from actions.domain.draft import Draft, DraftState
from actions.domain.emergency import UNNAMED, EmergencyKind, kind_of
from actions.domain.errors import NotFound
from actions.domain.identifiers import LeafCode, TicketId
from actions.domain.masking import mask
from actions.domain.place import Location
from actions.domain.placing import as_json, paths_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb


async def raise_emergency(command: RaiseEmergency, uow: UnitOfWork) -> None:
    """Advice at once; filed as E; the duty worker alerted as the community's policy says.

    The same danger cried twice is one ticket; another danger has its own.
    """
    same = await _already_told(command.kind, uow)
    if same is not None:
        await _more_about(same, Given(text=command.text), uow)
        return
    asked = await _asked_about(uow)
    if asked is not None and _answers(asked, command):
        await _raise_answered(asked, command, uow)
        return
    draft = await _draft_of(command.text, LeafCode(command.kind.leaf), uow)
    await _raise(draft, command.kind, uow)


async def _already_told(kind: EmergencyKind, uow: UnitOfWork) -> Ticket | None:
    """The open ticket of this danger, among those this conversation is about."""
    ticket = await under_way(uow)
    if ticket is None:
        return None
    kinds = (await awaiting_of(uow, "emergency")).get("kinds") or {}
    if not kinds:
        return ticket if ticket.category == kind.leaf else None
    if kind.key not in kinds:
        return None
    told = await uow.tickets.get(TicketId(kinds[kind.key]))
    return told if told.is_open else None


async def _asked_about(uow: UnitOfWork) -> Draft | None:
    """The draft about which it was asked whether anybody is stuck."""
    awaiting = await awaiting_of(uow, "danger")
    if not awaiting:
        return None
    draft = await uow.drafts.get(awaiting["draft_id"])
    return draft if draft.state is DraftState.OPEN else None


def _answers(asked: Draft, command: RaiseEmergency) -> bool:
    """Any danger does, unless it was asked whether somebody is stuck."""
    if asked.category not in ASK_DANGER:
        return True
    return command.kind.key == TRAPPED or anybody_inside(command.text) is Inside.YES


async def _raise_answered(draft: Draft, command: RaiseEmergency, uow: UnitOfWork) -> None:
    """One place, one ticket; who is stuck, and perhaps hurt besides, gets each advice."""
    if not draft.location.is_said:
        await read_place(draft, command.text, None, uow)
    draft.text = f"{draft.text}\n{command.text.strip()}"
    if draft.category not in ASK_DANGER:
        draft.category = LeafCode(command.kind.leaf)
        await _raise(draft, command.kind, uow)
        return
    if command.kind.key != TRAPPED:
        await advise(command.kind, uow)
    await raise_from_draft(draft, uow)


async def raise_from_draft(draft: Draft, uow: UnitOfWork) -> None:
    """Somebody is in danger after all: the half-told matter becomes an emergency."""
    kind = kind_of(draft.category)
    if kind.key == UNNAMED:  # which of several matters told together is the danger, is not known
        draft.text = "\n".join([draft.text, *[d.text for d in await told_with(draft, uow)]])
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
    before = await under_way(uow)
    if before is not None and not draft.location.is_said:
        draft.location = Location(**before.location)
    draft.candidates = ()
    await uow.drafts.add(draft)
    return draft


async def _raise(draft: Draft, kind: EmergencyKind, uow: UnitOfWork) -> None:
    alert = kind.life_at_risk and uow.community.policy.life_at_risk_alerts_without_consent
    await advise(kind, uow)
    ticket = await file(draft, uow, dispatch=alert)
    number = TicketId(ticket.id or 0)
    await wait_for_more(ticket, uow, kind)
    template = "emergency_ask_alert"
    if alert:
        template = "emergency_alerted" if await is_heard(ticket, uow) else "emergency_unmanned"
    buttons = safety_chips(number) if alert else consent_buttons(number)
    if not draft.location.is_said:
        template += "_where"
    await uow.reply(
        template,
        params=details(ticket),
        buttons=buttons,
        ticket_id=number,
        urgent=True,
    )


async def take_emergency_words(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Whatever is written now belongs to the emergency; a place in it is taken at once."""
    if says_over(given.text):
        kinds = awaiting.get("kinds") or {}
        over = next((k for k in kinds_ended(given.text) if k in kinds), None)
        number = kinds[over] if over else awaiting["ticket_id"]
        await end(await of_mine(number, uow), uow, given.text)
        return
    await _more_about(await of_mine(awaiting["ticket_id"], uow), given, uow)


async def _more_about(ticket: Ticket, given: Given, uow: UnitOfWork) -> None:
    await uow.tickets.attach(id_of(ticket), given.photos, "report", uow.turn.actor.person_id)
    place = await _place_in(given.text, ticket, uow)
    if place is not None:
        await _relocate(ticket, place, uow, text=mask(given.text))
    else:
        await act(uow, ticket, Verb.ADD, text=mask(given.text), photos=list(given.photos))
    await _noted(ticket, uow)


async def take_place(ticket: Ticket, place: Location, uow: UnitOfWork) -> None:
    """A pin, or a place picked from the list, says where the danger is."""
    await _relocate(ticket, place, uow)
    await _noted(ticket, uow)


async def _noted(ticket: Ticket, uow: UnitOfWork) -> None:
    await wait_for_more(ticket, uow)
    heard = await is_heard(ticket, uow)
    await uow.reply(
        "emergency_more" if heard else "emergency_more_unheard",
        params=details(ticket),
        buttons=(over_chip(id_of(ticket)),),
        urgent=True,
    )


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
    awaiting = await awaiting_of(uow, "emergency")
    if not awaiting:
        return None
    ticket = await uow.tickets.get(TicketId(awaiting["ticket_id"]))
    return ticket if ticket.is_open else None


HANDLERS = {RaiseEmergency: raise_emergency}
AWAITED: dict[str, Taker] = {"emergency": take_emergency_words}
