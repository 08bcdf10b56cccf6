"""Every text exists in every language, with the same placeholders."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

TEXTS = Path(__file__).resolve().parent.parent / "config" / "texts"
LANGUAGES = ("zh_CN", "zh_HK", "en")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def flatten(node: object, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield (dotted key, text) for a flat or nested mapping; a list counts as one text."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from flatten(value, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(node, list):
        yield prefix, "\n".join(text for item in node for _, text in flatten(item, prefix))
    else:
        yield prefix, "" if node is None else str(node)


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def problems(texts: dict[str, dict[str, str]]) -> list[str]:
    """Compare the languages with each other; an empty list means they agree."""
    found = []
    every_key = sorted({key for entries in texts.values() for key in entries})
    for key in every_key:
        have = {language: entries[key] for language, entries in texts.items() if key in entries}
        found += [f"{key}: missing in {name}" for name in texts if name not in have]
        found += [f"{key}: empty in {name}" for name, text in have.items() if not text.strip()]
        fields = {name: placeholders(text) for name, text in have.items()}
        wanted = set().union(*fields.values())
        found += [
            f"{key}: {name} lacks {{{', '.join(sorted(wanted - held))}}}"
            for name, held in fields.items()
            if wanted - held
        ]
    return found


def load(folder: Path = TEXTS) -> dict[str, dict[str, str]]:
    """Read each language from its file, its folder of files, or both."""
    texts: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        entries = texts.setdefault(language, {})
        for file in sorted([*folder.glob(f"{language}.yml"), *folder.glob(f"{language}/*.yml")]):
            entries.update(flatten(yaml.safe_load(file.read_text(encoding="utf-8"))))
    return texts


def main() -> int:
    texts = load()
    empty = [f"config/texts: nothing in {name}" for name in LANGUAGES if not texts[name]]
    found = empty or problems(texts)
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
