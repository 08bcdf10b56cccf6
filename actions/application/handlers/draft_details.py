"""Photos and details for a draft, when they were asked for or just came."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.application.awaited import Given, Taker, expect_nothing
from actions.application.handlers.asking import go_on
from actions.application.handlers.filing import own_draft
from actions.application.handlers.placing import read_place
from actions.application.unit_of_work import UnitOfWork
from actions.domain.draft import Draft
from actions.domain.identifiers import AttachmentId
from actions.domain.wording import summary_of

#: Characters kept of one matter, however often something is added.
LONGEST_STORY = 20_000


async def take_draft_detail(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    await expect_nothing(uow)
    draft = await own_draft(awaiting["draft_id"], uow)
    await take_given(draft, given, uow)


async def take_given(draft: Draft, given: Given, uow: UnitOfWork) -> None:
    """Photos are added up to the limit, words to the text; the card comes back."""
    await add_photos(draft, given.photos, uow)
    if given.text:
        if not draft.location.is_said:
            await read_place(draft, given.text, None, uow)
        add_words(draft, given.text)
    await go_on(draft, uow)


async def add_photos(draft: Draft, photos: Sequence[AttachmentId], uow: UnitOfWork) -> None:
    """As many as there is room for; how many were left out is said."""
    most = uow.community.policy.max_photos
    room = max(most - len(draft.photos), 0)
    draft.photos = (*draft.photos, *photos[:room])
    if len(photos) > room:
        await uow.reply("photos_left_out", params={"max": most, "more": len(photos) - room})


def add_words(draft: Draft, text: str) -> None:
    """What was said last is never what is left out."""
    draft.text = f"{draft.text}\n{text.strip()}"[-LONGEST_STORY:]
    draft.summary = summary_of(draft.text)


AWAITED: dict[str, Taker] = {"draft_detail": take_draft_detail}
