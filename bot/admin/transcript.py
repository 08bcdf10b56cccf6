"""Conversations in the console: unmasking, taking words out, and whole ones to review."""

from datetime import date
from typing import Final

from aiohttp import web

from actions.application.ports_console import Staff
from actions.application.transcripts import TalkWanted
from actions.domain.errors import NotFound
from actions.domain.identifiers import ConversationId
from actions.domain.transcript_rights import BROWSE
from bot import keys
from bot.admin.board import day_in
from bot.admin.form import asked, field, number_in, see_other
from bot.admin.page import page
from bot.admin.signed import require
from bot.admin.throttling import take
from bot.admin.ticket import open_file, ticket_page
from bot.gateway.throttle import SEARCHES

_KINDS: Final = ("unsure", "unanswered")
_SHORTEST_REASON: Final = 4
_LONGEST_REASON: Final = 300


async def unmask(request: web.Request, who: Staff) -> web.StreamResponse:
    """POST /admin/tickets/{number}/unmask, with a reason that stays on the trail."""
    file = await open_file(request, who)
    reason = await field(request, "reason", longest=_LONGEST_REASON)
    if len(reason) < _SHORTEST_REASON:
        return await ticket_page(request, who, file, problem="talk_reason_missing", status=422)
    await request.config_dict[keys.BOARD].talks.unmask(who.actor, file.ticket.number, reason)
    return see_other(f"/admin/tickets/{file.ticket.number}#talk")


async def redact(request: web.Request, who: Staff) -> web.StreamResponse:
    """POST /admin/tickets/{number}/redact: the words of one message, for good."""
    file = await open_file(request, who)
    reason = await field(request, "reason", longest=_LONGEST_REASON)
    message = number_in(await field(request, "message"))
    if message is None or len(reason) < _SHORTEST_REASON:
        return await ticket_page(request, who, file, problem="talk_reason_missing", status=422)
    await request.config_dict[keys.BOARD].talks.redact(
        who.actor, file.ticket.number, message, reason
    )
    return see_other(f"/admin/tickets/{file.ticket.number}#talk")


async def browse(request: web.Request, who: Staff) -> web.StreamResponse:
    """GET /admin/transcripts."""
    require(who, *BROWSE)
    await take(request, SEARCHES, str(who.person_id))
    chosen = {name: asked(request, name) for name in ("participant", "day", "kind")}
    day: date | None = day_in(chosen["day"])
    wanted = TalkWanted(
        participant=chosen["participant"],
        day=day,
        kind=chosen["kind"] if chosen["kind"] in _KINDS else "",
    )
    found = await request.config_dict[keys.BOARD].talk_list.find(
        who.actor, wanted, number_in(asked(request, "before"))
    )
    return await page(request, "talks.html", found=found, chosen=chosen, kinds=_KINDS)


async def read(request: web.Request, who: Staff) -> web.StreamResponse:
    """GET /admin/transcripts/{conversation}."""
    require(who, *BROWSE)
    conversation = number_in(request.match_info["conversation"])
    talk = conversation and await request.config_dict[keys.BOARD].talk_list.read(
        who.actor,
        ConversationId(conversation),
        before=number_in(asked(request, "before")),
        after=number_in(asked(request, "after")),
    )
    if not talk:
        raise NotFound
    return await page(request, "talk.html", talk=talk, line=number_in(asked(request, "line")))
