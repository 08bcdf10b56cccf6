"""`Turn`: who acts, in which conversation, caused by what. Every transaction carries one."""

from dataclasses import dataclass
from typing import Any, Final

from actions.application.desk import Desk
from actions.domain.identifiers import ConversationId, InboxId
from actions.domain.people import SYSTEM, Actor

#: The step in which words that were acted upon at once are understood afterwards.
SECOND_READING: Final = "second_reading"


@dataclass(frozen=True, kw_only=True)
class Turn:
    """`cause` and `step` make the effect key: the same pair never takes effect twice."""

    cause: str
    step: str = "turn"
    actor: Actor = SYSTEM
    conversation_id: ConversationId | None = None
    inbox_id: InboxId | None = None
    lease_token: int | None = None
    locale: str = "zh-CN"
    finishes: bool = True  #: the inbox row is done when this commits
    desk: Desk | None = None  #: where it is done from a page, not in a conversation

    @classmethod
    def of_timer(cls, name: str, key: Any) -> "Turn":
        return cls(cause=f"timer:{name}:{key}")
