"""Every row of lifecycle.csv has a door: somebody in that role is offered it where they look."""

import pytest

from actions.domain.ticket_status import TicketStatus, Verb
from tests.integration.lifecycle_doors import Doors, Row, rows

STATES = sorted({row.state for row in rows()})
#: Who speaks of an emergency is never hidden from those who come.
NEVER = {Row(TicketStatus.SUBMITTED, Verb.WITHDRAW, "ANO", "withdrawn")}


@pytest.mark.parametrize("state", STATES)
async def test_every_row_of_the_table_is_a_button_somebody_finds(
    doors: Doors, state: TicketStatus
) -> None:
    shut = {}
    for row in rows():
        if row.state is state and row.who != "system" and row not in NEVER:
            why = await _shut(doors, row)
            if why:
                shut[str(row)] = why

    assert shut == {}


async def _shut(doors: Doors, row: Row) -> str:
    """Why nobody comes through, or how it led elsewhere."""
    case = await doors.case_at(row.state, anonymous=row.who == "ANO")
    if row.who == "follower":
        await doors.follow(case)
    someone = doors.person(case, row.who)
    before = case.ticket
    try:
        await doors.through(case, row.verb, row.who)
    except AssertionError as error:
        return str(error)
    steps = (await doors.world.timeline(case.ticket))[before.version :]
    done = [step for step in steps if step.verb is row.verb]
    if not done:
        said = (await someone.heard())[-1]
        return f"nothing was done: {said.template} {said.text}"
    to = {"(same)": before.status, "(where it came from)": before.came_from}.get(row.to, row.to)
    led = (done[0].role, done[0].source, done[0].target, done[0].actor)
    return "" if led == (row.who, row.state, to, someone.id) else str(led)
