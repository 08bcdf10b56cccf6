"""From the words of a resident to an example, and back again when they change their mind."""

import pytest
from sqlalchemy import select

from actions.adapters.database.review import SqlReview
from actions.adapters.database.schema.records import audit
from actions.application.commands.drafting import ChooseCategory
from actions.application.commands.learning import AllowLearning
from actions.application.reviewing import ReviewRefused
from tests.builders import Someone, World
from tests.talk import say

SAID = "45栋那根扶手又晃了"


@pytest.fixture
async def resident(world: World) -> Someone:
    """Somebody whose words may be kept, and who has just put a card right."""
    someone = await world.resident("何姨", home="BL-45")
    await someone.does(AllowLearning(allow=True))
    await say(someone, SAID, "PUB04")
    async with world.reading() as uow:
        (draft,) = await uow.drafts.open_of(someone.conversation_id)
    await someone.does(ChooseCategory(draft_id=int(draft.id or 0), leaf="BLD01"))
    return someone


@pytest.fixture
def review(world: World, resident: Someone) -> SqlReview:
    return SqlReview(world.database, world.clock, world.community)


async def test_what_is_accepted_is_learned_from_and_every_step_is_on_record(
    world: World, review: SqlReview
) -> None:
    (waiting,) = await review.list("open", by="小梁", limit=10)
    assert (waiting.words, waiting.thought, waiting.corrected) == (SAID, "PUB04", "BLD01")

    await review.edit(waiting.id, "45栋扶手又晃了", by="小梁")
    await review.accept(waiting.id, "report/BLD01", by="小梁")

    (example,) = await review.accepted(by="training")
    assert (example.words, example.label, example.danger) == ("45栋扶手又晃了", "report/BLD01", "")
    shown = await review.show(waiting.id, by="阿梅")
    assert (shown.state, shown.reviewed_by, shown.reviewed_at) == (
        "accepted", "小梁", world.clock.now(),
    )  # fmt: skip
    assert await review.counts() == [("accepted", "category", 1)]
    async with world.database.read() as conn:
        noted = (await conn.execute(select(audit.c.action).order_by(audit.c.id))).scalars().all()
    assert noted == [
        "read-corrections", "edit-correction", "accept-correction", "export-corrections",
        "read-correction",
    ]  # fmt: skip


async def test_consent_taken_back_takes_an_accepted_example_back(
    review: SqlReview, resident: Someone
) -> None:
    (waiting,) = await review.list("open", by="小梁", limit=10)
    await review.accept(waiting.id, "report/BLD01", by="小梁")

    await resident.does(AllowLearning(allow=False))

    assert await review.accepted(by="training") == []
    with pytest.raises(ReviewRefused, match="has not agreed"):
        await review.accept(waiting.id, "report/BLD01", by="小梁")


async def test_what_a_reviewer_decided_is_not_changed_by_another_choice(
    world: World, review: SqlReview, resident: Someone
) -> None:
    (waiting,) = await review.list("open", by="小梁", limit=10)
    await review.reject(waiting.id, "unclear", by="小梁")

    async with world.reading() as uow:
        (draft,) = await uow.drafts.open_of(resident.conversation_id)
    await resident.does(ChooseCategory(draft_id=int(draft.id or 0), leaf="NOI01"))

    shown = await review.show(waiting.id, by="小梁")
    assert (shown.state, shown.corrected, shown.note) == ("rejected", "BLD01", "unclear")
