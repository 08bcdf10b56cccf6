"""What was kept to learn from belongs to whoever said it: they can read it, and it goes with them."""

from sqlalchemy import select, update

from actions.adapters.database.schema.learning import corrections
from actions.application.commands.deciding import CorrectCategory
from actions.application.commands.learning import AllowLearning
from actions.domain.people import Role
from tests.integration.test_webchat_erasure import dump, erase
from tests.integration.web_house import House, Visitor
from tests.talk import say

SAID = "45栋金丝雀那根扶手又晃了"


async def corrected(house: House, lead: Visitor) -> Visitor:
    """A resident whose words are kept because the desk put them right."""
    visitor = await house.visitor()
    someone = await visitor.someone()
    await someone.does(AllowLearning(allow=True))
    await say(someone, SAID, "PUB04")
    await someone.presses("button_submit")
    (number,) = await house.world.every_ticket()
    await (await lead.someone()).does(CorrectCategory(ticket_id=number, leaf="BLD01"))
    async with house.world.database.write() as conn:
        await conn.execute(update(corrections).values(reviewed_by="小梁", note="看过"))
        await conn.commit()
    return visitor


async def words_kept(house: House) -> list[str]:
    async with house.world.database.read() as conn:
        return list((await conn.execute(select(corrections.c.words))).scalars())


async def test_an_erased_person_takes_their_words_along(house: House) -> None:
    lead = await house.worker(Role.GLD, "LJ", name="老区")
    visitor = await corrected(house, lead)
    assert await words_kept(house) == [SAID]

    await erase(visitor)

    assert await words_kept(house) == []
    assert "金丝雀" not in await dump(house)


async def test_a_worker_who_goes_leaves_what_others_said(house: House) -> None:
    lead = await house.worker(Role.GLD, "LJ", name="老区")
    await corrected(house, lead)

    await erase(lead)

    assert await words_kept(house) == [SAID]


async def test_a_person_reads_what_is_kept_and_not_who_reviewed_it(house: House) -> None:
    lead = await house.worker(Role.GLD, "LJ", name="老区")
    visitor = await corrected(house, lead)

    kept = (await visitor.read("/me/export"))["kept"]

    (row,) = kept["corrections"]
    assert (row["words"], row["corrected"]) == (SAID, "BLD01")
    assert "小梁" not in str(kept)
    assert [each["kind"] for each in kept["consents"]] == ["learning"]
