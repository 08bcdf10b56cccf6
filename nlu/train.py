"""`python -m nlu.train --out DIR`: train a model unless one that fits the data is there."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import Optional, Sequence

from nlu import quiet
from nlu.fingerprint import CONFIG, NLU, model_fingerprint


def model_file(folder: Path) -> Path:
    """Where the model for the present data, components and configuration belongs."""
    return folder / f"linli-{model_fingerprint()}.tar.gz"


def say(sentence: str) -> None:
    print(f"train: {sentence}", file=sys.stderr, flush=True)


def train(folder: Path, *, force: bool = False) -> Path:
    """The path of a fitting model."""
    wanted = model_file(folder)
    if wanted.exists() and not force:
        say(f"{wanted.name} fits, nothing to do")
        return wanted
    folder.mkdir(parents=True, exist_ok=True)
    say("loading Rasa")
    quiet.settle()
    from rasa.model_training import train as rasa_train  # slow import

    quiet.hush_rasa()

    began = time.monotonic()
    say(f"training {wanted.name}, one to two minutes")
    result = rasa_train(
        domain=str(CONFIG / "domain"),
        config=str(CONFIG / "config.yml"),
        training_files=[str(NLU / "data" / "nlu"), str(NLU / "data" / "rules")],
        output=str(folder),
        fixed_model_name=wanted.name[: -len(".tar.gz")],
        force_training=True,
    )
    if result.code != 0 or not wanted.exists():
        raise SystemExit(f"train: Rasa stopped with code {result.code}")
    say(f"done in {time.monotonic() - began:.0f} s, {wanted.stat().st_size / 1e6:.1f} MB")
    return wanted


def main(arguments: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(prog="nlu.train", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for models")
    parser.add_argument("--force", action="store_true", help="train even if a model fits")
    parser.add_argument("--print-path", action="store_true", help="only say where it would be")
    options = parser.parse_args(arguments)
    if options.print_path:
        print(model_file(options.out))
        return
    print(train(options.out, force=options.force))


if __name__ == "__main__":
    main()
