"""`Catalogue`: every sentence a person reads, in every language, checked when loaded (D12)."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

#: The folders of the catalogue; the first one speaks for a locale nobody knows.
LANGUAGES = ("zh_CN", "zh_HK", "en")

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_ALMOST_HK = ("zh-hk", "zh-mo", "zh-tw", "zh-hant", "yue")

Entries = Mapping[str, str]


class CatalogueError(ValueError):
    """The texts cannot be used; the message lists every complaint."""

    def __init__(self, complaints: list[str]) -> None:
        listed = "\n".join(f"  {line}" for line in complaints)
        super().__init__(f"the texts do not agree:\n{listed}")
        self.complaints = complaints


class Catalogue:
    """Templates by language and key. Nothing in it is ever evaluated."""

    def __init__(self, texts: Mapping[str, Entries]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, folder: Path) -> "Catalogue":
        """Read `folder/<language>/*.yml`.

        Raises:
            CatalogueError: a file cannot be read, a key comes twice, or languages differ.
        """
        complaints: list[str] = []
        texts = {name: _read(folder / name, complaints) for name in LANGUAGES}
        complaints += _differences(texts)
        if complaints:
            raise CatalogueError(complaints)
        return cls(texts)

    def template(self, key: str, locale: str) -> str | None:
        """The text as written, its placeholders still empty; None when there is no such key."""
        return self._texts[language_of(locale)].get(key)

    def objections(self, own: Mapping[str, Entries]) -> Iterator[str]:
        """What is wrong with a community's own sentences, by locale and key."""
        for locale, entries in own.items():
            for key, text in entries.items():
                usual = self.template(key, locale)
                if usual is None:
                    yield f"texts: {locale}: {key}: no such text"
                elif not text or {"{", "}"} & set(fill(text, {})):
                    yield f"texts: {locale}: {key}: empty, or braces that hold no plain name"
                elif placeholders(text) != placeholders(usual):
                    wanted = ", ".join(f"{{{each}}}" for each in sorted(placeholders(usual)))
                    yield f"texts: {locale}: {key}: has to hold {wanted or 'no placeholder'}"

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self._texts[LANGUAGES[0]])


def language_of(locale: str) -> str:
    """The folder that speaks a locale: `zh-CN` is zh_CN, `en-GB` is en."""
    wanted = locale.replace("_", "-").lower()
    if wanted.startswith("en"):
        return "en"
    return "zh_HK" if wanted.startswith(_ALMOST_HK) else "zh_CN"


def placeholders(template: str) -> frozenset[str]:
    return frozenset(_PLACEHOLDER.findall(template))


def fill(template: str, words: Mapping[str, str]) -> str:
    """Put words in, in one pass: what is inserted is never looked at again."""
    return _PLACEHOLDER.sub(lambda found: words.get(found[1], ""), template)


def _read(folder: Path, complaints: list[str]) -> dict[str, str]:
    files = sorted(folder.glob("*.yml"))
    if not files:
        complaints.append(f"{folder.name}: no texts")
    merged: dict[str, str] = {}
    for file in files:
        for key, text in _entries(file, complaints):
            if key in merged:
                complaints.append(f"{key}: twice in {folder.name} (again in {file.name})")
            merged[key] = text
    return merged


def _entries(file: Path, complaints: list[str]) -> Iterator[tuple[str, str]]:
    place = f"{file.parent.name}/{file.name}"
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_OnceLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        complaints.append(f"{place}: {' '.join(str(error).split())}")
        return
    if not isinstance(content, dict):
        complaints.append(f"{place}: must be a mapping of keys to texts")
        return
    for key, text in content.items():
        if not isinstance(key, str) or not isinstance(text, str) or not text:
            complaints.append(f"{key}: not a text in {place}")
        elif {"{", "}"} & set(fill(text, {})):
            complaints.append(f"{key}: braces hold a plain {{name}} only, in {place}")
        else:
            yield key, text.rstrip("\n")


class _OnceLoader(yaml.CSafeLoader):
    """A key that comes twice in one file is an error, not the last one's win."""


def _mapping(loader: _OnceLoader, node: yaml.MappingNode) -> dict[object, object]:
    keys = [loader.construct_object(key) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise yaml.YAMLError(f"{key}: twice")
    return dict(loader.construct_pairs(node))


_OnceLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _differences(texts: Mapping[str, Entries]) -> list[str]:
    every_key = sorted({key for entries in texts.values() for key in entries})
    return [line for key in every_key for line in _differences_of(key, texts)]


def _differences_of(key: str, texts: Mapping[str, Entries]) -> Iterator[str]:
    have = {name: placeholders(entries[key]) for name, entries in texts.items() if key in entries}
    yield from (f"{key}: missing in {name}" for name in texts if name not in have)
    wanted = frozenset[str]().union(*have.values())
    for name, held in have.items():
        if wanted - held:
            lacking = ", ".join(f"{{{each}}}" for each in sorted(wanted - held))
            yield f"{key}: {name} lacks {lacking}"
