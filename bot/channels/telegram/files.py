"""Photos out of Telegram: fetched from the API's own host, within bounds, and re-encoded."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from actions.application.ports_web import Pictures
from actions.application.web_records import Account
from actions.domain.identifiers import AttachmentId
from bot.channels.telegram.incoming import Photo
from bot.gateway.reader import TryLater
from bot.media import MOST_BYTES, UnusablePicture, Workshop
from bot.pictures import picture_of

#: Seconds a download may take, and seconds it may bring nothing.
TIMEOUT: Final = ClientTimeout(total=20, connect=5, sock_read=10)
_PIECE: Final = 256 * 1024
#: Answers after which asking again is of no use.
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE, HTTPStatus.FORBIDDEN})


class Lost(Exception):
    """It will never come; `what` is the reason as `SayUnread` knows it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """Pictures that are ours now, and what became of the others."""

    ids: tuple[AttachmentId, ...]
    lost: tuple[str, ...]


class PhotoFetching:
    def __init__(
        self,
        bot: Bot,
        http: ClientSession,
        workshop: Workshop,
        pictures: Pictures,
        *,
        files_base: str,
        a_day: int,
    ) -> None:
        """`files_base` is where the token's files lie; nothing else is ever asked for."""
        self._bot = bot
        self._http = http
        self._workshop = workshop
        self._pictures = pictures
        self._files_base = files_base
        self._a_day = a_day

    async def fetch(
        self, photos: Sequence[Photo], account: Account, *, is_last_try: bool = False
    ) -> Fetched:
        """All of them or, while one may still come, none.

        Raises:
            TryLater: the platform is away; on the last try that photo counts as lost.
        """
        room = max(0, self._a_day - await self._pictures.count_today(account.person_id))
        async with _folder() as folder:
            places = [folder / str(number) for number, _ in enumerate(photos[:room])]
            outcomes = await asyncio.gather(
                *(self._try(*each) for each in zip(photos, places, strict=False))
            )
            if any(isinstance(each, TryLater) for each in outcomes) and not is_last_try:
                raise TryLater
            kept = [await self._keep(each, account) for each in outcomes]
        lost = [each.what for each in kept if isinstance(each, Lost)]
        lost += ["photo_limit"] * (len(photos) > room)
        ids = (each for each in kept if not isinstance(each, Lost))
        return Fetched(ids=tuple(ids), lost=tuple(dict.fromkeys(lost)))

    async def _try(self, photo: Photo, place: Path) -> Path | Lost | TryLater:
        try:
            await self._download(photo, place)
        except (Lost, TryLater) as error:
            return error
        return place

    async def _download(self, photo: Photo, place: Path) -> None:
        if photo.size > MOST_BYTES:
            raise Lost("photo_too_big")
        url = await self._address_of(photo)
        try:
            async with self._http.get(url, allow_redirects=False, timeout=TIMEOUT) as answer:
                if answer.status in _GONE:
                    raise Lost("photo")
                if answer.status != HTTPStatus.OK:
                    raise TryLater
                await self._copy(answer.content.iter_chunked(_PIECE), place)
        except (ClientError, TimeoutError, OSError):
            # The address holds the token, and these errors may hold the address.
            raise TryLater from None

    async def _address_of(self, photo: Photo) -> str:
        try:
            file = await self._bot.get_file(photo.file_id)
        except BadRequest as error:
            is_too_big = "too big" in error.message.lower()
            raise Lost("photo_too_big" if is_too_big else "photo") from None
        except TelegramError:
            raise TryLater from None
        path = file.file_path or ""
        inside = path.removeprefix(f"{self._files_base}/")
        if inside == path or inside.startswith("/") or ".." in inside or "://" in inside:
            raise Lost("photo")
        return path

    async def _copy(self, pieces: AsyncIterator[bytes], place: Path) -> None:
        size = 0
        with place.open("wb") as file:
            async for piece in pieces:
                size += len(piece)
                if size > MOST_BYTES:
                    raise Lost("photo_too_big")
                file.write(piece)

    async def _keep(self, outcome: Path | Lost | TryLater, account: Account) -> AttachmentId | Lost:
        if isinstance(outcome, Lost):
            return outcome
        if isinstance(outcome, TryLater):
            return Lost("photo")
        try:
            kept = await self._workshop.keep(outcome)
        except UnusablePicture:
            return Lost("file")
        picture = picture_of(kept, account)
        await self._pictures.add(picture, account.area)
        return picture.id


@asynccontextmanager
async def _folder() -> AsyncIterator[Path]:
    folder = await asyncio.to_thread(tempfile.TemporaryDirectory, prefix="linli-telegram-")
    try:
        yield Path(folder.name)
    finally:
        await asyncio.to_thread(folder.cleanup)
