"""A version of the settings as plain data: how it is kept, compared and written out again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

import yaml

from actions.domain.community import Community

Content = Mapping[str, Any]

_HEAD = """\
# Settings of {name}, exported from Linli. Categories and rules are written out here.
# Import them again: python -m bot settings import FILE
"""


def as_content(root: Content, listed: Content, community: Community) -> dict[str, Any]:
    """One mapping with the categories inside; every rule is written out, also a usual one.

    So a later product with other usual values changes nothing about tickets filed before.
    """
    policy = {
        field.name: _written(getattr(community.policy, field.name))
        for field in fields(community.policy)
    }
    content: dict[str, Any] = _plain({**root, "categories": listed, "policy": policy})
    return content


def packed(content: Content) -> str:
    """As text, in the order of the file: a menu is shown in that order."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(text)
    return content


def version_hash(text: str, valid_from: datetime) -> str:
    """Of the content and its moment: the same rules may come back another day."""
    return hashlib.sha256(f"{valid_from.isoformat()}\n{text}".encode()).hexdigest()


def as_yaml(content: Content, name: str) -> str:
    """A file that can be edited and imported again."""
    text = yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=100)
    return _HEAD.format(name=name) + text


def _written(value: Any) -> Any:
    """A duration as the file has it: 15m, 24h, 7d."""
    if not isinstance(value, timedelta):
        return value
    minutes = int(value.total_seconds() // 60)
    for unit, size in (("d", 24 * 60), ("h", 60)):
        if minutes and minutes % size == 0:
            return f"{minutes // size}{unit}"
    return f"{minutes}m"


def _plain(value: Any) -> Any:
    match value:
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case date():
            return value.isoformat()
    return value
