"""Every text exists in every language, with the same placeholders."""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml

TEXTS = Path(__file__).resolve().parent.parent / "config" / "texts"
LANGUAGES = ("zh_CN", "zh_HK", "en")


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
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def problems(texts: dict[str, dict[str, str]]) -> list[str]:
    """Compare the languages with each other; an empty list means they agree."""
    found = []
    every_key = sorted({key for entries in texts.values() for key in entries})
    for key in every_key:
        have = {language: entries[key] for language, entries in texts.items() if key in entries}
        found += [f"{key}: missing in {name}" for name in texts if name not in have]
        found += [f"{key}: empty in {name}" for name, text in have.items() if not text.strip()]
        try:
            fields = {name: placeholders(text) for name, text in have.items()}
        except ValueError as error:
            found.append(f"{key}: {error}")
            continue
        wanted = set().union(*fields.values())
        found += [
            f"{key}: {name} lacks {{{', '.join(sorted(wanted - held))}}}"
            for name, held in fields.items()
            if wanted - held
        ]
    return found


def load(folder: Path = TEXTS) -> dict[str, dict[str, str]]:
    return {
        language: dict(
            flatten(yaml.safe_load((folder / f"{language}.yml").read_text(encoding="utf-8")))
        )
        for language in LANGUAGES
    }


def main() -> int:
    missing = [name for name in LANGUAGES if not (TEXTS / f"{name}.yml").exists()]
    found = [f"config/texts/{name}.yml is missing" for name in missing] or problems(load())
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
