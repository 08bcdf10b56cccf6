"""Names for a state of the code and of the data, so that a model can be matched with both."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Iterable

NLU = Path(__file__).parent
CONFIG = NLU.parent / "config"
_CODE = ("components/*.py", "data/lookups/*")
_DATA = ("data/nlu/*.yml", "data/rules/*.yml")


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _code_files() -> Iterable[Path]:
    for pattern in _CODE:
        yield from NLU.glob(pattern)
    yield CONFIG / "config.yml"


def code_version() -> str:
    """Changes with the components, their word lists and the pipeline."""
    return _digest(_code_files())[:12]


def model_fingerprint(corrections: Iterable[Path] = ()) -> str:
    """Changes with anything that would change a trained model."""
    data = [file for pattern in _DATA for file in NLU.glob(pattern)]
    data += corrections
    locked = NLU / "requirements.lock"
    return _digest([*_code_files(), *data, *CONFIG.glob("domain/*.yml"), locked])[:16]
