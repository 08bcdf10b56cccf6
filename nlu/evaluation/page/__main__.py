"""`python -m nlu.evaluation.page …`: measure a model for the page of `make report`.

`rows OUT` writes the messages to evaluate; `measure EVALUATED --out FOLDER` makes of the answers a
JSON of all figures and the pictures. Of frozen messages only figures are kept, never a text.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Dict, Optional, Sequence

from nlu import quiet


def _write_rows(out: Path) -> None:
    from nlu.evaluation.page.survey import all_rows, asked  # after settling

    lines = (json.dumps(asked(row), ensure_ascii=False) for row in all_rows())
    out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _measure(evaluated: Path, model: Path, *, quick: bool) -> Dict[str, Any]:
    from nlu.evaluation import gate  # after settling
    from nlu.evaluation.evaluate import evaluate
    from nlu.evaluation.frozen import read
    from nlu.evaluation.page import survey
    from nlu.evaluation.page.cost import Timed
    from nlu.evaluation.page.finding import duplicates
    from nlu.evaluation.parser import Parser
    from nlu.model_notes import read_notes, versions_of

    frozen, shown = survey.frozen_rows(), survey.open_rows()
    pairs = survey.paired(survey.all_rows(), read(evaluated))
    beyond = len(frozen) + len(shown)
    # First of all: the memory is to be that of a model which understands, and of nothing else.
    parser = Timed(Parser(model))
    asyncio.run(evaluate(shown, parser, full=False))
    of_frozen = survey.of_messages(pairs[: len(frozen)], show=False)
    found = {
        "model": model.name,
        **versions_of(model),
        "measure": gate.measure(gate.bars()),
        "measured_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "messages": len(frozen),
        "figures": of_frozen["figures"],
        "bars": gate.bars()["figures"],
        "notes": read_notes(model),
        "cost": parser.cost(),
        "frozen": of_frozen,
        "dev": survey.of_messages(pairs[len(frozen) : beyond], show=True),
        "duplicates": duplicates(pairs[beyond:]),
        "examples": _examples(),
    }
    return found if quick else {**found, **_training(frozen, shown)}


def _examples() -> Dict[str, Any]:
    from nlu.evaluation.lint.findings import everything  # after settling
    from nlu.evaluation.lint.variety import classes
    from nlu.evaluation.lint.written import read_examples

    examples = read_examples()
    counted = classes(examples)
    return {
        "number": len(examples),
        "classes": [each._asdict() for each in counted],
        "findings": [each._asdict() for each in everything(examples, counted)],
    }


def _training(frozen: Sequence[Any], shown: Sequence[Any]) -> Dict[str, Any]:
    """The learning curve, and what the models of its last point say of examples they had not."""
    from nlu.components.fusion import FusedClassifier  # after settling
    from nlu.evaluation.lint.written import read_examples
    from nlu.evaluation.page import learning_curve, material, survey

    examples = read_examples()
    probes = {"frozen": material.probe(frozen), "dev": material.probe(shown)}
    points = list(learning_curve.curve(material.of_leaves(examples), probes))
    _, leaves, read = points[-1]
    intended = material.of_intents(examples)
    intents = FusedClassifier.fit(intended.words, intended.vectors, intended.labels)
    return {
        "learning_curve": [figures for figures, _, _ in points],
        "training": survey.of_training(
            material.held_out(read, leaves.classes, leaves.held_out),
            material.held_out(intended, intents.classes, intents.held_out),
        ),
    }


def _write(found: Dict[str, Any], folder: Path) -> Path:
    from nlu.evaluation.page import pictures  # after settling

    sets = {name: found[name]["reliability"] for name in ("frozen", "dev")}
    drawn = {"reliability": pictures.reliability(sets)}
    if "learning_curve" in found:
        drawn["learning_curve"] = pictures.learning_curve(found["learning_curve"], list(sets))
    folder.mkdir(parents=True, exist_ok=True)
    for name, svg in drawn.items():
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    file = folder / "figures.json"
    text = json.dumps(found, ensure_ascii=False, indent=1)
    file.write_text(text + "\n", encoding="utf-8")
    return file


def main(arguments: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(prog="nlu.evaluation.page", description=__doc__)
    ways = parser.add_subparsers(dest="way", required=True)
    ways.add_parser("rows").add_argument("out", type=Path)
    measuring = ways.add_parser("measure")
    measuring.add_argument("evaluated", type=Path)
    measuring.add_argument("--out", type=Path, required=True, help="folder for what is written")
    measuring.add_argument("--models", type=Path, default=Path("var/models"))
    measuring.add_argument("--model", type=Path, help="this model instead of the one that fits")
    measuring.add_argument("--quick", action="store_true", help="fit nothing: no learning curve")
    options = parser.parse_args(arguments)
    quiet.settle()
    if options.way == "rows":
        _write_rows(options.out)
        return
    from nlu.train import train  # after settling

    model = options.model or train(options.models)
    print(_write(_measure(options.evaluated, model, quick=options.quick), options.out))


if __name__ == "__main__":
    main()
