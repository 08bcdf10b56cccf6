"""One model takes over from another while people write: nothing is lost, nothing comes twice."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from aiohttp import ClientSession, CookieJar
from sqlalchemy import select

from actions.adapters.database.schema.messaging import effects, inbox, understood
from bot.app import LIFECYCLE, create_app
from bot.conversation.rasa_client import RasaConversation
from bot.conversation.rasa_process import START_LIMIT, RasaPlan, RasaProcess
from bot.conversation.succession import Succession
from bot.launcher.doorway import take_port
from bot.launcher.serving import serve
from bot.launcher.stopping import Stop
from bot.lifecycle import Lifecycle
from tests.integration.succeeding import Models
from tests.integration.test_lifecycle import settings_in
from tests.integration.test_rasa_process import ended, lives

API = "/chat/api"
#: Nothing here takes half as long; a test that hangs shall not hang for ever.
LIMIT = 60


@pytest.fixture
def models(tmp_path: Path) -> Models:
    return Models(tmp_path)


class Open:
    """A gateway in this process with a real child, and somebody at its page."""

    def __init__(self, life: Lifecycle, http: ClientSession) -> None:
        self._life = life
        self._http = http

    async def write(self, text: str) -> str:
        body = {"client_msg_id": str(uuid4()), "text": text}
        url = f"{self._life.settings.address}{API}/messages"
        async with self._http.post(url, json=body) as answer:
            assert answer.status == 202, await answer.text()
            return str((await answer.json())["message_id"])

    async def answered(self, message: str) -> list[str]:
        """What was said in answer, once there is anything."""
        seen, found = 0, []
        async with asyncio.timeout(LIMIT):
            while not found:
                url = f"{self._life.settings.address}{API}/messages?after={seen}&wait=5"
                async with self._http.get(url) as answer:
                    assert answer.status == 200, await answer.text()
                    lines = (await answer.json())["messages"]
                seen = max([seen, *(each["seq"] for each in lines)])
                found = [each["text"] for each in lines if each["in_reply_to"] == message]
        return found

    async def models_of_texts(self) -> dict[str, str]:
        """By which model each text was understood, as the turns tell."""
        query = select(inbox.c.payload, understood.c.model, understood.c.data).join(
            understood, understood.c.inbox_id == inbox.c.id
        )
        async with self._life.house.database.read() as conn:
            rows = (await conn.execute(query)).all()
        assert {row.data for row in rows} <= {"d" * 64}
        return {row.payload["text"]: row.model for row in rows}

    async def turns(self) -> int:
        query = select(effects.c.cause).where(effects.c.step == "turn")
        async with self._life.house.database.read() as conn:
            return len((await conn.execute(query)).all())

    async def metrics(self) -> str:
        async with self._http.get(f"{self._life.settings.address}/metrics") as answer:
            return await answer.text()


@asynccontextmanager
async def gateway(models: Models, first: Path) -> AsyncIterator[Open]:
    settings, stop = settings_in(models.root / "data", LINLI_RASA_URL=""), Stop()
    app = create_app(settings, models.plan(first))
    with take_port(settings) as door:
        serving = asyncio.create_task(serve(app, door, stop))
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
            await until(lambda: _is_ready(http, settings.address))
            async with http.post(
                f"{settings.address}{API}/session", json={"locale": "zh-CN"}
            ) as answer:
                assert answer.status == 201
            yield Open(app[LIFECYCLE], http)
        stop._event.set()
        assert await serving == 0


async def _is_ready(http: ClientSession, address: str) -> bool:
    try:
        async with http.get(f"{address}/readyz") as answer:
            return answer.status == 200
    except OSError:
        return False


async def until(what: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(LIMIT):
        while not await what():  # noqa: ASYNC110  another process acts
            await asyncio.sleep(0.05)


async def test_people_write_through_a_change_of_models(models: Models) -> None:
    old, new = models.add("old"), models.add("new")
    async with gateway(models, old) as town:
        before = await town.write("第一句")
        assert len(await town.answered(before)) == 1
        models.folder.make_current(new)
        during = [await town.write(f"换模型时的第{number}句") for number in range(20)]

        async def took_over() -> bool:
            return 'linli_model_changes_total{outcome="taken_over"} 1.0' in await town.metrics()

        await until(took_over)
        after = await town.write("最后一句")

        for message in (*during, after):
            assert len(await town.answered(message)) == 1
        by = await town.models_of_texts()
        assert (by["第一句"], by["最后一句"]) == ("old.tar.gz", "new.tar.gz")
        assert len(by) == await town.turns() == 22
        heard = [text for _, text in models.noted("heard")]
        assert len(heard) == len(set(heard)) == 22
        (gone,) = models.pids(old)
        await ended(gone)
        assert len(models.pids(new)) == 1
    await ended(models.pids(new)[0])


async def test_what_the_old_one_was_asked_it_answers_before_it_goes(models: Models) -> None:
    old, new = models.add("old", "slow"), models.add("new")
    async with gateway(models, old) as town:
        models.hold()
        asked = await town.write("慢慢想的一句")
        await until(lambda: _has(models, "heard", 1))
        models.folder.make_current(new)
        await until(lambda: _has(models, "lives", 2))
        (thinking,) = models.pids(old)

        assert lives(thinking)
        models.let_go()

        await town.answered(asked)
        await ended(thinking)
        assert (await town.models_of_texts())["慢慢想的一句"] == "old.tar.gz"
        assert await town.turns() == 1


async def _has(models: Models, name: str, count: int) -> bool:
    return len(models.noted(name)) >= count


async def test_a_model_that_cannot_be_loaded_leaves_the_old_one_in_place(
    models: Models, caplog: pytest.LogCaptureFixture
) -> None:
    old, bad = models.add("old"), models.add("bad", "dead")
    async with gateway(models, old) as town:
        models.folder.make_current(old)
        models.folder.make_current(bad)
        during = await town.write("坏模型来的时候")

        async def refused() -> bool:
            return 'linli_model_changes_total{outcome="refused"} 1.0' in await town.metrics()

        await until(refused)

        assert len(await town.answered(during)) == 1
        after = await town.write("之后的一句")
        await town.answered(after)
        assert set((await town.models_of_texts()).values()) == {"old.tar.gz"}
        assert "linli_model_refused 1.0" in await town.metrics()
        await until(lambda: _points_to(models, old))
        assert len(models.pids(bad)) == 1
        assert len(models.pids(old)) == 1
    alarms = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert [vars(each).get("action") for each in alarms] == ["model_refused"]


class Tally:
    def __init__(self) -> None:
        self.outcomes: list[str] = []

    def model_changed(self, outcome: str) -> None:
        self.outcomes.append(outcome)


@asynccontextmanager
async def succession(models: Models, first: Path) -> AsyncIterator[tuple[Succession, Tally]]:
    """Without a gateway around it; nobody waits long for one that says nothing."""
    tally = Tally()

    def start(plan: RasaPlan, client: RasaConversation) -> RasaProcess:
        limit = 3.0 if plan.model.read_text() == "mute" else START_LIMIT
        return RasaProcess(plan, "http://actions", client.is_ready, start_limit=limit)

    async with ClientSession() as http:
        following = Succession(
            models.plan(first),
            lambda url: RasaConversation(http, url, b"key"),
            start,
            tally,
            look=0.05,
        )
        task = asyncio.create_task(following.run())
        await until(following.is_ready)
        yield following, tally
        task.cancel()
        await asyncio.wait({task})


async def test_a_model_that_never_answers_is_given_up(models: Models) -> None:
    old, mute = models.add("old"), models.add("mute", "mute")
    async with succession(models, old) as (following, tally):
        models.folder.make_current(mute)

        await until(lambda: _are(tally, "refused"))

        assert following.model == old
        assert await following.is_ready()
        for pid in models.pids(mute):
            await ended(pid)
        await until(lambda: _points_to(models, old))


async def _are(tally: Tally, *outcomes: str) -> bool:
    return tally.outcomes == [*outcomes]


async def _points_to(models: Models, model: Path) -> bool:
    return models.folder.current() == model


async def test_after_a_refusal_another_model_may_come_and_go_back_again(models: Models) -> None:
    old, bad, good = models.add("old"), models.add("bad", "dead"), models.add("good")
    async with succession(models, old) as (following, tally):
        models.folder.make_current(bad)
        await until(lambda: _are(tally, "refused"))
        await until(lambda: _points_to(models, old))
        models.folder.make_current(good)
        await until(lambda: _are(tally, "refused", "taken_over"))
        assert following.model == good

        models.folder.make_current(old)
        await until(lambda: _are(tally, "refused", "taken_over", "taken_over"))

        assert following.model == old
        assert (models.root / "data" / "rasa.pid").read_text() == str(models.pids(old)[-1])


async def test_both_end_when_we_are_stopped_in_the_middle(models: Models) -> None:
    old, mute = models.add("old"), models.add("mute", "mute")
    async with succession(models, old):
        models.folder.make_current(mute)
        await until(lambda: _has(models, "lives", 2))

    for pid in (*models.pids(old), *models.pids(mute)):
        assert not lives(pid)


async def test_a_pointer_to_nothing_and_to_another_folder_is_not_followed(
    models: Models, tmp_path: Path
) -> None:
    old = models.add("old")
    (tmp_path / "elsewhere.tar.gz").write_text("well")
    async with succession(models, old) as (following, tally):
        for name in ("missing.tar.gz", "../../elsewhere.tar.gz", "", "\n"):
            (models.folder.path / "current").write_text(name)
            await asyncio.sleep(0.2)

        assert following.model == old
        assert tally.outcomes == []


def test_only_a_model_of_the_folder_can_be_made_current(models: Models, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.tar.gz"
    elsewhere.write_text("well")
    for model in (elsewhere, models.folder.path / "missing.tar.gz"):
        with pytest.raises(ValueError, match="is not in"):
            models.folder.make_current(model)

    assert models.folder.current() is None
