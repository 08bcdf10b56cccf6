"""Nothing happens on import: no socket, no process, no file written, no setting read."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("import_everything.py")
MISBEHAVED = '''"""Reads, writes and listens as soon as it is imported."""

import os
import socket

NAME = os.environ.get("NAME", "")
TOKEN = os.getenv("TOKEN")
SERVER = socket.socket()
SERVER.bind(("127.0.0.1", 0))
'''


def import_everything(script: Path, *packages: str) -> dict[str, object]:
    result = subprocess.run(
        [sys.executable, script, *packages], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    answer: dict[str, object] = json.loads(result.stdout.splitlines()[-1])
    return answer


@pytest.mark.parametrize("package", ["actions", "bot"])
def test_importing_does_nothing(package: str) -> None:
    answer = import_everything(SCRIPT, package)

    assert answer["found"] == []


def test_a_module_that_acts_on_import_is_seen(tmp_path: Path) -> None:
    script = tmp_path / "tests" / "architecture" / SCRIPT.name
    script.parent.mkdir(parents=True)
    script.write_text(SCRIPT.read_text())
    package = tmp_path / "actions"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "early.py").write_text(MISBEHAVED)

    assert import_everything(script, "actions")["found"] == [
        "actions.early reads the environment (NAME)",
        "actions.early reads the environment (TOKEN)",
        "actions.early: socket.bind",
    ]
