"""A button pressed in Telegram does what it says, once, for the one it was shown to."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from actions.adapters.database.addresses import SqlAddressBook
from actions.adapters.database.delivery import Delivery
from actions.adapters.database.outbox import SqlOutbox
from actions.adapters.database.pictures import SqlPictures
from actions.adapters.database.schema.messaging import outbox
from actions.application.notification import Button, Notification
from bot.channels.telegram.adapter import CHANNEL, TelegramChannel
from bot.channels.telegram.limits import Limits
from bot.channels.webchat.hub import Hub
from bot.delivery.render import Renderer
from bot.delivery.worker import DeliveryWorker
from bot.gateway.buttons import Buttons
from tests.builders import World
from tests.integration.outbox_table import QUIET, Tally
from tests.integration.telegram_house import TelegramHouse, opened_telegram
from tests.integration.telegram_post import HELP, SIGNER, Unbounded
from tests.simulators.telegram import Person
from tests.simulators.telegram.faults import bad_request, server_error

MINE = {"do": "ShowMine"}
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass
class Desk:
    """The whole of Telegram, both ways, over one neighbourhood."""

    house: TelegramHouse
    media: Path
    _keys: Any

    @property
    def world(self) -> World:
        return self.house.world

    def channel(self) -> TelegramChannel:
        world = self.world
        return TelegramChannel(
            self.house.bot,
            SqlAddressBook(world.database, world.clock, world.community),
            Delivery(world.database, "test"),
            SqlPictures(world.database, world.clock),
            media_dir=self.media,
            signer=SIGNER,
            texts=world.wording,
            clock=world.clock,
            limits=Limits(Unbounded()),
        )

    async def visitor(self, number: int = 1001) -> Person:
        """Somebody who pressed Start before, so that it is known where they are."""
        person = self.house.telegram.user(number)
        person.starts()
        await self.house.arrives()
        return person

    async def shows(self, person: Person, *commands: dict[str, Any]) -> None:
        """A message with a button for each command."""
        await self.owe(person, commands)
        worker = DeliveryWorker(
            Delivery(self.world.database, "test"),
            Renderer(self.world.wording),
            Hub(),
            clock=self.world.clock,
            quiet_hours=QUIET,
            counts=Tally(),
            channels=[self.channel()],
        )
        await worker.catch_up()

    async def owe(self, person: Person, commands: Sequence[dict[str, Any]]) -> None:
        someone = await self.house.someone(person.id)
        labels = ("button_submit", "button_anonymous")
        buttons = tuple(
            Button(label=label, command=command)
            for label, command in zip(labels, commands, strict=False)
        )
        notification = Notification(
            person_id=someone.id, template="help", params={"phone": "12345"}, buttons=buttons
        )
        async with self.world.database.write() as conn:
            door = SqlOutbox(conn, self.world.clock.now())
            await door.add(f"test/{next(self._keys)}", notification, self.world.community.root)
            await conn.commit()

    async def pressed(self) -> list[Any]:
        """What was taken as pressed: the words of the transcript and the command."""
        rows = [row for row in await self.house.arrived() if row["kind"] == "action"]
        return [(row["text"], row["payload"]["command"]) for row in rows]


@pytest.fixture
async def desk(world: World, tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened_telegram(world, tmp_path / "media") as house:
        yield Desk(house, tmp_path / "media", count(1))


def labels(person: Person) -> list[str]:
    return person.seen()[-1].labels


async def test_a_press_becomes_its_command_and_the_choice_stays_to_be_seen(desk: Desk) -> None:
    li = await desk.visitor()
    await desk.shows(li, HELP, MINE)
    assert labels(li) == ["提交", "匿名提交"]

    press = li.presses("匿名提交")
    await desk.house.arrives()

    assert await desk.pressed() == [("匿名提交", MINE)]
    assert labels(li) == ["✓ 匿名提交"]
    assert li.answer_to(press) is not None


async def test_a_double_press_is_one(desk: Desk) -> None:
    li = await desk.visitor()
    await desk.shows(li, HELP, MINE)

    presses = [li.presses("提交"), li.presses("提交")]
    await desk.house.arrives()

    assert await desk.pressed() == [("提交", HELP)]
    assert all(li.answer_to(press) is not None for press in presses)


async def test_the_same_update_twice_is_one_press(desk: Desk) -> None:
    li = await desk.visitor()
    await desk.shows(li, HELP)
    li.presses("提交")
    desk.house.telegram.repeats(desk.house.telegram.pending[-1].id)

    await desk.house.arrives()

    assert await desk.pressed() == [("提交", HELP)]


async def test_a_button_that_still_stands_there_may_be_pressed_again_later(desk: Desk) -> None:
    li = await desk.visitor()
    await desk.shows(li, HELP)
    desk.house.telegram.faults.on("editMessageReplyMarkup", server_error(), times=None)
    for _ in range(2):
        li.presses("提交")
        await desk.house.arrives()
        desk.world.clock.advance(timedelta(minutes=1))

    assert await desk.pressed() == [("提交", HELP)] * 2


async def test_a_choice_already_made_does_nothing(desk: Desk) -> None:
    li = await desk.visitor()
    await desk.shows(li, HELP)
    li.presses("提交")
    await desk.house.arrives()

    again = li.presses("✓ 提交")
    await desk.house.arrives()

    assert len(await desk.pressed()) == 1
    assert li.answer_to(again) is not None


@pytest.mark.parametrize(
    "data",
    ["o1.0.AAAAAAAAAAAAAAAAAAAAAA", Buttons(b"x" * 32).sign_row(1, 0), SIGNER.sign_row(1, 9),
     SIGNER.sign_row(2**62, 0), "1.0.x", "c.e30.x", "/start", "楼"],
)  # fmt: skip
async def test_a_forged_press_is_out_of_date(desk: Desk, data: str) -> None:
    li = await desk.visitor()
    await desk.shows(li, HELP)

    press = li.forges_press(li.seen()[-1].message_id, data)
    await desk.house.arrives()

    answer = li.answer_to(press)
    assert answer is not None
    assert answer["text"] == desk.world.wording.render("error_out_of_date", {}, "zh-CN")
    assert await desk.pressed() == []
    assert labels(li) == ["提交"]


async def test_the_button_of_somebody_else_is_out_of_date(desk: Desk) -> None:
    li, wang = await desk.visitor(1001), await desk.visitor(1002)
    await desk.shows(li, HELP)
    [[button]] = li.seen()[-1].buttons
    await desk.shows(wang, MINE)

    wang.forges_press(wang.seen()[-1].message_id, str(button.data))
    await desk.house.arrives()

    assert await desk.pressed() == []


async def test_a_command_of_an_earlier_release_is_out_of_date(desk: Desk) -> None:
    li = await desk.visitor()
    await desk.shows(li, {"do": "ForgottenLongAgo"})

    press = li.presses("提交")
    await desk.house.arrives()

    answer = li.answer_to(press)
    assert answer is not None
    assert answer["text"]
    assert await desk.pressed() == []


async def test_a_press_before_the_message_is_written_down_counts(desk: Desk) -> None:
    li = await desk.visitor()
    await desk.owe(li, [HELP])
    store = Delivery(desk.world.database, "test")
    [due] = await store.claim(CHANNEL, desk.world.clock.now(), limit=5, in_order=True, lease=45)
    await desk.channel().send(due, Renderer(desk.world.wording).show(due))
    assert await _row_states(desk) == ["claimed"]

    li.presses("提交")
    await desk.house.arrives()

    assert await desk.pressed() == [("提交", HELP)]


async def _row_states(desk: Desk) -> list[str]:
    async with desk.world.database.read() as conn:
        return list((await conn.execute(select(outbox.c.state))).scalars())


@pytest.mark.parametrize(
    ("method", "why"),
    [
        ("answerCallbackQuery", TOO_OLD),
        ("editMessageReplyMarkup", "message is not modified: same"),
        ("editMessageReplyMarkup", "message to edit not found"),
    ],
)
async def test_a_press_counts_whatever_becomes_of_showing_it(
    desk: Desk, method: str, why: str
) -> None:
    li = await desk.visitor()
    await desk.shows(li, HELP)
    desk.house.telegram.faults.on(method, bad_request(why))

    li.presses("提交")
    await desk.house.arrives()

    assert await desk.pressed() == [("提交", HELP)]
    assert "faulty" not in await desk.house.states()


async def test_a_message_the_platform_no_longer_has_can_be_pressed(desk: Desk) -> None:
    li = await desk.visitor()
    await desk.shows(li, HELP)

    li.presses("提交", inaccessible=True)
    await desk.house.arrives()

    assert await desk.pressed() == [("提交", HELP)]
