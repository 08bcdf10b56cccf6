"""What may be the same matter, as the resident chooses among it."""

from collections.abc import Sequence
from typing import Any

from actions.application import values
from actions.application.commands.drafting import ItIsBack, JoinTicket, KeepSeparate
from actions.application.handlers.cards import draft_id
from actions.application.notification import Card
from actions.application.records import Comparable, TicketSummary
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.draft import Draft
from actions.domain.sealing import is_among_few

#: Every way of asking begins so.
ASKED = "ask_same_matter"
SEVERAL = f"{ASKED}_several"
#: What is pressed to say yes to one that was shown alone.
YES_LABELS = {
    ASKED: "button_same_matter",
    f"{ASKED}_own": "button_add_to_that",
    f"{ASKED}_back": "button_is_back",
}

Shown = Sequence[tuple[Comparable, bool]]


async def show_alike(draft: Draft, alike: Shown, uow: UnitOfWork) -> None:
    """One as a card; two or three as a list with a button each."""
    if len(alike) == 1:
        (found, is_over) = alike[0]
        await _show_one(draft, found, uow, is_over=is_over)
        return
    lines = [_line(found.summary) for found, _ in alike]
    buttons = [
        press(
            "button_is_back_nth" if is_over else "button_same_matter_nth",
            _meaning(draft, found, is_over=is_over),
            n=circled,
        )
        for circled, (found, is_over) in zip("①②③", alike, strict=False)
    ]
    neither = press("button_none_of_these", KeepSeparate(draft_id=draft_id(draft)))
    params = {"count": len(alike), "list": values.numbered(*lines)}
    await uow.reply(SEVERAL, params=params, buttons=(*buttons, neither))


async def _show_one(draft: Draft, found: Comparable, uow: UnitOfWork, *, is_over: bool) -> None:
    template = ASKED + ("_back" if is_over else "_own" if found.is_mine else "")
    await uow.reply(
        template,
        card=_card(found.summary, is_over=is_over),
        buttons=(
            press(YES_LABELS[template], _meaning(draft, found, is_over=is_over), "primary"),
            press("button_another_matter", KeepSeparate(draft_id=draft_id(draft))),
        ),
    )


def _meaning(draft: Draft, found: Comparable, *, is_over: bool) -> ItIsBack | JoinTicket:
    kind = ItIsBack if is_over else JoinTicket
    return kind(draft_id=draft_id(draft), ticket_id=found.summary.id)


def _card(ticket: TicketSummary, *, is_over: bool) -> Card:
    """What a neighbour may know of it: kind, place, since when, how many; never whose words.

    Of what is not public the kind and the place alone.
    """
    known: tuple[tuple[str, Any], ...] = (
        ("line_since", values.moment(ticket.filed_at)),
        ("line_status", values.status(ticket.status)),
        *(() if is_over else (("line_households", ticket.followers),)),
    )
    few = is_among_few(ticket.category, ticket.privacy)
    return Card(
        title=values.category(ticket.category),
        urgency=ticket.urgency,
        lines=(("line_where", _where(ticket)), *(() if few else known)),
    )


def _where(ticket: TicketSummary) -> Any:
    return values.place(ticket.place) if ticket.place else ""


def _line(ticket: TicketSummary) -> Any:
    kind = values.category(ticket.category)
    if is_among_few(ticket.category, ticket.privacy):
        return values.joined(kind, _where(ticket))
    return values.joined(
        kind, _where(ticket), values.moment(ticket.filed_at), values.status(ticket.status)
    )
