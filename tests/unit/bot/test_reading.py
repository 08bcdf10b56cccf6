"""What an arrival asks for before any model is asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.application.arrivals import Work
from actions.application.commands.base import Command
from actions.application.commands.following import SwitchLocale
from actions.application.commands.intake import BeginRound, EndRound, NameFirm, TypeLetter
from actions.application.commands.seats import (
    ComeBack,
    GoAway,
    InviteColleague,
    ShowColleagues,
)
from actions.application.commands.telling import RaiseEmergency, TakeText
from actions.application.commands.working import ShowTodo
from actions.domain.identifiers import ConversationId, InboxId, PersonId
from actions.domain.people import Actor, Role, RoleGrant
from bot.gateway.reading import FreeText, command_of

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def work(text: str, *, awaiting: dict[str, Any] | None = None, role: Role | None = None) -> Work:
    grants = frozenset({RoleGrant(role=role, area="RT/LJ")} if role else set())
    return Work(
        inbox_id=InboxId(10),
        conversation_id=ConversationId(1),
        person_id=PersonId(1),
        sender_key="s",
        channel="webchat",
        kind="text",
        payload={"text": text},
        awaiting=awaiting,
        actor=Actor(person_id=PersonId(1), grants=grants),
        locale="zh-CN",
        attempts=0,
        received_at=NOW,
        is_parked=False,
    )


def asked(*, after: int = 5, soft: bool = False, minutes: int = 60) -> dict[str, Any]:
    until = (NOW + timedelta(minutes=minutes)).isoformat()
    return {"for": "note", "until": until, "soft": soft, "after": after}


def test_plain_words_are_to_be_understood() -> None:
    assert command_of(work("楼梯扶手松了"), NOW) == FreeText("楼梯扶手松了")


def test_danger_needs_no_model() -> None:
    assert isinstance(command_of(work("厨房着火了"), NOW), RaiseEmergency)


def test_awaited_words_need_no_model() -> None:
    assert isinstance(command_of(work("上门劝过了", awaiting=asked()), NOW), TakeText)


def test_a_soft_question_lets_the_words_be_understood_first() -> None:
    assert isinstance(command_of(work("几点上班", awaiting=asked(soft=True)), NOW), FreeText)


def test_a_question_that_is_over_takes_nothing() -> None:
    assert isinstance(command_of(work("你好", awaiting=asked(minutes=-1)), NOW), FreeText)


def test_words_that_came_before_the_question_are_not_its_answer() -> None:
    assert isinstance(command_of(work("路灯不亮", awaiting=asked(after=11)), NOW), FreeText)


def test_a_workers_report_on_a_danger_is_no_new_danger() -> None:
    told = work("电梯困人,已经救出来了,轿厢里还有人困着", awaiting=asked(), role=Role.GWF)
    assert isinstance(command_of(told, NOW), TakeText)


def test_a_danger_interrupts_whatever_a_resident_was_asked() -> None:
    assert isinstance(command_of(work("厨房着火了", awaiting=asked()), NOW), RaiseEmergency)


def danger(what: str = "emergency", *, soft: bool = False) -> dict[str, Any]:
    return asked(soft=soft) | {"for": what}


@pytest.mark.parametrize("awaiting", [danger(), danger(soft=True)])
def test_that_a_danger_is_over_needs_no_model(awaiting: dict[str, Any]) -> None:
    for text in ("火灭了", "找到了", "刚才说着火是开玩笑的", "false alarm"):
        assert isinstance(command_of(work(text, awaiting=awaiting), NOW), TakeText), text


@pytest.mark.parametrize("what", ["emergency", "danger"])
@pytest.mark.parametrize("text", ["转人工", "我的事项", "处理得怎么样了", "talk to a human"])
def test_other_wishes_get_through_a_danger(text: str, what: str) -> None:
    assert isinstance(command_of(work(text, awaiting=danger(what)), NOW), FreeText)


def test_where_the_danger_is_needs_no_model() -> None:
    assert isinstance(command_of(work("6栋904", awaiting=danger()), NOW), TakeText)


def test_a_worker_in_danger_is_heard_like_anybody() -> None:
    cry = work("又爆炸了,有人晕倒了", awaiting=danger(), role=Role.GWF)
    assert isinstance(command_of(cry, NOW), RaiseEmergency)


@pytest.mark.parametrize(
    ("text", "locale"),
    [("切换粤语", "zh-HK"), ("講英文", "en"), ("说普通话吧", "zh-CN"), ("English please", "en")],
)
def test_a_language_is_switched_by_words(text: str, locale: str) -> None:
    assert command_of(work(text), NOW) == SwitchLocale(locale=locale)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("开始巡查", BeginRound(kind="patrol")),
        ("我去探訪喇", BeginRound(kind="visit")),
        ("end my patrol", EndRound()),
        ("录入来信", TypeLetter()),
    ],
)
def test_a_round_or_a_letter_is_begun_by_its_name_and_without_a_model(
    text: str, command: object
) -> None:
    assert command_of(work(text, role=Role.GWF), NOW) == command
    assert command_of(work(text, role=Role.GWF, awaiting=asked()), NOW) == TakeText(text=text)
    assert command_of(work(text), NOW) == FreeText(text)


def test_anybody_may_name_a_firm() -> None:
    assert command_of(work("/企业"), NOW) == NameFirm()


def test_danger_in_a_letter_is_understood_like_the_rest_of_it() -> None:
    letter = {**asked(soft=True), "for": "letter"}
    text = "上周三栋着火的事还没有说法"

    assert command_of(work(text, role=Role.CMT, awaiting=letter), NOW) == FreeText(text)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("待办", ShowTodo()), ("To-do list", ShowTodo()), ("我要请假。", GoAway()),
        ("我返嚟喇", ComeBack()), ("邀请同事", InviteColleague()), ("同事名單", ShowColleagues()),
    ],
)  # fmt: skip
def test_lists_leave_and_colleagues_are_asked_for_by_their_words(
    text: str, command: Command
) -> None:
    assert command_of(work(text, role=Role.GWF), NOW) == command
    assert command_of(work(text, role=Role.GWF, awaiting=asked()), NOW) == command


def test_a_residents_day_off_is_no_command_but_their_list_is() -> None:
    assert command_of(work("我要请假"), NOW) == FreeText("我要请假")
    assert command_of(work("待办"), NOW) == ShowTodo()


def test_more_words_beside_them_are_words() -> None:
    said = "待办窗口的灯坏了"
    assert command_of(work(said, role=Role.GWF), NOW) == FreeText(said)
