"""What got stuck: found, read with numbers covered, tried again or settled with a reason."""

from typing import Any

import pytest
from sqlalchemy import insert, select

from actions.adapters.database.schema.channels import received
from actions.adapters.database.schema.messaging import effects, inbox, outbox
from actions.adapters.database.schema.records import audit
from actions.domain.people import Role
from bot import keys
from tests.builders import Someone
from tests.integration.console_house import Desk, joined
from tests.integration.web_house import House

LETTERS = "/admin/letters"
PHONE = "13800138000"


async def dead(house: House, who: Someone, **more: Any) -> int:
    """A message that was given up."""
    now = house.world.clock.now()
    content = {"params": {"until": PHONE}, "buttons": [], "card": None, "photos": []}
    values = {
        "key": f"test:{who.id}", "person_id": who.id, "conversation_id": who.conversation_id,
        "channel": "telegram", "area": "RT/LJ", "purpose": "push", "template": "away_noted",
        "status_news": False, "content": content, "urgent": False, "state": "dead", "attempts": 9,
        "not_before": now, "created_at": now, "settled_at": now, "last_error": "Forbidden: blocked",
    }  # fmt: skip
    return await row(house, outbox, values | more)


async def stuck(house: House) -> int:
    """An arrival that failed again and again, after its writer was told."""
    visitor = await house.visitor()
    await visitor.says(f"请打我电话{PHONE}")
    newest = select(inbox.c.id).order_by(inbox.c.id.desc()).limit(1)
    async with house.world.database.write() as conn:
        number = int((await conn.execute(newest)).scalar_one())
        await conn.execute(
            inbox.update().where(inbox.c.id == number).values(state="quarantined", attempts=5)
        )
        told = {"cause": f"inbox:{number}", "step": "given_up", "area": "", "command": "x"}
        await conn.execute(insert(effects).values(told | {"at": house.world.clock.now()}))
        await conn.commit()
    return number


async def unread(house: House) -> int:
    now = house.world.clock.now()
    values = {
        "channel": "telegram", "account": "1", "external_id": "77", "queue": "5", "area": "",
        "body": f'{{"odd": "{PHONE}", "tail": "<b>bold</b>"}}', "state": "faulty", "attempts": 1,
        "not_before": now, "received_at": now, "last_error": "KeyError: chat",
    }  # fmt: skip
    return await row(house, received, values)


async def row(house: House, table: Any, values: dict[str, Any]) -> int:
    async with house.world.database.write() as conn:
        added = await conn.execute(insert(table).values(values).returning(table.c.id))
        number = int(added.scalar_one())
        await conn.commit()
    return number


async def state(house: House, table: Any, number: int) -> tuple[str, int]:
    async with house.world.database.read() as conn:
        found = (await conn.execute(select(table).where(table.c.id == number))).one()
    return found.state, found.attempts


async def each_kind(house: House) -> dict[str, tuple[Any, int]]:
    who = await house.world.resident("何姨")
    return {
        "out": (outbox, await dead(house, who)),
        "in": (inbox, await stuck(house)),
        "raw": (received, await unread(house)),
    }


async def administrator(house: House) -> Desk:
    return await joined(house, Role.ADM, login="luo", name="罗主任")


@pytest.mark.parametrize("kind", ["out", "in", "raw"])
async def test_what_is_stuck_is_listed_and_read_with_numbers_covered(
    house: House, kind: str
) -> None:
    number = (await each_kind(house))[kind][1]
    desk = await administrator(house)

    listed = await desk.opens(f"{LETTERS}?kind={kind}")
    read = await desk.opens(f"{LETTERS}/{kind}/{number}")

    assert listed.all("a", href=f"{LETTERS}/{kind}/{number}")
    assert PHONE not in listed.text
    assert read.status == 200
    assert PHONE not in read.text
    assert "*" in read.words
    async with house.world.database.read() as conn:
        looked = (await conn.execute(select(audit.c.action, audit.c.object))).all()
    assert ("console-letter", f"letter:{kind}:{number}") in [tuple(each) for each in looked]


@pytest.mark.parametrize(
    ("kind", "then"), [("out", "ready"), ("in", "pending"), ("raw", "pending")]
)
async def test_it_is_tried_again_once(house: House, kind: str, then: str) -> None:
    table, number = (await each_kind(house))[kind]
    desk = await administrator(house)
    await desk.opens(f"{LETTERS}/{kind}/{number}")

    first = await desk.sends(f"{LETTERS}/{kind}/{number}/again")
    again = await desk.sends(f"{LETTERS}/{kind}/{number}/again")

    assert first.path == f"{LETTERS}?kind={kind}"
    assert again.status == 422
    assert await state(house, table, number) == (then, 0)


@pytest.mark.parametrize(
    ("kind", "then"), [("out", "superseded"), ("in", "done"), ("raw", "refused")]
)
async def test_it_is_settled_with_a_reason(house: House, kind: str, then: str) -> None:
    table, number = (await each_kind(house))[kind]
    desk = await administrator(house)
    await desk.opens(f"{LETTERS}/{kind}/{number}")

    without = await desk.sends(f"{LETTERS}/{kind}/{number}/settle", reason=" ")
    kept = await state(house, table, number)
    await desk.sends(f"{LETTERS}/{kind}/{number}/settle", reason="打过电话了")

    assert without.path == f"{LETTERS}/{kind}/{number}"
    assert kept[0] != then
    assert (await state(house, table, number))[0] == then
    async with house.world.database.read() as conn:
        told = (await conn.execute(select(audit.c.action, audit.c.reason))).all()
    assert ("settle-letter", "打过电话了") in [tuple(each) for each in told]


async def test_an_arrival_tried_again_may_be_given_up_again(house: House) -> None:
    number = await stuck(house)
    desk = await administrator(house)
    await desk.opens(f"{LETTERS}/in/{number}")

    await desk.sends(f"{LETTERS}/in/{number}/again")

    async with house.world.database.read() as conn:
        claimed = select(effects.c.step).where(
            effects.c.cause == f"inbox:{number}", effects.c.step == "given_up"
        )
        assert (await conn.execute(claimed)).first() is None


async def test_a_message_nobody_can_receive_is_not_tried_again(house: House) -> None:
    who = await house.world.resident("何姨")
    number = await dead(house, who, conversation_id=None)
    desk = await administrator(house)

    page = await desk.opens(f"{LETTERS}/out/{number}")
    answer = await desk.sends(f"{LETTERS}/out/{number}/again")

    assert "again" not in page.text
    assert answer.status == 422
    assert await state(house, outbox, number) == ("dead", 9)


async def test_alerts_and_what_was_erased_are_no_letters(house: House) -> None:
    who = await house.world.resident("何姨")
    await dead(house, who, channel="webpush")
    await dead(house, who, key="other", template="erased_message")
    desk = await administrator(house)

    page = await desk.opens(f"{LETTERS}?kind=out")

    assert not page.all("table")


async def test_letters_are_for_few(house: House) -> None:
    lead = await joined(house, Role.GLD, "G3", login="lead")
    who = await house.world.resident("何姨")
    number = await dead(house, who)
    await lead.opens("/admin/account")

    answers = [
        await lead.opens(LETTERS),
        await lead.opens(f"{LETTERS}/out/{number}"),
        await lead.opens("/admin/health"),
    ]
    assert [each.status for each in answers] == [404] * 3
    await lead.opens("/admin/account")
    assert (await lead.sends(f"{LETTERS}/out/{number}/again")).status == 404


async def test_a_kind_or_a_number_that_is_not_there_is_not_found(house: House) -> None:
    desk = await administrator(house)

    for path in ("out/1", "in/99999999999999999", "nix/1", "out/x", f"out/{'9' * 19}"):
        assert (await desk.opens(f"{LETTERS}/{path}")).status == 404


async def test_health_says_what_is_wrong_and_what_to_do(house: House) -> None:
    desk = await administrator(house)
    condition: Any = house.app[keys.CONDITIONS]

    well = await desk.opens("/admin/health")
    condition.understanding, condition.redis = "degraded", "away"
    who = await house.world.resident("何姨")
    await dead(house, who)
    unwell = await desk.opens("/admin/health")

    assert "正常工作" in well.words
    assert "没有卡住的消息" in well.words
    assert "按钮和紧急情况照常" in unwell.words
    assert "Redis" not in well.words
    assert "限次由各进程各自减半" in unwell.words
    assert "1 条卡住了" in unwell.words
