"""`WeChatChannel`: carries a message by the first way that is open: reply, customer service."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from actions.application.delivering import BEGUN, Due, Progress, Shown
from actions.application.ports import Clock
from actions.application.ports_channels import Address, AddressBook
from actions.application.ports_wechat import WeChatChoices, WeChatLedger
from actions.domain.identifiers import PersonId
from bot.channels.wechat.api import Api
from bot.channels.wechat.asking import ApiRefused, ApiUnanswered, ApiUnsent
from bot.channels.wechat.passive import Passive
from bot.channels.wechat.remedies import Remedy
from bot.channels.wechat.taking import CHANNEL
from bot.channels.wechat.wording import parts_of
from bot.ports import Texts
from bot.ports_delivery import Elsewhere, Gone, InDoubt, Later, SendOutcome, Sent, Waits

log = logging.getLogger(__name__)

CUSTOM: Final = "message/custom/send"
#: How long the API is left alone; replies within a callback go out all the while.
_CLOSED: Final[Mapping[Remedy, timedelta]] = {
    Remedy.RENEW: timedelta(minutes=1),
    Remedy.NEXT_MINUTE: timedelta(minutes=1),
    Remedy.TOMORROW: timedelta(hours=1),
    Remedy.ACCOUNT: timedelta(minutes=10),
}


class WeChatChannel:
    """Fits `Channel`."""

    name = CHANNEL
    concurrency = 24
    in_order = True
    keeps_record = True

    def __init__(
        self,
        api: Api,
        passive: Passive,
        ledger: WeChatLedger,
        choices: WeChatChoices,
        addresses: AddressBook,
        *,
        progress: Progress,
        texts: Texts,
        clock: Clock,
    ) -> None:
        self._api = api
        self._passive = passive
        self._ledger = ledger
        self._choices = choices
        self._addresses = addresses
        self._progress = progress
        self._texts = texts
        self._clock = clock
        self._closed_until: datetime | None = None

    async def send(self, due: Due, shown: Shown) -> SendOutcome:
        """Part by part; what was taken is remembered, so that a later try goes on behind it."""
        address = await self._addresses.reach(PersonId(due.person_id), CHANNEL)
        if address is None:
            return Elsewhere(reason="the person has no chat here")
        parts, taken = _begun(due, address) or (await self._parts(due, shown, address), 0)
        for index, part in enumerate(parts[taken:], taken):
            outcome = await self._carry(address.external_id, part)
            is_lost = isinstance(outcome, InDoubt) and not due.bears_repeating
            if not isinstance(outcome, Sent) and not is_lost:
                return await self._ended(outcome, address)
            kept = {"chat": address.external_id, "taken": index + 1, "parts": parts}
            if index + 1 < len(parts) and not await self._progress.keep_progress(due, kept):
                return Later(reason="somebody else sends it")
        return Sent()

    async def _parts(self, due: Due, shown: Shown, address: Address) -> list[str]:
        count = len(shown.content.get("buttons") or ())
        first = 1
        if count:
            now = self._clock.now()
            first = await self._choices.offer(address.external_id, due.id, count, now)
        return parts_of(shown, first, self._texts, due.locale)

    async def _carry(self, openid: str, words: str) -> SendOutcome:
        if await self._passive.say(openid, words):
            return Sent()
        now = self._clock.now()
        if self._closed_until is not None and now < self._closed_until:
            return Later(reason="the API is left alone", after=self._closed_until - now)
        if not await self._ledger.take(openid, now):
            return Waits(reason="the platform lets us write no more until they do")
        return await self._by_service(openid, words)

    async def _by_service(self, openid: str, words: str) -> SendOutcome:
        body = {"touser": openid, "msgtype": "text", "text": {"content": words}}
        try:
            await self._api.post(CUSTOM, body)
        except ApiUnsent as error:
            await self._ledger.give_back(openid, self._clock.now())
            return Later(reason=str(error))
        except ApiUnanswered as error:
            return InDoubt(reason=str(error))
        except ApiRefused as error:
            return await self._refused(error, openid)
        return Sent()

    async def _refused(self, error: ApiRefused, openid: str) -> SendOutcome:
        reason = str(error)
        if error.remedy is Remedy.ANOTHER_WAY:
            await self._ledger.shut(openid)
            return Waits(reason=reason)
        await self._ledger.give_back(openid, self._clock.now())
        if error.remedy is Remedy.LEFT:
            return Elsewhere(reason=reason)
        if error.remedy is Remedy.PLAINER:
            return Gone(reason=reason)
        if error.remedy in _CLOSED:
            self._closed_until = self._clock.now() + _CLOSED[error.remedy]
        if error.remedy in (Remedy.ACCOUNT, Remedy.UNKNOWN):
            log.error("refused: %s", reason, extra={"action": "wechat_refused"})
        return Later(reason=reason, after=_CLOSED.get(error.remedy))

    async def _ended(self, outcome: SendOutcome, address: Address) -> SendOutcome:
        if isinstance(outcome, Elsewhere):
            await self._addresses.mark(address, "blocked")
        return outcome


def _begun(due: Due, address: Address) -> tuple[list[str], int] | None:
    """What an earlier try left of it, for the same user."""
    kept = due.content.get(BEGUN)
    if not kept or kept["chat"] != address.external_id:
        return None
    return [str(each) for each in kept["parts"]], int(kept["taken"])
