"""What came before the matter was told: photos, a place, a wish for no name. Kept for a while."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from actions.application.awaited import expect, expect_nothing, still_waits
from actions.application.unit_of_work import UnitOfWork
from actions.domain.identifiers import AttachmentId
from actions.domain.place import Location
from actions.domain.placing import as_json

FIRST_WORDS = "first_words"
WAITS = timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Early:
    """What was given before any words."""

    photos: tuple[AttachmentId, ...] = ()
    place: Location | None = None
    anonymous: bool = False


async def keep_for_first_words(uow: UnitOfWork, **more: Any) -> None:
    """Beside what was kept before; `photos` are added to those."""
    kept = await _kept(uow)
    about = {key: kept[key] for key in ("photos", "location", "anonymous") if key in kept}
    if "photos" in more:
        more["photos"] = [*dict.fromkeys((*about.get("photos", ()), *more["photos"]))]
    if "location" in more:
        more["location"] = as_json(more["location"])
    await expect(uow, FIRST_WORDS, soft=True, waits=WAITS, **{**about, **more})


async def take_early(uow: UnitOfWork) -> Early:
    """What was kept, once."""
    kept = await _kept(uow)
    if not kept:
        return Early()
    await expect_nothing(uow)
    place = kept.get("location")
    return Early(
        photos=tuple(AttachmentId(photo) for photo in kept.get("photos", ())),
        place=Location(**place) if place else None,
        anonymous=bool(kept.get("anonymous")),
    )


async def _kept(uow: UnitOfWork) -> Mapping[str, Any]:
    if uow.turn.conversation_id is None:
        return {}
    awaiting = (await uow.conversations.get(uow.turn.conversation_id)).awaiting
    stands = still_waits(awaiting, uow.now, uow.turn.inbox_id)
    return awaiting or {} if stands and (awaiting or {}).get("for") == FIRST_WORDS else {}
