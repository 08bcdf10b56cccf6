"""One spelling, and the way back to what was typed."""

import pytest

from nlu.components.alignment import AlignedText
from nlu.components.text_normalizer import cantonese_lexicon, normalise


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("４５栋扶手松了！！！", "45栋扶手松了!"),
        ("樓梯扶手鬆了", "楼梯扶手松了"),
        ("部𨋢壞咗，困咗人喺入面", "部电梯坏了,困了人在里面"),
        ("尋晚樓上好嘈", "昨晚楼上很吵"),
        ("灯坏了😡\u200b", "灯坏了"),
        ("谢谢[微笑]", "谢谢"),
        ("看 https://a.b/c?d=1 这里", "看 这里"),
        ("", ""),
    ],
)
def test_a_message_is_brought_to_one_spelling(typed, read):
    assert normalise(typed).text == read


def test_mandarin_is_not_rewritten_by_the_cantonese_lexicon():
    assert normalise("关于夜晚停车的关系和联系").text == "关于夜晚停车的关系和联系"


@pytest.mark.parametrize("typed", ["尋晚十一點樓上好嘈", "①２栋😀灯𨋢口", "a\u200bb  c", "ﬁ㎡ 3棟"])
def test_every_character_points_into_the_original(typed):
    aligned = normalise(typed)
    assert len(aligned.spans) == len(aligned.text)
    assert all(0 <= start < end <= len(typed) for start, end in aligned.spans)


def test_a_rewritten_word_leads_back_to_the_whole_original_word():
    typed = "部升降機壞咗"
    aligned = normalise(typed)
    start = aligned.text.index("电梯")
    first, last = aligned.original_span(start, start + 2)
    assert typed[first:last] == "升降機"


def test_an_empty_span_has_no_original():
    with pytest.raises(ValueError, match="empty span"):
        AlignedText.of("灯").original_span(1, 1)


def test_the_lexicon_is_large_and_its_keys_are_simplified():
    lexicon = cantonese_lexicon()
    assert len(lexicon) >= 200
    assert all(normalise(word).text for word in lexicon)
    assert "䢂" in lexicon  # what OpenCC makes of the character for a lift
