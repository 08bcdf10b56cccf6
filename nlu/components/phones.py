"""Telephone numbers of the mainland and of Hong Kong."""

from __future__ import annotations

from typing import List

import phonenumbers

from nlu.components.entity import Entity

#: In this order: an eight-digit number is one of Hong Kong unless it is valid on the mainland.
_REGIONS = ("CN", "HK")
_FEWEST_DIGITS = 7


def find_phones(text: str) -> List[Entity]:
    if sum(character.isdigit() for character in text) < _FEWEST_DIGITS:
        return []
    found = []
    for region in _REGIONS:
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            found.append(Entity("phone", match.start, match.end, {"e164": number}))
    return found
