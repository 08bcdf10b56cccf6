"""A place to train in where nothing is trained: a model is a file that says what it knows.

Everything between is real: the commands, their order, the gate with its figures, the notes beside
the models. In the place of Rasa's training a file is written, and `make evaluate` answers from it.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.conversation.current_model import ModelFolder

ROOT = Path(__file__).parents[2]
#: What is asked, and the leaf that is right.
ASKED = {f"第{number}件事": f"BLD0{number}" for number in range(1, 6)}

THRESHOLDS = """
messages: ["{rows}"]
figures:
  leaf_top1: {{at_least: 0.6, may_lose: 0.0}}
"""

MAKEFILE = """
evaluate:
\t@test ! -e no-evaluation
\t@{python} evaluate.py $(FILE) $(OUT) $(ARGS)
"""

EVALUATE = """
import json, sys
from pathlib import Path

source, target, _, model = sys.argv[1:]
knows = json.loads(Path(model).read_text())["knows"]
with Path("evaluated").open("a") as notes:
    notes.write(Path(model).name + "\\n")
rows = [json.loads(line) for line in Path(source).read_text().splitlines()]
asked = json.loads(Path("asked.json").read_text())
with Path(target).open("w") as out:
    for row in rows:
        leaf = asked[row["text"]] if row["text"] in knows else "OTH99"
        ranking = [[leaf, 0.9], ["X", 0.0], ["Y", 0.0]]
        found = {"ranking": ranking, "leaves": [leaf], "intent": "report", "files_ticket": True,
                 "emergency": False, "entities": {"location": [], "time": [], "phone": []}}
        out.write(json.dumps({**row, **found}) + "\\n")
"""

NLU = """
import json, sys
from pathlib import Path

here = Path(__file__).parent
sys.path.insert(0, {root!r})
module, arguments = sys.argv[2], sys.argv[3:]
state = json.loads((here / "state.json").read_text())

if module == "nlu.evaluation.gate":
    from nlu.evaluation import gate
    gate.THRESHOLDS = here / "thresholds.yml"
    gate.versions_of = lambda model: {{"version": "c0de", "data": json.loads(model.read_text())["data"]}}
    raise SystemExit(gate.main(arguments))

assert module == "nlu.train", module
if state.get("training") == "fails" and "--print-state" not in arguments:
    raise SystemExit("train: Rasa stopped with code 1")
folder = Path(arguments[arguments.index("--out") + 1])
corrections = Path(arguments[arguments.index("--corrections") + 1])
learned = "".join(file.read_text() for file in sorted(corrections.glob("*.yml")))
wanted = folder / ("linli-" + state["data"] + ("-" + str(learned.count("    - ")) if learned else "") + ".tar.gz")
if "--print-state" in arguments:
    print(json.dumps({{"model": wanted.name, "code": state["code"], "base": state["data"]}}))
    raise SystemExit(0)
if not wanted.exists() or "--force" in arguments:
    folder.mkdir(parents=True, exist_ok=True)
    wanted.write_text(json.dumps({{"knows": state["knows"], "data": state["data"]}}))
    with (here / "trained").open("a") as notes:
        notes.write(wanted.name + "\\n")
from nlu.model_notes import add_notes
add_notes(wanted, model=wanted.name, code=state["code"], base=state["data"])
print(wanted)
"""


class Place:
    """Its root, its models, and what the next training will bring."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self.models = ModelFolder(folder / "data" / "models")
        python = self.root / "nlu" / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec {sys.executable} {self.root}/nlu.py "$@"\n')
        python.chmod(0o755)
        self._write("nlu.py", NLU.format(root=str(ROOT)))
        self._write("evaluate.py", EVALUATE)
        self._write("Makefile", MAKEFILE.format(python=sys.executable))
        self._write("asked.json", json.dumps(ASKED))
        rows = [
            {"text": text, "leaves": [leaf], "files_ticket": True, "language": "zh"}
            for text, leaf in ASKED.items()
        ]
        self._write("rows.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
        self._write("thresholds.yml", THRESHOLDS.format(rows=self.root / "rows.jsonl"))

    def _write(self, name: str, content: str) -> None:
        (self.root / name).write_text(content, encoding="utf-8")

    def data_is(self, data: str, knows: int, *, code: str = "one", training: str = "") -> None:
        """The next model knows so many of five."""
        known = list(ASKED)[:knows]
        state = {"data": data, "knows": known, "code": code, "training": training}
        self._write("state.json", json.dumps(state))

    def bar_is(self, least: float) -> None:
        content = THRESHOLDS.format(rows=self.root / "rows.jsonl")
        self._write("thresholds.yml", content.replace("0.6", str(least)))

    def break_evaluation(self) -> None:
        (self.root / "no-evaluation").touch()

    def learns(self, words: Iterable[str]) -> None:
        folder = self.models.path.parent / "corrections"
        folder.mkdir(parents=True)
        lines = "".join(f"    - {each}\n" for each in words)
        (folder / "corrections.yml").write_text(f"nlu:\n- intent: greet\n  examples: |\n{lines}")

    @property
    def current(self) -> str:
        found = self.models.current()
        return found.name if found else ""

    def noted(self, name: str) -> list[str]:
        file = self.root / name
        return file.read_text().split() if file.exists() else []
