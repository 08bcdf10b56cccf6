"""One ticket: facts, record, what can be done, and beside it the conversation it came from."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from actions.application import values
from actions.application.desk import Desk
from actions.application.notification import Button, Notification
from actions.application.ports_board import TicketFile
from actions.application.ports_console import Staff
from actions.application.transcripts import Talk
from actions.application.web_records import RecordLine
from actions.domain.errors import NotFound
from actions.domain.identifiers import AttachmentId
from actions.domain.people import Role
from actions.domain.ticket_number import parse_ticket_number
from bot import keys
from bot.admin.board import TIERS
from bot.admin.page import page, page_locale, words
from bot.admin.steps import Steps

_EMPHASIS = re.compile(r"\*\*([^*]+)\*\*")
#: What the questions that take a kind of matter are called.
_TAKES_CATEGORY = frozenset({"category_words"})
#: Whoever decides what becomes of a matter.
_DECIDING = (Role.DSP, Role.GLD, Role.CMT)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came of a step, and what is asked next."""

    said: Sequence[Mapping[str, Any]]
    asks: str = ""  #: the signed step that takes the words
    lists_categories: bool = False


async def show(request: web.Request, who: Staff) -> web.StreamResponse:
    file = await open_file(request, who)
    if file.ticket.number != request.match_info["number"]:
        raise web.HTTPFound(f"/admin/tickets/{file.ticket.number}")
    return await ticket_page(request, who, file)


async def open_file(request: web.Request, who: Staff) -> TicketFile:
    """Raises NotFound for a ticket that does not exist for this person."""
    typed = request.match_info["number"]
    number = parse_ticket_number(typed) or typed
    file = await request.config_dict[keys.BOARD].files.open(who.actor, number)
    if file is None:
        raise NotFound
    return file


async def ticket_page(
    request: web.Request,
    who: Staff,
    file: TicketFile,
    *,
    desk: Desk | None = None,
    problem: str = "",
    params: Mapping[str, Any] | None = None,
    status: int = 200,
    typed: str = "",
) -> web.Response:
    """The page as it stands now, with what a step has just brought about."""
    steps = Steps(request.config_dict[keys.SIGNING_KEY], who.session, file.ticket.number)
    talk: Talk | None = None
    if file.may_read_talk:
        talk = await request.config_dict[keys.BOARD].talks.of_ticket(who.actor, file.ticket.number)
    community = request.config_dict[keys.COMMUNITY]
    return await page(
        request,
        "ticket.html",
        status=status,
        file=file,
        ticket=file.ticket,
        row=file.row,
        tier=next((name for name, each in TIERS.items() if each == file.ticket.tier), ""),
        record=[_step(request, line) for line in file.record],
        buttons=[_button(request, each, steps) for each in file.offers],
        answer=_answer(request, desk, steps) if desk else None,
        problem=problem,
        params=params or {},
        typed=typed,
        talk=talk,
        form=secrets.token_urlsafe(12),
        leaves=list(community.categories),
        only_administers=who.has_role(Role.ADM) and not who.has_role(*_DECIDING),
    )


def _answer(request: web.Request, desk: Desk, steps: Steps) -> Answer:
    asks = steps.write(desk.asked) if desk.asked else ""
    kind = str((desk.asked or {}).get("for", ""))
    return Answer(
        said=[_said(request, each, steps) for each in desk.told],
        asks=asks,
        lists_categories=kind in _TAKES_CATEGORY,
    )


def _said(request: web.Request, told: Notification, steps: Steps) -> Mapping[str, Any]:
    texts, locale = request.config_dict[keys.TEXTS], page_locale(request)
    card = told.card
    lines = [
        (texts.render(label, {}, locale), _plain(texts.value(value, locale)))
        for label, value in (card.lines if card else ())
    ]
    return {
        "text": _plain(texts.render(told.template, told.params, locale)),
        "title": _plain(texts.value(card.title, locale)) if card else "",
        "lines": [(label, value) for label, value in lines if value],
        "buttons": [_button(request, each, steps) for each in told.buttons],
    }


def _button(request: web.Request, button: Button, steps: Steps) -> Mapping[str, str]:
    label = button.label if button.literal else words(request, button.label, **button.params)
    return {
        "label": _plain(label),
        "style": button.style if button.style in ("primary", "danger") else "",
        "step": steps.press(button.command),
    }


def _step(request: web.Request, line: RecordLine) -> Mapping[str, Any]:
    """One line of the record in the reader's words."""
    texts, locale = request.config_dict[keys.TEXTS], page_locale(request)
    reason = words(request, f"reason_{line.reason_key}") if line.reason_key else ""
    detail = texts.value(line.detail, locale) if line.detail else ""
    me = words(request, "board_me") if line.role == "me" else ""
    return {
        "at": line.at,
        "what": words(request, line.key),
        "who": me or (texts.value(values.role(line.role), locale) if line.role else ""),
        "told": [_plain(each) for each in (reason, detail, line.words) if each],
        "photos": list(_shown(line.photos)),
    }


def _shown(photos: Iterable[AttachmentId]) -> Iterable[str]:
    return (f"/admin/photos/{photo}" for photo in photos)


def _plain(text: str) -> str:
    """Where no emphasis can be shown; the stars of what is masked stay."""
    return _EMPHASIS.sub(r"\1", text)
