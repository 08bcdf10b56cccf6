"""Folding makes text plain and still knows where every character came from."""

from hypothesis import given
from hypothesis import strategies as st

from actions.domain.folding import fold
from actions.domain.script import SIMPLIFIED


def test_width_case_and_script_are_folded() -> None:
    assert fold("Ｂlock　４５ 樓梯燈壞", SIMPLIFIED).text == "BLOCK 45 楼梯灯坏"


def test_what_cannot_be_seen_is_dropped() -> None:
    assert fold("1\ufe0f\u20e33\u200b8").text == "138"


def test_a_stretch_is_found_again_in_the_original() -> None:
    text = "在⑩号\u200b樓"
    plain = fold(text)
    start = plain.text.index("10")
    assert text[slice(*plain.span(start, start + 3))] == "⑩号"


@given(st.text())
def test_origins_rise_and_stay_inside_the_text(text: str) -> None:
    plain = fold(text, SIMPLIFIED)
    assert len(plain.origin) == len(plain.text)
    assert list(plain.origin) == sorted(plain.origin)
    assert all(0 <= index < len(text) for index in plain.origin)
