"""A re-encoded photo as the record of it that its sender has."""

from dataclasses import asdict

from actions.application.web_records import Account, Picture
from actions.domain.identifiers import AttachmentId
from bot.media import Kept


def picture_of(kept: Kept, account: Account) -> Picture:
    facts = asdict(kept)
    return Picture(id=AttachmentId(facts.pop("id")), person_id=account.person_id, **facts)
