"""`python -m nlu.train --out DIR`: train a model unless one that fits the data is there.

It is only trained: whether it is served is decided by the gate (evaluation/gate.py).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

from nlu import quiet
from nlu.fingerprint import CONFIG, NLU, code_version, model_fingerprint
from nlu.model_notes import add_notes, notes_file, read_notes, versions_of


def correction_files(folder: Optional[Path]) -> List[Path]:
    """The reviewed examples of this house, as `python -m bot corrections export` wrote them."""
    return sorted(folder.glob("*.yml")) if folder else []


def model_file(folder: Path, corrections: Optional[Path] = None) -> Path:
    """Where the model for the present data, components and configuration belongs."""
    return folder / f"linli-{model_fingerprint(correction_files(corrections))}.tar.gz"


def say(sentence: str) -> None:
    print(f"train: {sentence}", file=sys.stderr, flush=True)


def train(folder: Path, corrections: Optional[Path] = None, *, force: bool = False) -> Path:
    """The path of a fitting model."""
    wanted, origin = model_file(folder, corrections), _origin(corrections)
    if wanted.exists() and not force:
        say(f"{wanted.name} fits, nothing to do")
        if not read_notes(wanted):
            _note_origin(wanted, origin)
        return wanted
    folder.mkdir(parents=True, exist_ok=True)
    say("loading Rasa")
    quiet.settle()
    from rasa.model_training import train as rasa_train  # slow import

    quiet.hush_rasa()

    began = time.monotonic()
    say(f"training {wanted.name}, one to two minutes")
    own = [str(file) for file in correction_files(corrections)]
    result = rasa_train(
        domain=str(CONFIG / "domain"),
        config=str(CONFIG / "config.yml"),
        training_files=[str(NLU / "data" / "nlu"), str(NLU / "data" / "rules"), *own],
        output=str(folder),
        fixed_model_name=wanted.name[: -len(".tar.gz")],
        force_training=True,
    )
    if result.code != 0 or not wanted.exists():
        raise SystemExit(f"train: Rasa stopped with code {result.code}")
    notes_file(wanted).unlink(missing_ok=True)  # figures of one that had its name before
    _note_origin(wanted, origin)
    say(f"done in {time.monotonic() - began:.0f} s, {wanted.stat().st_size / 1e6:.1f} MB")
    return wanted


def _origin(corrections: Optional[Path]) -> Dict[str, Any]:
    """What a model is made of, as it is when its training begins."""
    examples = [
        line
        for file in correction_files(corrections)
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.lstrip().startswith("- ") and not line.startswith("- ")
    ]
    return {"code": code_version(), "base": model_fingerprint(), "corrections": len(examples)}


def _note_origin(model: Path, origin: Dict[str, Any]) -> None:
    """By which a turn, the data it learned from and the model's file can be matched."""
    made = datetime.fromtimestamp(model.stat().st_mtime, timezone.utc)
    trained_at = made.isoformat(timespec="seconds")
    add_notes(model, model=model.name, **versions_of(model), **origin, trained_at=trained_at)


def main(arguments: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(prog="nlu.train", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for models")
    parser.add_argument("--corrections", type=Path, help="folder of reviewed examples")
    parser.add_argument("--force", action="store_true", help="train even if a model fits")
    parser.add_argument("--print-path", action="store_true", help="only say where it would be")
    parser.add_argument("--print-state", action="store_true", help="only say what it must fit")
    options = parser.parse_args(arguments)
    wanted = model_file(options.out, options.corrections)
    if options.print_state:
        state = {"model": wanted.name, "code": code_version(), "base": model_fingerprint()}
        print(json.dumps(state))
    elif options.print_path:
        print(wanted)
    else:
        print(train(options.out, options.corrections, force=options.force))


if __name__ == "__main__":
    main()
