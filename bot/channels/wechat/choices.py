"""Buttons where there are none: a number for each, which is typed back."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from actions.application.arrivals import Arrival
from actions.application.ports_channels import Address
from actions.application.ports_pressing import PRESSED
from actions.application.ports_wechat import ShownChoices
from actions.application.web_records import Account
from bot.gateway.buttons import label_of
from bot.ports import Texts

#: What people write when they are told "回复 1".
_NUMBER = re.compile(
    r"(?:回复|回覆|回|覆|reply|press|no\.?)? ?([0-9]{1,2}) ?[.。、)）号號]?", re.IGNORECASE
)
#: The platform's clock and ours; what was shown a moment after the words were typed is not meant.
_SKEW: Final = timedelta(seconds=2)


def listed(buttons: Sequence[Mapping[str, Any]], texts: Texts, locale: str) -> str:
    """One line a button."""
    return "\n".join(
        texts.render("wechat_choice", {"number": str(number), "label": button["label"]}, locale)
        for number, button in enumerate(buttons, 1)
    )


def number_in(text: str) -> int | None:
    """The number somebody chose, if that is all they wrote."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(found[1]) if found else None


class Choices:
    def __init__(self, shown: ShownChoices, texts: Texts) -> None:
        self._shown = shown
        self._texts = texts

    async def arrival(
        self, text: str, account: Account, address: Address, *, key: str, at: datetime
    ) -> Arrival | None:
        """The press of the button that has this number; None when the text is only a text."""
        number = number_in(text)
        if number is None:
            return None
        found = await self._shown.newest(account.conversation_id, at + _SKEW)
        if found is None or not 1 <= number <= len(found[1]):
            return None
        row, buttons = found
        button = buttons[number - 1]
        return Arrival(
            channel=address.channel,
            account=address.account,
            external_id=key,
            conversation_id=account.conversation_id,
            area=account.area,
            kind="action",
            payload={"command": button["command"], PRESSED: f"{row}.{number - 1}"},
            at=at,
            text=label_of(button, self._texts, account.locale),
        )
