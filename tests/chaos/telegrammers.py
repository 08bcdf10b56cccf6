"""People in a chat of Telegram, and what the platform's own record says they got.

The platform keeps what it accepted. Every line of a transcript has to stand there at least once; a
second time only where a gateway was ended between the sending and the noting of it, because the
platform takes no key by which it would know a repeat.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import text

from actions.adapters.database.engine import Database
from tests.chaos.ledger import Verdict
from tests.chaos.resident import ANOTHER, BUILDINGS, GREETINGS, SUBMIT
from tests.chaos.stand_in import LEAVES, matter
from tests.simulators.telegram import Accepted, Person, TelegramSimulator

#: Seconds within which a send is noted; ended in between, it may be sent again.
IN_DOUBT = 10.0
FIRST_ID = 5_000
#: Seconds between two things one person does: a chat may be sent one message a second.
PACE = (1.0, 2.4)

LINES = text("""
SELECT a.external_id AS chat, m.direction, m.text, m.id,
       (SELECT count(*) FROM messages r
        WHERE r.in_reply_to = m.inbox_id AND r.direction = 'out') AS answers
FROM messages m
JOIN conversations c ON c.id = m.conversation_id
JOIN channel_addresses a ON a.person_id = c.person_id AND a.channel = 'telegram'
ORDER BY m.conversation_id, m.seq""")


@dataclass
class Telegrammer:
    """Writes and presses; whatever was said counts as promised, for the platform repeats it."""

    person: Person
    random: Random
    said: list[str] = field(default_factory=list)
    presses: int = 0
    _count: int = 0

    async def live(self, stop: asyncio.Event) -> None:
        self.person.starts()
        while not stop.is_set():
            await asyncio.sleep(self.random.uniform(*PACE))
            self._act()

    def _act(self) -> None:
        dice = self.random.random()
        if dice < 0.35:
            self._say(f"{self.random.choice(GREETINGS)} {self.person.id} {self._next()}")
        elif dice < 0.6:
            leaf, building = self.random.choice(LEAVES), self.random.choice(BUILDINGS)
            self._say(matter(self.person.id * 1000 + self._next(), building, leaf))
        else:
            self._press()

    def _next(self) -> int:
        self._count += 1
        return self._count

    def _say(self, words: str) -> None:
        self.person.writes(words)
        self.said.append(words)

    def _press(self) -> None:
        for seen in reversed(self.person.seen()):
            for label in (SUBMIT, ANOTHER):
                if label in seen.labels:
                    self.person.presses(label, on=seen.message_id)
                    self.presses += 1
                    return


def telegrammers(simulator: TelegramSimulator, count: int, seed: str) -> list[Telegrammer]:
    return [
        Telegrammer(simulator.user(FIRST_ID + number), Random(f"{seed}/t{number}"))
        for number in range(count)
    ]


async def judge(
    url: str, people: Sequence[Telegrammer], accepted: Sequence[Accepted], blows: Sequence[float]
) -> Verdict:
    """`blows` are the moments a gateway was ended or stopped, on the platform's clock."""
    database = Database(url)
    try:
        async with database.read() as conn:
            rows = (await conn.execute(LINES)).all()
    finally:
        await database.close()
    verdict = Verdict()
    for one in people:
        chat = str(one.person.id)
        lines = [row for row in rows if row.chat == chat]
        told = Counter(row.text for row in lines if row.direction == "in")
        answers = {row.text: row.answers for row in lines if row.direction == "in"}
        for words in one.said:
            _judge_words(f"t{chat} {words!r}", told[words], answers.get(words, 0), verdict)
        shown = Counter(_bare(row.text) for row in lines if row.direction == "out")
        sent = [each for each in accepted if each.is_send and each.chat_id == one.person.id]
        _judge_sends(chat, shown, sent, blows, verdict)
    return verdict


def _judge_words(name: str, told: int, answers: int, verdict: Verdict) -> None:
    if told == 0:
        verdict.lost.append(f"{name} is not in the transcript")
    elif answers == 0:
        verdict.lost.append(f"{name} was not answered")
    if told > 1:
        verdict.doubled.append(f"{name} is there {told} times")


def _judge_sends(
    chat: str, shown: Counter[str], sent: Sequence[Accepted], blows: Sequence[float],
    verdict: Verdict,
) -> None:  # fmt: skip
    """accepted >= lines, and accepted <= lines + sends in doubt."""
    times: dict[str, list[float]] = {}
    for each in sent:
        times.setdefault(_line_of(_bare(each.text), shown), []).append(each.at)
    for words, count in shown.items():
        got = len(times.get(words, ()))
        if got < count:
            verdict.lost.append(f"t{chat} was sent {words!r} {got} times of {count}")
    for words, moments in times.items():
        doubtful = sum(any(at <= blow <= at + IN_DOUBT for blow in blows) for at in moments)
        extra = len(moments) - shown[words]
        if extra > doubtful:
            verdict.doubled.append(
                f"t{chat} was sent {words!r} {len(moments)} times, {shown[words]} were owed, "
                f"{doubtful} in doubt"
            )


def _line_of(words: str, shown: Counter[str]) -> str:
    """A card is sent as lines below the text the transcript has."""
    return max((line for line in shown if words.startswith(line)), key=len, default=words)


def _bare(words: str) -> str:
    """Without what a platform is told about the looks of it."""
    return "".join(words.replace("*", "").split())
