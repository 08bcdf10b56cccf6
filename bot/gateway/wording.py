"""What a message says where nothing can be drawn: the text, and its card as lines below."""

from collections.abc import Mapping
from typing import Any

from actions.application.delivering import Shown
from bot.ports import Texts

#: Urgencies worth a word beside the title, as on the page.
_TOLD = ("E", "U")


def words_of(shown: Shown, own_photos: int, texts: Texts, locale: str) -> str:
    """The text and, below it, the card; `own_photos` are counted there and not sent back."""
    card = shown.content.get("card")
    said = [shown.text, _card(card, own_photos, texts, locale) if card else ""]
    return "\n\n".join(each for each in said if each.strip())


def _card(card: Mapping[str, Any], own_photos: int, texts: Texts, locale: str) -> str:
    lines = [_title(card, texts, locale)]
    for each in card.get("lines") or ():
        label, value = str(each.get("label", "")), str(each.get("value", ""))
        lines.append(texts.render("told_line", {"label": label, "value": value}, locale))
    if own_photos:
        lines.append(texts.render("told_own_photos", {"count": own_photos}, locale))
    if due := card.get("countdown_to"):
        lines.append(texts.render("told_due", {"due": {"$moment": due}}, locale))
    return "\n".join(lines)


def _title(card: Mapping[str, Any], texts: Texts, locale: str) -> str:
    title = str(card.get("title", ""))
    if card.get("urgency") not in _TOLD:
        return f"**{title}**"
    urgency = {"$text": f"urgency_{card['urgency']}"}
    return texts.render("told_title", {"title": title, "urgency": urgency}, locale)
