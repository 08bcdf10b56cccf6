"""Which of the things just listed words point at, and which words say more than that."""

import pytest

from actions.domain.pointing import only_points, place_in_list


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("1", 1),
        ("2。", 2),
        ("第二个", 2),
        ("第兩件", 2),
        ("第三單啦", 3),
        ("就第一个吧", 1),
        ("一", 1),
        ("the second one", 2),
        ("No. 3", 3),
        ("最后一个", -1),
        ("最尾嗰個", -1),
        ("the last one", -1),
    ],
)
def test_a_position_is_understood(text: str, position: int) -> None:
    assert place_in_list(text) == position


@pytest.mark.parametrize(
    "text", ["45栋", "第二天又漏了", "一楼漏水", "two days already", "1栋那个", "", "120"]
)
def test_what_says_more_is_no_position(text: str) -> None:
    assert place_in_list(text) is None


@pytest.mark.parametrize(
    "text", ["那个", "嗰單", "就是那件", "的那个", "the one at", "", "那边那个"]
)
def test_that_one_says_nothing_more(text: str) -> None:
    assert only_points(text)


@pytest.mark.parametrize("text", ["那个灯又不亮了", "漏水", "the lift is stuck"])
def test_a_matter_says_more(text: str) -> None:
    assert not only_points(text)
