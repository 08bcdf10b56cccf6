"""A Rasa that understands what it was taught: the real door before it, the real one behind it.

It answers as Rasa's REST channel does and calls the bot's own action endpoint, with a parse as the
pipeline's last component gives it. It lives in a thread, so that one serves every test's loop.
"""

import json
import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from tests.servers.process import free_port

ACTIONS = {
    **dict.fromkeys(("report", "request", "suggest", "praise", "complain_staff"), "tell_matter"),
    **dict.fromkeys(("inform", "supplement"), "add_detail"),
    **{each: each for each in ("affirm", "deny", "urge", "withdraw", "rate", "reopen")},
    "status": "ask_status",
    "human": "call_person",
    "faq": "answer_question",
}
SURE = 0.9
LIMIT = 10.0


@dataclass(frozen=True, kw_only=True)
class Lesson:
    intent: str = "other"
    leaves: tuple[str, ...] = ()  #: the likeliest first
    matters: tuple[tuple[str, str], ...] = ()  #: (words of the part, leaf)
    language: str = "zh"


class RasaStandIn:
    """`stop()` makes it a Rasa that is away: nobody listens on its port any more."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.actions_port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.heard: list[str] = []
        self._lessons: dict[str, Lesson] = {}
        self._token_file = data / "keys" / "actions.token"
        self._server: ThreadingHTTPServer | None = None

    def teach(self, text: str, intent: str, *leaves: str, **more: Any) -> None:
        self._lessons[text] = Lesson(intent=intent, leaves=leaves, **more)

    def start(self) -> None:
        self._server = _Server(("127.0.0.1", self.port), _Door)
        self._server.stand_in = self
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def hear(self, message: dict[str, Any]) -> None:
        text = message["message"]
        self.heard.append(text)
        lesson = self._lessons.get(text, Lesson())
        action = f"action_{ACTIONS.get(lesson.intent, 'small_talk')}"
        self._run(action, message, _understood(text, lesson))

    def _run(self, action: str, message: dict[str, Any], understood: dict[str, Any]) -> None:
        latest = {
            "text": message["message"], "intent": understood["intent"],
            "metadata": message["metadata"], "understood": understood,
        }  # fmt: skip
        tracker = {
            "sender_id": message["sender"], "slots": {}, "events": [], "latest_message": latest,
            "paused": False, "followup_action": None, "active_loop": {},
            "latest_input_channel": "rest", "latest_action_name": None,
        }  # fmt: skip
        call = {"next_action": action, "sender_id": message["sender"], "tracker": tracker}
        token = self._token_file.read_text(encoding="ascii")
        address = f"http://127.0.0.1:{self.actions_port}/webhook?token={token}"
        headers = {"Content-Type": "application/json"}
        with urlopen(Request(address, json.dumps(call).encode(), headers), timeout=LIMIT) as answer:
            answer.read()


def _understood(text: str, lesson: Lesson) -> dict[str, Any]:
    return {
        "text": text,
        "normalised": text,
        "language": lesson.language,
        "intent": {"name": lesson.intent, "confidence": SURE},
        "intent_ranking": [[lesson.intent, SURE]],
        "leaves": [[leaf, SURE / (rank + 1)] for rank, leaf in enumerate(lesson.leaves)],
        "matters": [_matter(text, *matter) for matter in lesson.matters],
        "entities": [],
        "emergency": {"score": 0.0},
        "vector": [],
        "knowledge": [],
        "model": {"version": "taught"},
    }


def _matter(text: str, words: str, leaf: str) -> dict[str, Any]:
    start = text.index(words)
    return {"text": words, "start": start, "end": start + len(words), "leaves": [[leaf, SURE]]}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stand_in: RasaStandIn


class _Door(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:  # the probe of RasaConversation
        self._answer({"status": "ok"})

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.stand_in.hear(json.loads(self.rfile.read(length)))
        self._answer([])

    def _answer(self, body: Any) -> None:
        raw = json.dumps(body).encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
        """Tests are quiet."""
