"""The shape of the house: who may import whom, and how large a room may grow."""

import ast
import configparser
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import PRODUCT, files, modules, place

from check_secrets import ROOT

LINE_CEILING = 300
FUNCTION_P90 = 30
FUNCTION_MEDIAN = 8


# A contract may only name modules that exist, so each of these joins when it is written.
NAMED_ONCE_WRITTEN = {
    ("surface", "forbidden_modules"): ("actions.server", "actions.periodic"),
    ("pure", "source_modules"): ("bot.messages", "bot.ports"),
    ("rasa", "source_modules"): ("actions.bootstrap",),
}


def is_written(module: str) -> bool:
    path = ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def function_lengths() -> list[int]:
    """Lines from the `def` to the last statement, docstring not counted."""
    lengths = []
    for _, tree in modules(*PRODUCT):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[1] if ast.get_docstring(node) and node.body[1:] else node.body[0]
                lengths.append((node.end_lineno or node.lineno) - first.lineno + 2)
    return lengths


def test_every_import_contract_is_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("contract", "option"), NAMED_ONCE_WRITTEN)
def test_a_contract_names_every_module_it_is_about(contract: str, option: str) -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    named = contracts[f"importlinter:contract:{contract}"][option].split()
    expected = {name for name in NAMED_ONCE_WRITTEN[contract, option] if is_written(name)}

    assert expected - set(named) == set()


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {place(path): path.read_bytes().count(b"\n") for path in files(*PRODUCT)}

    assert {name: size for name, size in lengths.items() if size > LINE_CEILING} == {}


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        place(path)
        for path, tree in modules(*PRODUCT, "scripts")
        if tree.body and not ast.get_docstring(tree)
    ]

    assert silent == []


def test_functions_are_short() -> None:
    lengths = sorted(function_lengths())

    assert lengths[int(len(lengths) * 0.9)] <= FUNCTION_P90
    assert statistics.median(lengths) <= FUNCTION_MEDIAN
