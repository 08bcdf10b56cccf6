"""The one custom action of the stock action server: it greets, and does nothing else.

Run by `rasa run actions` in the environment of nlu/ (Python 3.10).
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher


class Greet(Action):  # type: ignore[misc]  # rasa_sdk carries no types
    """Ours under this name also keeps what was understood, and writes the answer to the outbox."""

    def name(self) -> str:
        return "action_small_talk"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        dispatcher.utter_message(text="您好，我是小邻。")
        return []
