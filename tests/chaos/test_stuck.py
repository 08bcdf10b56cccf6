"""Whoever holds a conversation and stops: another takes over, and the first one changes nothing."""

import signal
from pathlib import Path

import pytest

from actions.adapters.database.turns import LEASE
from bot.gateway.reader import POLL as LOOK
from bot.gateway.renewing import LEASE as CLAIM
from bot.gateway.turns import POLL, RENEW
from tests.chaos.gateways import Fate, gateways

#: What reliability.md asks for (A3), in seconds.
RESCUE = 15.0


def test_a_lease_and_two_looks_are_less_than_the_promised_rescue() -> None:
    assert LEASE + 2 * POLL + 2 * RENEW / 3 < RESCUE
    assert 2 * RENEW < LEASE


def test_what_was_being_read_or_sent_is_taken_over_as_soon() -> None:
    assert CLAIM + 2 * LOOK < RESCUE


async def test_another_gateway_goes_on_in_order_when_one_is_killed(
    store_url: str, tmp_path: Path
) -> None:
    async with gateways(tmp_path, store_url, 2) as pair:
        message = await pair.write(0, "第一句")
        first = await pair.rasa.asked()
        token, other = await pair.token(), 1 - first.gateway
        await pair.kill(first.gateway)
        later = await pair.write(other, "第二句")

        second = await pair.rasa.asked()
        assert (second.gateway, second.text) == (other, "第一句")
        assert await pair.token() > token
        second.becomes(Fate.ANSWER)
        third = await pair.rasa.asked()
        assert third.text == "第二句"
        third.becomes(Fate.ANSWER)

        assert len(await pair.answers(other, message)) == 1
        assert len(await pair.answers(other, later)) == 1


@pytest.mark.parametrize("wakes", ["before the other is done", "after the other is done"])
async def test_a_gateway_that_slept_through_its_lease_writes_nothing(
    postgres_url: str, tmp_path: Path, wakes: str
) -> None:
    async with gateways(tmp_path, postgres_url, 2) as pair:
        message = await pair.write(0, "报修：BLD01 45栋扶手松了")
        first = await pair.rasa.asked()
        sleeper, other = first.gateway, 1 - first.gateway
        pair.signal(sleeper, signal.SIGSTOP)
        second = await pair.rasa.asked()
        assert second.gateway == other
        if wakes.startswith("after"):
            second.becomes(Fate.ANSWER)
            await pair.answers(other, message)

        pair.signal(sleeper, signal.SIGCONT)
        first.becomes(Fate.ANSWER)
        await first.acted.wait()

        assert first.status == 200
        assert pair.logged(sleeper, "stale_lease") >= 1
        shown = "SELECT count(*) FROM messages WHERE template LIKE 'draft_card%'"
        done_before = 1 if wakes.startswith("after") else 0
        assert await pair.ask(shown) == [(done_before,)]
        second.becomes(Fate.ANSWER)
        await pair.answers(other, message)
        assert await pair.ask(shown) == [(1,)]
        assert await pair.ask("SELECT attempts, state FROM inbox") == [(0, "done")]
        assert await pair.ask("SELECT count(*) FROM drafts") == [(1,)]
