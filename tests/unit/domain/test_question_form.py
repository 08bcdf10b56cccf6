"""A question is known by its form; telling is not asking."""

import pytest

from actions.domain.question_form import asks


@pytest.mark.parametrize(
    "text",
    [
        "旧电池该丢进哪一个桶",
        "装修要押多少钱给物业",
        "周日能打墙吗",
        "户口怎么迁",
        "師傅幾時上嚟檢查爐頭",
        "可唔可以借會所",
        "低保點申請",
        "管理處有冇人",
        "can workmen drill on saturday morning",
        "no water, which number should I dial",
        "open on sunday?",
    ],
)
def test_it_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "电梯坏了",
        "楼上在装修，吵死了",
        "部𨋢壞咗",
        "十二點幾仲打樁",
        "差一點跌親",
        "The lift is broken",
        "我想租个车位",
        "路灯不亮",
    ],
)
def test_it_tells(text: str) -> None:
    assert not asks(text)
