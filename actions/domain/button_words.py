"""The words on a draft's buttons, in every language, as people also write them."""

import unicodedata
from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "button_submit": ("提交", "Submit"),
    "button_submit_all": ("一起提交", "一齊提交", "Submit all", "全部提交", "都提交"),
    "button_one_by_one": ("逐件看", "逐件睇", "One by one"),
    "button_add_photo": (
        *("加照片/补充", "加相/補充", "Add photo or detail", "加照片", "加相", "补充", "補充"),
        *("Add photo", "Add detail"),
    ),
    "button_change_place": ("改地点", "改地點", "Change place", "改地址", "改位置"),
    "button_change_category": ("改类别", "改類別", "Change kind", "改分类", "Change category"),
    "button_drop": ("不要了", "唔要喇", "Drop it", "唔要啦", "唔要了"),
    "button_go_on": ("接着说", "講埋佢", "Go on", "继续", "繼續", "继续说", "Continue"),
    "button_nobody_trapped": ("没有", "冇", "No"),
    "button_somebody_trapped": ("有人困住了", "有人困住咗", "Someone is stuck"),
    "button_other_place": ("别的地方", "第二個地方", "Somewhere else"),
    "button_none_of_these": ("都不是", "都唔係", "None of these"),
    "button_never_mind": ("先不用", "暫時唔使", "Not now"),
    "button_same_matter": (
        *("同一件，算我", "係，計埋我", "Same one, count me in", "是同一件", "同一件", "係同一件"),
        *("算我", "計埋我", "Same one", "Same"),
    ),
    "button_another_matter": ("不是同一件", "唔係同一件", "A different one", "Different"),
    "button_for_another": ("替别人报的", "幫人報嘅", "For somebody else", "替别人", "幫人報"),
    "button_for_person": ("家人、邻居", "屋企人、街坊", "Family or neighbour", "家人", "邻居"),
    "button_for_firm": ("我们单位、店", "我哋公司、舖頭", "Our firm or shop", "单位", "公司"),
    "button_for_myself": ("是我自己的事", "係我自己嘅事", "It is my own", "我自己的", "我自己"),
    "button_settled_on_spot": (
        *("当场解决了", "當場搞掂", "Settled on the spot", "当场解决", "解决了", "搞掂咗"),
        *("搞掂", "settled"),
    ),
    "button_file_finding": ("立案", "開單", "File it", "要立案", "file"),
    "button_note_finding": ("先记着", "記低先", "Keep for later", "记着", "記低"),
    "button_drop_finding": ("删掉", "刪咗佢", "Remove", "删了", "刪咗"),
    "button_pass_on": (
        *("还是想让社区看看", "都係想社區睇下", "I still want you to look", "请帮我转", "請幫我轉"),
        *("帮我转", "幫我轉", "社区看看", "社區睇下", "Pass it on for me"),
    ),
    "button_wrong_door": ("这个答复不对", "呢個答覆唔啱", "That answer was wrong"),
    "button_quiet_now": ("好了", "好咗", "Better now", "好多了", "好多咗", "没再响", "冇再嘈"),
    "button_noise_again": ("又响了", "又嘈過", "Loud again", "又吵了", "又唱了", "又嘈", "还在响"),
    "button_again": ("又有了", "又有", "It came back", "还是老样子", "仲係咁"),
    "button_unsure": ("说不好", "講唔準", "Cannot tell", "不好说", "难说", "好難講"),
    "button_only_talk": (
        "本来就不是要报的",
        "本身就唔係想報",
        "It was only talk",
        "随便说说",
        "講吓啫",
    ),
    "button_learn_yes": ("可以", "得", "Fine by me", "好", "行", "好啊", "可以呀", "Yes", "OK"),
    "button_learn_no": ("不用了", "唔使喇", "Rather not", "不用", "不要", "唔使", "唔好", "No"),
    "button_learn_back": ("收回", "收返", "Take it back"),
    "button_answer_helped": (
        "有帮助",
        "幫到手",
        "That helps",
        "有用",
        "有帮到",
        "有幫助",
        "helpful",
    ),
    "button_ask_further": (
        *("没答到，请人回答", "答唔到，請人答我", "Not my question: ask a person", "没帮上"),
        *(
            "请人回答",
            "請人答我",
            "找人答",
            "搵人答",
            "没答到",
            "幫唔到手",
            "答唔到",
            "没有帮助",
            "冇幫助",
            "not helpful",
            "ask a person",
        ),
    ),
    "button_let_answer": ("请人回答", "請人答我", "Let a person answer", "找人答", "搵人答"),
    "button_tell_instead": (
        "是要办的事",
        "係要跟嘅事",
        "It is something to be done",
        "帮我报",
        "幫我報",
    ),
    "button_door_is_enough": ("我自己联系", "我自己聯絡", "I will contact them"),
}


def labels_worded(text: str) -> frozenset[str]:
    """The buttons that bear exactly these words."""
    return _LABELS.get(_bare(text), frozenset())


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def _by_words() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for label, wordings in WORDS.items():
        for words in wordings:
            key = _bare(words)
            table[key] = table.get(key, frozenset()) | {label}
    return table


_LABELS: Final = _by_words()
