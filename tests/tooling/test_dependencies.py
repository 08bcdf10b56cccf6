"""Every dependency has its reason in docs/dependencies.md and its hashes in a lock."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from check_secrets import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock", "nlu/requirements.lock"]
LOCKS += ["scripts/uv.lock.txt"]


def declared(project: Path) -> set[str]:
    content = tomllib.loads(project.read_text(encoding="utf-8"))
    groups = content.get("dependency-groups", {}).values()
    wanted = [*content["project"]["dependencies"], *(name for group in groups for name in group)]
    return {re.match(r"[\w-]+", requirement)[0].lower() for requirement in wanted}


def documented() -> set[str]:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    listed, _, _ = text.partition("## Not from an index")
    return set(re.findall(r"^\| ([a-z0-9][\w-]*) \|", listed, re.MULTILINE)) - {"package"}


def test_every_dependency_is_documented_and_nothing_else() -> None:
    wanted = declared(ROOT / "pyproject.toml") | declared(ROOT / "nlu" / "pyproject.toml")

    assert documented() == wanted


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_version_and_a_hash(name: str) -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]
    loose = [
        entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=" not in entry
    ]

    assert loose == []


def test_every_package_of_node_has_a_version_and_a_hash_and_no_address() -> None:
    lock = json.loads((ROOT / "tests" / "peers" / "package-lock.json").read_text())
    packages = {name: said for name, said in lock["packages"].items() if name}

    assert packages != {}
    assert [name for name, said in packages.items() if "version" not in said] == []
    assert [name for name, said in packages.items() if "integrity" not in said] == []
    assert [name for name, said in packages.items() if "resolved" in said] == []


def test_the_development_lock_contains_what_runs() -> None:
    runs, tests = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in LOCKS[:2]
    )

    assert runs - tests == set()
