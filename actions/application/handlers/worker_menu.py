"""What those with a role come here to do, and may begin: their list, leave, a round, a letter."""

from collections.abc import Iterable
from typing import Any, Final

from actions.application import values
from actions.application.commands.intake import BeginRound, CountOrigins, TypeLetter
from actions.application.commands.knowing import ShowUnanswered
from actions.application.commands.seats import GoAway, ShowColleagues
from actions.application.commands.working import ShowTodo
from actions.application.notification import Button
from actions.application.work_cards import press
from actions.domain.origin import areas_led
from actions.domain.people import Actor, Role
from actions.domain.round import round_area
from actions.domain.seating import may_give
from actions.domain.todo import looks_of

#: To be a resident is no duty; full-time or part-time, a grid worker does the same.
_NO_DUTY: Final = frozenset({Role.RES, Role.ANO})
_SAME_AS: Final = {Role.GWP: Role.GWF}


def has_duties(roles: Iterable[str]) -> bool:
    return any(role not in _NO_DUTY for role in roles)


def duties_of(roles: Iterable[str]) -> dict[str, Any]:
    """What comes to each role and how it is done, once each; several are numbered."""
    codes = dict.fromkeys(
        _SAME_AS.get(Role(role), Role(role)) for role in roles if role not in _NO_DUTY
    )
    said = [values.text(f"duty_{code.value}") for code in codes]
    return said[0] if len(said) == 1 else values.numbered(*said)


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
    unanswered = (press("button_unanswered", ShowUnanswered(), "chip"),)
    leave = (press("button_away", GoAway(), "chip"),)
    leading = (press("button_colleagues", ShowColleagues(), "chip"),)
    return (
        *(leave if actor.is_worker else ()),
        *(leading if may_give(actor) else ()),
        *(rounds if round_area(actor) is not None else ()),
        *(letter if actor.is_worker else ()),
        *((*counts, *unanswered) if areas_led(actor) else ()),
    )
