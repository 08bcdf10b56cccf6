"""What those with a role may begin by themselves: a round, visits, typing in a letter."""

from actions.application.commands.intake import BeginRound, CountOrigins, TypeLetter
from actions.application.notification import Button
from actions.application.work_cards import press
from actions.domain.origin import areas_led
from actions.domain.people import Actor
from actions.domain.round import round_area


def of_workers(actor: Actor) -> tuple[Button, ...]:
    """Empty for residents."""
    rounds = (
        press("button_begin_round", BeginRound(), "chip"),
        press("button_begin_visits", BeginRound(kind="visit"), "chip"),
    )
    letter = (press("button_type_letter", TypeLetter(), "chip"),)
    counts = (press("button_origins", CountOrigins(), "chip"),)
    return (
        *(rounds if round_area(actor) is not None else ()),
        *(letter if actor.is_worker else ()),
        *(counts if areas_led(actor) else ()),
    )
