"""`make report`: everything that is measured of a model, as a page and as JSON.

Of the frozen messages only figures are kept; their answers go when the page is written.
`--table FILE` prints the main figures of a report as Markdown, and measures nothing.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

ROOT = Path(__file__).parents[1]
NLU = ROOT / "nlu" / ".venv" / "bin" / "python"
PAGE = "nlu.evaluation.page"
#: The ways of writing the tables have columns for.
LANGUAGES = ("zh", "yue", "zh-Hant", "en", "mix")

Figures = Mapping[str, Any]


def share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def table(found: Figures) -> Iterator[str]:
    """The main figures beside their bars, for docs and pull requests."""
    yield "| figure | frozen set | bar | development set |"
    yield "|---|---|---|---|"
    for name, bar in found["bars"].items():
        bound = "≥" if "at_least" in bar else "≤"
        wanted = bar.get("at_least", bar.get("at_most"))
        frozen, dev = (found[part]["figures"].get(name) for part in ("frozen", "dev"))
        yield f"| {name} | {share(frozen)} | {bound} {wanted} | {share(dev)} |"
    for kind, scores in found["frozen"]["entities"].items():
        dev = found["dev"]["entities"].get(kind, {}).get("all", {})
        yield (
            f"| {kind} found is right | {share(scores['all']['precision'])} | | "
            f"{share(dev.get('precision'))} |"
        )
    parts = [found[part] for part in ("frozen", "dev")]
    frozen, dev = (share(part["several"]["single_cut"]) for part in parts)
    yield f"| single matters cut | {frozen} | | {dev} |"
    frozen, dev = (share(part["not_filed"]) for part in parts)
    yield f"| matters not filed at once | {frozen} | | {dev} |"
    for kind in ("one matter", "two matters"):
        yield f"| pairs of {kind} found alike | | | {share(found['duplicates'][kind]['same'])} |"
    cost = found["cost"]
    yield f"| milliseconds on one core, p50 / p99 | {cost['ms']['p50']} / {cost['ms']['p99']} | | |"
    yield f"| memory at most, MB | {cost['peak_mb']} | | |"


def page(found: Figures, pictures: Mapping[str, str]) -> str:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "scripts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["share"] = share
    drawn = {name: Markup(svg) for name, svg in pictures.items()}  # noqa: S704 – drawn by us
    template = environment.get_template("report.html.j2")
    return template.render(found=found, pictures=drawn, languages=LANGUAGES) + "\n"


def measure(folder: Path, place: Path, which: Sequence[str], *, quick: bool) -> None:
    """Leave figures and pictures in `folder`; what the messages were answered goes with `place`."""
    rows, answers = place / "rows.jsonl", place / "answers.jsonl"
    run(NLU, "-m", PAGE, "rows", rows)
    say("understanding every message nobody trained on, about a minute")
    run("make", "-s", "evaluate", f"FILE={rows}", f"OUT={answers}", f"ARGS={' '.join(which)}")
    more = ["--quick"] if quick else []
    say("counting" if quick else "counting, and fitting classifiers on more and more examples")
    run(NLU, "-m", PAGE, "measure", answers, "--out", folder, *which, *more)


def say(sentence: str) -> None:
    print(f"report: {sentence} …", file=sys.stderr, flush=True)


def run(*command: object) -> None:
    subprocess.run(list(map(str, command)), check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def written(folder: Path, place: Path) -> Path:
    """The page and the JSON, named after the model."""
    text = (place / "figures.json").read_text(encoding="utf-8")
    found = json.loads(text)
    pictures = {file.stem: file.read_text(encoding="utf-8") for file in place.glob("*.svg")}
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{found['model'].removesuffix('.tar.gz')}.html"
    target.with_suffix(".json").write_text(text, encoding="utf-8")
    target.write_text(page(found, pictures), encoding="utf-8")
    return target


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="make report", description=__doc__)
    data = Path(os.environ.get("LINLI_DATA") or ROOT / "var")
    parser.add_argument("--out", type=Path, default=data / "reports")
    parser.add_argument("--model", type=Path, help="this model instead of the one that fits")
    parser.add_argument("--quick", action="store_true", help="fit nothing: no learning curve")
    parser.add_argument("--table", type=Path, metavar="FILE", help="only print a report's figures")
    options = parser.parse_args(arguments)
    if options.table:
        print("\n".join(table(json.loads(options.table.read_text(encoding="utf-8")))))
        return
    which = ["--models", str(data / "models")]
    if options.model:
        which += ["--model", str(options.model.resolve())]
    with tempfile.TemporaryDirectory(prefix="linli-report-") as name:
        measure(Path(name), Path(name), which, quick=options.quick)
        print(written(options.out, Path(name)))


if __name__ == "__main__":
    main()
