"""What got stuck on its way out, on its way in, or before it could be read."""

import json
from typing import Final, get_args

from aiohttp import web

from actions.application.ports_console import Staff
from actions.application.ports_staff import LetterKind, OpenLetter
from actions.domain.errors import NotFound, OutOfDate
from actions.domain.masking import mask
from actions.domain.people import Role
from bot import keys
from bot.admin.audit import looked
from bot.admin.form import asked, clean, field, number_in, see_other
from bot.admin.page import page, words
from bot.admin.signed import require

LETTERS: Final = "/admin/letters"
_A_PAGE: Final = 50
_MOST: Final = 500
_SHOWN: Final = 4000
_KINDS: Final[tuple[LetterKind, ...]] = get_args(LetterKind)


async def listed(request: web.Request, staff: Staff) -> web.StreamResponse:
    require(staff, Role.ADM, Role.DSP)
    wished = asked(request, "kind")
    letters = request.config_dict[keys.DEAD_LETTERS]
    counts = await letters.counts(most=_MOST)
    usual = next((each for each in _KINDS if counts[each]), _KINDS[0])
    kind = wished if wished in _KINDS else usual
    before = asked(request, "before")
    await looked(request, staff, "console-letters", f"letters:{kind}")
    found = await letters.list(kind, before=number_in(before) or 0, limit=_A_PAGE + 1)
    return await page(
        request,
        "letters.html",
        kinds=_KINDS,
        kind=kind,
        counts=counts,
        most=_MOST,
        letters=found[:_A_PAGE],
        before=found[_A_PAGE - 1].id if len(found) > _A_PAGE else 0,
        is_first=not before,
    )


async def one(request: web.Request, staff: Staff) -> web.StreamResponse:
    """What it says, with personal numbers covered."""
    require(staff, Role.ADM, Role.DSP)
    kind, number = _named(request)
    await looked(request, staff, "console-letter", f"letter:{kind}:{number}")
    found = await request.config_dict[keys.DEAD_LETTERS].open(kind, number)
    if found is None:
        raise NotFound
    may_try = kind != "out" or found.conversation_id is not None
    told = clean(mask(_told(request, found)), longest=_SHOWN)
    return await page(
        request, "letter.html", letter=found.letter, told=told, may_try=may_try, problem=""
    )


def _told(request: web.Request, found: OpenLetter) -> str:
    """A message in words, an arrival by its text, a delivery as it came."""
    match found.letter.kind:
        case "out":
            params = found.params.get("params") or {}
            return words(request, found.letter.template, **params)
        case "in":
            return str(
                found.params.get("text") or json.dumps(dict(found.params), ensure_ascii=False)
            )
        case _:
            return found.words


def _named(request: web.Request) -> tuple[LetterKind, int]:
    kind, number = request.match_info["kind"], request.match_info["number"]
    if kind not in _KINDS:
        raise NotFound
    return kind, int(number)


async def try_again(request: web.Request, staff: Staff) -> web.StreamResponse:
    require(staff, Role.ADM, Role.DSP)
    kind, number = _named(request)
    if not await request.config_dict[keys.DEAD_LETTERS].try_again(kind, number, by=staff):
        raise OutOfDate
    return see_other(f"{LETTERS}?kind={kind}")


async def settle(request: web.Request, staff: Staff) -> web.StreamResponse:
    """Nothing more is done with it; the trail keeps why."""
    require(staff, Role.ADM, Role.DSP)
    kind, number = _named(request)
    reason = await field(request, "reason")
    if not reason:
        return see_other(f"{LETTERS}/{kind}/{number}")
    letters = request.config_dict[keys.DEAD_LETTERS]
    if not await letters.settle(kind, number, by=staff, reason=reason):
        raise OutOfDate
    return see_other(f"{LETTERS}?kind={kind}")
