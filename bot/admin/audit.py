"""Who looked at what: noted before it leaves, and shown to those who watch over it."""

from typing import Final

from aiohttp import web

from actions.application.ports_console import Staff
from actions.domain.people import Role
from bot import keys
from bot.admin.form import asked, number_in
from bot.admin.page import page
from bot.admin.signed import require

_A_PAGE: Final = 100
#: What has a name in words; anything else is shown as it stands in the trail.
_NAMED: Final = frozenset(
    {
        "invite", "withdraw-invitation", "seat", "revoke", "refuse-seat", "sign-in",
        "sign-out-everywhere", "set-password", "console-people", "console-person",
        "console-letters", "console-letter", "retry-letter", "settle-letter", "console-audit",
        "export", "erase", "export-transcripts", "export-corrections", "contact", "evidence",
        "link", "unlink",
    }
)  # fmt: skip


async def looked(
    request: web.Request, staff: Staff, action: str, about: str, *, reason: str = ""
) -> None:
    """Note a look at what is about others. Await it before anything is read, let alone shown.

    Where the trail cannot be written nothing leaves.
    """
    await request.config_dict[keys.TRAIL].note(
        action, about[:80], by=staff.person_id, reason=reason
    )


async def show(request: web.Request, staff: Staff) -> web.StreamResponse:
    """The trail itself, the latest first; looking at it is noted in it."""
    require(staff, Role.PRV, Role.ADM)
    before, about = asked(request, "before"), asked(request, "about", longest=80)
    action = asked(request, "action", longest=40)
    await looked(request, staff, "console-audit", f"audit:{action or about or 'all'}")
    found = await request.config_dict[keys.TRAIL].rows(
        before=number_in(before) or 0,
        limit=_A_PAGE + 1,
        action=action,
        about=about,
    )
    return await page(
        request,
        "audit.html",
        rows=found[:_A_PAGE],
        before=found[_A_PAGE - 1].id if len(found) > _A_PAGE else 0,
        is_first=not before,
        action=action,
        about=about,
        named=named,
    )


def named(action: str) -> str:
    """The key of its name in words; empty where it has none."""
    return f"audit_{action.replace('-', '_')}" if action in _NAMED else ""
