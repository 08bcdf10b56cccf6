"""No personal number survives masking, however it is disguised; ordinary sentences do."""

import random
import re
import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.domain.masking import mask
from actions.domain.number_shapes import has_resident_checksum
from actions.domain.ticket_number import ticket_number
from tests.growth import times_dearer

CHINESE = str.maketrans("0123456789", "零一二三四五六七八九")
FORMAL = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
CIRCLED = str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")
BOLD = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
LETTERS = str.maketrans("01", "Ol")


def _every(n: int, mark: str) -> Callable[[str], str]:
    return lambda digits: mark.join(digits[i : i + n] for i in range(0, len(digits), n))


def _mixed(digits: str) -> str:
    return "".join(c.translate(CHINESE) if i % 3 else c for i, c in enumerate(digits))


DISGUISES: dict[str, Callable[[str], str]] = {
    "plain": lambda digits: digits,
    "wide": lambda digits: digits.translate(WIDE),
    "chinese": lambda digits: digits.translate(CHINESE),
    "formal chinese": lambda digits: digits.translate(FORMAL),
    "circled": lambda digits: digits.translate(CIRCLED),
    "bold": lambda digits: digits.translate(BOLD),
    "mixed": _mixed,
    "letters for digits": lambda digits: digits.translate(LETTERS),
    "spaced singly": _every(1, " "),
    "spaced in threes": _every(3, " "),
    "spaced in fours": _every(4, " "),
    "wide spaces": _every(4, "　"),
    "dashed": _every(4, "-"),
    "dashed singly": _every(1, "-"),
    "long dashes": _every(4, "——"),
    "spaced dashes": _every(4, " - "),
    "dotted": _every(3, "."),
    "middle dots": _every(4, "·"),
    "underscores": _every(4, "_"),
    "slashes": _every(4, "/"),
    "invisible": _every(1, "\u200b"),
    "soft hyphens": _every(2, "\u00ad"),
    "keycaps": lambda digits: "".join(f"{c}\ufe0f\u20e3" if c.isdigit() else c for c in digits),
    "new lines": _every(4, "\n"),
    "wide and dashed": lambda digits: _every(4, "－")(digits.translate(WIDE)),
    "chinese and spaced": lambda digits: _every(1, " ")(digits.translate(CHINESE)),
    "enumeration commas": _every(1, "、"),
    "stars": _every(4, "*"),
}
AROUND = [
    "{}",
    "我的电话是{},麻烦联系",
    "麻煩打{}搵我,多謝",
    "please call {} after six",
    "6栋904 {} 谢谢",
    "身份证{}。",
    "({})",
]


def _luhn(head: str) -> str:
    total = 0
    for i, c in enumerate(reversed(head)):
        doubled = int(c) * 2 if i % 2 == 0 else int(c)
        total += doubled - 9 if doubled > 9 else doubled
    return head + str(-total % 10)


def _resident_id(region: str, born: date, serial: int) -> str:
    head = f"{region}{born:%Y%m%d}{serial:03d}"
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(d) * w for d, w in zip(head, weights, strict=True))
    return head + "10X98765432"[total % 11]


def _digits(n: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=n, max_size=n)


MOBILES = st.builds("1{}{}".format, st.sampled_from("3456789"), _digits(9))
LANDLINES = st.builds(
    "{}{}{}".format, st.sampled_from(["0750", "0756"]), st.sampled_from("2345678"), _digits(6)
) | st.builds(
    "{}{}{}".format, st.sampled_from(["020", "010"]), st.sampled_from("2345678"), _digits(7)
)
IDS = st.builds(
    _resident_id,
    st.sampled_from(["440703", "440402", "110101"]),
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.integers(1, 999),
)
OLD_IDS = st.builds(
    "{}{:%y%m%d}{:03d}".format,
    st.sampled_from(["440703", "440402"]),
    st.dates(date(1930, 1, 1), date(1999, 12, 31)),
    st.integers(1, 999),
)
CARDS = st.builds(
    "{}{}".format, st.sampled_from(["6222", "6217", "4392", "5187"]), _digits(11) | _digits(14)
).map(_luhn)
HONG_KONG = st.builds("{}{}".format, st.sampled_from(["8525", "8526", "8529", "8522"]), _digits(7))


def _read(text: str) -> str:
    """Every digit of a text, in plain form."""
    plain = unicodedata.normalize("NFKC", text).translate(
        str.maketrans("零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖Ol", "00123456789123456789" + "01")
    )
    return re.sub(r"[^0-9X]", "", plain)


@settings(max_examples=1500, deadline=None)
@given(
    MOBILES | LANDLINES | IDS | OLD_IDS | CARDS | HONG_KONG,
    st.sampled_from(sorted(DISGUISES)),
    st.sampled_from(AROUND),
)
def test_no_number_survives_in_any_disguise(number: str, disguise: str, around: str) -> None:
    disguised = DISGUISES[disguise](number)
    masked = mask(around.format(disguised))
    assert disguised not in masked
    beside = _read(around.format(""))
    assert _read(masked) in {beside, beside.removesuffix("904")}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13800138000", "电话***********"),
        ("+86 138 0013 8000", "+** *** **** ****"),
        ("WhatsApp 9123 4567", "WhatsApp **** ****"),
        ("搵我 91234567", "搵我 ********"),
        ("电话 3861234 找李姐", "电话 ******* 找李姐"),
        ("A123456(3)", "*******(*)"),
        ("車牌 AB 1234 阻住條路", "車牌 ** **** 阻住條路"),
        ("粤B·12345 挡路", "**·***** 挡路"),
        ("粤BD12345停在6栋", "********停在6栋"),
        ("粵 b 1 2 3 4 5", "* * * * * * *"),
        ("邮箱 li.mei@example.com。", "邮箱 **.***@*******.***。"),
        ("li＠example．com", "**＠*******．***"),
        ("身份证号错一位440703199003071230", "身份证号错一位******************"),
        ("多打一位 138001380001", "多打一位 ************"),
    ],
)
def test_what_is_masked_keeps_its_shape(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "LL-261120-0007-K",
        "催一下 LL-261120-12345-A,2026-11-20 13:00 报的",
        "6栋904、45栋2单元1203房、12号楼3302室",
        "13、14、15、16、17、18、2栋都停水",
        "1、2、3、5、6、7、8、9、10、11、12栋没电",
        "2026年11月20日 08:30-12:00,14:00-17:30",
        "20261120083000",
        "2026-11-20 08:30:15 至 2026-12-01",
        "自筹55000元,缺口6000元,补助5000元,共61,000.00元",
        "基金 20000000 元,其中 60000000元是概数",
        "¥150,000.00",
        "打110、119、120、12345",
        "物业费2.5元/平方米,面积89.55㎡,3室2厅",
        "一共三十二户,一楼到三楼,二十一比一通过",
        "一二三四五六楼都停水",
        "Block 45, Flat 12B, 3/F, 21 Riverside Road",
        "lift 2座又壞, 3 times since 2025",
        "编号 80012345 的路灯不亮",
        "广东省粤居码怎么办",
        "京东快递放在新A区",
        "22.5912,113.0925",
        "第278条,2/3以上参与,3/4同意",
        "噪音 65 分贝,23:40 到 01:20",
        "电话 2026-11-20 前回复",
        "OIL OO ll 100",
    ],
)
def test_ordinary_sentences_are_left_alone(text: str) -> None:
    assert mask(text) == text


@given(
    st.dates(date(2020, 1, 1), date(2099, 12, 31)),
    st.integers(1, 99_999),
    st.sampled_from(["事项 {}", "{} 电话", "电话{}呢", "{},{}"]),
)
def test_ticket_numbers_are_left_alone(day: date, n: int, around: str) -> None:
    text = around.format(*[ticket_number(day, n)] * around.count("{}"))
    assert mask(text) == text


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)
    assert len(mask(text)) == len(text)


@given(IDS)
def test_a_right_identity_number_has_its_checksum(number: str) -> None:
    assert has_resident_checksum(number)
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    assert not has_resident_checksum(wrong)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1 ",
        "13800138000 ",
        "a@",
        "a.",
        "粤B",
        "(",
        "6 ",
        "6222021234567890",
        "LO",
        "1、",
        "A1",
        "电话1",
        "l1",
        "X",
    ],
)
def test_hostile_texts_take_linear_time(unit: str) -> None:
    assert times_dearer(mask, unit) < 30


def test_random_small_talk_about_numbers_is_left_alone() -> None:
    dice = random.Random(7)
    for _ in range(2000):
        text = (
            f"{dice.randint(1, 60)}栋{dice.randint(1, 33)}{dice.randint(1, 8):02d} "
            f"{dice.randint(2020, 2027)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d} "
            f"{dice.randint(0, 23):02d}:{dice.randint(0, 59):02d} {dice.randint(1, 99999)}元 "
            f"{dice.randint(1, 9)}楼{dice.randint(1, 300)}户"
        )
        assert mask(text) == text
