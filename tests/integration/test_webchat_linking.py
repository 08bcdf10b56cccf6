"""The page: a code for elsewhere, a code from elsewhere, and what an open page sees of it."""

import asyncio
from datetime import timedelta

from actions.application.commands.linking import UseCode
from bot.channels.webchat.messages import LOOK_AGAIN
from tests.integration.linked import code_of, on_telegram, who_is
from tests.integration.web_house import House, Visitor, problem_of


async def offered(visitor: Visitor) -> str:
    answer = await visitor.post("/link-code", {})
    assert answer.status == 201
    return str((await answer.json())["code"])


async def test_the_page_offers_a_code_and_a_deep_link_where_telegram_is_on(house: House) -> None:
    visitor = await house.visitor()

    without = await (await visitor.post("/link-code", {})).json()
    house.world.wording.telegram_name = "linli_bot"
    given = await (await visitor.post("/link-code", {})).json()

    assert without["telegram"] is None
    assert given["telegram"] == f"https://t.me/linli_bot?start={given['code']}"
    assert given["expires_at"].startswith("2026-")
    assert given["code"] != without["code"]


async def test_codes_cannot_be_had_without_end(house: House) -> None:
    visitor = await house.visitor()

    answers = [(await visitor.post("/link-code", {})).status for _ in range(11)]

    assert answers[-1] == 429


async def test_a_code_of_the_page_makes_the_chat_elsewhere_the_same_person(house: House) -> None:
    visitor = await house.visitor()
    code = await offered(visitor)
    someone = await visitor.someone()

    await (await on_telegram(house.world)).does(UseCode(code=code))

    assert await who_is(house.world) == someone.id
    await house.deliver()
    told = [message["text"] for message in await visitor.messages()]
    assert any("Telegram" in text for text in told)


async def test_a_code_from_elsewhere_opens_the_page_as_that_person(house: House) -> None:
    elsewhere = await on_telegram(house.world)
    await house.world.arrives(elsewhere, "在别处说的话")

    visitor = await house.visitor(join=await code_of(elsewhere))

    assert (await visitor.someone()).id == elsewhere.id
    assert "在别处说的话" in [message["text"] for message in await visitor.messages()]


async def test_somebody_known_who_gives_a_code_becomes_that_person(house: House) -> None:
    elsewhere, visitor = await on_telegram(house.world), await house.visitor()

    answer = await visitor.post("/session", {"join": await code_of(elsewhere)})

    assert answer.status == 200
    assert (await answer.json())["participant_id"] != visitor.session["participant_id"]
    visitor.session = await answer.json()
    assert (await visitor.someone()).id == elsewhere.id


async def test_somebody_with_a_matter_is_asked_in_the_chat_first(house: House) -> None:
    elsewhere, visitor = await on_telegram(house.world), await house.visitor()
    await house.world.filed(await visitor.someone())

    answer = await visitor.post("/session", {"join": await code_of(elsewhere)})

    assert (await answer.json())["participant_id"] == visitor.session["participant_id"]
    assert (await (await visitor.someone()).templates())[-1] == "link_sure"


async def test_a_wrong_or_old_code_is_refused_as_before(house: House) -> None:
    visitor, elsewhere = await house.visitor(), await on_telegram(house.world)
    code = await code_of(elsewhere)
    house.world.clock.advance(timedelta(minutes=11))

    for given in (code, "AAAA-BBBB"):
        answer = await visitor.post("/session", {"join": given})
        assert await problem_of(answer) == (422, "error_invitation")


async def test_an_open_stream_learns_that_it_has_become_somebody_else(house: House) -> None:
    elsewhere, visitor = await on_telegram(house.world), await house.visitor()
    code = await code_of(elsewhere)

    async with visitor.client.get("/chat/api/events?after=0") as stream:
        await stream.content.readuntil(b"\n\n")
        await visitor.post("/session", {"join": code})
        async with asyncio.timeout(LOOK_AGAIN / 2):
            rest = await stream.content.read()

    assert rest.endswith(b"event: session\ndata: {}\n\n")


async def test_a_held_line_lets_go_when_it_has_become_somebody_else(house: House) -> None:
    elsewhere, visitor = await on_telegram(house.world), await house.visitor()
    await house.deliver()
    code, last = await code_of(elsewhere), (await visitor.messages())[-1]["seq"]

    held = asyncio.create_task(visitor.read(f"/messages?after={last}&wait=30"))
    await asyncio.sleep(0)
    await visitor.post("/session", {"join": code})

    async with asyncio.timeout(LOOK_AGAIN / 2):
        await held
