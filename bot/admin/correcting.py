"""Doing something to a ticket from its page: as the command that the chat would have sent."""

import hashlib
import re
from typing import Final

from aiohttp import web

from actions.application.desk import Desk
from actions.application.ports_console import Staff
from actions.application.turn import Turn
from actions.domain.errors import ChangedMeanwhile, CommunityError, NotFound
from bot import keys
from bot.admin.form import field, number_in, see_other
from bot.admin.page import page_locale
from bot.admin.steps import Steps
from bot.admin.ticket import open_file, ticket_page
from bot.problem import STATUS

_FORM: Final = re.compile(r"[A-Za-z0-9_-]{8,40}")
_LONGEST_WORDS: Final = 2000
_LONGEST_STEP: Final = 8000
_REFUSED: Final = 422
_CONFLICT: Final = 409


def _mark(token: str, typed: str) -> str:
    """One page may be used for one step after another."""
    return hashlib.sha256(f"{token} {typed}".encode("utf-8", "replace")).hexdigest()[:16]


async def do(request: web.Request, who: Staff) -> web.StreamResponse:
    """POST /admin/tickets/{number}/do: `form` makes of two presses one."""
    file = await open_file(request, who)
    number, ticket_id = file.ticket.number, file.ticket.id
    typed = await field(request, "words", longest=_LONGEST_WORDS)
    form, seen = await field(request, "form"), number_in(await field(request, "version"))
    token = await field(request, "step", longest=_LONGEST_STEP)
    if not _FORM.fullmatch(form) or seen is None or ticket_id is None:
        raise web.HTTPBadRequest
    desk = Desk(ticket_id=ticket_id, version=seen)
    steps = Steps(request.config_dict[keys.SIGNING_KEY], who.session, number)
    turn = Turn(
        cause=f"console:{who.person_id}:{form}:{_mark(token, typed)}",
        actor=who.actor,
        locale=page_locale(request),
        desk=desk,
    )
    try:
        command = steps.command(token, typed)
        is_new = await request.config_dict[keys.BUS].handle(command, turn)
    except CommunityError as error:
        status = STATUS.get(type(error), _REFUSED)
        status = _CONFLICT if isinstance(error, ChangedMeanwhile) else status
        again = await open_file(request, who)
        return await ticket_page(
            request,
            who,
            again,
            problem=error.key,
            params=error.params,
            status=status,
            typed=typed,
        )
    if not is_new or not (desk.told or desk.asked):
        return see_other(f"/admin/tickets/{number}")
    try:
        file = await open_file(request, who)
    except NotFound:  # it went to somebody else, and is none of theirs any more
        return see_other("/admin/")
    return await ticket_page(request, who, file, desk=desk)
