"""Which words ask to go on elsewhere, and which messages are a code."""

import pytest

from actions.adapters.database.people import code_hash, new_code
from actions.domain.asked_to_link import asks_to_link
from actions.domain.one_time_code import code_in, hash_of


@pytest.mark.parametrize(
    "text",
    [
        "连接微信", "连接Telegram", "绑定 telegram", "换手机", "我换手机了", "我想用 Telegram 继续",
        "連接微信", "我想連 telegram", "換手機", "喺telegram繼續", "換咗部手機",
        "link my Telegram", "Link my telegram.", "connect to WeChat", "continue on Telegram",
        "I changed my phone", "I have a new phone",
    ],
)  # fmt: skip
def test_words_that_ask_to_go_on_elsewhere(text: str) -> None:
    assert asks_to_link(text)


@pytest.mark.parametrize(
    "text",
    [
        "手机坏了", "楼下换手机屏幕的太吵", "微信群里有人骂人", "换手机号", "telegram",
        "连接线断了", "the phone line is broken", "link",
    ],
)  # fmt: skip
def test_words_that_ask_nothing_of_the_kind(text: str) -> None:
    assert not asks_to_link(text)


def test_a_code_is_known_however_it_was_typed() -> None:
    code = new_code()

    typed = [code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')}\n"]

    assert {code_in(each) for each in typed} == {code}
    assert {hash_of(each) for each in typed} == {code_hash(code)}


@pytest.mark.parametrize("text", ["", "LL-261120-0007-K", "45栋楼梯扶手松了", "A" * 27, "A" * 29])
def test_anything_else_is_no_code(text: str) -> None:
    assert code_in(text) == ""


def test_a_code_inside_a_sentence_is_part_of_the_sentence() -> None:
    assert code_in(f"我的码是 {new_code()}") == ""
