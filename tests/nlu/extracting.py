"""What the extractor finds in a message, for tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from nlu.components.entity_extractor import extract
from nlu.components.gazetteer import Gazetteer
from nlu.components.places import PlaceFinder
from nlu.components.text_normalizer import normalise

NOW = datetime.fromisoformat("2026-11-20T09:00")


def found(text: str, community: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    return extract(text, normalise(text), PlaceFinder(Gazetteer(community or {})), NOW)


def said(text: str, kind: str) -> list[str]:
    """The words of one kind, in reading order."""
    return [entity["text"] for entity in found(text) if entity["kind"] == kind]
