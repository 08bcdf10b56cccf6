"""Which language a message is in."""

import pytest

from nlu.components.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("楼梯扶手松了", "zh"),
        ("樓梯扶手鬆了，請派人處理", "zh-Hant"),
        ("樓下啲垃圾冇人執", "yue"),
        ("部𨋢又壞咗", "yue"),
        ("呢度好嘈", "yue"),
        ("我係業主", "yue"),
        ("這跟我沒有關係", "zh-Hant"),
        ("The lift in Block 5 is broken", "en"),
        ("我家wifi断了", "zh"),
        ("KTV太吵了", "zh"),
        ("please 修一下 the lift", "mix"),
        ("详见 https://example.org/some/page/here", "zh"),
        ("", "zh"),
        ("12345", "zh"),
    ],
)
def test_language(text, language):
    assert detect_language(text) == language
