"""What those with a role may begin by themselves: their list, leave, a round, a letter."""

from actions.application.commands.intake import BeginRound, CountOrigins, TypeLetter
from actions.application.commands.seats import GoAway, ShowColleagues
from actions.application.commands.working import ShowTodo
from actions.application.notification import Button
from actions.application.work_cards import press
from actions.domain.origin import areas_led
from actions.domain.people import Actor
from actions.domain.round import round_area
from actions.domain.seating import may_give
from actions.domain.todo import looks_of


def todo_of(actor: Actor, style: str = "chip") -> tuple[Button, ...]:
    """The list of what waits, for those for whom anything can wait."""
    return (press("button_todo", ShowTodo(), style),) if looks_of(actor) else ()


def of_workers(actor: Actor) -> tuple[Button, ...]:
    """Empty for residents."""
    rounds = (
        press("button_begin_round", BeginRound(), "chip"),
        press("button_begin_visits", BeginRound(kind="visit"), "chip"),
    )
    letter = (press("button_type_letter", TypeLetter(), "chip"),)
    counts = (press("button_origins", CountOrigins(), "chip"),)
    leave = (press("button_away", GoAway(), "chip"),)
    leading = (press("button_colleagues", ShowColleagues(), "chip"),)
    return (
        *(leave if actor.is_worker else ()),
        *(leading if may_give(actor) else ()),
        *(rounds if round_area(actor) is not None else ()),
        *(letter if actor.is_worker else ()),
        *(counts if areas_led(actor) else ()),
    )
