"""XML that came: small, no document type, children of one element, no deeper than needed."""

from collections.abc import Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

#: Bytes. A message of ours has a few hundred, its sealed form some thousand.
LONGEST: Final = 64 * 1024
#: `SubscribeMsgPopupEvent` → `List` → its fields; nothing the platform sends is deeper.
_DEEPEST: Final = 4
_MOST: Final = 400

#: A field is a text, fields of its own, or several such things.
Fields = Mapping[str, Any]


class NoMessage(ValueError):
    """This is no XML as the platform sends it."""


def fields(raw: bytes) -> Fields:
    """The children of `<xml>`, by name; what stands there several times is a list.

    Raises:
        NoMessage: whatever is wrong with it.
    """
    if len(raw) > LONGEST:
        raise NoMessage("too long")
    try:
        root = ElementTree.fromstring(raw.decode("utf-8"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise NoMessage(type(error).__name__) from error
    if root.tag != "xml" or sum(1 for _ in root.iter()) > _MOST:
        raise NoMessage("not one of theirs")
    found = _value(root, 1)
    return found if isinstance(found, dict) else {}


def _value(element: Element, depth: int) -> Any:
    if depth > _DEEPEST:
        raise NoMessage("too deep")
    if not len(element):
        return element.text or ""
    found: dict[str, Any] = {}
    for child in element:
        value = _value(child, depth + 1)
        if child.tag not in found:
            found[child.tag] = value
        elif isinstance(found[child.tag], list):
            found[child.tag].append(value)
        else:
            found[child.tag] = [found[child.tag], value]
    return found


def word(found: Fields, name: str) -> str:
    """A field that is a text, once; else nothing: two of a name are believed neither."""
    value = found.get(name, "")
    return value if isinstance(value, str) else ""
