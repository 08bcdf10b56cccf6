"""A code from one channel, given on another: two persons become one, and nothing is lost."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from actions.adapters.database.addresses import SqlAddressBook
from actions.adapters.database.delivery import Delivery
from actions.adapters.database.doctor import SqlDoctor
from actions.adapters.database.erasure import SqlPrivacy
from actions.adapters.database.invitations import SqlInvitations
from actions.adapters.database.schema.channels import link_codes
from actions.adapters.database.schema.matters import drafts, followers, rounds, tickets
from actions.adapters.database.schema.messaging import conversations, inbox, messages, outbox
from actions.adapters.database.schema.people import (
    channel_addresses,
    people,
    role_grants,
    sealed_identities,
)
from actions.adapters.database.schema.records import audit
from actions.application.arrivals import Arrival
from actions.application.commands.linking import AskLinkCode, UseCode
from actions.application.delivering import Showing, Shown
from actions.application.ports_channels import Address
from actions.application.turn import Turn
from actions.domain.identifiers import PersonId
from actions.domain.people import Actor, Role
from actions.domain.ticket_status import Verb
from tests.builders import Someone, World
from tests.talk import say


async def on_telegram(world: World, chat: str = "1001", name: str = "") -> Someone:
    book = SqlAddressBook(world.database, world.clock, world.community)
    address = Address(channel="telegram", account="7", external_id=chat)
    account, _ = await book.meet(address, locale="zh-CN", name=name)
    return Someone(world, account.person_id, account.conversation_id)


async def code_of(someone: Someone) -> str:
    await someone.does(AskLinkCode())
    return str((await someone.last("link_code")).row["content"]["params"]["code"])


async def link(owner: Someone, other: Someone) -> None:
    """The code of one, given by the other, whatever is asked."""
    await other.does(UseCode(code=await code_of(owner)))
    if "link_sure" in await other.templates():
        await other.presses("button_link_yes")


async def who_is(world: World, chat: str = "1001") -> PersonId:
    return (await on_telegram(world, chat)).id


async def count(world: World, *where: Any) -> int:
    async with world.database.read() as conn:
        return int((await conn.execute(select(func.count()).where(*where))).scalar_one())


async def healthy(world: World) -> list[str]:
    return [finding async for finding in SqlDoctor(world.database).findings()]


async def test_a_newcomer_with_a_code_is_the_same_person_at_once(world: World) -> None:
    owner = await world.resident("何姨")
    newcomer = await on_telegram(world)

    await newcomer.does(UseCode(code=await code_of(owner)))

    assert await who_is(world) == owner.id
    assert (await owner.templates())[-2:] == ["link_done", "link_told"]
    assert await healthy(world) == []


async def test_the_side_the_code_came_from_is_told_there_and_news_goes_to_the_other(
    world: World,
) -> None:
    owner = await world.resident("何姨")

    await link(owner, await on_telegram(world))
    await owner.does(AskLinkCode())

    channels = {said.template: said.row["channel"] for said in await owner.heard()}
    assert channels["link_done"] == "telegram"
    assert channels["link_told"] == "webchat"
    assert (await owner.heard())[-1].row["channel"] == "telegram"


async def test_a_code_may_be_typed_in_any_shape(world: World) -> None:
    owner = await world.resident("何姨")
    code = await code_of(owner)

    await (await on_telegram(world)).does(UseCode(code=code.lower().replace("-", " ")))

    assert await who_is(world) == owner.id


async def test_ones_own_code_is_answered_kindly_and_still_good(world: World) -> None:
    owner = await world.resident("何姨")
    code = await code_of(owner)

    await owner.does(UseCode(code=code))
    await (await on_telegram(world)).does(UseCode(code=code))

    assert "link_own" in await owner.templates()
    assert await who_is(world) == owner.id


async def test_whoever_has_something_to_give_away_is_asked_first(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    await world.filed(other)

    await other.does(UseCode(code=await code_of(owner)))

    assert await who_is(world) == other.id
    assert (await other.templates())[-1] == "link_sure"
    await other.presses("button_link_yes")
    assert await who_is(world) == owner.id


async def test_a_code_is_good_once_and_for_ten_minutes(world: World) -> None:
    owner = await world.resident("何姨")
    first, second, third = [await on_telegram(world, chat) for chat in ("1", "2", "3")]
    code = await code_of(owner)

    await first.does(UseCode(code=code))
    await second.does(UseCode(code=code))
    late = await code_of(owner)
    world.clock.advance(timedelta(minutes=11))
    await third.does(UseCode(code=late))

    assert await who_is(world, "1") == owner.id
    assert (await second.templates())[-1] == (await third.templates())[-1] == "error_invitation"


async def test_a_new_code_makes_the_one_before_void(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    before = await code_of(owner)
    await code_of(owner)

    await other.does(UseCode(code=before))

    assert (await other.templates())[-1] == "error_invitation"


async def test_only_a_hash_of_the_code_is_kept(world: World) -> None:
    owner = await world.resident("何姨")
    code = await code_of(owner)

    async with world.database.read() as conn:
        row = (await conn.execute(select(link_codes))).mappings().one()

    assert code not in map(str, row.values())
    assert len(code) <= 64
    assert code.replace("-", "").isalnum()


async def test_of_many_who_give_a_code_at_once_one_wins(world: World) -> None:
    owner = await world.resident("何姨")
    code = await code_of(owner)
    crowd = [await on_telegram(world, str(chat)) for chat in range(8)]

    await asyncio.gather(*(each.does(UseCode(code=code)) for each in crowd))

    won = [chat for chat in range(8) if await who_is(world, str(chat)) == owner.id]
    assert len(won) == 1
    assert await healthy(world) == []


async def test_two_who_give_each_others_codes_at_once_end_as_one(world: World) -> None:
    first, second = await on_telegram(world, "1"), await on_telegram(world, "2")
    codes = [await code_of(first), await code_of(second)]

    await asyncio.gather(
        first.does(UseCode(code=codes[1])),
        second.does(UseCode(code=codes[0])),
    )

    assert await who_is(world, "1") == await who_is(world, "2")
    assert await healthy(world) == []


async def test_guessing_stops_after_ten_wrong_codes(world: World) -> None:
    guesser, owner = await on_telegram(world), await world.resident("何姨")
    for number in range(10):
        inbox_id = await world.arrives(guesser, "a code")
        await world.run(UseCode(code=f"wrong-{number}"), guesser, inbox_id=inbox_id)

    await guesser.does(UseCode(code=await code_of(owner)))

    assert (await guesser.templates())[-1] == "error_too_many"
    assert await who_is(world) == guesser.id


async def test_what_was_said_on_both_sides_is_one_numbered_transcript(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    for someone, words in ((owner, "甲"), (owner, "乙"), (other, "丙")):
        await world.arrives(someone, words)

    await link(owner, other)

    async with world.database.read() as conn:
        mine = messages.c.conversation_id == owner.conversation_id
        said = select(messages.c.text, messages.c.seq).where(mine).order_by(messages.c.seq)
        rows = (await conn.execute(said)).all()
    assert [tuple(row) for row in rows] == [("甲", 1), ("乙", 2), ("丙", 3)]
    assert await count(world, messages.c.conversation_id == other.conversation_id) == 0
    assert await healthy(world) == []


async def test_an_arrival_under_way_to_the_old_conversation_is_kept_in_the_new(
    world: World,
) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    await link(owner, other)

    inbox_id = await world.arrives(other, "路上的话")

    assert await count(
        world, inbox.c.id == inbox_id, inbox.c.conversation_id == owner.conversation_id
    )
    assert await healthy(world) == []


async def test_a_page_that_sends_again_after_it_became_another_is_not_doubled(
    world: World,
) -> None:
    owner, other = await world.resident("何姨"), await world.resident("同一个人")
    first = await arrives_from_page(world, other, "uuid-1")

    await link(owner, other)
    again = await arrives_from_page(world, owner, "uuid-1")

    assert (first.inbox_id, again.is_new) == (again.inbox_id, False)


async def arrives_from_page(world: World, someone: Someone, key: str) -> Any:
    taking = asyncio.create_task(world.intake.run())
    async with world.reading() as uow:
        name = (await uow.people.get(someone.id)).participant_id
    arrival = Arrival(
        channel="webchat", account="default", external_id=f"{name}:{key}",
        conversation_id=someone.conversation_id, area=world.community.root, kind="text",
        payload={"text": "你好"}, at=world.clock.now(), text="你好",
    )  # fmt: skip
    remembered = await world.intake.remember(arrival)
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)
    return remembered


async def test_matters_followed_filed_and_worked_on_are_the_survivors(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    neighbour = await world.resident("邻居")
    shared, own = await world.filed(neighbour), await world.filed(other, "BLD02", "BL-46")
    await world.joins(owner, shared)
    await world.joins(other, shared)

    await link(owner, other)

    async with world.reading() as uow:
        mine = {each.number for each in await uow.tickets.of_person(owner.id, limit=9)}
        waiting = await uow.tickets.followers(shared.id)  # type: ignore[arg-type]
    assert own.number in mine
    assert list(waiting).count(owner.id) == 1
    assert (await world.ticket(own)).reporter == owner.id
    assert not await count(world, followers.c.person_id == other.id)
    assert await healthy(world) == []


async def test_somebody_who_raised_it_counts_as_who_raised_it(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    ticket = await world.filed(other)
    await world.joins(owner, ticket)

    await link(owner, other)

    async with world.database.read() as conn:
        row = (await conn.execute(select(followers))).one()
    assert (row.person_id, row.kind, row.left_at) == (owner.id, "reporter", None)


async def test_powers_come_along_once_and_the_work_with_them(world: World) -> None:
    owner = await world.resident("陈师傅")
    worker = await world.worker("小陈", Role.GWF, "G3", roster_key="gwf-3")
    ticket = await world.filed(await world.resident("何姨"))
    assert (await world.ticket(ticket)).assignee == worker.id

    await link(owner, worker)
    await owner.presses("button_accept")

    assert (await world.ticket(ticket)).assignee == owner.id
    assert await count(world, role_grants.c.revoked_at.is_(None)) == 1
    async with world.reading() as uow:
        person = await uow.people.get(owner.id)
    assert (person.roster_key, person.display_name) == ("gwf-3", "陈师傅")
    assert await healthy(world) == []


async def test_a_matter_about_somebody_stays_about_them(world: World) -> None:
    owner = await world.resident("陈师傅")
    worker = await world.worker("小陈", Role.GWF, "G3")
    ticket = await world.filed(await world.resident("何姨"))
    await worker.alters(ticket, Verb.RECUSE, recused=[worker.id])

    await link(owner, worker)

    assert list((await world.ticket(ticket)).recused) == [owner.id]
    assert await healthy(world) == []


async def test_two_drafts_two_rounds_and_two_identities_become_what_one_may_have(
    world: World,
) -> None:
    owner, other = [await world.worker(name, Role.GWF, "G3") for name in ("甲", "乙")]
    for someone in (owner, other):
        await say(someone, "楼道灯坏了", "LGT01")
    async with world.database.write() as conn:
        for someone, word in ((owner, b"kept"), (other, b"gone")):
            facts = {"person_id": someone.id, "area": world.community.root}
            now = world.clock.now()
            await conn.execute(
                insert(sealed_identities).values(facts | {"sealed": word, "updated_at": now})
            )
            await conn.execute(insert(rounds).values(facts | {"kind": "patrol", "begun_at": now}))
        await conn.commit()

    await link(owner, other)

    assert await count(world, drafts.c.conversation_id == owner.conversation_id) == 2
    assert await count(world, rounds.c.ended_at.is_(None)) == 1
    async with world.database.read() as conn:
        assert (await conn.execute(select(sealed_identities.c.sealed))).scalars().all() == [b"kept"]


async def test_the_emptied_person_is_found_by_nobody(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world, name="阿何")

    await link(owner, other)

    async with world.database.read() as conn:
        gone = (await conn.execute(select(people).where(people.c.id == other.id))).one()
    assert gone.erased_at == world.clock.now()
    assert (gone.display_name, gone.roster_key) == ("", None)
    assert not await count(world, channel_addresses.c.person_id == other.id)


async def test_news_already_under_way_to_the_emptied_person_reaches_the_survivor(
    world: World,
) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    await link(owner, other)

    actor = Actor(person_id=other.id)
    async with world.open_uow(Turn(cause="late", actor=actor)) as uow:
        await uow.reply("no_matters")
        await uow.commit()

    assert (await owner.templates())[-1] == "no_matters"


async def test_what_was_written_while_they_became_one_is_gathered_later(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    await link(owner, other)
    async with world.database.write() as conn:
        late = {
            "key": "late", "person_id": other.id, "conversation_id": other.conversation_id,
            "channel": "telegram", "purpose": "push", "template": "no_matters",
            "content": {"params": {}, "buttons": [], "card": None, "photos": []},
            "status_news": False, "urgent": False, "state": "ready",
            "not_before": world.clock.now(), "created_at": world.clock.now(),
        }  # fmt: skip
        await conn.execute(insert(outbox).values(late))
        await conn.commit()

    world.clock.advance(timedelta(minutes=3))
    await world.tick()

    assert await count(world, outbox.c.key == "late", outbox.c.person_id == owner.id)
    assert await healthy(world) == []


async def test_one_tap_lets_go_of_a_stranger_with_their_powers_back(world: World) -> None:
    owner = await world.resident("何姨")
    worker = await world.worker("小陈", Role.GWF, "G3")
    stranger = await on_telegram(world)
    await link(owner, stranger)

    await owner.presses("button_link_undo")

    apart = await on_telegram(world)
    assert apart.id != owner.id
    assert (await apart.templates()) == ["link_undone_apart"]
    assert (await owner.last("link_undone")).row["channel"] == "webchat"
    await link(owner, worker)
    await owner.presses("button_link_undo")
    async with world.reading() as uow:
        assert not (await uow.people.actor(owner.id)).grants
        assert (await uow.people.actor(worker.id)).is_worker
    assert await healthy(world) == []


async def test_whoever_gave_the_code_can_go_apart_again_too(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    await link(owner, other)
    other = await on_telegram(world)

    await other.presses("button_link_undo")
    await world.arrives(await on_telegram(world), "我自己的话")

    assert await who_is(world) != owner.id
    assert await count(world, messages.c.text == "我自己的话",
                       messages.c.conversation_id != owner.conversation_id)  # fmt: skip
    assert await healthy(world) == []


async def test_a_day_later_it_is_not_undone_by_a_tap(world: World) -> None:
    owner = await world.resident("何姨")
    await link(owner, await on_telegram(world))
    world.clock.advance(timedelta(hours=25))

    await owner.presses("button_link_undo")

    assert (await owner.templates())[-1] == "error_out_of_date"
    assert await who_is(world) == owner.id


async def test_joining_and_parting_are_on_the_audit_trail(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)

    await link(owner, other)
    await owner.presses("button_link_undo")

    async with world.database.read() as conn:
        rows = (await conn.execute(select(audit.c.action, audit.c.object))).all()
    about = f"person:{owner.id}"
    assert [tuple(row) for row in rows] == [("link", about), ("unlink", about)]


async def test_export_and_erasure_cover_both_sides(world: World) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world, "4711")
    ticket = await world.filed(other, text="只在电报上说过的话")
    await world.arrives(other, "只在电报上说过的话")
    await link(owner, other)
    privacy = SqlPrivacy(world.database, world.clock, world.community)

    async with world.reading() as uow:
        person = await uow.people.get(owner.id)
    book = SqlAddressBook(world.database, world.clock, world.community)
    account = await book.find(Address(channel="telegram", account="7", external_id="4711"))
    assert account is not None
    assert account.participant_id == person.participant_id
    exported = str(await privacy.export(account))
    await privacy.erase(owner.id)

    assert "只在电报上说过的话" in exported
    assert "4711" in exported
    assert not await count(world, messages.c.text.contains("只在电报上"))
    assert not await count(world, channel_addresses.c.external_id == "4711")
    assert not await count(world, tickets.c.summary.contains("电报"))
    assert ticket.id


@pytest.mark.parametrize("way", ["typed", "invited"])
async def test_an_invitation_typed_in_a_chat_gives_its_role(world: World, way: str) -> None:
    made = SqlInvitations(world.database, world.clock, world.community)
    code = (await made.invite("GWF", area="G3", name="阿梅" if way == "typed" else "")).code
    newcomer = await on_telegram(world)

    await newcomer.does(UseCode(code=code))

    heard = await newcomer.templates()
    assert ("welcome_worker" in heard) == (way == "typed")
    assert await count(world, conversations.c.id == newcomer.conversation_id)


async def test_what_was_being_sent_while_they_became_one_stands_in_the_one_transcript(
    world: World,
) -> None:
    owner, other = await world.resident("何姨"), await on_telegram(world)
    await other.does(AskLinkCode())
    store = Delivery(world.database, "test")
    now = world.clock.now()
    claimed = await store.claim("telegram", now, limit=9, in_order=True, lease=45)
    await link(owner, other)

    shown = [Showing(due=due, shown=Shown(kind="text", text="说过了")) for due in claimed]
    await store.show(shown, now)

    assert claimed
    assert await count(
        world, messages.c.text == "说过了", messages.c.conversation_id == owner.conversation_id
    ) == len(claimed)
    assert await healthy(world) == []


async def test_of_two_chats_on_one_platform_the_one_used_last_is_written_to(world: World) -> None:
    book = SqlAddressBook(world.database, world.clock, world.community)
    first, second = [
        Address(channel="telegram", account="7", external_id=chat) for chat in ("1", "2")
    ]
    owner = await on_telegram(world, "1")
    await link(owner, await on_telegram(world, "2"))

    after_linking = await book.reach(owner.id, "telegram")
    await book.mark(first, "active")
    after_writing = await book.reach(owner.id, "telegram")
    await book.mark(first, "blocked")

    assert (after_linking, after_writing) == (second, first)
    assert await book.reach(owner.id, "telegram") == second


async def test_somebody_at_the_same_platform_is_told_in_the_chat_the_code_came_from(
    world: World,
) -> None:
    book = SqlAddressBook(world.database, world.clock, world.community)
    owner = await on_telegram(world, "1")

    await link(owner, await on_telegram(world, "2"))

    told = (await owner.last("link_told")).row
    assert (told["channel"], told["content"]["chat"]) == ("telegram", "1")
    assert await book.reach(owner.id, "telegram", chat="1") == Address(
        channel="telegram", account="7", external_id="1"
    )
