"""The talk at the end of a round (议): counts, numbers, what is left to decide; for the lead."""

from collections.abc import Sequence
from typing import Any, Final

from actions.application import values
from actions.application.commands.intake import DropFinding, FileFinding
from actions.application.commands.working import ShowRecord
from actions.application.deeds import id_of
from actions.application.notification import Button, Card, Notification, Purpose
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import place_of, press
from actions.domain.decision import ABOUT_STAFF
from actions.domain.identifiers import AreaCode, PersonId
from actions.domain.masking import mask
from actions.domain.people import Actor, Role
from actions.domain.permissions import handles
from actions.domain.round import Finding, Outcome, Round
from actions.domain.sealing import words_for_workers
from actions.domain.wording import summary_of

_LISTED: Final = 12
_ASKED: Final = 5
_PHOTOS: Final = 6
#: As long as words on a button may be.
_ON_BUTTON: Final = 12


async def sum_up(current: Round, uow: UnitOfWork) -> None:
    """Whoever made the round decides about what was only noted; the lead hears once of all."""
    found = [f for f in await uow.rounds.findings(current.id) if f.outcome is not Outcome.DROPPED]
    params = _counts(found, current, uow)
    waiting = [finding for finding in found if finding.is_waiting]
    await uow.tell(
        Notification(
            person_id=current.person_id,
            template=_template(found, waiting),
            params=params,
            card=await _card(found, current, uow) if found else None,
            buttons=tuple(button for f in waiting[:_ASKED] for button in _decisions(f)),
            purpose=Purpose.PUSH if uow.turn.conversation_id is None else Purpose.REPLY,
            in_reply_to=uow.turn.inbox_id,
        )
    )
    await _tell_lead(found, current, uow)


def _template(found: Sequence[Finding], waiting: Sequence[Finding]) -> str:
    if not found:
        return "round_over_empty"
    return "round_over_undecided" if waiting else "round_over"


def _counts(found: Sequence[Finding], current: Round, uow: UnitOfWork) -> dict[str, Any]:
    def count(*outcomes: Outcome) -> int:
        return sum(finding.outcome in outcomes for finding in found)

    return {
        "what": values.text(f"round_{current.kind.value}"),
        "from": values.moment(current.begun_at),
        "to": values.moment(uow.now),
        "found": len(found),
        "settled": count(Outcome.SETTLED),
        "filed": count(Outcome.FILED),
        "noted": count(Outcome.NOTED, Outcome.OPEN),
    }


def _decisions(finding: Finding) -> tuple[Button, ...]:
    key: dict[str, Any] = {"round_id": finding.round_id, "seq": finding.seq}
    what = mask(summary_of(finding.words))[:_ON_BUTTON]
    return (
        press("button_file_noted", FileFinding(**key), n=finding.seq, what=what),
        press("button_drop_noted", DropFinding(**key), n=finding.seq, what=what),
    )


async def _card(found: Sequence[Finding], current: Round, uow: UnitOfWork) -> Card:
    return Card(
        title=values.text(f"round_{current.kind.value}"),
        urgency="N",
        lines=tuple([await _line(finding, uow) for finding in found[:_LISTED]]),
        photos=tuple(_proofs(found))[:_PHOTOS],
    )


async def _line(finding: Finding, uow: UnitOfWork) -> tuple[str, Any]:
    number, told = None, summary_of(finding.words)
    if finding.ticket_id is not None:
        ticket = await uow.tickets.get(finding.ticket_id)
        number, told = values.number(ticket.number), words_for_workers(ticket, told)
    words = mask(told) or values.text("finding_photo_only")
    kind = finding.outcome.value or Outcome.NOTED.value
    line = values.text("finding_numbered", n=finding.seq, what=words)
    return f"finding_line_{kind}", values.joined(line, number)


def _proofs(found: Sequence[Finding]) -> list[str]:
    """What was settled without a ticket is shown by its photos alone."""
    return [photo for f in found if f.outcome is Outcome.SETTLED for photo in f.photos]


async def _tell_lead(all_found: Sequence[Finding], current: Round, uow: UnitOfWork) -> None:
    """Of what became a ticket only what is theirs to see: it may be about themselves."""
    lead = await _lead(current, uow)
    if lead is None:
        return
    found = await _open_to(lead, all_found, uow)
    if not found:
        return
    params = _counts(found, current, uow)
    name = (await uow.people.get(current.person_id)).display_name
    await uow.tell(
        Notification(
            person_id=lead,
            template="round_lead",
            params=params | {"name": name or values.text("round_somebody"), "round": current.id},
            card=await _card(found, current, uow),
            buttons=await _opening(found, uow),
            purpose=Purpose.PUSH,
        )
    )


async def _open_to(lead: PersonId, found: Sequence[Finding], uow: UnitOfWork) -> list[Finding]:
    actor = await uow.people.actor(lead)
    return [each for each in found if await _is_open_to(actor, each, uow)]


async def _is_open_to(actor: Actor, finding: Finding, uow: UnitOfWork) -> bool:
    """What was said of the staff goes round them before it is filed as well."""
    if finding.ticket_id is not None:
        return handles(actor, await uow.tickets.get(finding.ticket_id))
    leaves = finding.heard.get("leaves") or ()
    return not leaves or str(leaves[0][0]) != ABOUT_STAFF


async def _opening(found: Sequence[Finding], uow: UnitOfWork) -> tuple[Button, ...]:
    """What was filed, one tap away."""
    filed = [finding.ticket_id for finding in found if finding.ticket_id is not None]
    tickets = [await uow.tickets.get(number) for number in dict.fromkeys(filed[:_ASKED])]
    return tuple(
        press(
            "button_open_ticket",
            ShowRecord(ticket_id=id_of(ticket)),
            what=values.joined(values.category(ticket.category), place_of(ticket)),
        )
        for ticket in tickets
    )


async def _lead(current: Round, uow: UnitOfWork) -> PersonId | None:
    """The grid lead where the round was made, else the committee; never the one who made it."""
    for role in (Role.GLD, Role.CMT):
        for area in _areas(current, uow):
            for holder in await uow.people.holders(role.value, area):
                if holder != current.person_id:
                    return holder
    return None


def _areas(current: Round, uow: UnitOfWork) -> list[str]:
    """The area, and the grids that serve it."""
    code = AreaCode(current.area.rpartition("/")[2])
    grids = uow.community.grids_for(code) if code in uow.community.areas else ()
    return [current.area, *(grid.path for grid in grids)]
