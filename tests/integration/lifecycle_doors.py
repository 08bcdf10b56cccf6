"""lifecycle.csv as doors: what each row is called on a button, what is answered, and how a ticket
gets to each state, by the same doors.

doors = await Doors.opened(world)
case = await doors.case_at(TicketStatus.EXTERNAL)
await doors.through(case, Verb.REPORT, "CMT")
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final

from sqlalchemy import update

from actions.adapters.database.schema.people import role_grants
from actions.application.commands.base import Command
from actions.application.commands.following import ShowTicket
from actions.application.commands.telling import RaiseEmergency
from actions.application.commands.timed import ArchiveTicket, GiveUpWaiting, LapseResolved
from actions.application.commands.working import ShowRecord
from actions.application.turn import Turn
from actions.domain.emergency import EmergencyKind
from actions.domain.identifiers import PersonId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import OPEN, TicketStatus, Verb
from tests.builders import Someone, World

TABLE: Final = Path(__file__).parents[1] / "data" / "lifecycle.csv"
RAISERS: Final = frozenset({"RES", "ANO", "follower"})
#: A public matter of the property office, 急事: its tier may go up and down.
LEAF: Final = "SAF03"
PHOTO: Final = "(photo)"
MASTER: Final = "(another ticket's number)"
BY_LEAD: Final = "(the lead agrees)"
S = TicketStatus


@dataclass(frozen=True)
class Row:
    """One door: in this state, this capacity, this verb."""

    state: TicketStatus
    verb: Verb
    who: str
    to: str

    def __str__(self) -> str:
        return f"{self.state} {self.verb} {self.who}"


@cache
def rows() -> tuple[Row, ...]:
    """Every row of the table with its wildcards written out; drafts are no tickets yet."""
    with TABLE.open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    return tuple(
        Row(state, Verb(line["verb"]), who, line["to"])
        for line in table
        for state in _states(line["from"])
        for who in line["who"].split()
    )


def _states(source: str) -> list[TicketStatus]:
    if source in ("-", S.DRAFT):
        return []
    if source == "any open":
        return sorted(OPEN)
    if source == "closed_*":
        return [state for state in S if state.startswith("closed_")]
    return [S(source)]


_HAND_OVER: Final = ("button_hand_to_other", "button_hand_to")
#: The button, then what is pressed or answered until it is done.
STEPS: Final[Mapping[Verb, tuple[str, ...]]] = {
    Verb.DISPATCH: _HAND_OVER,
    Verb.RULE: _HAND_OVER,
    Verb.ASK: ("button_ask_reporter", "是几号楼？"),
    Verb.MERGE: ("button_merge", MASTER, "button_merge_really"),
    Verb.DECLINE: ("button_decline", "button_no_door", "reason_others_duty"),
    Verb.HAND_OUT: ("button_hand_out", "市城管局", "CG-2026-0088"),
    Verb.DELIBERATE: ("button_deliberate", "架空层改活动室"),
    Verb.ANSWER: ("button_answer", "45栋"),
    Verb.ACCEPT: ("button_accept",),
    Verb.RETURN: ("button_not_mine", "reason_not_my_area"),
    Verb.TRANSFER: ("button_transfer", "button_transfer_to", "reason_off_duty"),
    Verb.ESCALATE: ("button_pass_up",),
    Verb.START: ("button_go_there",),
    Verb.RESOLVE: ("button_resolve", PHOTO),
    Verb.SCHEDULE: ("button_schedule", "chip_day"),
    Verb.HOLD: ("button_hold", "chip_day", "reason_funds", BY_LEAD),
    Verb.RESCHEDULE: ("button_reschedule", "chip_day", "reason_weather"),
    Verb.RESUME: ("button_resume",),
    Verb.REPORT: ("button_report_news", "他们下周来"),
    Verb.TAKE_BACK: ("button_take_back", "reason_not_taken"),
    Verb.MILESTONE: ("button_milestone", "已经公示"),
    Verb.SATISFIED: ("button_satisfied",),
    Verb.PARTLY: ("button_partly", "还剩一半"),
    Verb.DISSATISFIED: ("button_dissatisfied", "根本没弄"),
    Verb.EXPLAIN: ("button_explain", "产权不清，现在做不了"),
    Verb.UNMERGE: ("button_unmerge", "reason_another_matter"),
    Verb.REOPEN: ("button_reopen", "又坏了"),
    Verb.APPEAL: ("button_appeal", "这就是社区的事"),
    Verb.WITHDRAW: ("button_withdraw", "button_withdraw_really"),
    Verb.RAISE_TIER: ("button_raise_tier", "reason_tier_many"),
    Verb.LOWER_TIER: ("button_lower_tier", "reason_tier_few"),
}
#: Where a state has words of its own.
STEPS_AT: Final[Mapping[tuple[TicketStatus, Verb], tuple[str, ...]]] = {
    (S.EXTERNAL, Verb.RESOLVE): ("button_outside_done", "城管已拆，回执8号"),
    (S.DELIBERATION, Verb.RESOLVE): ("button_resolve", "表决通过，整条换新"),
    (S.DELIBERATION, Verb.TAKE_BACK): ("button_take_from_agenda", "物业答应直接换"),
    # Nobody was alerted yet: to say no is to take it back.
    (S.SUBMITTED, Verb.WITHDRAW): ("button_no_alert",),
}

_AT_WORK: Final = (("assignee", Verb.ACCEPT), ("assignee", Verb.START))
_DONE: Final = (("assignee", Verb.ACCEPT), ("assignee", Verb.RESOLVE))
#: From the filing to each state, the shortest way.
WAYS: Final[Mapping[TicketStatus, tuple[tuple[str, Verb], ...]]] = {
    S.SUBMITTED: (),
    S.TRIAGE: (),
    S.DISPATCHED: (),
    S.MERGED: (("GLD", Verb.MERGE),),
    S.NOT_ACCEPTED: (("CMT", Verb.DECLINE),),
    S.ACCEPTED: (("assignee", Verb.ACCEPT),),
    S.RETURNED: (("assignee", Verb.RETURN),),
    S.TRANSFERRED: (("assignee", Verb.ACCEPT), ("assignee", Verb.TRANSFER)),
    S.NEEDS_INFO: (("assignee", Verb.ACCEPT), ("assignee", Verb.ASK)),
    S.IN_PROGRESS: _AT_WORK,
    S.SCHEDULED: (*_AT_WORK, ("assignee", Verb.SCHEDULE)),
    S.ON_HOLD: (*_AT_WORK, ("assignee", Verb.HOLD)),
    S.EXTERNAL: (*_AT_WORK, ("assignee", Verb.HAND_OUT)),
    S.DELIBERATION: (*_AT_WORK, ("assignee", Verb.DELIBERATE)),
    S.RESOLVED: _DONE,
    S.REOPENED: (*_DONE, ("reporter", Verb.DISSATISFIED)),
    S.CLOSED_FIXED: (*_DONE, ("reporter", Verb.SATISFIED)),
    S.CLOSED_PARTLY: (*_DONE, ("reporter", Verb.PARTLY)),
    S.CLOSED_UNFIXED: (*_DONE, ("CMT", Verb.EXPLAIN)),
    S.CLOSED_UNRATED: (*_DONE, ("system", Verb.LAPSE)),
    S.WITHDRAWN: (("reporter", Verb.WITHDRAW),),
    S.ARCHIVED: (("reporter", Verb.WITHDRAW), ("system", Verb.ARCHIVE)),
}
#: It lies nowhere more exact than the community, so a person decides.
_ANYWHERE: Final = frozenset({S.TRIAGE, S.MERGED, S.NOT_ACCEPTED})


@dataclass
class Case:
    ticket: Ticket
    reporter: Someone


@dataclass
class Doors:
    """Everybody of the table around tickets in every state."""

    world: World
    cast: dict[str, Someone]
    follower: Someone
    stranger: Someone
    reporters: dict[int, Someone] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: count(1))

    @classmethod
    async def opened(cls, world: World) -> "Doors":
        """One person for each role over the whole community, and two neighbours."""
        workers = set(Role) - {Role.RES, Role.ANO}
        cast = {role.value: await world.worker(role.value, role, "LJ") for role in sorted(workers)}
        return cls(world, cast, await world.resident(), await world.resident())

    # -- getting there -----------------------------------------------------------------------

    async def case_at(self, state: TicketStatus, *, anonymous: bool = False) -> Case:
        case = await self._filed(state, anonymous=anonymous)
        for who, verb in WAYS[state]:
            if state is S.REOPENED and verb is Verb.DISSATISFIED:
                await self._seats(empty=True)  # else somebody has it again in the same breath
            await self.through(case, verb, who)
        await self._seats(empty=False)
        case.ticket = await self.world.ticket(case.ticket)
        assert case.ticket.status is state, f"came to {case.ticket.status} instead of {state}"
        return case

    async def _filed(self, state: TicketStatus, *, anonymous: bool) -> Case:
        reporter = await self._reporter()
        if state is S.SUBMITTED:
            kind = EmergencyKind.named("gas")
            await reporter.does(RaiseEmergency(kind=kind, text="45栋楼道有煤气味"))
            async with self.world.reading() as uow:
                newest = (await uow.tickets.of_person(reporter.id, limit=1))[0]
                return Case(await uow.tickets.get(newest.id), reporter)
        place = "LJ" if state in _ANYWHERE else "BL-45"
        filed = await self.world.filed(reporter, LEAF, place, "电动车飞线", anonymous=anonymous)
        return Case(filed, reporter)

    async def _reporter(self) -> Someone:
        reporter = await self.world.resident()
        self.reporters[reporter.id] = reporter
        return reporter

    async def _seats(self, *, empty: bool) -> None:
        revoked_at = self.world.clock.now() if empty else None
        async with self.world.database.write() as conn:
            await conn.execute(update(role_grants).values(revoked_at=revoked_at))
            await conn.commit()

    async def follow(self, case: Case) -> None:
        await self.world.joins(self.follower, case.ticket)

    def person(self, case: Case, who: str) -> Someone:
        if who in ("RES", "ANO", "reporter"):
            return case.reporter
        if who == "follower":
            return self.follower
        return self.holder(case.ticket.assignee) if who == "assignee" else self.cast[who]

    def holder(self, assignee: PersonId | None) -> Someone:
        return next(each for each in self.cast.values() if each.id == assignee)

    # -- going through -----------------------------------------------------------------------

    async def through(self, case: Case, verb: Verb, who: str) -> None:
        """Find the button where this person finds it, and answer what is asked."""
        case.ticket = await self.world.ticket(case.ticket)
        if who == "system":
            await self.by_clock(case, verb)
            return
        someone = self.person(case, who)
        state = case.ticket.status or S.DRAFT
        first, *steps = STEPS_AT.get((state, verb)) or STEPS[verb]
        await self.find(case, first, someone, raises=who in {*RAISERS, "reporter"})
        for step in steps:
            await self.step(step, someone)

    async def find(self, case: Case, label: str, someone: Someone, *, raises: bool) -> None:
        """On the record or where the matter stands, else behind "more" there."""
        number = case.ticket.id or 0
        if label == "button_no_alert":
            await someone.presses(label)
            return
        await someone.does(ShowTicket(ticket_id=number) if raises else ShowRecord(ticket_id=number))
        offered = await self.offered_to(someone)
        if label not in offered and "button_more" in offered:
            await someone.presses("button_more")
            offered = await self.offered_to(someone)
        assert label in offered, f"only {offered} is offered"
        await someone.presses(label)

    async def offered_to(self, someone: Someone) -> list[str]:
        """The labels under what was said last."""
        said = await anext(self.world.newest_first(someone.id))
        return [button["label"] for button in said["content"]["buttons"]]

    async def step(self, step: str, someone: Someone) -> None:
        if step == BY_LEAD:
            await self.cast["GLD"].presses("button_approve")
        elif step == PHOTO:
            await someone.shows(f"photo-{next(self._numbers)}")
        elif step == MASTER:
            neighbour = await self._reporter()
            master = await self.world.filed(neighbour, LEAF, "BL-46", "飞线")
            await someone.answers(master.number)
        elif step.startswith(("button_", "reason_", "chip_")):
            await someone.presses(step)
        else:
            await someone.answers(step)

    async def by_clock(self, case: Case, verb: Verb) -> None:
        """What ends by itself, and only it: the other timers of a world would go off as well."""
        number = case.ticket.id or 0
        ways: dict[Verb, tuple[timedelta, Command]] = {
            Verb.LAPSE: (timedelta(days=7), LapseResolved(ticket_id=number)),
            Verb.GIVE_UP: (timedelta(days=7), GiveUpWaiting(ticket_id=number)),
            Verb.ARCHIVE: (timedelta(days=3700), ArchiveTicket(ticket_id=number)),
        }
        waited, command = ways[verb]
        self.world.clock.advance(waited)
        await self.world.bus.handle(command, Turn.of_timer("door", str(next(self._numbers))))
