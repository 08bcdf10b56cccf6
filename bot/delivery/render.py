"""`Renderer`: what an outbox row holds → the message as its reader sees it."""

from collections.abc import Iterable, Mapping
from typing import Any

from actions.application.delivering import Due, Shown
from bot.gateway.buttons import label_of
from bot.ports import Texts


class Renderer:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def show(self, due: Due) -> Shown:
        """The whole message, in the language of its reader at this moment."""
        content = due.content
        card = content.get("card")
        return Shown(
            kind="card" if card else "text",
            text=self._texts.render(due.template, content.get("params") or {}, due.locale),
            content={
                "buttons": self._buttons(content.get("buttons") or (), due.locale),
                "card": self._card(card, due.locale) if card else None,
                "photos": list(content.get("photos") or ()),
                "push": due.is_push,
            },
        )

    def _buttons(self, buttons: Iterable[Mapping[str, Any]], locale: str) -> list[dict[str, Any]]:
        return [
            {
                "label": label_of(button, self._texts, locale),
                "style": button.get("style") or "default",
                "command": button["command"],
            }
            for button in buttons
        ]

    def _card(self, card: Mapping[str, Any], locale: str) -> dict[str, Any]:
        said = [
            (self._texts.render(label, {}, locale), self._texts.value(value, locale))
            for label, value in card.get("lines") or ()
        ]
        return {
            "title": plain(self._texts.value(card["title"], locale)),
            "urgency": card["urgency"],
            "lines": [{"label": label, "value": value} for label, value in said if value],
            "countdown_to": card.get("countdown_to"),
            "photos": list(card.get("photos") or ()),
        }


def plain(text: str) -> str:
    """The text where no emphasis can be shown: on titles."""
    return text.replace("**", "")
