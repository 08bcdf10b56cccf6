"""Read the knowledge base, a folder of files; it is refused with everything that is wrong in it."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from types import MappingProxyType
from typing import Final

from actions.adapters.yaml_node import Node
from actions.domain.community import Community
from actions.domain.identifiers import AreaCode
from actions.domain.knowledge import Knowledge, KnowledgeEntry, Source

#: Sources are named once, here, for all themes.
SOURCES: Final = "sources.yml"
_ENTRY: Final = (
    "id", "title", "questions", "answer", "source", "checked", "valid_until", "scope",
)  # fmt: skip


class KnowledgeFolderError(Exception):
    """The knowledge base cannot be used; `problems` names each file, entry and what is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def read_knowledge(folder: Path, community: Community) -> Knowledge:
    """The entries of every file; none where there are no files.

    Raises:
        KnowledgeFolderError: with everything that is wrong.
    """
    files = sorted(folder.glob("*.yml"))
    if not files:
        return Knowledge()
    problems: list[str] = []
    sources = _sources(folder / SOURCES, community.locales, problems)
    entries: dict[str, KnowledgeEntry] = {}
    themes = [file for file in files if file.name != SOURCES]
    for node, entry in _entries(themes, sources, community, problems):
        if entry.id in entries:
            node.report("there is another entry of this id")
        entries[entry.id] = entry
    problems += _asked_twice(entries)
    if problems:
        raise KnowledgeFolderError(problems)
    return Knowledge(MappingProxyType(entries))


def _sources(file: Path, locales: tuple[str, ...], problems: list[str]) -> Mapping[str, Source]:
    found: dict[str, Source] = {}
    root = Node.of_file(file, problems)
    root.only("sources")
    for name, node in root.child("sources").entries():
        node.only("name", "where")
        found[name] = Source(name=node.names("name", locales), where=node.names("where", locales))
    return found


def _entries(
    files: list[Path], sources: Mapping[str, Source], community: Community, problems: list[str]
) -> Iterator[tuple[Node, KnowledgeEntry]]:
    for file in files:
        root = Node.of_file(file, problems)
        root.only("entries")
        for listed in root.child("entries").each():
            name = listed.child("id").text()
            node = Node(listed.raw, f"{file.name}: {name}: ", problems) if name else listed
            yield node, _entry(node, sources, community)


def _entry(node: Node, sources: Mapping[str, Source], community: Community) -> KnowledgeEntry:
    node.only(*_ENTRY)
    locales = community.locales
    source = node.child("source")
    until = node.maybe("valid_until")
    entry = KnowledgeEntry(
        id=node.child("id").text(),
        title=node.names("title", locales),
        answer=node.names("answer", locales),
        source=sources.get(source.one_of(tuple(sources)) if sources else "", _NOWHERE),
        checked=node.child("checked").day(),
        valid_until=until.day() if until else None,
        scope=tuple(AreaCode(code) for code in node.texts("scope")),
        questions=_questions(node.child("questions"), locales),
    )
    if entry.valid_until and entry.valid_until < entry.checked:
        node.report("valid_until lies before the day it was checked")
    for code in entry.scope:
        if code not in community.areas:
            node.report(f"scope: no such area: {code}")
    return entry


_NOWHERE: Final = Source(name={}, where={})


def _questions(node: Node, locales: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Several ways of asking in every language of the community."""
    node.only(*locales)
    asked = {locale: node.texts(locale) for locale in locales}
    for locale, questions in asked.items():
        if not node.is_absent and not any(questions):
            node.report(f"no question in {locale}")
    return asked


def _asked_twice(entries: Mapping[str, KnowledgeEntry]) -> Iterator[str]:
    """A question may belong to two entries only where they are for different estates."""
    asked: dict[str, list[KnowledgeEntry]] = {}
    for entry in entries.values():
        for text in {_plain(text) for text in _ways_of_asking(entry)}:
            asked.setdefault(text, []).append(entry)
    for text, both in asked.items():
        for first, second in combinations(both, 2):
            if not first.scope or not second.scope or set(first.scope) & set(second.scope):
                yield f"{first.id} and {second.id}: both are asked {text!r}"


def _ways_of_asking(entry: KnowledgeEntry) -> Iterator[str]:
    yield from entry.title.values()
    for questions in entry.questions.values():
        yield from questions


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
