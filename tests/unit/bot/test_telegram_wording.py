"""What Telegram is told of a message: the words, what is bold, the card, the photos."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.application.delivering import Shown
from bot.channels.telegram.parts import Part, parts_of
from bot.channels.telegram.splitting import LONGEST_TEXT, units
from bot.channels.telegram.wording import Styled, pages, styled
from bot.delivery.values import Wording
from bot.gateway.wording import words_of
from tests.nanting import wording


@pytest.fixture
def texts() -> Wording:
    return wording(datetime(2026, 11, 20, 6, 30, tzinfo=UTC))


def bold_words(text: Styled) -> list[str]:
    """As the platform finds them, by UTF-16 offsets."""
    raw = text.text.encode("utf-16-le")
    return [
        raw[each.offset * 2 : (each.offset + each.length) * 2].decode("utf-16-le")
        for each in text.entities
    ]


def test_emphasis_becomes_bold_and_its_marks_go() -> None:
    text = styled("打**119**，编号 **LL-1**")

    assert text.text == "打119，编号 LL-1"
    assert bold_words(text) == ["119", "LL-1"]


def test_bold_is_counted_as_the_platform_counts() -> None:
    assert bold_words(styled("𨋢👨‍👩‍👧 **𨋢壞咗** 𨋢 **x**")) == ["𨋢壞咗", "x"]


@pytest.mark.parametrize(
    "text", ["2 ** 3", "**", "** a **", "<b>x</b>", "_[a](b)_ `c` &lt;", "a*b*c", "***"]
)
def test_what_only_looks_like_marks_stays(text: str) -> None:
    assert styled(text) == Styled(text=text)


def test_what_cannot_be_encoded_is_replaced() -> None:
    assert styled("a\x00b\ud800c").text == "a\ufffdb\ufffdc"


@settings(deadline=None)
@given(st.text(), st.text(alphabet="*ab\n 楼𨋢", max_size=60))
def test_emphasis_takes_nothing_but_its_marks(naughty: str, marked: str) -> None:
    text = styled(naughty + marked)

    lost = (naughty + marked).count("*") - text.text.count("*")
    assert lost == 4 * len(text.bold)
    assert all(0 <= start < end <= len(text.text) for start, end in text.bold)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["**粗**", "楼梯\n", "𨋢 ", "** bold words**"]), max_size=60))
def test_pages_keep_their_share_of_the_bold(pieces: list[str]) -> None:
    whole = styled("".join(pieces))

    cut = pages(whole, 20)

    shown = [page.text[start:end] for page in cut for start, end in page.bold]
    assert "".join(shown) == "".join(whole.text[start:end] for start, end in whole.bold)


def test_a_page_of_nothing_to_see_is_left_out() -> None:
    assert [page.text for page in pages(styled("\n" * 5000 + "end"))] == ["\n" * 904 + "end"]


CARD = {
    "title": "扶手松动",
    "urgency": "U",
    "lines": [{"label": "地点", "value": "45栋 **3楼**"}],
    "countdown_to": "2026-11-20T08:30:00+00:00",
    "photos": ["p1"],
}


def test_a_card_is_told_line_by_line(texts: Wording) -> None:
    shown = Shown(kind="card", text="记成这样：", content={"card": CARD})

    assert styled(words_of(shown, 2, texts, "zh-CN")).text == (
        "记成这样：\n\n扶手松动 〔紧急〕\n地点：45栋 3楼\n照片：您发的 2 张\n时间：最迟 今天 16:30"
    )


def test_an_ordinary_card_does_not_call_itself_one(texts: Wording) -> None:
    card = CARD | {"urgency": "N", "countdown_to": None}

    said = words_of(Shown(kind="card", text="", content={"card": card}), 0, texts, "en")

    assert styled(said).text == "扶手松动\n地点: 45栋 3楼"


def test_one_photo_carries_a_short_text_and_the_buttons() -> None:
    assert parts_of(styled("seen"), ["p1"], has_buttons=True) == [
        Part(words=styled("seen"), photos=("p1",), has_buttons=True)
    ]


def test_photos_that_cannot_carry_the_text_come_before_it() -> None:
    words = styled("x" * 1025)

    for photos in (["p1"], ["p1", "p2"]):
        assert parts_of(words, photos, has_buttons=True) == [
            Part(photos=tuple(photos)),
            Part(words=words, has_buttons=True),
        ]


def test_more_photos_than_an_album_holds_are_several() -> None:
    albums = parts_of(styled(""), [f"p{number}" for number in range(12)], has_buttons=False)

    assert [len(each.photos) for each in albums] == [10, 2]


def test_buttons_stand_below_the_last_part() -> None:
    parts = parts_of(styled("楼" * 9000), [], has_buttons=True)

    assert [part.has_buttons for part in parts] == [False, False, True]
    assert all(units(part.words.text) <= LONGEST_TEXT for part in parts)


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u202e"])
def test_a_message_of_nothing_still_says_something(text: str) -> None:
    [part] = parts_of(styled(text), [], has_buttons=True)

    assert (part.words.text, part.has_buttons) == ("…", True)


def test_parts_come_back_from_the_row_as_they_were() -> None:
    parts = parts_of(styled("**a** " * 2000), ["p1", "p2"], has_buttons=True)

    assert [Part.from_json(part.to_json()) for part in parts] == parts
