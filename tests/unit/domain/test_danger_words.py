"""Yes, no and perhaps, when somebody may be stuck in a lift."""

import pytest

from actions.domain.danger_words import (
    Inside,
    anybody_in_danger,
    anybody_inside,
    asks_else,
    says_over,
    takes_back,
)


@pytest.mark.parametrize(
    "text",
    [
        "有啊", "里面有人", "困住了", "我就在里面", "有", "有!我妈在里面", "yes, my mum", "有两个人",
        "裏面有人", "入面有人啊", "係呀", "有個婆婆", "我困咗喺𨋢入面", "I'm inside", "we are stuck",
        "no, my mum is inside", "没人管,里面有人", "我在", "快来救我", "好像有人", "出不来", "是的",
        "there is an old man",
    ],
)  # fmt: skip
def test_somebody_is_inside(text: str) -> None:
    assert anybody_inside(text) is Inside.YES


@pytest.mark.parametrize(
    "text",
    [
        "没有", "没人", "没人,里面是空的", "里面没人", "冇人", "冇啊", "没有啊", "沒有人被困", "無人",
        "nobody", "No", "no one inside", "not stuck", "没有人在里面", "没困人",
    ],
)  # fmt: skip
def test_nobody_is_inside(text: str) -> None:
    assert anybody_inside(text) is Inside.NO


@pytest.mark.parametrize(
    "text",
    ["不知道啊", "不知道有没有人", "唔知喎", "唔肯定", "not sure", "I don't know", "应该没人吧",
     "没看到人", "有人吗", "睇唔到入面"],
)  # fmt: skip
def test_nobody_knows(text: str) -> None:
    assert anybody_inside(text) is Inside.UNSURE


@pytest.mark.parametrize(
    "text", ["门口的灯也不亮", "没人来修", "有异响", "2栋", "我在家", "里面的灯坏了", "坏了三天"]
)
def test_it_is_no_answer(text: str) -> None:
    assert anybody_inside(text) is None


@pytest.mark.parametrize(
    "text",
    ["找到了", "火灭了", "已经送医院", "误会", "开玩笑", "it's out", "false alarm", "搵到咗", "冇事喇",
     "已经没事了", "人救出来了", "我开玩笑的", "just kidding", "火已经扑灭了", "佢返嚟咗", "係誤會嚟",
     "he is out", "人出来了", "没有危险", "冇危險喇", "there is no danger", "no danger now"],
)  # fmt: skip
def test_it_is_over(text: str) -> None:
    assert says_over(text)


@pytest.mark.parametrize(
    "text",
    ["没找到", "还没找到", "不是开玩笑", "唔係講笑", "火还没灭", "火灭不了", "要不要送医院", "快送医院",
     "not joking", "it's not out", "6栋904", "又着了", "火滅咗又燒起", "他们还没出来", "以为是误会",
     "烟散不了", "是不是没有危险", "没有危险吗", "人出来了,火很大", "我们出来了", "我安全了", "he is out but it burns", "救护车怎么还没到"],
)  # fmt: skip
def test_it_is_not_over(text: str) -> None:
    assert not says_over(text)


def test_a_cry_is_taken_back() -> None:
    assert takes_back("刚才说着火是开玩笑的")
    assert not takes_back("没开玩笑,真的着火了")


@pytest.mark.parametrize("text", ["6栋904", "快点来人", "help", "火越来越大", "我的孩子在里面"])
def test_words_about_the_danger_are_no_other_wish(text: str) -> None:
    assert not asks_else(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((text, Inside.YES) for text in (
            "有", "有危险", "有危險呀", "是的，有危险", "很危险", "佢好危險", "有老人", "旁边有小孩", "我阿媽",
            "yes", "she is in danger", "there's a child", "没有，但有人受伤了", "没有人来救他，他快不行了",
        )),
        *((text, Inside.NO) for text in (
            "没有", "没有危险", "冇危險", "唔危險", "没事", "暂时没有", "而家冇", "没有人受伤", "nobody",
            "not in danger", "not at the moment", "没有，水是从里面漏出来的", "没有，只有一个灯坏了",
            "No, there is water inside", "no, but please help soon", "大家都安全", "没有老人", "冇細路", "it is fine", "everyone's ok", "we're ok", "all good",
        )),
        *((text, Inside.UNSURE) for text in ("不知道", "唔知", "会不会有危险", "哪里有危险？", "not sure")),
        *((text, None) for text in ("有一个水管爆了", "有条狗在叫", "就是有点吵", "ok")),
    ],
)  # fmt: skip
def test_whether_anybody_is_in_danger_is_not_whether_they_are_inside(
    text: str, said: Inside | None
) -> None:
    assert anybody_in_danger(text) is said
