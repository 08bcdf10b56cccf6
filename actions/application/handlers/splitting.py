"""Several bodies on one matter: whoever leads it hands parts to others (警格+网格+物业)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.colleagues import is_about_staff, name_of, places
from actions.application.commands.base import Command
from actions.application.commands.sharing import SplitTicket
from actions.application.deeds import act, act_by_rule, id_of, require
from actions.application.handlers.dispatch import clocks
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import next_buttons, press
from actions.domain.category import FOR_FEW
from actions.domain.community import Community
from actions.domain.dispatch import Candidate
from actions.domain.errors import IllegalTransition, OutOfDate
from actions.domain.identifiers import TicketId
from actions.domain.masking import mask
from actions.domain.parts import PART, is_part
from actions.domain.people import Role
from actions.domain.terms import terms_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import WITH_ASSIGNEE, TicketStatus, Verb
from actions.domain.wording import summary_of

_OFFERED: Final = 6
#: Who may be brought in, after those the category names.
_BODIES: Final = (
    Role.GWF, Role.GWP, Role.PRM, Role.POL, Role.OWC, Role.CMT, Role.DPT, Role.VOL,
)  # fmt: skip
#: Of what few may know, neighbours and the estate's own hear nothing.
_FEW: Final = frozenset({Role.GWF, Role.POL, Role.CMT, Role.DPT})
_ABOVE_STAFF: Final = frozenset({Role.CMT, Role.DPT, Role.DSP})
#: Roles that are many bodies: water and power are both departments.
_SEVERAL: Final = frozenset({Role.DPT, Role.VOL})
_TOGETHER: Final = frozenset({Role.GWF, Role.GWP, Role.PRM, Role.POL})
#: Where a matter can be worked on by others as well.
SHARED_AT: Final = WITH_ASSIGNEE | {TicketStatus.TRIAGE}


async def split_ticket(command: SplitTicket, uow: UnitOfWork) -> None:
    ticket = await _whole(command.ticket_id, uow)
    if not command.to and not command.everybody:
        await _ask_with_whom(ticket, uow)
        return
    chosen = await _chosen(ticket, command.to, uow)
    if command.together:
        await _split(ticket, chosen, Given(), uow)
        return
    await _ask_what(ticket, command, chosen, uow)


async def _whole(number: int, uow: UnitOfWork) -> Ticket:
    """Raises IllegalTransition for a part, which would have two leads, and where nobody works."""
    ticket = await uow.tickets.get(TicketId(number))
    await require(uow, ticket, Verb.SPLIT)
    if is_part(ticket) or ticket.status not in SHARED_AT:
        raise IllegalTransition(
            number=values.number(ticket.number), status=values.status(ticket.status or "")
        )
    return ticket


async def _others(ticket: Ticket, uow: UnitOfWork) -> list[Candidate]:
    """One person of each other body that serves the place and has no part yet, likeliest first."""
    parts = [part for part in await uow.tickets.parts_of(ticket.number) if part.is_open]
    taken = {part.assignee_role for part in parts} | {ticket.assignee_role}
    busy = {ticket.assignee, *(part.assignee for part in parts), *ticket.recused}
    wanted = _wanted(ticket, uow.rules_of(ticket))
    near = places(ticket, uow.community)
    able = [
        each
        for each in await uow.people.candidates(uow.now)
        if each.role in wanted
        and (each.role not in taken or each.role in _SEVERAL)
        and each.person_id not in busy
        and not each.away
        and each.nearness(near)
    ]
    able.sort(
        key=lambda c: (
            wanted.index(c.role), not c.on_duty, -c.nearness(near), c.load, c.person_id,
        )
    )  # fmt: skip
    return _first_of_each_role(able)


def _wanted(ticket: Ticket, rules: Community) -> list[Role]:
    """Whom the category names, then the others; fewer where few may know of it."""
    bodies = dict.fromkeys((*rules.category(ticket.category).co_roles, *_BODIES))
    if is_about_staff(ticket, rules):
        return [role for role in bodies if role in _ABOVE_STAFF]
    is_for_few = ticket.privacy in FOR_FEW
    return [role for role in bodies if not is_for_few or role in _FEW]


def _first_of_each_role(able: Sequence[Candidate]) -> list[Candidate]:
    """Departments are several bodies under one role: each is one of its own."""
    first: dict[tuple[Role, int], Candidate] = {}
    for each in able:
        body = (each.role, int(each.person_id) if each.role in _SEVERAL else 0)
        if each.person_id not in {other.person_id for other in first.values()}:
            first.setdefault(body, each)
    return list(first.values())


async def _ask_with_whom(ticket: Ticket, uow: UnitOfWork) -> None:
    others = await _others(ticket, uow)
    number = id_of(ticket)
    buttons = [
        press(
            "button_split_with",
            SplitTicket(ticket_id=number, to=each.person_id),
            "chip",
            name=await name_of(uow, each),
            role=values.role(each.role),
        )
        for each in others[:_OFFERED]
    ]
    if len(_joint(others)) > 1:
        everybody = SplitTicket(ticket_id=number, everybody=True)
        buttons.append(press("button_split_with_all", everybody, "chip", count=len(_joint(others))))
    template = "split_with_whom" if buttons else "transfer_nobody"
    await uow.reply(template, buttons=tuple(buttons), ticket_id=number)


def _joint(others: Sequence[Candidate]) -> Sequence[Candidate]:
    """Police, grid and property go together; others are asked by name."""
    return [each for each in others if each.role in _TOGETHER]


async def _chosen(ticket: Ticket, to: int, uow: UnitOfWork) -> Sequence[Candidate]:
    """Raises OutOfDate when who was picked has left, is away or has a part by now."""
    others = await _others(ticket, uow)
    chosen = [each for each in others if each.person_id == to] if to else _joint(others)
    if not chosen:
        raise OutOfDate
    return chosen


async def _ask_what(
    ticket: Ticket, command: SplitTicket, chosen: Sequence[Candidate], uow: UnitOfWork
) -> None:
    number = id_of(ticket)
    await expect(uow, "part", ticket_id=number, to=command.to)
    together = SplitTicket(
        ticket_id=number, to=command.to, everybody=command.everybody, together=True
    )
    await uow.reply(
        "split_what",
        params={"names": await _named(chosen, uow)},
        buttons=(press("button_split_together", together, "chip"),),
        ticket_id=number,
    )


async def take_part(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await _whole(about["ticket_id"], uow)
    if not given.text:
        await uow.reply("waiting_needs_words", ticket_id=ticket.id)
        return
    await _split(ticket, await _chosen(ticket, about["to"], uow), given, uow)


async def _split(
    ticket: Ticket, chosen: Sequence[Candidate], given: Given, uow: UnitOfWork
) -> None:
    await expect_nothing(uow)
    parts = [(await _file(ticket, each, given, uow)).number for each in chosen]
    roles = [each.role.value for each in chosen]
    await act(uow, ticket, Verb.SPLIT, parts=parts, part_roles=roles)
    await uow.reply(
        "split_done",
        params={"number": values.number(ticket.number), "names": await _named(chosen, uow)},
        buttons=next_buttons(ticket),
        ticket_id=ticket.id,
    )


async def _named(chosen: Sequence[Candidate], uow: UnitOfWork) -> Any:
    return values.joined(
        *[
            values.text("split_name", name=await name_of(uow, each), role=values.role(each.role))
            for each in chosen
        ]
    )


async def _file(ticket: Ticket, to: Candidate, given: Given, uow: UnitOfWork) -> Ticket:
    """The part: raised by the lead, in the lead's words, given to the other body at once."""
    part = Ticket(rules=ticket.rules)
    deed = uow.deed("RES")
    part.begin(deed, began=uow.now.isoformat())
    part.submit(deed, number=await uow.tickets.next_number(), **_told(ticket, given, uow))
    number = await uow.tickets.add(part)
    await uow.tickets.follow(number, uow.turn.actor.person_id, "reporter")
    await uow.tickets.attach(number, given.photos, "report", uow.turn.actor.person_id)
    await act_by_rule(uow, part, Verb.DISPATCH, assignee=to.person_id, assignee_role=to.role.value)
    return part


def _told(ticket: Ticket, given: Given, uow: UnitOfWork) -> dict[str, Any]:
    rules = uow.rules_of(ticket)
    dates = clocks(terms_of(ticket, rules), uow.now, rules)
    words = mask(given.text)
    return {
        "category": ticket.category,
        "urgency": ticket.urgency,
        "tier": ticket.tier,
        "privacy": ticket.privacy,
        "summary": summary_of(words),
        "words": words,
        "location": {key: ticket.location[key] for key in _WHERE if key in ticket.location},
        "area": ticket.area,
        "grid": ticket.grid,
        "anonymous": False,
        "reporter": uow.turn.actor.person_id,
        "recused": list(ticket.recused),
        "parent": ticket.number,
        "origin": PART,
        **{name: at.isoformat() for name, at in dates.items()},
    }


#: What of the place goes along; the rest may be in the words of whoever reported it.
_WHERE: Final = ("place", "area", "grid")

HANDLERS: dict[type[Command], Handler] = {SplitTicket: split_ticket}
AWAITED: dict[str, Taker] = {"part": take_part}
