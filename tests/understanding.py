"""A stand-in for Rasa: it understands what a test taught it, and nothing else.

It is another `Conversation`, not a patched one: the command goes through the real bus with the
same turn ticket a real action gets.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from actions.application.commands import telling
from actions.application.commands.telling import Heard, ReadAgain
from actions.application.message_bus import MessageBus
from actions.application.turn import SECOND_READING, Turn
from actions.application.turn_ticket import TurnTicket
from actions.domain.identifiers import InboxId, PersonId, TicketId
from actions.domain.people import Actor
from actions.domain.understood import Entity, Matter, Understood
from bot.ports import UnderstandingAway

COMMANDS: dict[str, type[Heard]] = {
    "report": telling.TellMatter,
    "request": telling.TellMatter,
    "suggest": telling.TellMatter,
    "praise": telling.TellMatter,
    "complain_staff": telling.TellMatter,
    "inform": telling.AddDetail,
    "supplement": telling.AddDetail,
    "affirm": telling.Affirm,
    "deny": telling.Deny,
    "status": telling.AskStatus,
    "urge": telling.Urge,
    "withdraw": telling.Withdraw,
    "rate": telling.Rate,
    "reopen": telling.Reopen,
    "human": telling.CallPerson,
    "faq": telling.AskQuestion,
}


@dataclass(frozen=True)
class Taught:
    intent: str
    leaves: tuple[tuple[str, float], ...] = ()
    matters: tuple[tuple[str, str], ...] = ()  #: (text of the part, leaf)
    location: str = ""


@dataclass
class TaughtUnderstanding:
    """`is_away` makes it as silent as a stopped Rasa."""

    bus: MessageBus
    actor_of: Callable[[PersonId], Awaitable[Actor]]
    lessons: dict[str, Taught] = field(default_factory=dict)
    is_away: bool = False
    heard: list[str] = field(default_factory=list)

    def teach(
        self,
        text: str,
        intent: str,
        *leaves: str,
        matters: tuple[tuple[str, str], ...] = (),
        location: str = "",
    ) -> None:
        shares = tuple((leaf, 0.9 / (rank + 1)) for rank, leaf in enumerate(leaves))
        self.lessons[text] = Taught(intent, shares, matters, location)

    async def is_ready(self) -> bool:
        return not self.is_away

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        if self.is_away:
            raise UnderstandingAway
        self.heard.append(text)
        taught = self.lessons.get(text, Taught("other"))
        if ticket.filed_as is not None:
            await self._read_again(ticket.filed_as, ticket.inbox_id, _parse(text, taught))
            return
        command = COMMANDS.get(taught.intent, telling.Chat)
        turn = Turn(
            cause=f"inbox:{ticket.inbox_id}",
            actor=await self.actor_of(ticket.person_id),
            conversation_id=ticket.conversation_id,
            inbox_id=ticket.inbox_id,
            lease_token=ticket.lease_token,
            locale=ticket.locale,
        )
        await self.bus.handle(command(understood=_parse(text, taught)), turn)

    async def _read_again(
        self, filed_as: TicketId, inbox_id: InboxId, understood: Understood
    ) -> None:
        command = ReadAgain(inbox_id=inbox_id, ticket_id=filed_as, understood=understood)
        turn = Turn(cause=f"inbox:{inbox_id}", step=SECOND_READING, finishes=False)
        await self.bus.handle(command, turn)


def _parse(text: str, taught: Taught) -> Understood:
    found = text.find(taught.location) if taught.location else -1
    place = Entity(
        kind="location", text=taught.location, start=found, end=found + len(taught.location)
    )
    return Understood(
        text=text,
        normalised=text,
        language="zh",
        intent=taught.intent,
        confidence=0.9,
        leaves=taught.leaves,
        matters=tuple(
            Matter(
                text=part,
                start=text.find(part),
                end=text.find(part) + len(part),
                leaves=((leaf, 0.9),),
            )
            for part, leaf in taught.matters
        ),
        entities=(place,) if found >= 0 else (),
        model={"version": "taught"},
    )
