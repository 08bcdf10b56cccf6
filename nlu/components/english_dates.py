"""Numbers that name a day or an hour, in English."""

from __future__ import annotations

from nlu.components.word_lists import either

_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HOUR = rf"(?:[01]?\d|2[0-3]|{_WORDS})"
_PART = r"(?:morning|afternoon|evening)"
_FEW = r"(?:[1-9]|1[0-2])"
_MINUTE = r"(?:[:.h][0-5]\d)"
_MERIDIEM = r"(?:\s?[ap]\.?m\b\.?)"
_TO = r"\s?(?:-|–|to|till|til|until|and|or)\s?"
_DAY = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
)
#: An hour without am or pm is one only where the words around it say so.
_HOUR_FOLLOWS = (
    r"(?=\s(?:in the|at night|this|last|every|each|on|most|daily|tomorrow|yesterday|today|tonight"
    r"|when|because|but|so|and|or|sharp|onwards?)\b|\s?[.,;!?)](?!\d)|\s?$)"
)


def dates(month: str, capital: str) -> str:
    """5 November, Nov 5, the 5th, 5/11, in 2024; `capital` are months that are no other word."""
    # "the 3rd floor" and "the 5th time" are no days
    no_day = (
        r"(?!\s(?:floor|time|of\sthese|storey|lift|level|house|block|person|flat|call|report|one|complaint"
        r"|street|st|lane|avenue|ave|road|row|tree|bench|door|gate|day|week|month|letter|tower|unit)\b)"
    )
    return either(
        rf"(?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{month}\b(?:\s(?:19|20)\d\d)?",
        r"(?:the\s)?\d{1,2}(?:st|nd|rd|th)\sof\s(?:this|last|next|the)\smonth\b",
        rf"{month}\.?\s(?:the\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?|{_DAY})\b(?!\s?(?:floor|units))"
        r"(?:,?\s(?:19|20)\d\d)?",
        rf"(?:early|mid|late|end of|start of|beginning of)[\s-]{month}\b",
        r"(?:in|since|last|this|next|by|until|during)\s(?-i:March|May|Mar)\b(?!\s[a-z]+\s(?:I|we))",
        rf"(?:in\s)?(?-i:{capital})(?!\s+(?:I|we|you)\b)\b",
        r"\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/]|\s?(?:of|F\b))|\d{4}-\d\d-\d\d",
        rf"the\s(?:night\sof\sthe\s)?\d{{1,2}}(?:st|nd|rd|th)\b{no_day}",
        r"\d{1,2}(?:st|nd|rd|th)(?=[.,;]|$)",
        r"(?<=day\s)\d{1,2}(?:st|nd|rd|th)\b",
        r"(?:in|since|until|by|before|after)\s(?:19|20)\d\d\b",
    )


def clocks(named: str) -> str:
    """7pm, half six, 10 till 12, at 7, 3 in the morning; `named` are midnight, dusk and so on."""
    hour = rf"{_HOUR}{_MINUTE}?"
    return either(
        rf"(?:half|quarter|twenty|ten|five|\d{{1,2}}\s?min(?:ute)?s?)\s(?:past|to|after|before)\s"
        rf"{_HOUR}\b{_MERIDIEM}?",
        rf"\d{{1,2}}\spast\s{_HOUR}\b{_MERIDIEM}?",
        rf"half\s(?:{_WORDS}|\d{{1,2}})\b{_MERIDIEM}?",
        rf"{hour}{_MERIDIEM}?{_TO}{hour}{_MERIDIEM}",
        rf"{hour}{_MERIDIEM}{_TO}(?:noon|midnight|{hour})\b",
        rf"{hour}{_MERIDIEM}",
        r"(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)",
        rf"{_HOUR}\s?o'?\s?clock",
        r"[0-2]\d[0-5]\d\s?(?:hrs|hours|h)\b",
        rf"{_HOUR}(?:-?ish)\b",
        rf"{hour}(?:{_TO}{hour})?(?=\s(?:at night|(?:in the|this|tomorrow|yesterday) {_PART}))",
        rf"(?<=between\s){hour}\sand\s(?:{hour}\b|noon|midnight)",
        rf"(?<![\w.]){_FEW}{_MINUTE}?\s?(?:-|–|to|till|til|until)\s?{_FEW}{_MINUTE}?{_HOUR_FOLLOWS}",
        rf"(?:(?<=\bat\s)|(?<=from\s)|(?<=after\s)|(?<=before\s)|(?<=until\s)|(?<=till\s)|(?<=since\s)|(?<=around\s)|(?<=about\s)){hour}\b{_HOUR_FOLLOWS}",
        rf"{named}\b",
    )
