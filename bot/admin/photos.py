"""GET /admin/photos/{id}: a photo, for those who may see it in the chat as well."""

import asyncio

from aiohttp import web

from actions.application.ports_console import Staff
from actions.application.web_records import Account
from actions.domain.errors import NotFound
from actions.domain.identifiers import AttachmentId
from bot import keys
from bot.edge.sent_file import SentFile
from bot.media import files_of


async def photo(request: web.Request, who: Staff) -> web.StreamResponse:
    attachment_id = AttachmentId(request.match_info["id"])
    picture = await request.config_dict[keys.PICTURES].find(attachment_id, _account(who))
    if picture is None:
        raise NotFound
    full, small = files_of(request.config_dict[keys.WEB].media_dir, picture.id)
    path = small if request.query.get("size") == "thumb" else full
    if not await asyncio.to_thread(path.is_file):
        raise NotFound
    return SentFile(
        path,
        headers={"Content-Type": picture.media_type, "Cache-Control": "private, max-age=600"},
    )


def _account(who: Staff) -> Account:
    """The same person as the photos know them."""
    return Account(
        person_id=who.person_id,
        participant_id=who.participant_id,
        display_name=who.display_name,
        locale=who.locale,
        area="",
        home="",
        conversation_id=who.conversation_id,
        session=who.session,
        has_consented=True,
        grants=who.grants,
    )
