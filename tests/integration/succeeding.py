"""A data directory with models that are not, and a `nlu.serve` that tells how it fared with each.

A model is a file that says how it behaves: well, mute (it never answers), dead (it ends at once)
or slow (it answers texts only while there is no file `hold` beside it).
"""

import os
import sys
from pathlib import Path

from bot.conversation.current_model import ModelFolder
from bot.conversation.rasa_process import RasaPlan, free_port

ROOT = Path(__file__).parents[2]

SERVE = f"""
import argparse, http.server, json, os, sys, threading, time, urllib.request
from pathlib import Path

sys.path.insert(0, {str(ROOT)!r})
from tests.chaos.stand_in import call

options = argparse.ArgumentParser()
options.add_argument("--model", type=Path), options.add_argument("--port", type=int)
options = options.parse_args()
notes, behaviour = options.model.parent, options.model.read_text()
(notes / "lives").open("a").write(f"{{options.model.name}} {{os.getpid()}}\\n")
if behaviour == "dead":
    sys.exit("the model cannot be loaded")


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self._say(503 if behaviour == "mute" else 200)

    def do_POST(self):
        heard = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        (notes / "heard").open("a").write(f"{{options.model.name}} {{heard['message']}}\\n")
        while behaviour == "slow" and (notes / "hold").exists():
            time.sleep(0.02)
        told = call(heard)
        model = {{"version": options.model.name, "data": "d" * 64}}
        told["tracker"]["latest_message"]["understood"]["model"] = model
        asked = urllib.request.Request(
            os.environ["LINLI_ACTIONS_URL"], json.dumps(told).encode(),
            {{"Content-Type": "application/json"}},
        )
        urllib.request.urlopen(asked, timeout=20).read()
        self._say(200)

    def _say(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", options.port), Answers).serve_forever()
"""


class Models:
    """The models of one house, as its processes find them."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.folder = ModelFolder(folder / "data" / "models")
        self.folder.path.mkdir(parents=True)
        (folder / "nlu").mkdir()
        (folder / "nlu" / "__init__.py").touch()
        (folder / "nlu" / "serve.py").write_text(SERVE, encoding="utf-8")

    def add(self, name: str, behaviour: str = "well") -> Path:
        model = self.folder.path / f"{name}.tar.gz"
        model.write_text(behaviour, encoding="utf-8")
        return model

    def plan(self, model: Path) -> RasaPlan:
        return RasaPlan(
            python=Path(sys.executable), model=model, root=self.root, port=free_port(),
            folder=self.root / "data", variables=os.environ,
        )  # fmt: skip

    def noted(self, name: str) -> list[list[str]]:
        """Lines of a file of notes, each split at its first blank."""
        file = self.folder.path / name
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [line.split(" ", 1) for line in lines]

    def pids(self, model: Path) -> list[int]:
        return [int(pid) for name, pid in self.noted("lives") if name == model.name]

    def hold(self) -> None:
        (self.folder.path / "hold").touch()

    def let_go(self) -> None:
        (self.folder.path / "hold").unlink()
