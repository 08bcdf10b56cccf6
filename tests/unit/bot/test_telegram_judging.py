"""What a failed call means: wait, try again, somewhere else, never, or nobody knows."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.judging import Blocked, Moved, is_about_entities, is_unchanged, judge
from bot.channels.telegram.limits import ALL, CHAT, Limits
from bot.gateway.throttle import TokenBuckets
from bot.ports_delivery import Gone, InDoubt, Later


@pytest.fixture(autouse=True)
def in_time_spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As the channel sets it for the whole process."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    return iter([None])


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "cause",
    [
        httpx.ConnectError("refused"),
        httpx.ConnectTimeout("slow"),
        httpx.PoolTimeout("full"),
        httpx.WriteError("broken"),
        httpx.WriteTimeout("slow"),
    ],
)
def test_what_never_left_is_tried_again(cause: Exception) -> None:
    assert isinstance(judge(caused(NetworkError("x"), cause)), Later)
    assert isinstance(judge(caused(TimedOut(), cause)), Later)


@pytest.mark.parametrize(
    "cause",
    [
        httpx.ReadTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("cut"),
    ],
)
def test_an_answer_that_was_lost_leaves_doubt(cause: Exception) -> None:
    assert isinstance(judge(caused(NetworkError("x"), cause)), InDoubt)


def test_a_success_that_cannot_be_read_leaves_doubt() -> None:
    assert isinstance(judge(TelegramError("Invalid server response")), InDoubt)
    assert isinstance(judge(NetworkError("Gateway Timeout (504)")), InDoubt)


@pytest.mark.parametrize("said", ["Internal Server Error", "Bad Gateway (502). Parsing failed"])
def test_a_broken_platform_is_tried_again(said: str) -> None:
    assert isinstance(judge(NetworkError(said)), Later)
    assert isinstance(judge(Conflict(said)), Later)


def test_the_wait_asked_for_is_told() -> None:
    verdict = judge(RetryAfter(7))

    assert isinstance(verdict, Later)
    assert verdict.after == timedelta(seconds=7)


def test_an_unknown_token_stops_the_channel_and_loses_nothing() -> None:
    verdict = judge(InvalidToken())

    assert isinstance(verdict, Later)
    assert verdict.everybody


@pytest.mark.parametrize(
    "error",
    [
        Forbidden("Forbidden: bot was blocked by the user"),
        Forbidden("Forbidden: user is deactivated"),
        BadRequest("Bad Request: chat not found"),
        BadRequest("Bad Request: PEER_ID_INVALID"),
    ],
)
def test_who_cannot_be_reached_is_told_from_what_is_refused(error: TelegramError) -> None:
    assert isinstance(judge(error), Blocked)
    assert isinstance(judge(BadRequest("Bad Request: message is too long")), Gone)


def test_a_chat_that_moved_says_where_to() -> None:
    assert judge(ChatMigrated(-1001)) == Moved(to="-1001")


def test_objections_are_told_apart() -> None:
    assert is_about_entities(BadRequest("Bad Request: can't parse entities: x"))
    assert is_about_entities(BadRequest("Bad Request: ENTITY_BOUNDS_INVALID"))
    assert not is_about_entities(BadRequest("Bad Request: chat not found"))
    assert not is_about_entities(NetworkError("entities"))
    assert is_unchanged(BadRequest("Bad Request: message is not modified: same"))


class Time:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


async def test_a_chat_gets_a_few_at_once_and_then_one_a_second() -> None:
    time = Time()
    limits = Limits(TokenBuckets(time), time.sleep)

    for _ in range(int(CHAT.burst) + 2):
        await limits.wait("1")

    assert sum(time.slept) == pytest.approx(2 / CHAT.a_second, abs=0.02)


async def test_all_together_never_get_more_than_thirty_in_any_second() -> None:
    time = Time()
    limits = Limits(TokenBuckets(time), time.sleep)
    sent: list[float] = []

    for chat in range(200):
        await limits.wait(str(chat))
        sent.append(time.now)

    assert max(sum(1 for at in sent if start <= at < start + 1) for start in sent) <= 30
    assert ALL.burst + ALL.a_second <= 30


async def test_a_refusal_is_meant_for_all_when_a_second_chat_is_refused() -> None:
    limits = Limits(TokenBuckets(Time()))

    refused = [limits.refused(chat, timedelta(seconds=3)) for chat in ("1", "1", "2")]

    assert refused == [False, False, True]


async def test_a_chat_that_has_to_wait_far_longer_waits_alone() -> None:
    limits = Limits(TokenBuckets(Time()))
    short, long = timedelta(seconds=3), timedelta(hours=1)

    assert [limits.refused("1", short), limits.refused("2", long)] == [False, False]
    assert limits.refused("3", short)


async def test_a_refusal_is_not_meant_for_all_while_others_are_served() -> None:
    limits = Limits(TokenBuckets(Time()))

    assert not limits.refused("1", timedelta(seconds=3))
    limits.taken()
    assert not limits.refused("2", timedelta(seconds=3))
