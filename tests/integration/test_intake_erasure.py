"""What was found on a round, and how to reach somebody, goes with whoever left it."""

from sqlalchemy import select

from actions.adapters.database.schema.matters import findings, rounds, sealed_contacts
from actions.application.commands.intake import BeginRound, EndRound
from actions.application.commands.telling import TakeText
from actions.domain.people import Role
from tests.integration.test_webchat_erasure import dump, erase
from tests.integration.web_house import House
from tests.talk import say

FOUND = "45栋大堂门后堆着纸皮和旧沙发"


async def test_a_leads_summary_forgets_the_words_of_whoever_went_round(house: House) -> None:
    lead = await house.worker(Role.GLD, "G3", name="林队")
    gone = await house.worker(Role.GWF, "G3", name="金丝雀阿梅")
    stays = await house.worker(Role.GWF, "G3", name="小陈")
    for visitor in (gone, stays):
        someone = await visitor.someone()
        await someone.does(BeginRound())
        await say(someone, FOUND if visitor is gone else "46栋信箱掉了一个门", "SAN02")
        await someone.does(EndRound())
    await house.deliver()
    assert FOUND in str(await lead.messages())

    await erase(gone)

    assert FOUND not in await dump(house)
    assert "金丝雀阿梅" not in await dump(house)
    said = str(await lead.messages())
    assert "小陈" in said
    assert "46栋信箱掉了一个门" in said
    async with house.world.database.read() as conn:
        assert len((await conn.execute(select(rounds))).all()) == 1
        assert len((await conn.execute(select(findings))).all()) == 1


async def test_a_contact_goes_with_whoever_left_it(house: House) -> None:
    await house.worker(Role.GWF, "G3", name="阿梅")
    son = await house.visitor()
    someone = await son.someone()
    await say(someone, "帮我妈报一下,她家45栋三楼扶手松了", "BLD01")
    await someone.presses("button_agreed_yes")
    await someone.does(TakeText(text="电话13812345678"))
    await someone.presses("button_submit")
    async with house.world.database.read() as conn:
        assert len((await conn.execute(select(sealed_contacts))).all()) == 1

    await erase(son)

    async with house.world.database.read() as conn:
        assert (await conn.execute(select(sealed_contacts))).all() == []


async def test_the_name_of_a_firm_goes_from_the_workers_cards(house: House) -> None:
    worker = await house.worker(Role.GWF, "G3", name="阿梅")
    owner = await house.visitor()
    someone = await owner.someone()
    await say(someone, "我们店在45栋楼下,门口楼梯扶手松了", "BLD01")
    await someone.does(TakeText(text="金丝雀烧腊"))
    await someone.presses("button_submit")
    await house.deliver()
    assert "金丝雀烧腊" in str(await worker.messages())

    await erase(owner)

    assert "金丝雀烧腊" not in await dump(house)
