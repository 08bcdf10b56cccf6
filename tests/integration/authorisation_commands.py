"""Every command behind a button, tried by everybody on everything, in transactions that keep nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Final

from actions.application.commands.base import Pressable
from actions.application.pressable import _leaves
from actions.application.routes import build_routes
from actions.application.turn import Turn
from actions.application.unit_of_work import UnitOfWork
from actions.domain.errors import CommunityError
from actions.domain.people import Role
from tests.builders import Someone
from tests.integration.authorisation_town import AREA, HOLDER, OBJECTS, Thing, Town

THROUGH: Final = "through"
#: What is about nobody and nothing but oneself.
OPEN: Final = "open"

ROUTES: Final = build_routes()
DAY: Final = "2026-03-05"
#: A filled-in form for each command that needs more than what it is about.
FILLED: Final[Mapping[str, Mapping[str, Any]]] = {
    "AlertDuty": {"consent": True},
    "AllowLearning": {"allow": True},
    "AnswerCaptain": {"asked": 1, "seen": True},
    "AnswerDanger": {"danger": False},
    "AnswerHelped": {"entry": "water_bill"},
    "AnswerRecheck": {"answer": "good", "asked": 1},
    "AnswerSuggestion": {"outcome": "taken"},
    "ApproveProposal": {"seq": 7},
    "AskToExtend": {"on": DAY, "reason": "funds"},
    "AskToHold": {"on": DAY, "reason": "funds"},
    "ChooseCategory": {"leaf": "SAN02"},
    "ChoosePlace": {"place": "BL-44"},
    "ChoosePraised": {"who": "-"},
    "CloseCallback": {"outcome": "reached"},
    "ConfirmSeat": {"is_known": True},
    "ConnectHere": {"code_hash": "0" * 64},
    "CorrectCategory": {"leaf": "SAN02"},
    "CorrectPlace": {"place": "BL-44"},
    "DeclineTicket": {"door": "-", "reason": "others_duty"},
    "DeliberateTicket": {"plain": True},
    "Disconnect": {"code_hash": "0" * 64},
    "HandOutTicket": {"body": "市城管局", "receipt": "none"},
    "LetFollow": {"is_known": True},
    "LowerTier": {"reason": "tier_few"},
    "RaiseTier": {"reason": "tier_many"},
    "RateTicket": {"verdict": "satisfied"},
    "RecordPromise": {"days": 7},
    "RefuseProposal": {"seq": 7, "reason": "carry_on"},
    "RescheduleTicket": {"on": DAY, "reason": "weather"},
    "ReturnTicket": {"reason": "not_my_area"},
    "RuleItStays": {"reason": "your_area"},
    "SayAgreed": {"agreed": "yes"},
    "ScheduleTicket": {"on": DAY},
    "ShareNote": {"seq": 1, "share": True},
    "ShowAnswer": {"entry": "water_bill"},
    "StepAside": {"confirmed": True},
    "SwitchLocale": {"locale": "en"},
    "TakeBack": {"reason": "not_taken"},
    "TakeSeat": {"role": Role.GWF.value, "area": f"RT/LJ/{AREA}", "confirmed": True},
    "TellSafety": {"where": "out"},
    "UnmergeTicket": {"reason": "another_matter"},
    "WithdrawTicket": {"confirmed": True},
}
#: Which field says what a command is about, the first that a command has.
ABOUT: Final = (
    "ticket_id", "draft_id", "callback_id", "round_id", "inbox_id", "invitation_id", "person_id",
    "of",
)  # fmt: skip


def kinds() -> list[type[Pressable]]:
    """Every command that can stand behind a button."""
    return sorted(
        (kind for kind in set(_leaves(Pressable)) if kind in ROUTES.commands),
        key=lambda kind: kind.__name__,
    )


def is_about(kind: type[Pressable]) -> str:
    """The field that names the object; empty for what is about oneself."""
    names = {each.name for each in fields(kind)}
    return next((name for name in ABOUT if name in names), "")


def made(kind: type[Pressable], thing: Thing, colleague: int) -> Pressable:
    values: dict[str, Any] = {
        "ticket_id": thing.ticket,
        "draft_id": thing.draft,
        "callback_id": thing.callback,
        "inbox_id": thing.inbox,
        "person_id": thing.person,
        "of": thing.person,
        "round_id": thing.ticket,
        "invitation_id": thing.ticket,
        "seq": 1,
        "to": colleague,
        "into": thing.ticket,
    }
    known = {each.name for each in fields(kind)}
    given = {name: value for name, value in values.items() if name in known}
    return kind(**{**given, **FILLED.get(kind.__name__, {})})


class Trial:
    """What comes of each command, for everybody and everything: by command and object."""

    def __init__(self, town: Town, cast: Mapping[str, Someone], own: Mapping[str, Thing]) -> None:
        self._town = town
        self._cast = cast
        self._own = own
        self.outcomes: dict[tuple[str, str, str], str] = {}

    async def run(self, subjects: Iterable[str]) -> None:
        for who in subjects:
            someone = self._cast[who]
            actor = await self._town.world._actor(someone.id)
            turn = Turn(cause="trial", actor=actor, conversation_id=someone.conversation_id)
            for what in (OPEN, *OBJECTS):
                thing = self._own[who] if what in (OPEN, "own") else self._town.things[what]
                await self._tries(who, what, thing, turn)

    async def _tries(self, who: str, what: str, thing: Thing, turn: Turn) -> None:
        """A new transaction after each that got through: what it did must not help the next."""
        left = [kind for kind in kinds() if bool(is_about(kind)) is (what != OPEN)]
        while left:
            async with self._town.world.open_uow(turn) as uow:
                while left:
                    kind = left.pop()
                    command = made(kind, thing, self._cast[HOLDER].id)
                    outcome = await self._comes_of(command, uow)
                    self.outcomes[kind.__name__, what, who] = outcome
                    if outcome == THROUGH:
                        break

    async def _comes_of(self, command: Pressable, uow: UnitOfWork) -> str:
        try:
            await ROUTES.command(command)(command, uow)
        except CommunityError as error:
            return f"{type(error).__name__} {error.key}"
        return THROUGH

    def through(self) -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (command, what, who), outcome in self.outcomes.items():
            if outcome == THROUGH:
                found[command, what].add(who)
        return found
