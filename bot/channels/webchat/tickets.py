"""Matters on the page: mine, those waiting for me, and one with its record."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from actions.application.notification import Button
from actions.application.records import TicketSummary
from actions.application.roads import status_of
from actions.application.web_records import Account, Matter, RecordLine
from actions.domain.errors import NotFound
from actions.domain.ticket_number import parse_ticket_number
from bot import keys
from bot.channels.webchat.convert import instant, photo_url
from bot.channels.webchat.limiting import limit
from bot.gateway.buttons import Buttons
from bot.gateway.throttle import MISSES
from bot.ports import Texts


async def my_tickets(request: web.Request, account: Account) -> web.StreamResponse:
    """GET /chat/api/tickets."""
    found = await request.config_dict[keys.MATTERS].mine(account)
    shown = _Shown(request, account)
    return web.json_response({"tickets": [shown.item(matter) for matter in found]})


async def todo(request: web.Request, account: Account) -> web.StreamResponse:
    """GET /chat/api/todo: for those who handle matters; empty for everybody else."""
    found = await request.config_dict[keys.MATTERS].todo(account.actor)
    shown = _Shown(request, account)
    items = [{**shown.item(each), "actions": shown.actions(each.offers)} for each in found]
    return web.json_response({"items": items})


async def one_ticket(request: web.Request, account: Account) -> web.StreamResponse:
    """GET /chat/api/tickets/{number}: what is not there and what is not yours look the same."""
    number = parse_ticket_number(request.match_info["number"])
    matter = None
    if number is not None:
        matter = await request.config_dict[keys.MATTERS].open(number, account)
    if matter is None:
        await limit(request, MISSES, account.person_id)
        raise NotFound
    return web.json_response(_Shown(request, account).detail(matter))


class _Shown:
    """Matters in the words of one reader."""

    def __init__(self, request: web.Request, account: Account) -> None:
        self._account = account
        self._texts: Texts = request.config_dict[keys.TEXTS]
        self._signer = Buttons(request.config_dict[keys.SIGNING_KEY])

    def item(self, matter: Matter) -> dict[str, Any]:
        summary = matter.summary
        category = self._value({"$category": summary.category})
        return {
            "number": summary.number,
            "status": summary.own_status,
            "status_text": self._value(status_of(summary.category, summary.status)),
            "category": summary.category,
            "category_text": category,
            "summary": summary.summary or category,
            "place": self._place(summary),
            "urgency": summary.urgency,
            "due_at": instant(summary.due_at),
            "clock": summary.clock,
            "countdown_to": instant(summary.due_at),
            "role": summary.assignee_role or None,
            "filed_at": instant(summary.filed_at),
            "unread": matter.unread,
        }

    def detail(self, matter: Matter) -> dict[str, Any]:
        return {
            **self.item(matter),
            "timeline": [self._step(line) for line in matter.record],
            "actions": self.actions(matter.offers),
        }

    def actions(self, offers: Sequence[Button]) -> list[dict[str, str]]:
        return [
            {
                "action": self._signer.sign_command(
                    {"label": offer.label, "command": dict(offer.command)},
                    self._account.conversation_id,
                ),
                "label": self._texts.render(offer.label, offer.params, self._account.locale),
                "style": offer.style,
            }
            for offer in offers
        ]

    def _place(self, summary: TicketSummary) -> str:
        return summary.label or (self._value({"$place": summary.area}) if summary.area else "")

    def _step(self, line: RecordLine) -> dict[str, Any]:
        said = [self._texts.render(line.key, {}, self._account.locale)]
        if line.detail:
            said.append(self._value(line.detail))
        if line.reason_key:
            said.append(self._texts.render(f"reason_{line.reason_key}", {}, self._account.locale))
        elif line.words:
            said.append(line.words)
        return {
            "at": instant(line.at),
            "text": "\n".join(said),
            "by_role_text": self._by(line.role),
            "photos": [photo_url(photo) for photo in line.photos],
        }

    def _by(self, role: str) -> str:
        if role == "me":
            return self._texts.render("by_me", {}, self._account.locale)
        return self._value({"$role": role}) if role else ""

    def _value(self, value: Any) -> str:
        return self._texts.value(value, self._account.locale)
