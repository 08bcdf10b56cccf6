"""`RasaConversation`: free text over Rasa's REST channel, with a deadline and a breaker."""

import asyncio
import logging
import time
import unicodedata
from http import HTTPStatus

from aiohttp import ClientError, ClientSession, ClientTimeout

from actions.application.turn_ticket import TurnTicket, seal
from actions.failpoints import failpoint
from bot.ports import UnderstandingAway

log = logging.getLogger(__name__)

#: Seconds one message may take to be understood and acted upon.
DEADLINE = 8.0
#: Seconds without asking again once Rasa did not answer.
BREAK = 2.0
#: Seconds a probe may take.
PROBE = 3.0
#: Rasa's answer is not used; more than this of it is not even read.
MAX_ANSWER = 256 * 1024

#: The slash, and what is one once a text is folded to one spelling.
_SLASHES = frozenset("/\uff0f\u2044\u2215\u29f8")
#: Controls, format characters (zero width, direction), what is unassigned, marks on nothing.
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me"})


class RasaConversation:
    """One instance per Rasa address; it keeps only the breaker's state."""

    def __init__(self, http: ClientSession, base_url: str, key: bytes) -> None:
        self._http = http
        self._base_url = base_url.rstrip("/")
        self._key = key
        self._away_until = 0.0
        self._resting_until = 0.0

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        if time.monotonic() < self._away_until:
            raise UnderstandingAway
        failpoint("rasa.called")
        try:
            await self._post(sender_key, guarded(text), ticket)
        except (ClientError, TimeoutError, OSError) as error:
            self._break(error)
            raise UnderstandingAway from error
        self._away_until = 0.0
        failpoint("rasa.answered")

    @property
    def is_resting(self) -> bool:
        return time.monotonic() < max(self._away_until, self._resting_until)

    def rest(self, seconds: float) -> None:
        """Be asked only when there is nobody else."""
        self._resting_until = time.monotonic() + seconds

    async def _post(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        body = {
            "sender": sender_key,
            "message": text,
            "metadata": {"turn": seal(ticket, self._key)},
        }
        async with self._http.post(
            f"{self._base_url}/webhooks/rest/webhook",
            json=body,
            timeout=ClientTimeout(total=DEADLINE, connect=1.0),
        ) as response:
            await response.content.read(MAX_ANSWER)
            if response.status != HTTPStatus.OK:
                raise ClientError(f"understanding answered {response.status}")

    def _break(self, error: Exception) -> None:
        if self._away_until == 0.0:
            log.warning(
                "understanding is away",
                extra={"action": "rasa_away", "error": type(error).__name__},
            )
        self._away_until = time.monotonic() + BREAK

    async def is_ready(self) -> bool:
        """Whether the REST channel answers; `/status` belongs to the API, which stays shut."""
        url = f"{self._base_url}/webhooks/rest/"
        try:
            async with asyncio.timeout(PROBE), self._http.get(url) as answer:
                return answer.status == HTTPStatus.OK
        except (ClientError, TimeoutError, OSError):
            return False


def guarded(text: str) -> str:
    """The text without what Rasa would take for an intent payload or a command.

    Rasa reads `/intent{"entity": …}` at the start of a text as an instruction (reliability 0.5);
    a resident's slash is only a slash.
    """
    start = 0
    while start < len(text) and _is_overlooked(text[start]):
        start += 1
    return text[start:] or "?"


def _is_overlooked(letter: str) -> bool:
    """A slash, or what stands before one unseen.

    Rasa cuts off everything Python takes for blank, which is far more than ASCII knows.
    """
    if letter in _SLASHES or letter.isspace():
        return True
    return unicodedata.category(letter) in _UNSEEN
