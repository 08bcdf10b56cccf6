"""Long texts are cut where readers see an end, and nothing of them is lost."""

import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.splitting import LONGEST_TEXT, split, units

#: Also what is hard to cut: marks, flags, families, line ends, letters outside the first plane.
PIECES = st.sampled_from(
    [
        "a",
        " ",
        "\n",
        "\r\n",
        "。",
        "楼",
        "e\u0301",
        "👨‍👩‍👧‍👦",
        "🇨🇳",
        "🇭🇰",
        "𨋢",
        "\u200d",
        "\u202e",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=200).map("".join)


@settings(deadline=None)
@given(TEXTS, st.integers(min_value=2, max_value=60))
def test_the_parts_joined_are_the_text(text: str, most: int) -> None:
    parts = split(text, most)

    assert "".join(parts) == text
    assert all(0 < units(part) <= most for part in parts)


@settings(deadline=None)
@given(TEXTS)
def test_no_character_as_readers_see_it_is_cut(text: str) -> None:
    longest = max((units(each) for each in regex.findall(r"\X", text)), default=1)

    parts = split(text, max(longest, 12))

    assert [g for part in parts for g in regex.findall(r"\X", part)] == regex.findall(r"\X", text)


@settings(deadline=None)
@given(TEXTS)
def test_a_length_is_what_utf_16_needs(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_a_text_that_fits_stays_whole() -> None:
    assert split("楼" * LONGEST_TEXT) == ["楼" * LONGEST_TEXT]
    assert split("") == []


def test_a_line_end_is_preferred_to_a_space_and_a_space_to_a_letter() -> None:
    assert split("one two\nthree four", 12) == ["one two\n", "three four"]
    assert split("one two three four", 12) == ["one two ", "three four"]
    assert split("onetwothreefour", 12) == ["onetwothreef", "our"]


def test_a_line_end_far_back_does_not_make_a_short_part() -> None:
    first, *_ = split("a\n" + "b" * 40, 20)

    assert first == "a\n" + "b" * 18


def test_one_character_of_thousands_of_marks_is_cut_all_the_same() -> None:
    text = "z" + "\u0301" * 5000

    parts = split(text)

    assert "".join(parts) == text
    assert [units(part) for part in parts] == [LONGEST_TEXT, 905]
