"""What is known of a trained model, in a JSON file beside it: where it comes from, how it did."""

from __future__ import annotations

import json
import os
import tarfile
from pathlib import Path
from typing import Any, Dict

#: Where the classifier keeps its versions inside the archive.
_INSIDE = "IntentAndLeafClassifier"


def notes_file(model: Path) -> Path:
    return model.with_name(model.name[: -len(".tar.gz")] + ".json")


def read_notes(model: Path) -> Dict[str, Any]:
    """Empty when nothing has been noted yet."""
    file = notes_file(model)
    notes: Dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return notes


def add_notes(model: Path, /, **more: Any) -> Dict[str, Any]:
    """Written whole or not at all; what was noted before stays unless it is said anew."""
    notes = {**read_notes(model), **more}
    file = notes_file(model)
    written = file.with_name(f".{file.name}.{os.getpid()}")
    written.write_text(json.dumps(notes, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    written.replace(file)
    return notes


def versions_of(model: Path) -> Dict[str, str]:
    """`version` and `data`, as every turn that this model understands will name them."""
    with tarfile.open(model) as archive:
        for member in archive:
            if _INSIDE in member.name and member.name.endswith("/model.json"):
                content = archive.extractfile(member)
                if content is not None:
                    found: Dict[str, str] = json.load(content)
                    return found
    raise SystemExit(f"{model.name} does not say which version it is")
