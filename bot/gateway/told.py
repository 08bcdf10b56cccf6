"""`Told`: what somebody told on a platform, before it is known under which number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.application.arrivals import Arrival
from actions.application.web_records import Account


@dataclass(frozen=True, kw_only=True)
class Told:
    """The part of an arrival that its kind decides."""

    kind: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    text: str = ""
    shown_as: str = "text"
    content: Mapping[str, Any] = field(default_factory=dict)

    def arrival(
        self, account: Account, *, channel: str, ours: str, key: str, at: datetime
    ) -> Arrival:
        """`ours` is who we are on that channel, `key` what the message is called there."""
        return Arrival(
            channel=channel,
            account=ours,
            external_id=key,
            conversation_id=account.conversation_id,
            area=account.area,
            kind=self.kind,
            payload=self.payload,
            at=at,
            text=self.text,
            shown_as=self.shown_as,
            content=self.content,
        )
