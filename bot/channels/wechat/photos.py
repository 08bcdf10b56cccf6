"""`PhotoFetching`: pictures that users sent, from the platform's own API, within bounds."""

import asyncio
import json
import tempfile
from pathlib import Path
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout

from actions.application.ports_web import Pictures
from actions.application.web_records import Account
from bot.channels.wechat.asking import ApiRefused, ApiUnanswered, ApiUnsent, read_all
from bot.channels.wechat.incoming import Photo
from bot.channels.wechat.remedies import Remedy, remedy
from bot.channels.wechat.tokens import Tokens
from bot.gateway.reader import TryLater
from bot.media import MOST_BYTES, UnusablePicture, Workshop
from bot.pictures import picture_of

#: Seconds a download may take, and seconds it may bring nothing.
TIMEOUT: Final = ClientTimeout(total=20, connect=5, sock_read=10)
_PIECE: Final = 256 * 1024


class PhotoFetching:
    """Only the API's own host is asked; the address that stands in a message is not."""

    def __init__(
        self,
        http: ClientSession,
        base: str,
        tokens: Tokens,
        workshop: Workshop,
        pictures: Pictures,
        *,
        a_day: int,
    ) -> None:
        self._http = http
        self._base = base.rstrip("/")
        self._tokens = tokens
        self._workshop = workshop
        self._pictures = pictures
        self._a_day = a_day

    async def fetch(self, photo: Photo, account: Account, *, is_last_try: bool) -> str | None:
        """The id of the picture that is ours now; None when it will never come.

        Raises:
            TryLater: it cannot be fetched now.
        """
        if await self._pictures.count_today(account.person_id) >= self._a_day:
            return None
        with tempfile.TemporaryDirectory(prefix="linli-wechat-") as folder:
            place = Path(folder) / "photo"
            try:
                await self._download(photo.media_id, place)
                kept = await self._workshop.keep(place)
            except UnusablePicture:
                return None
            except TryLater:
                if is_last_try:
                    return None
                raise
        picture = picture_of(kept, account)
        await self._pictures.add(picture, account.area)
        return picture.id

    async def _download(self, media_id: str, place: Path) -> None:
        """Raises TryLater, or UnusablePicture when there is none."""
        try:
            token = await self._tokens.current()
            code = await self._copy(token, media_id, place)
            if code and remedy(code) is Remedy.RENEW:
                code = await self._copy(await self._tokens.after(token), media_id, place)
        except (ClientError, TimeoutError, ValueError, ApiRefused, ApiUnsent, ApiUnanswered):
            # The address holds the token, and these errors may hold the address.
            raise TryLater("the platform is away") from None
        if code and remedy(code) is not Remedy.PLAINER:
            raise TryLater(f"errcode {code}")
        if code:
            raise UnusablePicture

    async def _copy(self, token: str, media_id: str, place: Path) -> int:
        """The errcode; 0 when the bytes are there."""
        query = {"access_token": token, "media_id": media_id}
        async with self._http.get(
            f"{self._base}/cgi-bin/media/get", params=query, timeout=TIMEOUT, allow_redirects=False
        ) as answer:
            if answer.content_type in ("application/json", "text/plain"):
                found = json.loads(await read_all(answer))
                return int(found.get("errcode") or -1)
            answer.raise_for_status()
            size = 0
            with place.open("wb") as file:
                async for piece in answer.content.iter_chunked(_PIECE):
                    size += len(piece)
                    if size > MOST_BYTES:
                        raise UnusablePicture
                    await asyncio.to_thread(file.write, piece)
        return 0
