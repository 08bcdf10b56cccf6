"""Praise goes to whom it is for: filed at a tap, passed on by the lead, heard by both sides."""

from collections.abc import Mapping
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.colleagues import name_of, one_each
from actions.application.commands.base import Command
from actions.application.commands.following import AddToTicket, ShowTicket, StopAwaiting
from actions.application.commands.roads import ChoosePraised, PassPraise, SignPraise
from actions.application.deeds import act, id_of, of_mine, require
from actions.application.handlers.filing import file, go_on_after, own_draft
from actions.application.handlers.praising import EVERYONE, serving
from actions.application.handlers.settling import require_settling, settle
from actions.application.notification import Button, Notification, Purpose
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.dispatch import Candidate
from actions.domain.draft import Draft
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.masking import mask
from actions.domain.own_place import without_own_place
from actions.domain.people import Role
from actions.domain.praised_words import is_only_role, means_everyone
from actions.domain.road import Road, road_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb

#: Longer words than this tell more of the matter and name nobody.
NAME_LENGTH: Final = 20
_OFFERED: Final = 6
#: Praise for everyone reaches so many of those around the place.
_AT_MOST: Final = 30
#: One name in the field: whoever does the grid's work is "the grid worker".
_SAME: Final = {Role.GWF: (Role.GWF, Role.GWP)}


async def choose_praised(command: ChoosePraised, uow: UnitOfWork) -> None:
    draft = await own_draft(command.draft_id, uow)
    if command.who != EVERYONE and command.who not in set(Role):
        raise OutOfDate
    await _file(draft, uow, who=command.who)


async def take_praised(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """A name in words; a photo joins the praise; a longer word is more of the praise."""
    draft = await own_draft(about["draft_id"], uow)
    if given.photos:
        draft.photos = (*draft.photos, *given.photos)[: uow.community.policy.max_photos]
    if not given.text or len(given.text) > NAME_LENGTH:
        draft.text = "\n".join(part for part in (draft.text, given.text) if part)
        await uow.drafts.save(draft)
        await uow.reply("ask_praised_again")
        return
    role = is_only_role(given.text)
    if role or means_everyone(given.text):
        await _file(draft, uow, who=role.value if role else EVERYONE)
        return
    await _file(draft, uow, named=mask(given.text))


async def _file(draft: Draft, uow: UnitOfWork, **praised: str) -> None:
    ticket = await file(draft, uow, praises=praised)
    await expect_nothing(uow)
    await tell_praise_filed(ticket, uow)
    await go_on_after(draft, uow)


async def tell_praise_filed(ticket: Ticket, uow: UnitOfWork) -> None:
    number = id_of(ticket)
    await uow.reply(
        "praise_filed",
        params={"number": values.number(ticket.number)},
        buttons=(
            press("button_sign_praise", SignPraise(ticket_id=number)),
            press("button_add_detail", AddToTicket(ticket_id=number)),
            press("button_show_ticket", ShowTicket(ticket_id=number)),
        ),
        ticket_id=number,
        version=ticket.version,
    )


async def sign_praise(command: SignPraise, uow: UnitOfWork) -> None:
    ticket = await of_mine(command.ticket_id, uow)
    if road_of(ticket.category) is not Road.PRAISE:
        raise OutOfDate  # of anything else nobody's name goes along
    await require(uow, ticket, Verb.ADD)
    await expect(uow, "praise_name", ticket_id=id_of(ticket))
    stop = press("button_never_mind", StopAwaiting(), "chip")
    await uow.reply("ask_praise_name", buttons=(stop,), ticket_id=ticket.id)


async def take_name(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """The name goes with the praise; where it has gone already, it follows."""
    ticket = await of_mine(about["ticket_id"], uow)
    name = given.text.strip()
    if not name or len(name) > NAME_LENGTH:
        await uow.reply("ask_praise_name_short", ticket_id=ticket.id)
        return
    await expect_nothing(uow)
    await act(uow, ticket, Verb.ADD, text=name, signed=name)
    for person in await _passed_to(ticket, uow):
        await _tell(ticket, person, "praise_signed", uow, name=name)
    params = {"number": values.number(ticket.number), "name": name}
    await uow.reply("praise_will_be_signed", params=params, ticket_id=ticket.id)


async def _passed_to(ticket: Ticket, uow: UnitOfWork) -> list[PersonId]:
    timeline = await uow.tickets.timeline(id_of(ticket))
    return [PersonId(each) for entry in timeline for each in entry.data.get("passed_to", ())]


# -- the lead ---------------------------------------------------------------------------------


async def pass_praise(ticket: Ticket, uow: UnitOfWork) -> None:
    """One who fits gets it at once; several, a name in words or oneself, and the lead says who."""
    await require_settling(uow, ticket)
    meant = await _meant(ticket, uow)
    fitting = await _fitting(ticket, str(meant.get("who", "")), uow)
    others = [each for each in fitting if each.person_id != uow.turn.actor.person_id]
    if meant.get("who") and len(fitting) == len(others) == 1:
        await _pass(ticket, fitting, uow)
        return
    able = fitting or await _fitting(ticket, "", uow)
    chips = [await _chip(ticket, each, uow) for each in able[:_OFFERED]]
    number = id_of(ticket)
    if meant.get("who") and fitting:
        everyone = PassPraise(ticket_id=number, how=EVERYONE)
        chips.insert(0, press("button_praise_to_all", everyone, "primary", count=len(fitting)))
    chips.append(press("button_praise_said", PassPraise(ticket_id=number, how="said"), "chip"))
    await uow.reply(
        "praise_pass_to",
        params={"number": values.number(ticket.number), "who": _called(meant)},
        buttons=tuple(chips),
        ticket_id=number,
    )


async def press_pass_praise(command: PassPraise, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require_settling(uow, ticket)
    if command.how == "said":
        await _pass(ticket, [], uow)
        return
    who = str((await _meant(ticket, uow)).get("who", "")) if command.how == EVERYONE else ""
    able = await _fitting(ticket, who, uow)
    chosen = [each for each in able if command.how == EVERYONE or each.person_id == command.to]
    if not chosen:
        raise OutOfDate  # they have left since
    await _pass(ticket, chosen, uow)


async def _pass(ticket: Ticket, to: list[Candidate], uow: UnitOfWork) -> None:
    people = [each.person_id for each in to]
    names = list(dict.fromkeys(each.role.value for each in to))
    praised = values.joined(*[values.role(role) for role in names[:1]])
    if len(names) != 1:
        praised = values.text("praised_all") if names else _called(await _meant(ticket, uow))
    await settle(uow, ticket, Given(), passed_to=people, praised=praised)
    signed = await _signed(ticket, uow)
    words = await _words(ticket, uow, signed=bool(signed))
    for person in people:
        template = "praise_for_you_signed" if signed else "praise_for_you"
        await _tell(ticket, person, template, uow, name=signed, text=words)
    params = {"number": values.number(ticket.number), "praised": praised}
    await uow.reply("praise_passed", params=params, ticket_id=ticket.id)


async def _meant(ticket: Ticket, uow: UnitOfWork) -> Mapping[str, Any]:
    """Whom the writer chose: `who` is a role or everyone, `named` are words."""
    for entry in await uow.tickets.timeline(id_of(ticket)):
        if entry.verb is Verb.SUBMIT:
            return dict(entry.data.get("praises") or {})
    return {}


def _called(meant: Mapping[str, Any]) -> Any:
    who = str(meant.get("who", ""))
    if who and who != EVERYONE:
        return values.role(who)
    return str(meant.get("named", "")) or values.text("praised_all")


async def _fitting(ticket: Ticket, who: str, uow: UnitOfWork) -> list[Candidate]:
    """Those around the place in the role that is meant; never the writer."""
    here = serving(await uow.people.candidates(uow.now), ticket.location, uow.community)
    here = [each for each in here if each.person_id != ticket.reporter]
    if who and who != EVERYONE:
        roles = _SAME.get(Role(who), (Role(who),))
        here = [each for each in here if each.role in roles]
    return one_each(here)[:_AT_MOST]


async def _chip(ticket: Ticket, candidate: Candidate, uow: UnitOfWork) -> Button:
    return press(
        "button_transfer_to",
        PassPraise(ticket_id=id_of(ticket), to=candidate.person_id),
        "chip",
        name=await name_of(uow, candidate),
        role=values.role(candidate.role),
    )


async def _words(ticket: Ticket, uow: UnitOfWork, *, signed: bool) -> str:
    """All that was written, masked: what was added later belongs to it, a name does not.

    Whoever does not sign stays unknown, whatever they said of themselves in it.
    """
    said = []
    for entry in await uow.tickets.timeline(id_of(ticket)):
        if entry.verb is Verb.SUBMIT:
            said.append(str(entry.data.get("words") or ticket.summary))
        elif entry.verb is Verb.ADD and "signed" not in entry.data:
            said.append(str(entry.data.get("text") or ""))
    words = "\n".join(part for part in said if part)
    return mask(words if signed else without_own_place(words))


async def _signed(ticket: Ticket, uow: UnitOfWork) -> str:
    timeline = await uow.tickets.timeline(id_of(ticket))
    names = [str(entry.data["signed"]) for entry in timeline if entry.data.get("signed")]
    return names[-1] if names else ""


async def _tell(
    ticket: Ticket, person: PersonId, template: str, uow: UnitOfWork, **params: Any
) -> None:
    await uow.tell(
        Notification(
            person_id=person,
            template=template,
            params={"number": values.number(ticket.number), **params},
            purpose=Purpose.PUSH,
            ticket_id=id_of(ticket),
            version=ticket.version,
        )
    )


HANDLERS: dict[type[Command], Handler] = {
    ChoosePraised: choose_praised,
    SignPraise: sign_praise,
    PassPraise: press_pass_praise,
}
AWAITED: dict[str, Taker] = {"praised": take_praised, "praise_name": take_name}
