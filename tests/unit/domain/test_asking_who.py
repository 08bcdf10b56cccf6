"""A worker asks about the matter, never about who reported it."""

import pytest

from actions.domain.asking_who import asks_who


@pytest.mark.parametrize(
    "text",
    [
        "您的电话是多少？", "方便留个电话吗", "你係邊位？", "您贵姓", "您住几楼？", "你住邊度？",
        "您是几楼的？", "What is your name?", "where do you live", "电话号码多少",
    ],
)  # fmt: skip
def test_who_somebody_is_may_not_be_asked(text: str) -> None:
    assert asks_who(text)


@pytest.mark.parametrize(
    "text",
    [
        "是几楼？", "是几楼？打我手机 13800138000", "声音从哪一户来？", "今晚还响吗？",
        "What time does it start?", "对面那家是几楼", "您几点听到的？",
    ],
)  # fmt: skip
def test_about_the_matter_anything_may_be_asked(text: str) -> None:
    assert not asks_who(text)
