"""The Bot API calls that carry one part of a message."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions

from bot.channels.telegram.parts import Part
from bot.media import files_of

#: Whoever reads decides what to fetch, not the platform.
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
#: Seconds a call may take, and one with photos to upload. The library would give up after five,
#: and what it gives up on may have been taken: it would be sent twice.
PATIENCE = 12.0
WITH_PHOTOS = 24.0


async def read_photos(media_dir: Path, ids: Sequence[str]) -> list[bytes]:
    """Those that are still there."""
    return await asyncio.to_thread(_read, media_dir, ids)


def _read(media_dir: Path, ids: Sequence[str]) -> list[bytes]:
    paths = (files_of(media_dir, each)[0] for each in ids)
    return [path.read_bytes() for path in paths if path.is_file()]


async def call(
    bot: Bot,
    chat: str,
    part: Part,
    photos: Sequence[bytes],
    buttons: InlineKeyboardMarkup | None,
    *,
    silent: bool,
) -> None:
    """One part; several photos are an album. A silent one does not ring.

    Raises:
        TelegramError: it was not taken, or nobody knows.
    """
    words = part.words
    if not photos:
        await bot.send_message(
            chat,
            words.text,
            entities=words.entities,
            reply_markup=buttons,
            link_preview_options=_NO_PREVIEW,
            disable_notification=silent,
        )
    elif len(photos) == 1:
        await bot.send_photo(
            chat,
            photos[0],
            caption=words.text or None,
            caption_entities=words.entities,
            reply_markup=buttons,
            disable_notification=silent,
            read_timeout=WITH_PHOTOS,
        )
    else:
        await bot.send_media_group(
            chat,
            [InputMediaPhoto(each) for each in photos],
            caption=words.text or None,
            caption_entities=words.entities,
            disable_notification=silent,
            read_timeout=WITH_PHOTOS,
        )
