"""Whose matter is told, as far as words say so without a model."""

import pytest

from actions.domain.asked_by_name import asked_by_name
from actions.domain.firm import firm_named, speaks_for_firm
from actions.domain.on_behalf import agreed_in, leaves_nothing, speaks_for_another
from actions.domain.origin import Agreed


@pytest.mark.parametrize(
    "text",
    [
        "帮我妈报一下,她家4楼漏水",
        "我替隔壁阿婆反映,楼道灯不亮",
        "替45栋的何婆婆报,三楼扶手松了",
        "代我爸爸问一下长者饭堂",
        "幫我阿媽報,佢屋企漏水",
        "我幫隔籬婆婆講聲,樓梯燈壞咗",
        "我妈让我报一下,楼梯扶手松了",
        "阿婆叫我嚟講,樓梯好暗",
        "帮她反映一下,楼上漏水",
        "Reporting on behalf of my neighbour: the light is out",
        "This is for my grandmother, her tap leaks",
        "my mum asked me to report the broken rail",
    ],
)
def test_these_speak_for_somebody_else(text: str) -> None:
    assert speaks_for_another(text)


@pytest.mark.parametrize(
    "text",
    [
        "帮我报一下,楼梯灯不亮",
        "帮我跟楼上说一下,别吵了",
        "我同楼上讲过,冇用",
        "帮我投诉楼上说话大声",
        "邻居叫我别说了,但我还是要反映",
        "楼上又在吵",
        "帮我妈修一下水管",
        "老人差点摔倒",
        "时代邻里门口的灯坏了",
        "Please report this for me",
        "my neighbour is loud",
    ],
)
def test_these_speak_for_themselves(text: str) -> None:
    assert not speaks_for_another(text)


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("同意", Agreed.YES),
        ("她知道的", Agreed.YES),
        ("佢叫我嚟嘅", Agreed.YES),
        ("她让我来的", Agreed.YES),
        ("yes she knows", Agreed.YES),
        ("没问过", Agreed.UNASKED),
        ("她不知道", Agreed.UNASKED),
        ("冇問過佢", Agreed.UNASKED),
        ("not asked", Agreed.UNASKED),
        ("不方便问", Agreed.CANNOT),
        ("她失智了", Agreed.CANNOT),
        ("唔方便問", Agreed.CANNOT),
        ("can't ask her", Agreed.CANNOT),
        ("三楼那个扶手", Agreed.UNKNOWN),
    ],
)
def test_whether_they_agree(text: str, agreed: Agreed) -> None:
    assert agreed_in(text) is agreed


@pytest.mark.parametrize(
    "text",
    [
        *("没有", "不留", "唔留", "no", "Skip", "不用了。", "没有电话", "她没有手机。", "信上没写"),
        *(
            "冇電話",
            "佢冇手機號碼㗎",
            "老人家没手机的",
            "不知道电话",
            "no phone",
            "She has no phone.",
        ),
    ],
)
def test_no_contact_is_left(text: str) -> None:
    assert leaves_nothing(text)


@pytest.mark.parametrize(
    "text", ["13812345678", "没有电话,3栋402", "No. 5, Block 3", "微信 hey66", "楼下小卖部的电话"]
)
def test_a_contact_is_left(text: str) -> None:
    assert not leaves_nothing(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我是南亭五金公司的,门口积水", "南亭五金公司"),
        ("我们是阿陈烧腊店,门口积水", "阿陈烧腊店"),
        ("We are from Lucky Bakery, the drain is blocked", "Lucky Bakery"),
        ("我们店门口积水", ""),
        ("本公司门口积水", ""),
        ("我哋間舖頭門口浸水", ""),
        ("our shop has no light", ""),
    ],
)
def test_these_speak_for_a_firm(text: str, name: str) -> None:
    assert speaks_for_firm(text)
    assert firm_named(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "楼下那家店半夜还在吵",
        "我是6栋的,楼下餐厅油烟大",
        "物业公司不理人",
        "超市门口积水",
        "the shop downstairs is loud",
        "我是在你们公司门口看到的",
    ],
)
def test_these_do_not(text: str) -> None:
    assert not speaks_for_firm(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("开始巡查", "patrol"),
        ("我去巡查了", "patrol"),
        ("開始行樓", "patrol"),
        ("Start patrol.", "patrol"),
        ("开始走访", "visit"),
        ("我去入户走访了", ""),
        ("我去探訪喇", "visit"),
        ("start home visits", "visit"),
        ("巡完了", "end"),
        ("巡查结束", "end"),
        ("巡完喇!", "end"),
        ("end my patrol", "end"),
        ("录入来信", "letter"),
        ("錄入來信", "letter"),
        ("type in a letter", "letter"),
        ("/企业", "firm"),
        ("/company", "firm"),
        ("什么时候开始巡查?", ""),
        ("保安从来不去巡查", ""),
        ("走访完了三户,45栋扶手松了", ""),
    ],
)
def test_what_is_asked_for_by_its_name(text: str, name: str) -> None:
    assert asked_by_name(text) == name
