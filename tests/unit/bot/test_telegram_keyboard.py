"""Buttons under a Telegram message: whole words, few to a row, nothing the platform refuses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.domain.errors import OutOfDate
from bot.channels.telegram.keyboard import chosen, keyboard, rows, width
from bot.gateway.buttons import LONGEST, Buttons

SIGNER = Buttons(b"k" * 32)
LAST = 2**63 - 1


def laid(*labels: str) -> list[list[str]]:
    made = keyboard([{"label": label} for label in labels], 7, SIGNER)
    assert made is not None
    return [[button.text for button in row] for row in made.inline_keyboard]


def test_short_words_stand_side_by_side_and_long_ones_alone() -> None:
    assert laid("提交", "补照片", "改地点", "匿名提交") == [
        ["提交", "补照片", "改地点"],
        ["匿名提交"],
    ]
    assert laid("Accept", "Not mine", "See the record") == [
        ["Accept", "Not mine"],
        ["See the record"],
    ]
    assert laid("① 二号楼楼梯的扶手松了", "② 垃圾房") == [["① 二号楼楼梯的扶手松了"], ["② 垃圾房"]]


def test_numbers_stand_in_a_row_of_no_more_than_eight() -> None:
    assert [len(row) for row in laid(*"123456789")] == [8, 1]


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=100))
def test_every_keyboard_is_one_the_platform_takes(labels: list[str]) -> None:
    made = keyboard([{"label": label} for label in labels], LAST, SIGNER)

    assert made is not None
    found = [button for row in made.inline_keyboard for button in row]
    assert len(found) == len(labels)
    assert all(len(row) <= 8 for row in made.inline_keyboard)
    assert all(button.text.strip() for button in found)
    assert all(1 <= len(str(b.callback_data).encode()) <= LONGEST for b in found)


def test_the_order_stays() -> None:
    labels = ["a", "a longer label than fits", "b", "c", "提交", "d"]

    assert [label for row in laid(*labels) for label in row] == labels


def test_without_buttons_there_is_no_keyboard() -> None:
    assert keyboard([], 7, SIGNER) is None
    assert rows([]) == []


def test_the_style_of_a_button_is_told() -> None:
    made = keyboard(
        [{"label": "a", "style": "primary"}, {"label": "b", "style": "chip"}], 7, SIGNER
    )

    assert made is not None
    assert [button.style for button in made.inline_keyboard[0]] == ["primary", None]


def test_a_chinese_character_is_as_wide_as_two_letters() -> None:
    assert (width("提交"), width("ok"), width("①")) == (4, 2, 1)


def test_a_choice_stays_to_be_seen() -> None:
    [[button]] = chosen("接单").inline_keyboard

    assert button.text == "✓ 接单"


def test_a_token_of_a_row_brings_back_the_row_and_the_button() -> None:
    assert SIGNER.read_row(SIGNER.sign_row(LAST, 99)) == (LAST, 99)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "o7.0",
        "o7.0.",
        "o7.1." + SIGNER.sign_row(7, 0).rsplit(".", 1)[1],
        Buttons(b"x" * 32).sign_row(7, 0),
        SIGNER.sign(7, 0, 7),
        SIGNER.sign_command({"do": "X"}, 7),
        "楼.0.x",
        "o7.0.x" * 40,
    ],
)
def test_any_other_token_is_out_of_date(token: str) -> None:
    with pytest.raises(OutOfDate):
        SIGNER.read_row(token)


@settings(deadline=None)
@given(st.text())
def test_no_token_breaks_the_reading(token: str) -> None:
    with pytest.raises(OutOfDate):
        SIGNER.read_row(token)
