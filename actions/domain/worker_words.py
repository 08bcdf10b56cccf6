"""The verbs of those who handle tickets as they type them, instead of pressing the button.

Whole messages only: within a sentence the same words tell what happened, for the record.
"""

import unicodedata
from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "button_accept": (
        *(
            "接单",
            "接單",
            "我接",
            "我接单",
            "我接單",
            "我接了",
            "接了",
            "签收",
            "我跟",
            "我跟啦",
            "accept",
        ),
        *("I'll take it", "I take it", "taking it"),
    ),
    "button_go_there": (
        *(
            "去现场",
            "去現場",
            "直接去现场",
            "直接去現場",
            "开始处理",
            "開始處理",
            "开始办",
            "开工",
            "出发",
            "出發",
        ),
        *("我而家去", "start", "on my way", "going there", "Go there now"),
    ),
    "button_resolve": (
        *(
            "办结",
            "辦結",
            "结案",
            "結案",
            "办完了",
            "办好了",
            "处理完了",
            "處理好咗",
            "搞掂",
            "搞掂咗",
            "搞掂",
        ),
        *("搞掂咗", "搞定", "搞定了", "resolve", "resolved", "done", "finished", "Settled"),
    ),
    "button_not_mine": ("不是我的", "唔係我嘅", "退单", "退單", "退回", "not mine", "return"),
    "button_transfer": (
        *("转给别人", "轉畀第二個", "转派", "轉派", "转单", "轉單", "transfer", "hand over"),
        *("Hand it on",),
    ),
    "button_ask_reporter": ("问反映人", "問反映人", "问居民", "問居民", "ask the reporter"),
    "button_message_reporter": (
        *("发消息", "發訊息", "发消息给反映人", "message the reporter", "Send a message"),
    ),
    "button_message_lead": ("跟牵头的说", "同牽頭嘅講", "tell the lead"),
    "button_ask_lead": ("问牵头的", "問牽頭嘅", "ask the lead"),
    "button_note": ("记一笔", "記一筆", "note", "記低一句", "Add a note"),
    "button_schedule": ("约时间", "約時間", "排期", "schedule", "Set a day"),
    "button_reschedule": ("改时间", "改時間", "改期", "reschedule", "Change the day"),
    "button_hold": ("请示暂缓", "請示暫緩", "暂缓", "暫緩", "挂起", "掛起", "hold", "Ask to pause"),
    "button_extend": ("请示延期", "請示延期", "延期", "extend", "Ask for more time"),
    "button_resume": ("接着办", "繼續跟", "恢复", "恢復", "resume", "Go on"),
    "button_approve": ("同意", "批准", "同意啦", "可以批", "agree", "approve", "approved"),
    "button_refuse": ("不同意", "唔同意", "不批", "唔批", "do not agree", "refuse"),
    "button_it_stays": (
        *("仍由原来的人办", "仍由原來嘅人跟", "还是他办", "仲係佢跟", "it stays"),
        *("It stays where it was",),
    ),
    "button_give_receipt": ("填单号", "填單號", "enter their number"),
    "button_hand_out": (
        "转外部单位",
        "轉外部單位",
        "转外部",
        "轉外部",
        "hand out",
        "To an outside body",
    ),
    "button_report_news": ("有消息", "news", "There is news"),
    "button_take_back": ("收回", "收返", "take back", "攞返", "Take it back"),
    "button_temporary": (
        *("临时措施做好了", "臨時措施做好咗", "先应急好了", "temporary fix done", "臨時措施搞掂"),
        *("Temporary step done",),
    ),
    "button_split": ("请别家一起办", "請其他單位一齊跟", "联合办理", "聯合辦理", "bring in others"),
    "button_deliberate": ("转议事", "轉議事", "to the committee"),
    "button_merge": (
        "并案",
        "併案",
        "和别的并在一起",
        "merge",
        "同第件併埋一齊",
        "Merge with another",
    ),
    "button_decline": ("不归社区办", "不予受理", "decline", "唔係社區處理", "Not ours to settle"),
    "button_hand_to_other": (
        *("派给别人", "派畀第二個", "派单", "派單", "改派", "assign", "Give to someone else"),
    ),
    "button_more": ("其他操作", "更多", "more"),
    "button_record": ("看记录", "睇紀錄", "記錄", "记录", "record", "See the record"),
}


def verb_worded(text: str) -> str:
    """The button a whole message names; empty when it is something else."""
    return _LABELS.get(_bare(text), "")


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


_LABELS: Final = {_bare(words): label for label, wordings in WORDS.items() for words in wordings}
