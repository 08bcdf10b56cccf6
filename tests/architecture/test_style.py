"""Habits a machine can check; the reasons are in CONTRIBUTING.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import PRODUCT, dotted, files, modules, place

from check_secrets import ROOT
from check_texts import LANGUAGES, load, problems

UNFINISHED = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
INLINE_IMPORT = re.compile(r"noqa:.*PLC0415(?! - (?:slow import|optional dependency))")
MOCKS = frozenset({"Mock", "MagicMock", "AsyncMock", "patch", "monkeypatch", "mocker"})
EVASIONS = re.compile(r"^(?:pytest\.(?:skip|xfail|importorskip)|pytest\.mark\.(?:skip|skipif|xfail)"
                      r"|unittest\.skip\w*)$")  # fmt: skip
MOCKS_PER_HUNDRED = 5


def lines_matching(pattern: re.Pattern[str], *tops: str) -> list[str]:
    return [
        f"{place(path)}:{number}"
        for path in files(*tops)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def nodes(*tops: str) -> Iterator[tuple[Path, ast.AST]]:
    for path, tree in modules(*tops):
        for node in ast.walk(tree):
            yield path, node


def assigned_attributes(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    else:
        return set()
    return {target.attr for target in targets if isinstance(target, ast.Attribute)}


def is_silent(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or all(isinstance(step, ast.Pass) for step in handler.body)


def test_nothing_is_left_unfinished() -> None:
    assert lines_matching(UNFINISHED, *PRODUCT, "scripts", "tests") == []


def test_a_status_changes_through_the_ticket_only() -> None:
    elsewhere = [
        place(path, node)
        for path, node in nodes("actions", "bot")
        if "status" in assigned_attributes(node)
        and not place(path).startswith("actions/domain/ticket")
    ]

    assert elsewhere == []


def test_no_error_is_swallowed() -> None:
    silent = [
        place(path, node)
        for path, node in nodes(*PRODUCT, "scripts")
        if isinstance(node, ast.ExceptHandler) and is_silent(node)
    ]

    assert silent == []


def test_the_packages_do_not_rely_on_assert() -> None:
    asserted = [
        place(path, node) for path, node in nodes("actions", "bot") if isinstance(node, ast.Assert)
    ]

    assert asserted == []


def test_every_inline_import_has_a_reason_from_the_list() -> None:
    assert lines_matching(INLINE_IMPORT, *PRODUCT) == []


def test_no_test_is_skipped() -> None:
    evaded = [
        place(path, node)
        for path, node in nodes("tests")
        if isinstance(node, ast.Attribute) and EVASIONS.match(dotted(node))
    ]

    assert evaded == []


def test_fakes_are_preferred_to_mocks() -> None:
    seen = list(nodes("tests"))
    mocks = sum(isinstance(node, ast.Name) and node.id in MOCKS for _, node in seen)
    tests = sum(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
        for _, node in seen
    )

    assert mocks * 100 <= MOCKS_PER_HUNDRED * tests


def test_every_text_exists_in_every_language() -> None:
    texts = load()

    assert [language for language in LANGUAGES if not texts[language]] == []
    assert problems(texts) == []


@pytest.mark.parametrize(
    ("english", "complaint"),
    [
        ({}, "greet: missing in en"),
        ({"greet": " "}, "greet: empty in en"),
        ({"greet": "Hello"}, "greet: en lacks {name}"),
    ],
)
def test_a_text_that_differs_between_languages_is_seen(
    english: dict[str, str], complaint: str
) -> None:
    texts = {language: {"greet": "{name} 您好"} for language in LANGUAGES} | {"en": english}

    assert complaint in problems(texts)


def test_the_checks_look_at_the_real_tree() -> None:
    assert ROOT / "actions" / "domain" / "ticket.py" in files("actions")
