"""`TelegramChannel`: carries a message to somebody's private chat, part by part."""

import asyncio
import logging
import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest, TelegramError

from actions.application.delivering import BEGUN, Due, Progress, Shown
from actions.application.for_work import disturbs_leave
from actions.application.ports import Clock
from actions.application.ports_channels import Address, AddressBook
from actions.application.ports_web import Pictures
from actions.domain.identifiers import AttachmentId, PersonId
from bot.channels.telegram.calls import PATIENCE, WITH_PHOTOS, call, read_photos
from bot.channels.telegram.judging import Blocked, Moved, Verdict, is_about_entities, judge
from bot.channels.telegram.keyboard import keyboard
from bot.channels.telegram.limits import Limits
from bot.channels.telegram.parts import Part, parts_of
from bot.channels.telegram.wording import styled
from bot.gateway.buttons import Buttons
from bot.gateway.throttle import TokenBuckets
from bot.gateway.wording import words_of
from bot.ports import Texts
from bot.ports_delivery import Elsewhere, InDoubt, Later, SendOutcome, Sent

log = logging.getLogger(__name__)

CHANNEL = "telegram"
#: Seconds after which no further part is begun: with those a call may take they fit the lane's own.
BUDGET = 8.0
#: Addresses of one person that are tried at most.
_ADDRESSES = 5


class TelegramChannel:
    """Fits `Channel`."""

    name = CHANNEL
    concurrency = 24
    in_order = True
    keeps_record = True

    def __init__(
        self,
        bot: Bot,
        addresses: AddressBook,
        progress: Progress,
        pictures: Pictures,
        *,
        media_dir: Path,
        signer: Buttons,
        texts: Texts,
        clock: Clock,
        limits: Limits | None = None,
    ) -> None:
        # Read by python-telegram-bot at every error: waits as time spans, as they will be.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        self._bot = bot
        self._addresses = addresses
        self._progress = progress
        self._pictures = pictures
        self._media_dir = media_dir
        self._signer = signer
        self._texts = texts
        self._clock = clock
        self._limits = limits or Limits(TokenBuckets(time.monotonic))

    async def send(self, due: Due, shown: Shown) -> SendOutcome:
        """To the address that lives and was used last; one that turns out dead is marked so."""
        reason = "the person has no chat here"
        for _ in range(_ADDRESSES):
            chat = str(due.content.get("chat") or "")
            address = await self._addresses.reach(PersonId(due.person_id), CHANNEL, chat=chat)
            if address is None:
                break
            verdict = await self._send_to(address, due, shown)
            match verdict:
                case Moved(to=chat):
                    await self._addresses.move(address, chat)
                case Blocked(reason=reason):
                    await self._addresses.mark(address, "blocked")
                case _:
                    return verdict
        return Elsewhere(reason=reason)

    async def _send_to(self, address: Address, due: Due, shown: Shown) -> Verdict:
        """Part by part. What was taken is remembered, so that a later try goes on behind it."""
        chat = address.external_id
        parts, taken = _begun(due, chat) or (await self._parts(due, shown), 0)
        buttons = keyboard(shown.content.get("buttons") or (), due.id, self._signer)
        stop_at = time.monotonic() + BUDGET
        doubt: InDoubt | None = None
        for index, part in enumerate(parts[taken:], taken):
            if time.monotonic() > stop_at:
                return Later(reason="more parts follow")
            verdict = await self._carry(chat, part, buttons if part.has_buttons else None, due)
            match verdict:
                case Sent():
                    pass
                case InDoubt() if not due.bears_repeating:
                    doubt = verdict
                case _:
                    return verdict
            if index + 1 < len(parts) and not await self._keep(due, chat, parts, index + 1):
                return Later(reason="somebody else sends it")
        return doubt or Sent()

    async def _keep(self, due: Due, chat: str, parts: Sequence[Part], taken: int) -> bool:
        """With the words as they are: rendered again later they may be cut elsewhere."""
        kept = {"chat": chat, "taken": taken, "parts": [part.to_json() for part in parts]}
        return await self._progress.keep_progress(due, kept)

    async def _parts(self, due: Due, shown: Shown) -> list[Part]:
        photos = list(dict.fromkeys(shown.content.get("photos") or ()))
        card = shown.content.get("card") or {}
        drawn = [each for each in dict.fromkeys(card.get("photos") or ()) if each not in photos]
        is_own = bool(drawn) and await self._are_own(drawn, due)
        words = words_of(shown, len(drawn) if is_own else 0, self._texts, due.locale)
        return parts_of(
            styled(words),
            photos if is_own else [*photos, *drawn],
            has_buttons=bool(shown.content.get("buttons")),
        )

    async def _are_own(self, photos: Sequence[str], due: Due) -> bool:
        """Nobody needs to be sent back what they have just sent."""
        ids = [AttachmentId(each) for each in photos]
        return await self._pictures.own(ids, PersonId(due.person_id))

    async def _carry(
        self, chat: str, part: Part, buttons: InlineKeyboardMarkup | None, due: Due
    ) -> Verdict:
        """One part, plainer when the platform dislikes how it looks: the words always arrive."""
        photos = await read_photos(self._media_dir, part.photos)
        if lost := len(part.photos) - len(photos):
            part = self._noting(part, lost, due)
        silent = due.is_push and not due.urgent and self._is_on_leave(due)
        while True:
            await self._limits.wait(chat)
            try:
                async with asyncio.timeout(WITH_PHOTOS if photos else PATIENCE):
                    await call(self._bot, chat, part, photos, buttons, silent=silent)
            except TimeoutError:
                return InDoubt(reason="no answer in time")
            except TelegramError as error:
                verdict = judge(error)
                if is_about_entities(error) and part.words.bold:
                    part = part.plain()
                elif photos and isinstance(error, BadRequest) and not isinstance(verdict, Blocked):
                    part, photos = self._noting(part, len(photos), due), []
                else:
                    return self._meant(verdict, chat)
                log.warning("sent plainer", extra={"action": "telegram_plain", "outbox": due.id})
            else:
                self._limits.taken()
                return Sent()

    def _is_on_leave(self, due: Due) -> bool:
        return disturbs_leave(due.template, due.away_until, self._clock.now())

    def _noting(self, part: Part, lost: int, due: Due) -> Part:
        """The part with a word about photos that cannot be shown."""
        note = self._texts.render("telegram_photos_gone", {"count": lost}, due.locale)
        return part.with_note(styled(note).text)

    def _meant(self, verdict: Verdict, chat: str) -> Verdict:
        """A wait the platform asks for is the chat's own, unless it refuses others as well."""
        if isinstance(verdict, Later) and verdict.after is not None and not verdict.everybody:
            return replace(verdict, everybody=self._limits.refused(chat, verdict.after))
        return verdict


def _begun(due: Due, chat: str) -> tuple[list[Part], int] | None:
    """What an earlier try left of it, in the same chat."""
    kept = due.content.get(BEGUN)
    if not kept or kept["chat"] != chat:
        return None
    return [Part.from_json(each) for each in kept["parts"]], int(kept["taken"])
