"""Everything people say besides matters: greetings, help, status, a person, another language."""

from actions.application import values
from actions.application.awaited import is_asked
from actions.application.commands.following import (
    ReopenTicket,
    RequestCallback,
    ShowHelp,
    ShowMine,
    StopAwaiting,
    SwitchLocale,
    UrgeTicket,
    WithdrawTicket,
)
from actions.application.commands.linking import AskLinkCode
from actions.application.commands.telling import (
    AnswerLater,
    AskQuestion,
    AskStatus,
    CallPerson,
    Chat,
    Heard,
    Rate,
    Reopen,
    Urge,
    Welcome,
    Withdraw,
)
from actions.application.deeds import id_of, of_mine
from actions.application.handlers import following
from actions.application.handlers.bare_words import ask_to_drop
from actions.application.handlers.callbacks import request_callback
from actions.application.handlers.closing import judge, reopen_ticket
from actions.application.handlers.following import (
    choices,
    list_mine,
    rating_buttons,
    show_mine,
    tell_standing,
)
from actions.application.handlers.hidden_questions import answer_hidden_question
from actions.application.handlers.joining import show_round
from actions.application.handlers.last_said import draft_meant
from actions.application.handlers.listening import listening
from actions.application.handlers.questions import ask_question
from actions.application.handlers.resuming import newest, offer_again, stop_awaiting
from actions.application.handlers.seating import ask_to_confirm
from actions.application.handlers.telling import take_more
from actions.application.handlers.verbs_worded import say_nothing_fits
from actions.application.handlers.worker_menu import duties_of, has_duties, of_workers, todo_of
from actions.application.notification import Button
from actions.application.pressable import to_json
from actions.application.records import TicketSummary
from actions.application.roads import worded
from actions.application.together import is_known_otherwise
from actions.application.unit_of_work import UnitOfWork
from actions.domain.errors import NotFound, OutOfDate
from actions.domain.people import Role
from actions.domain.permissions import capacity_among_raisers
from actions.domain.places_named import find_places
from actions.domain.ticket import Ticket
from actions.domain.ticket_number import find_ticket_number
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.wording import verdict_in

LOCALES = ("zh-CN", "zh-HK", "en")


async def chat(command: Chat, uow: UnitOfWork) -> None:
    """A short human word for each kind of talk; never a ticket."""
    intent = command.understood.intent
    if await answer_hidden_question(command.understood, uow):
        return
    if intent == "help":
        await show_help(ShowHelp(), uow)
        return
    draft = await newest(uow)
    if draft is not None and find_places(command.understood.text, uow.community).places:
        # Talk that names one of our places while a matter is half told corrects that matter.
        await take_more(draft, command.understood.text, command.understood, uow)
        return
    if await say_nothing_fits(command.understood.text, uow):
        return
    await uow.reply(f"chat_{intent}" if intent in _KINDS else "chat_other", buttons=_START)
    await offer_again(uow)


_KINDS = frozenset(
    {"greet", "thanks", "bye", "smalltalk", "wrong_chat", "advert", "abuse", "injection", "other"}
)
_START = (Button(label="button_my_matters", command=to_json(ShowMine()), style="chip"),)


async def welcome(command: Welcome, uow: UnitOfWork) -> None:
    """Who we are, what to write, and that a machine is speaking."""
    if command.waiting:
        await ask_to_confirm(command.waiting, uow)
        return
    if has_duties(command.roles):
        await uow.reply(
            "welcome_worker",
            params={
                "roles": values.joined(*[values.role(role) for role in command.roles]),
                "duties": duties_of(command.roles),
            },
            buttons=(
                *todo_of(uow.turn.actor, "primary"),
                *of_workers(uow.turn.actor),
            ),
        )
        await show_round(uow.turn.actor.person_id, uow)
        return
    await uow.reply(
        "welcome",
        params={"community": values.community(), "phone": uow.community.office.phone.dial},
        buttons=_languages(uow),
    )


def _languages(uow: UnitOfWork) -> tuple[Button, ...]:
    return tuple(
        Button(
            label=f"language_{locale}",
            command=to_json(SwitchLocale(locale=locale)),
            style="chip",
        )
        for locale in LOCALES
        if locale != uow.turn.locale
    )


async def show_help(_command: ShowHelp, uow: UnitOfWork) -> None:
    """How to tell a matter; for those with a role, what comes to them here."""
    actor = uow.turn.actor
    roles = [role for role in Role if actor.has_role(role)]
    phone = {"phone": uow.community.office.phone.dial}
    staff = "help_worker" if actor.is_worker else "help_seat"
    await uow.reply(
        staff if has_duties(roles) else "help",
        params=phone | {"duties": duties_of(roles)} if has_duties(roles) else phone,
        buttons=(
            *todo_of(uow.turn.actor),
            *_START,
            Button(label="button_call_person", command=to_json(RequestCallback()), style="chip"),
            Button(label="button_link", command=to_json(AskLinkCode()), style="chip"),
            *of_workers(uow.turn.actor),
            *_languages(uow),
        ),
    )


async def switch_locale(command: SwitchLocale, uow: UnitOfWork) -> None:
    if command.locale not in LOCALES:
        raise OutOfDate
    await uow.people.set_locale(uow.turn.actor.person_id, command.locale)
    await uow.reply("language_switched")


async def answer_later(command: AnswerLater, uow: UnitOfWork) -> None:
    if command.given_up:
        if uow.turn.inbox_id is not None:
            await uow.inbox.give_up(uow.turn.inbox_id)
        await uow.reply("kept_for_a_person", params={"phone": uow.community.office.phone.dial})
        await request_callback(uow, "failed")
        return
    await uow.reply("kept_for_later")


async def call_person(_command: CallPerson | RequestCallback, uow: UnitOfWork) -> None:
    await request_callback(uow, "asked")


async def ask_status(command: AskStatus, uow: UnitOfWork) -> None:
    await _show_meant(command, uow)
    await offer_again(uow)


async def _show_meant(command: Heard, uow: UnitOfWork) -> None:
    """Where the one spoken of stands, else a list to choose from."""
    ticket = await _meant(command, uow)
    if ticket is not None:
        await tell_standing(ticket, uow)
    else:
        await show_mine(ShowMine(), uow)


async def urge(command: Urge, uow: UnitOfWork) -> None:
    ticket = await _meant(command, uow, Verb.URGE)
    if ticket is None:
        await _which(uow, Verb.URGE)
        return
    await following.urge_ticket(UrgeTicket(ticket_id=ticket.id or 0), uow)


async def withdraw(command: Withdraw, uow: UnitOfWork) -> None:
    """What is being asked or half told is dropped first; otherwise the filed one is meant."""
    is_named = bool(find_ticket_number(command.understood.text))
    if not is_named and await is_asked(uow, "why_reopen"):
        await stop_awaiting(StopAwaiting(), uow)
        return
    draft = await draft_meant(uow)
    if draft is not None and not is_named:
        await ask_to_drop(draft, uow)
        return
    ticket = await _meant(command, uow, Verb.WITHDRAW)
    if ticket is None:
        await _which(uow, Verb.WITHDRAW)
        return
    await following.withdraw_ticket(WithdrawTicket(ticket_id=ticket.id or 0), uow)


async def rate(command: Rate, uow: UnitOfWork) -> None:
    ticket = await _meant(command, uow, Verb.SATISFIED)
    verdict = verdict_in(command.understood.text)
    if ticket is None or not await _may_rate(ticket, uow):
        if verdict in _COMPLAINTS:
            await _show_meant(command, uow)
        else:
            await uow.reply("chat_thanks", buttons=_START)
        return
    if verdict is None:
        await uow.reply(
            worded(ticket.category, "ask_verdict"),
            params={"number": values.number(ticket.number)},
            buttons=rating_buttons(ticket),
        )
        return
    await judge(ticket, verdict, command.understood.text, uow)


#: Verdicts that no thanks answer.
_COMPLAINTS = ("partly", "dissatisfied")


async def _may_rate(ticket: Ticket, uow: UnitOfWork) -> bool:
    if ticket.status is not TicketStatus.RESOLVED:
        return False
    followers = await uow.tickets.followers(id_of(ticket))
    return capacity_among_raisers(uow.turn.actor, Verb.SATISFIED, ticket, followers) is not None


async def reopen(command: Reopen, uow: UnitOfWork) -> None:
    ticket = await _meant(command, uow, Verb.REOPEN)
    if ticket is None:
        await _which(uow, Verb.REOPEN)
        return
    await reopen_ticket(ReopenTicket(ticket_id=ticket.id or 0), uow)


async def _meant(command: Heard, uow: UnitOfWork, verb: Verb | None = None) -> Ticket | None:
    """The ticket spoken of: by its number, or the only one the verb fits.

    Raises:
        NotFound: nobody's number and somebody else's sound the same.
    """
    number = find_ticket_number(command.understood.text)
    if number is not None:
        found = await uow.tickets.find(number)
        if found is None or found.id is None or await is_known_otherwise(found, uow):
            raise NotFound
        return await of_mine(found.id, uow)
    fitting = await _fitting(uow, verb)
    return await of_mine(fitting[0].id, uow) if len(fitting) == 1 else None


async def _fitting(uow: UnitOfWork, verb: Verb | None) -> list[TicketSummary]:
    mine = await uow.tickets.of_person(uow.turn.actor.person_id, limit=8)
    if verb is None:
        open_ones = [t for t in mine if Ticket(status=TicketStatus(t.status)).is_open]
        return open_ones or list(mine[:1])
    return [t for t in mine if Ticket(status=TicketStatus(t.status)).allows(verb)]


async def _which(uow: UnitOfWork, verb: Verb) -> None:
    """Those it fits, else all there are: somebody who asked is never told there is nothing."""
    fitting = await _fitting(uow, verb)
    mine = fitting or await uow.tickets.of_person(uow.turn.actor.person_id, limit=6)
    if not mine:
        await list_mine((), uow)
        return
    await uow.reply("ask_which_matter" if fitting else "no_matter_fits", buttons=choices(mine))


HANDLERS = {
    Chat: listening(chat),
    Welcome: welcome,
    ShowHelp: show_help,
    SwitchLocale: switch_locale,
    StopAwaiting: stop_awaiting,
    AnswerLater: answer_later,
    CallPerson: listening(call_person),
    RequestCallback: call_person,
    AskQuestion: listening(ask_question),
    AskStatus: listening(ask_status),
    Urge: listening(urge),
    Withdraw: listening(withdraw),
    Rate: listening(rate),
    Reopen: listening(reopen),
}
