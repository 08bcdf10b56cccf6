"""How the installation is, in plain words, and what to do where it is not well."""

import platform
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from aiohttp import web

from actions.application.delivering import Queued
from actions.application.ports_console import Staff
from actions.domain.people import Role
from bot import keys
from bot.admin.page import page
from bot.admin.signed import require
from bot.ports import Condition

_MOST: Final = 500
#: What waits longer than this is late.
_LATE: Final = timedelta(minutes=10)
_BACKUP_EVERY: Final = timedelta(days=2)


@dataclass(frozen=True)
class Check:
    """One line: how it is (good, soon, bad), in which words, and what to do."""

    name: str  #: key of the text
    state: str
    says: str  #: key of the text
    params: dict[str, Any]
    advice: str = ""  #: key of the text


async def show(request: web.Request, staff: Staff) -> web.StreamResponse:
    require(staff, Role.ADM, Role.SUP)
    condition = await request.config_dict[keys.CONDITIONS].condition()
    letters = await request.config_dict[keys.DEAD_LETTERS].counts(most=_MOST)
    now = request.config_dict[keys.CLOCK].now()
    checks = [
        _store(condition),
        _understanding(condition),
        *_redis(condition),
        _queue("console_health_arrivals", condition.details.arrivals, now),
        _queue("console_health_messages", condition.details.messages, now),
        _letters(sum(letters.values())),
        _backup(condition.backup_at, now),
    ]
    community = request.config_dict[keys.COMMUNITY]
    return await page(
        request,
        "health.html",
        checks=checks,
        condition=condition,
        python=platform.python_version(),
        settings=community.version[:12],
    )


def _store(condition: Condition) -> Check:
    if condition.store:
        return Check("console_health_store", "good", "console_health_store_ok", {})
    return Check(
        "console_health_store", "bad", "console_health_store_away", {},
        "console_health_store_advice",
    )  # fmt: skip


def _understanding(condition: Condition) -> Check:
    name, state = "console_health_understanding", condition.understanding
    if state == "ok":
        return Check(name, "good", "console_health_understanding_ok", {})
    says = {
        "starting": "console_health_understanding_starting",
        "degraded": "console_health_understanding_degraded",
    }[state]
    return Check(name, "soon", says, {}, "console_health_understanding_advice")


def _redis(condition: Condition) -> list[Check]:
    """Nothing where there is none."""
    name = "console_health_redis"
    if condition.redis == "away":
        return [Check(name, "soon", "console_health_redis_away", {}, "console_health_redis_advice")]
    return [Check(name, "good", "console_health_redis_ok", {})] if condition.redis else []


def _queue(name: str, queued: Queued, now: datetime) -> Check:
    if not queued.count or queued.since is None:
        return Check(name, "good", "console_health_nothing_waits", {})
    is_late = now - queued.since > _LATE
    count = f"{_MOST}+" if queued.count >= _MOST else str(queued.count)
    minutes = max(0, int((now - queued.since) / timedelta(minutes=1)))
    return Check(
        name,
        "soon" if is_late else "good",
        "console_health_waits",
        {"count": count, "minutes": minutes},
        "console_health_waits_advice" if is_late else "",
    )


def _letters(count: int) -> Check:
    name = "console_health_letters"
    if not count:
        return Check(name, "good", "console_health_no_letters", {})
    shown = f"{_MOST}+" if count >= _MOST else str(count)
    return Check(
        name, "soon", "console_health_some_letters", {"count": shown},
        "console_health_letters_advice",
    )  # fmt: skip


def _backup(made_at: datetime | None, now: datetime) -> Check:
    name = "console_health_backup"
    if made_at is None:
        return Check(name, "soon", "console_health_backup_none", {}, "console_health_backup_advice")
    days = max(0, (now - made_at).days)
    is_old = now - made_at > _BACKUP_EVERY
    return Check(
        name,
        "soon" if is_old else "good",
        "console_health_backup_days",
        {"days": days},
        "console_health_backup_advice" if is_old else "",
    )
