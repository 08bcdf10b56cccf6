"""When, in Chinese: a day, a part of it and a clock, with what begins, repeats or bounds them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import List, Tuple

from nlu.components.chinese_dates import (
    CLOCK,
    HOUR,
    LONE_CLOCK,
    WEEK,
    WEEKDAYS,
    ago,
    dates,
    lasting,
)
from nlu.components.word_lists import any_of, either, word_lists

Span = Tuple[int, int]

_BEFORE = either(
    *(
        "自从",
        "从",
        "自",
        "由",
        "打从",
        "到了?",
        "直到",
        "等到",
        "截至",
        "一到",
        "一过",
        "过了",
        "一入",
    ),
    *(
        "每逢",
        "大概",
        "大约",
        "约莫",
        "约",
        "差不多",
        "将近",
        "快到?",
        "现在",
        "成日",
        "整天",
        "经常",
        "总是?",
    ),
    *("老是", "平时", "平常", "临近", "每到"),
)
_GLUE = (
    r"(?:\s*(?:[的之\s、(]|和|跟|与|或者?|[-~—–]|到|至|从|就是|成|近|大概|大约|约|差不多"
    r"|,(?=[早晚上下凌半夜\d]))?\s*)"
)
_TAIL_WORDS = either(
    *(
        "以后",
        "之后",
        "以前",
        "之前",
        "以来",
        "之间",
        "开始",
        "前后",
        "左右",
        "期间",
        "至今",
        "时分",
    ),
    *(
        "时段",
        "时候",
        "出头",
        "不到",
        "大概",
        "钟",
        "的时候",
        "那会儿?",
        "那阵子?",
        "那时",
        "那[几两][天日]",
    ),
    *(
        "那天",
        "当天",
        "当晚",
        "[到至](?:现在|今天|目前|今日|今)",
        r"\)",
        "正",
        "踏正",
        "零钟",
        "为止",
        "许",
    ),
    r"后(?!面|门|巷|排|勤|续|来|座|楼|院|果|边|山|台|生|方)",
    r"前(?!面|门|台|排|往|后|室|厅|阵|边|方|院|几|两)",
    r"多(?!次|个|人|家|少|了|块|户|辆|只)",
    r"起(?!来|诉|码|火|床|点|了|身|因)",
    r"(?:放学|上学|下班|饭点|饭市|高峰|下雨|大雨|暴雨|午休|收工|放工)(?:期间?|时段?|那会儿?)?",
)
#: Words that name no time of their own, however they were put together.
_NONE = re.compile(
    r"^(?:平时|平常|初一|十五|那天|那日|那晚|那几天|那两天|当天|当晚|当年|后日|当日|上年|放假|开学|打风|台风天?"
    r"|[一二三四五六七八九十]年|新年|\d\d年|月头|假日|暴雨|大雨)$"
)


def _every() -> str:
    words = word_lists("times")
    repeated = either(
        *(
            "天",
            "日",
            "晚",
            "早",
            "夜",
            "朝",
            "年",
            "季度?",
            "月的?",
            "早晚",
            "逢",
            "早中晚",
            "朝早",
        ),
        rf"{WEEK}(?:{WEEKDAYS})?",
        any_of(words["part"], words["weekend"], words["season"], words["festival"]),
    )
    several = r"(?:[一二两三四五六七八九十几半\d]{1,2}个?)"
    return either(
        rf"每(?:一?个|逢|到|隔)?{several}?{repeated}",
        rf"逢(?:{WEEK}?{WEEKDAYS}|{any_of(words['weekend'], words['festival'])}|年过节)",
        rf"{any_of(words['ever'])}(?!向上|快乐)",
        rf"[朝早]{HOUR}晚{HOUR}(?!\d)",
    )


def _named() -> str:
    """Festivals, seasons and parts of the day, where they are no part of another name."""
    words = word_lists("times")
    no_name = rf"(?!节?{any_of(words['not_before'])})"
    part, event = any_of(words["part"]), any_of(words["event"])
    return either(
        rf"(?<!楼){part}{CLOCK}",
        # 一上午 is how long, 楼上午休 begins with an upstairs, 早晨 and 晚上好 are greetings
        r"(?<![一整成半个楼])(?!早晨(?:[!,。~ ]|$|各位|大家|啊|呀))"
        rf"{part}(?!好(?:[!,。~ 呀啊]|$)){no_name}",
        rf"[早晚夜朝](?={HOUR}点)",
        rf"(?:{event}){{1,2}}完?{any_of(words['after'])}{no_name}",
        rf"(?<=从){event}",
        rf"{any_of(words['festival'])}节?(?:晚(?!会|宴))?{no_name}(?:假期|长假|连假)?",
        any_of(words["season"]) + no_name,
        r"一早(?![就已话说知])",
    )


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = word_lists("times")
    unit = either(
        *(any_of(words["day"]), ago(), _every(), dates(), any_of(words["weekend"]), _named()),
        *(LONE_CLOCK, any_of(words["vague"])),
    )
    tail = (
        either(
            _TAIL_WORDS,
            rf"{any_of(words['event'])}{any_of(words['after'])}",
            any_of(words["going"]),
        )
        + "*"
    )
    return re.compile(rf"(?:{_BEFORE}\s*)*{unit}{tail}(?:{_GLUE}{unit}{tail})*")


@lru_cache(maxsize=1)
def _lasting() -> re.Pattern[str]:
    return re.compile(lasting())


def find_chinese(text: str, *, with_lasting: bool = False) -> List[Span]:
    """Every stretch that says when, the longest at each place; or since how long, if wanted."""
    found = [match.span() for match in _pattern().finditer(text) if not _NONE.match(match.group())]
    if with_lasting:
        found += [match.span() for match in _lasting().finditer(text)]
    return found
