"""Buttons where there are none: a number for each, which is typed back."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from actions.application.arrivals import Arrival
from actions.application.ports_channels import Address
from actions.application.ports_pressing import PRESSED, Presses
from actions.application.ports_wechat import WeChatChoices
from actions.application.web_records import Account
from bot.gateway.buttons import label_of
from bot.ports import Texts

#: What people write when they are told "回复 1".
_NUMBER = re.compile(r"(?i:回复|回覆|回|覆|reply|press|no\.?)? ?([0-9]{1,2}) ?[.。、)）号號]?")


def listed(buttons: Sequence[Mapping[str, Any]], first: int, texts: Texts, locale: str) -> str:
    """One line a button."""
    return "\n".join(
        texts.render("wechat_choice", {"number": str(number), "label": button["label"]}, locale)
        for number, button in enumerate(buttons, first)
    )


def number_in(text: str) -> int | None:
    """The number somebody chose, if that is all they wrote."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return int(found[1]) if found else None


class Choices:
    def __init__(self, offered: WeChatChoices, presses: Presses, texts: Texts) -> None:
        self._offered = offered
        self._presses = presses
        self._texts = texts

    async def arrival(
        self, text: str, account: Account, address: Address, *, key: str, at: datetime
    ) -> Arrival | None:
        """The press of the button that has this number; None when the text is only a text."""
        number = number_in(text)
        found = await self._offered.choose(address.external_id, number) if number else None
        if found is None:
            await self._offered.withdraw(address.external_id, at)
            return None
        row, index = found
        buttons = await self._presses.buttons(account.conversation_id, row)
        if index >= len(buttons):
            return None
        button = buttons[index]
        return Arrival(
            channel=address.channel,
            account=address.account,
            external_id=key,
            conversation_id=account.conversation_id,
            area=account.area,
            kind="action",
            payload={"command": button["command"], PRESSED: f"{row}.{index}"},
            at=at,
            text=label_of(button, self._texts, account.locale),
        )
