"""Words by which those who work here ask for their lists, their leave and their colleagues."""

import unicodedata
from collections.abc import Mapping
from typing import Final

#: What is asked for, by exactly these words and nothing beside them.
WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "todo": (
        *("待办", "待辦", "看待办", "睇待辦", "我的待办", "我嘅待辦", "待办事项", "待辦事項"),
        *("有什么要办的", "有咩要跟", "todo", "to do", "to-do", "to-do list", "my to-do list"),
    ),
    "away": (
        *("请假", "請假", "放假", "我要请假", "我要請假", "我想请假", "我想請假", "我要放假"),
        *("我想放假", "休假", "我要休假", "i will be away", "i'll be away", "i am away"),
        *("day off", "i need a day off", "i am ill", "i'm ill", "我病了", "我病咗"),
    ),
    "back": (
        *("我回来了", "回来了", "我返嚟喇", "返嚟喇", "我返嚟啦", "销假", "銷假", "我要销假"),
        *("i am back", "i'm back"),
    ),
    "invite": ("邀请同事", "邀請同事", "请同事加入", "invite a colleague", "invite colleague"),
    "colleagues": ("同事名单", "同事名單", "看同事", "睇同事", "colleagues", "my colleagues"),
}


def asked_of_work(text: str) -> str:
    """todo, away, back, invite or colleagues, where the message says just that; else empty."""
    return _BY_WORDS.get(_bare(text), "")


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


_BY_WORDS: Final = {_bare(words): what for what, wordings in WORDS.items() for words in wordings}
