"""Numbers and names of blocks, floors, flats and roads, in English."""

from __future__ import annotations

from typing import Dict, FrozenSet

from nlu.components.word_lists import any_of, either

ID = r"(?:[A-Za-z]{0,2}-?\d{1,4}[A-Za-z]?(?!\w)|(?-i:[A-Z]|II|III|IV)(?!\w)(?!['’](?!s\s)))"
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|ground|top|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth|eleventh|twelfth|[a-z]+teenth|twentieth|basement|lower|upper|same|next)"
)
_FLOOR = either(
    r"[LU]?[GB]?\d{0,2}/F(?!\w)",
    r"\d{1,2}F(?!\w)",
    r"(?-i:\b(?:LG|UG|B|P|L|G|T)\d{1,2}\b)(?!\s*%)",
    rf"(?:{_ORDINAL}\s(?:and|to|or)\s(?:the\s)?)?{_ORDINAL}[\s-]floors?\b",
    r"floors?\s\d{1,2}(?:\s?(?:-|to|and)\s?\d{1,2})?",
    r"(?:all|both|whole|each|every)\s(?:\w+\s)?(?:floors?|storeys?|levels?|landings?)\b",
)
#: A flat by its number alone, where the word before it says so.
_FLAT = (
    r"(?:"
    + "|".join(
        rf"(?<={word}\s)"
        for word in (
            "\\bat",
            "outside",
            "above",
            "below",
            "under",
            "opposite",
            "from",
            "to",
            ",",
            "by",
        )
    )
    + r"|(?<=^))(?-i:\d{1,2}[A-H])(?!\w)"
    r"|(?:(?<=outside\s)|(?<=above\s)|(?<=below\s)|(?<=opposite\s))\d{3,4}(?!\w)"
)


def address(words: Dict[str, FrozenSet[str]]) -> str:
    """Block 12, flat 3A, lift no. 2, 12/F, #05-12, 5-2-301."""
    label = any_of(words["label"])
    numbers = rf"{ID}(?:\s?(?:-|–|to|and|&|/|or)\s?{ID})*"
    return either(
        rf"\b{label}(?:\.|\sno\.?|\s#)?\s?#?{numbers}",
        rf"\b(?!nos?\b|number){label}\s(?:{_WORDS})\b",
        _FLOOR,
        r"#\d{1,2}-\d{1,4}[A-Z]?(?!\d)",
        r"(?<![\d-])\d{1,3}-\d{1,2}-\d{3,4}(?![\d-])",
        _FLAT,
    )


def names(words: Dict[str, FrozenSet[str]]) -> str:
    """Jade House, No. 7 Camphor Lane, 3rd Lane, maple street."""
    stop, mod = any_of(words["stop"]), any_of(words["mod"])
    ends = any_of(frozenset(word.title() for word in words["name_end"]))
    capital = r"(?-i:[A-Z][a-z'’]+|[A-Z]{2,})"
    number = r"(?:no\.?\s?)?\d{1,4}[A-Za-z]?"
    road = r"(?:road|rd|street|lane|avenue|ave|row|close|court|drive|terrace|gardens?)"
    usual = (
        "main|busy|whole|same|high|narrow|quiet|next|one|dark|wet|nearby|local|fire|bus|cycle|bike"
        "|slow|fast"
    )
    return either(
        rf"(?:{number}(?:\s?(?:-|to|and)\s?{number})?,?\s(?:on\s)?)?"
        rf"(?:(?!{stop}\b){capital}\s){{1,3}}(?-i:{ends})(?:\s(?-i:{ends}))?\b\.?"
        r"(?:,?\s(?:\d{1,2}[A-H]|\d{3,4})(?!\w))?",
        rf"\d{{1,4}}[A-Za-z]?\s(?!(?:{stop}|of)\b)[a-z]+\s{road}\b",
        rf"(?<=\s)(?!(?:{stop}|{mod}|{usual})\b)[a-z]{{3,}}\s"
        r"(?:road|street|avenue|ave|court|gardens|estate|mansion|lodge|heights|villas?|plaza)\b",
        r"\d{1,2}(?:st|nd|rd|th)\s(?:street|st|lane|avenue|ave|road|rd)\b",
    )
