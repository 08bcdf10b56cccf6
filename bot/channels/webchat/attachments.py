"""Photos: taken in by the piece, cleaned, and shown to those who may see them."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import BadHttpMessage

from actions.application.web_records import Account
from actions.domain.errors import BadUpload, NotFound, TooMany
from actions.domain.identifiers import AttachmentId
from bot import keys
from bot.channels.webchat.convert import is_photo_id
from bot.channels.webchat.limiting import limit
from bot.edge.sent_file import SentFile
from bot.gateway.throttle import UPLOADS
from bot.media import MOST_BYTES, UnusablePicture, Workshop, files_of
from bot.pictures import picture_of
from bot.problem import Refusal

WORKSHOP = web.AppKey("workshop", Workshop)

#: Seconds a photo may take to arrive, over a poor line too.
PATIENCE: Final = 120.0
_PIECE: Final = 256 * 1024
_HEADERS: Final = {
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=86400",
}


async def post_attachment(request: web.Request, account: Account) -> web.StreamResponse:
    """POST /chat/api/attachments: one photo as multipart field `file`."""
    await limit(request, UPLOADS, account.person_id)
    pictures = request.config_dict[keys.PICTURES]
    if await pictures.count_today(account.person_id) >= request.config_dict[keys.WEB].photos_a_day:
        raise TooMany
    async with _received(request) as path:
        try:
            kept = await request.config_dict[WORKSHOP].keep(path)
        except UnusablePicture:
            raise BadUpload from None
    picture = picture_of(kept, account)
    await pictures.add(picture, account.area)
    answer = {"attachment_id": picture.id, "kind": "image"}
    return web.json_response(answer, status=201)


@asynccontextmanager
async def _received(request: web.Request) -> AsyncIterator[Path]:
    """The uploaded file in a folder of its own that goes away again."""
    folder = await asyncio.to_thread(tempfile.TemporaryDirectory, prefix="linli-upload-")
    try:
        path = Path(folder.name) / "upload"
        try:
            async with asyncio.timeout(PATIENCE):
                await _receive(request, path)
        except TimeoutError:
            raise Refusal(408) from None
        yield path
    finally:
        await asyncio.to_thread(folder.cleanup)


async def _receive(request: web.Request, path: Path) -> None:
    if request.content_type != "multipart/form-data":
        raise Refusal(415)
    if request.content_length is not None and request.content_length > MOST_BYTES + _PIECE:
        raise Refusal(413)
    try:
        part = await (await request.multipart()).next()
        if not isinstance(part, BodyPartReader) or part.name != "file":
            raise Refusal(400, fields=["file"])
        await _copy(part, path)
    except (ValueError, AssertionError, BadHttpMessage, web.PayloadAccessError) as error:
        raise Refusal(400) from error


async def _copy(part: BodyPartReader, path: Path) -> None:
    size = 0
    with path.open("wb") as file:
        while piece := await part.read_chunk(_PIECE):
            size += len(piece)
            if size > MOST_BYTES:
                raise Refusal(413)
            file.write(piece)
    if size == 0:
        raise BadUpload


async def get_attachment(request: web.Request, account: Account) -> web.StreamResponse:
    """GET /chat/api/attachments/{id}: what is not there and what is not yours look the same."""
    attachment_id = AttachmentId(request.match_info["id"])
    if not is_photo_id(attachment_id):
        raise NotFound
    picture = await request.config_dict[keys.PICTURES].find(attachment_id, account)
    if picture is None:
        raise NotFound
    full, small = files_of(request.config_dict[keys.WEB].media_dir, picture.id)
    is_small = request.query.get("size") == "thumb"
    path = small if is_small else full
    if not await asyncio.to_thread(path.is_file):
        raise NotFound
    headers = {"Content-Type": picture.media_type, **_HEADERS}
    return SentFile(path, headers=headers)
