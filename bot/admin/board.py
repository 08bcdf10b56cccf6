"""The board: which tickets, found by what, and where the next page begins."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web

from actions.application.board import GROUPS, USUAL_GROUP, BoardPage, Wanted
from actions.application.ports_console import Staff
from actions.domain.category import Tier, Urgency
from actions.domain.community import Community
from actions.domain.identifiers import LeafCode, PersonId, TicketId
from actions.domain.people import WORKING_ROLES, Role
from actions.domain.place import is_inside
from actions.domain.ticket_number import find_ticket_number, parse_ticket_number
from bot import keys
from bot.admin.form import asked, number_in, see_other
from bot.admin.page import page
from bot.admin.throttling import take
from bot.gateway.throttle import SEARCHES

CHANNELS: Final = ("webchat", "telegram")
#: The words of the address; what is as usual is left out of it.
FIELDS: Final = (
    "q", "group", "area", "category", "urgency", "tier", "late", "who", "role", "channel", "from",
    "to",
)  # fmt: skip
TIERS: Final = {"small": Tier.SMALL, "urgent": Tier.URGENT, "hard": Tier.HARD}


async def show(request: web.Request, who: Staff) -> web.StreamResponse:
    community = request.config_dict[keys.COMMUNITY]
    board = request.config_dict[keys.BOARD].board
    chosen = chosen_in(request)
    before = number_in(asked(request, "before"))
    if "q" in chosen:
        await take(request, SEARCHES, str(who.person_id))
    found = await board.page(
        who.actor, wanted_of(chosen, community), before=TicketId(before) if before else None
    )
    number = _only_number(chosen.get("q", ""), found)
    if number:
        return see_other(f"/admin/tickets/{number}")
    return await page(
        request,
        "board.html",
        board=found,
        chosen={name: chosen.get(name, "") for name in FIELDS},
        further=_address(chosen, before=found.further) if found.further else "",
        first=_address(chosen) if before else "",
        chips=[(name, _address({**chosen, "group": name})) for name in GROUPS],
        group=chosen.get("group", USUAL_GROUP),
        is_narrowed=bool(chosen.keys() - {"group", "q"}),
        areas=_areas(who, community),
        tops=_categories(community),
        urgencies=[each.value for each in Urgency],
        tiers=list(TIERS),
        roles=sorted(role.value for role in WORKING_ROLES),
        channels=CHANNELS,
        colleagues=await board.colleagues(who.actor),
    )


def chosen_in(request: web.Request) -> Mapping[str, str]:
    """What the address asks for, as it was written."""
    given = {name: asked(request, name, longest=120) for name in FIELDS}
    return {name: value for name, value in given.items() if value}


def wanted_of(chosen: Mapping[str, str], community: Community) -> Wanted:
    """What nobody can want is as if it had not been asked for."""
    group, urgency, role = (chosen.get(name, "") for name in ("group", "urgency", "role"))
    who = number_in(chosen.get("who", ""))
    return Wanted(
        group=group if group in GROUPS else USUAL_GROUP,
        area=_path(chosen.get("area", ""), community),
        categories=_leaves(chosen.get("category", ""), community),
        tier=TIERS[chosen["tier"]] if chosen.get("tier") in TIERS else "",
        urgency=urgency if urgency in set(Urgency) else "",
        late="late" in chosen,
        assignee=PersonId(who) if who else None,
        role=role if role in set(Role) else "",
        channel=chosen.get("channel", "") if chosen.get("channel") in CHANNELS else "",
        since=day_in(chosen.get("from", "")),
        until=day_in(chosen.get("to", "")),
        words=chosen.get("q", ""),
    )


def _path(code: str, community: Community) -> str:
    return next((each.path for each in community.areas.values() if each.code == code), "")


def _leaves(code: str, community: Community) -> tuple[LeafCode, ...]:
    """A kind of matter, or all those of a class, as they are or were called."""
    every = {**community.former.categories, **community.categories}
    return tuple(leaf for leaf, each in every.items() if code and code in (leaf, each.top))


def day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _only_number(words: str, found: BoardPage) -> str:
    """Whoever types a number wants that ticket."""
    is_number = parse_ticket_number(words) or find_ticket_number(words)
    return found.rows[0].number if is_number and len(found.rows) == 1 else ""


def _address(chosen: Mapping[str, str], *, before: int | None = None) -> str:
    kept = {name: value for name, value in chosen.items() if (name, value) != ("group", "open")}
    more = {"before": str(before)} if before else {}
    asked_for = urlencode({**kept, **more})
    return f"/admin/?{asked_for}" if asked_for else "/admin/"


def _areas(who: Staff, community: Community) -> Sequence[tuple[str, int]]:
    """Codes of the places where the person works, each with how deep it lies."""
    mine = {grant.area for grant in who.grants}
    paths = {
        area.path: area.code
        for area in community.areas.values()
        if any(is_inside(area.path, outer) for outer in mine)
    }
    return [(paths[path], path.count("/")) for path in sorted(paths, key=_in_order)]


def _in_order(path: str) -> list[tuple[int, str]]:
    """2 before 10."""
    return [(len(step), step) for step in path.split("/")]


def _categories(community: Community) -> Sequence[tuple[str, list[str]]]:
    return list(_by_top(community))


def _by_top(community: Community) -> Iterator[tuple[str, list[str]]]:
    tops: dict[str, list[Any]] = {}
    for leaf, each in community.categories.items():
        tops.setdefault(each.top, []).append(leaf)
    yield from tops.items()
