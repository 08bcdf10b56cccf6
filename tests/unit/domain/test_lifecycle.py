"""The life of a ticket is lifecycle.csv: what the table allows works, everything else changes nothing."""

import csv
import json
from collections import deque
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.adapters.database.rows import plain
from actions.domain.errors import IllegalTransition
from actions.domain.identifiers import PersonId
from actions.domain.people import SYSTEM, Actor, Role, RoleGrant
from actions.domain.permissions import capacity, may_see
from actions.domain.ticket import Deed, Ticket
from actions.domain.ticket_status import AFTERWARDS, CLOSED, IN_PLACE, OPEN, TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

TABLE = Path(__file__).parents[2] / "data" / "lifecycle.csv"
START = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
HERE, ELSEWHERE = "RT/LJ/BL/BL-45", "RT/LJ/XT/XT-1"
GRID = "RT/LJ/BL/G3"
REPORTER, WORKER, FOLLOWER, OTHER = (PersonId(n) for n in (1, 2, 3, 4))
ANY_OPEN, CLOSED_ANY, SAME = "any open", "closed_*", "(same)"
CAME_FROM, MASTERS = "(where it came from)", "(the master's closing state)"
MOVING = [verb for verb in Verb if verb not in IN_PLACE]
EVERYBODY = [*(role.value for role in Role), "follower", "assignee", "system", "nobody"]


@cache
def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def starts(row: dict[str, str], state: TicketStatus | None) -> bool:
    source = row["from"]
    if state is None:
        return source == "-"
    if source == ANY_OPEN:
        return state in OPEN
    if source == CLOSED_ANY:
        return state.value.startswith("closed_")
    return source == state.value


def row_for(state: TicketStatus | None, verb: Verb) -> dict[str, str] | None:
    return next((row for row in rows() if row["verb"] == verb and starts(row, state)), None)


def data_of(verb: Verb, n: int = 0) -> dict[str, Any]:
    """What each verb brings."""
    match verb:
        case Verb.SUBMIT:
            return {
                "number": "LL-260302-0001-Z",
                "category": "NOI01",
                "urgency": "N",
                "tier": "小事",
                "privacy": "sealed",
                "summary": "楼上半夜练鼓",
                "location": {"label": "45栋"},
                "area": HERE,
                "grid": GRID,
                "reporter": REPORTER,
                "accept_due_at": START + timedelta(hours=4),
                "contact_due_at": START + timedelta(hours=4),
                "settle_due_at": (START + timedelta(days=7)).isoformat(),
            }
        case Verb.DISPATCH | Verb.RULE | Verb.TRANSFER | Verb.ESCALATE:
            return {"assignee": WORKER, "assignee_role": "PRM"}
        case Verb.FOLLOW:
            return {"closing": sorted(CLOSED)[n % len(CLOSED)]}
        case _:
            return {}


def do(ticket: Ticket, verb: Verb, at: datetime = START, role: str = "system", n: int = 0) -> None:
    ticket.record(verb, Deed(actor=OTHER, role=role, at=at, cause="test"), **data_of(verb, n))


@cache
def ways() -> dict[TicketStatus | None, tuple[Verb, ...]]:
    """The shortest way to every state, by the table alone."""
    found: dict[TicketStatus | None, tuple[Verb, ...]] = {None: ()}
    waiting: deque[TicketStatus | None] = deque([None])
    while waiting:
        state = waiting.popleft()
        for verb in MOVING:
            ticket = at_state(state, found)
            try:
                do(ticket, verb)
            except IllegalTransition:
                continue
            if ticket.status not in found:
                found[ticket.status] = (*found[state], verb)
                waiting.append(ticket.status)
    return found


def at_state(
    state: TicketStatus | None,
    known: dict[TicketStatus | None, tuple[Verb, ...]] | None = None,
    *,
    anonymous: bool = False,
) -> Ticket:
    ticket = Ticket(anonymous=anonymous)
    for verb in (known or ways())[state]:
        do(ticket, verb)
    ticket.new_entries.clear()
    return ticket


def somebody(who: str, ticket: Ticket) -> tuple[Actor, set[str], list[PersonId]]:
    """An actor, every capacity they may act in, and the followers of the ticket."""
    filed = ticket.status not in (None, TicketStatus.DRAFT)
    raised = set() if filed else {"ANO" if ticket.anonymous else "RES"}
    match who:
        case "system":
            return SYSTEM, {"system"}, []
        case "follower":
            return Actor(person_id=FOLLOWER), {"follower"} | raised, [FOLLOWER]
        case "assignee":
            grants = frozenset({RoleGrant(role=Role.PRM, area=ELSEWHERE)})
            mine = {"assignee"} if ticket.assignee == WORKER else set()
            return Actor(person_id=WORKER, grants=grants), mine | raised, []
        case "RES" | "ANO":
            return Actor(person_id=REPORTER), {who} if filed else raised, []
        case "nobody":
            return Actor(person_id=OTHER), raised, []
    grants = frozenset({RoleGrant(role=Role(who), area="RT/LJ")})
    return Actor(person_id=OTHER, grants=grants), {who} | raised, []


def target(row: dict[str, str], ticket: Ticket) -> TicketStatus | None:
    match row["to"]:
        case "(same)":
            return ticket.status
        case "(where it came from)":
            return ticket.came_from
        case "(the master's closing state)":
            return min(CLOSED)
    return TicketStatus(row["to"])


def test_every_state_can_be_reached() -> None:
    assert set(ways()) == {None, *TicketStatus}


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_the_table_allows_works_and_nothing_else_does(who: str) -> None:
    wrong = []
    for state in ways():
        for verb in MOVING:
            ticket = at_state(state, anonymous=who == "ANO")
            before = replace(ticket, new_entries=[])
            actor, capacities, followers = somebody(who, ticket)
            row = row_for(state, verb)
            allowed = row is not None and bool(capacities & set(row["who"].split()))
            held = capacity(actor, verb, ticket, followers)
            if held is not None:
                wanted = target(row, ticket) if row else None
                do(ticket, verb, role=held)
                if not allowed or ticket.status is not wanted or held not in capacities:
                    wrong.append((state, verb, held, ticket.status))
            elif allowed or ticket != before:
                wrong.append((state, verb, None, ticket.status))

    assert wrong == []


def test_a_verb_the_table_lacks_is_refused_even_to_the_system_and_changes_nothing() -> None:
    for state in ways():
        for verb in MOVING:
            if row_for(state, verb):
                continue
            ticket = at_state(state)
            before = replace(ticket, new_entries=[])
            with pytest.raises(IllegalTransition):
                do(ticket, verb)
            assert ticket == before, (state, verb)


@pytest.mark.parametrize("verb", sorted(IN_PLACE))
def test_what_moves_nothing_is_for_open_tickets_only(verb: Verb) -> None:
    for state in ways():
        ticket = at_state(state)
        if state in OPEN or (verb in AFTERWARDS and ticket.is_settled):
            do(ticket, verb)
            assert ticket.status is state
        else:
            with pytest.raises(IllegalTransition):
                do(ticket, verb)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_somewhere_else_gives_no_power_here(role: Role) -> None:
    ticket = at_state(TicketStatus.RETURNED)
    stranger = Actor(person_id=OTHER, grants=frozenset({RoleGrant(role=role, area="RT/LJ/XT")}))

    assert not may_see(stranger, ticket)
    assert all(capacity(stranger, verb, ticket) is None for verb in MOVING)


@pytest.mark.parametrize("role", [Role.RES, Role.ANO])
def test_being_a_resident_gives_no_power_over_a_neighbours_ticket(role: Role) -> None:
    neighbour = Actor(person_id=OTHER, grants=frozenset({RoleGrant(role=role, area="RT/LJ")}))
    for state in TicketStatus:
        if state is TicketStatus.DRAFT:
            continue
        ticket = at_state(state)
        assert not may_see(neighbour, ticket)
        assert all(capacity(neighbour, verb, ticket) is None for verb in MOVING)


def test_an_assignee_without_any_role_left_can_do_nothing() -> None:
    ticket = at_state(TicketStatus.ACCEPTED)

    assert not may_see(Actor(person_id=WORKER), ticket)
    assert all(capacity(Actor(person_id=WORKER), verb, ticket) is None for verb in Verb
               if verb is not Verb.JOIN)  # fmt: skip


STEPS = st.lists(
    st.tuples(st.sampled_from(list(Verb)), st.integers(0, 5), st.timedeltas(timedelta(0),
              timedelta(days=9))),
    max_size=40,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_a_ticket_is_what_its_entries_say(steps: list[tuple[Verb, int, timedelta]]) -> None:
    ticket, at = Ticket(), START
    do(ticket, Verb.BEGIN)
    do(ticket, Verb.SUBMIT)
    do(ticket, Verb.DISPATCH)
    for verb, n, pause in steps:
        at += pause
        if ticket.allows(verb):
            do(ticket, verb, at=at, n=n)

    stored = [_kept(entry) for entry in ticket.new_entries]

    assert Ticket.fold(ticket.new_entries) == replace(ticket, new_entries=[])
    assert Ticket.fold(stored) == replace(ticket, new_entries=[])
    assert [entry.seq for entry in stored] == list(range(1, len(stored) + 1))


def _kept(entry: TimelineEntry) -> TimelineEntry:
    """The entry after a journey through JSON."""
    return replace(entry, data=json.loads(json.dumps(plain(entry.data))))


@given(st.timedeltas(timedelta(0), timedelta(days=7)))
def test_a_pause_moves_the_promised_dates_by_exactly_its_length(pause: timedelta) -> None:
    ticket = at_state(TicketStatus.ACCEPTED)
    due = ticket.settle_due_at
    do(ticket, Verb.ASK, at=START)

    do(ticket, Verb.ANSWER, at=START + pause)

    assert due is not None
    assert ticket.settle_due_at == due + pause
