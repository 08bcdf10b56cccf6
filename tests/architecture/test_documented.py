"""What the documents say is there: every command, every setting, every place a link points to."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from write_tables import THEMES, classes, settings, stale

from actions.application.commands import base
from tests.architecture.tree import files

from check_secrets import ROOT, tracked

#: A variable of ours, wherever code names one.
VARIABLE = re.compile(
    r"""["']((?:LINLI|TELEGRAM|WECHAT|WECOM)_[A-Z_]+|DATABASE_URL|REDIS_URL)["']"""
)
#: `[words](target)` and `![words](target)`; a title after the target is left out.
LINK = re.compile(r"\[[^\]\n]*\]\(<?([^)\s>]+)>?(?:\s[^)]*)?\)")
COMMENT_OR_CODE = re.compile(r"<!--.*?-->|^```.*?^```$|`[^`\n]*`", re.DOTALL | re.MULTILINE)
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)")


def documents() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def links(text: str) -> list[str]:
    """Where a text points to inside this repository; code and comments point nowhere."""
    found = LINK.findall(COMMENT_OR_CODE.sub(lambda hidden: _code_is_a_word(hidden[0]), text))
    return [target for target in found if not ELSEWHERE.match(target)]


def _code_is_a_word(hidden: str) -> str:
    return "x" if hidden.startswith("`") and not hidden.startswith("```") else ""


def anchors(text: str) -> set[str]:
    """The names headings get on the usual forges."""
    headings = re.findall(
        r"^#{1,6} +(.+?) *$", re.sub(r"(?ms)^```.*?^```$", "", text), re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(document: Path, text: str) -> Iterator[str]:
    for target in links(text):
        name, _, anchor = target.partition("#")
        path = (document.parent / name).resolve() if name else document
        if not path.exists():
            yield f"{document.relative_to(ROOT)}: {target}"
        elif anchor and path.suffix == ".md":
            there = text if path == document else path.read_text(encoding="utf-8")
            if anchor not in anchors(there):
                yield f"{document.relative_to(ROOT)}: {target}"


def read_variables() -> set[str]:
    """Every setting the product names in its own code."""
    found: set[str] = set()
    for path in files("actions", "bot", "nlu"):
        if path.suffix == ".py":
            found |= set(VARIABLE.findall(path.read_text(encoding="utf-8")))
    return found


def test_the_tables_are_the_present_code() -> None:
    assert stale() == [], "run .venv/bin/python scripts/write_tables.py"


def test_every_command_is_listed() -> None:
    listed = page("commands.md")
    commands = [kind for module in (base, *THEMES) for kind in classes(module)]

    assert [kind.__name__ for kind in commands if f"`{kind.__name__}`" not in listed] == []


def test_the_tables_know_every_theme_of_commands() -> None:
    folder = ROOT / "actions" / "application" / "commands"
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}

    assert modules == {module.__name__.rpartition(".")[2] for module in (base, *THEMES)}


def test_every_command_has_a_handler() -> None:
    assert "nobody yet" not in page("commands.md")


def test_every_setting_is_listed() -> None:
    listed = page("settings.md")

    assert [name for name, _, _ in settings() if f"`{name}`" not in listed] == []


def test_every_setting_the_code_reads_is_in_the_example() -> None:
    assert read_variables() - {name for name, _, _ in settings()} == set()


def test_every_relative_link_resolves() -> None:
    lost = [
        line
        for document in documents()
        for line in broken(document, document.read_text(encoding="utf-8"))
    ]

    assert lost == []


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("[here](README.md)", 0),
        ("[gone](nowhere.md)", 1),
        ("![a picture](docs/images/nowhere.png)", 1),
        ("[`code`](nowhere.py)", 1),
        ("[section](#nowhere)", 1),
        ("# A house, and rooms\n[section](#a-house-and-rooms)", 0),
        ("[another site](https://example.org/nowhere.md)", 0),
        ("<!-- ![later](nowhere.png) -->", 0),
        ("```\n[in code](nowhere.md)\n```", 0),
        ("`[in code](nowhere.md)`", 0),
    ],
)
def test_a_link_that_leads_nowhere_is_seen(text: str, lost: int) -> None:
    assert len(list(broken(ROOT / "README.md", text))) == lost


def test_every_make_target_is_listed() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE)

    assert [target for target in targets if f"make {target}" not in readme] == []
