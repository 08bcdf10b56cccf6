"""Texts as the Bot API takes them: parsed first, then trimmed and measured in UTF-16 units."""

import json
import re
from html import unescape
from typing import Any

from tests.simulators.telegram.errors import Refused, bad
from tests.simulators.telegram.parameters import Parameters

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
MOST_ENTITIES = 100
#: What is refused before anything is parsed, in bytes.
RAW_LIMIT = 1 << 15

TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "a": "text_link", "span": "spoiler", "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}  # fmt: skip
ENTITY_TYPES = frozenset({
    *TAGS.values(), "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
    "expandable_blockquote", "text_mention", "custom_emoji",
})  # fmt: skip
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z0-9-]+)(?P<attributes>[^<>]*)>")
ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
CHARACTER = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);")
COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@\w+)?")
CONTROL = {code: " " for code in range(32) if code not in {9, 10, 13}}


def units(text: str) -> int:
    """The length in UTF-16 code units, which is what offsets and limits count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def formatted(
    parameters: Parameters, field: str, entities_field: str
) -> tuple[str, list[dict[str, Any]]]:
    """The text of a call as people will see it, with its entities."""
    raw = parameters.text(field)
    if len(raw.encode()) > RAW_LIMIT:
        raise bad("text is too long")
    mode = parameters.text("parse_mode").lower()
    if mode in {"", "none"}:
        text, entities = raw, _given(parameters, entities_field)
    elif mode == "html":
        text, entities = from_html(raw)
    elif mode in {"markdown", "markdownv2"}:
        raise Refused(501, f"Not Implemented: this simulator does not parse {mode}")
    else:
        raise bad("unsupported parse_mode")
    return _trimmed(text.translate(CONTROL), entities)


def message_text(parameters: Parameters) -> tuple[str, list[dict[str, Any]]]:
    if not parameters.text("text"):
        raise bad("message text is empty")
    text, entities = formatted(parameters, "text", "entities")
    if not text:
        raise bad("message text is empty")
    if units(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return text, entities


def caption(parameters: Parameters) -> tuple[str, list[dict[str, Any]]]:
    text, entities = formatted(parameters, "caption", "caption_entities")
    if units(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    return text, entities


def commands_in(text: str) -> list[dict[str, Any]]:
    """The slash words of what a person wrote, marked as Telegram marks them."""
    return [
        {"type": "bot_command", "offset": units(text[: found.start()]), "length": units(found[0])}
        for found in COMMAND.finditer(text)
    ]


def _given(parameters: Parameters, field: str) -> list[dict[str, Any]]:
    entities = parameters.json(field, "can't parse entities JSON object")
    if entities is None:
        return []
    if not isinstance(entities, list):
        raise bad("can't parse entities: expected an Array of MessageEntity")
    for entity in entities:
        _check_entity(entity)
    return entities[:MOST_ENTITIES]


def _check_entity(entity: Any) -> None:
    where = "can't parse MessageEntity: "
    if not isinstance(entity, dict):
        raise bad(f"{where}expected an Object")
    for name in ("offset", "length"):
        if name not in entity:
            raise bad(f'{where}Can\'t find field "{name}"')
        if not isinstance(entity[name], int) or isinstance(entity[name], bool):
            raise bad(f'{where}Field "{name}" must be of type Number')
    if entity.get("type") not in ENTITY_TYPES:
        raise bad(f"{where}Type {json.dumps(entity.get('type'))} is unsupported")


def _trimmed(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Without white space around it; entities move along and keep inside."""
    stripped = text.strip()
    before = units(text[: len(text) - len(text.lstrip())])
    length = units(stripped)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - before, 0)
        end = min(entity["offset"] - before + entity["length"], length)
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    return stripped, sorted(kept, key=lambda e: (e["offset"], -e["length"]))


def from_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Parse Telegram's HTML: a few tags, nothing left open, four named characters."""
    text, position = "", 0
    opened: list[tuple[str, int, dict[str, Any]]] = []
    entities: list[dict[str, Any]] = []
    while True:
        at = source.find("<", position)
        text += _characters(source[position:] if at < 0 else source[position:at])
        if at < 0:
            break
        tag, offset = TAG.match(source, at), len(source[:at].encode())
        if tag is None:
            raise bad(f"can't parse entities: Unclosed start tag at byte offset {offset}")
        position, name = tag.end(), tag["name"].lower()
        if tag["end"]:
            entities += _closed(opened, name, offset, units(text))
        else:
            opened.append((name, units(text), _entity(name, tag["attributes"], offset)))
    if opened:
        name = opened[-1][0]
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{name}\"")
    return text, entities[:MOST_ENTITIES]


def _characters(source: str) -> str:
    return CHARACTER.sub(lambda found: unescape(found[0]), source)


def _entity(name: str, attributes: str, offset: int) -> dict[str, Any]:
    given = {key.lower(): a or b or c for key, a, b, c in ATTRIBUTE.findall(attributes)}
    kind = TAGS.get(name)
    if kind is None or (name == "span" and given.get("class") != "tg-spoiler"):
        raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {offset}')
    if kind == "text_link":
        return {"type": kind, "url": _characters(given.get("href", ""))}
    return {"type": "expandable_blockquote" if "expandable" in given else kind}


def _closed(
    opened: list[tuple[str, int, dict[str, Any]]], name: str, offset: int, end: int
) -> list[dict[str, Any]]:
    if not opened:
        raise bad(f"can't parse entities: Unexpected end tag at byte offset {offset}")
    expected, start, entity = opened.pop()
    if name != expected:
        raise bad(
            f"can't parse entities: Unmatched end tag at byte offset {offset}, "
            f'expected "</{expected}>", found "</{name}>"'
        )
    return [entity | {"offset": start, "length": end - start}] if end > start else []
