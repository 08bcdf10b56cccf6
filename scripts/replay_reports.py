"""Send every row of a JSONL file to a running instance, each from a new resident, and tabulate.

    .venv/bin/python -m scripts.replay_reports reports.jsonl --out outcomes.jsonl

Each row needs `text`. What becomes of it is told by the first answers: nothing is pressed, so
nothing is filed but emergencies. Every message has to stand in its transcript exactly once.
"""

import argparse
import asyncio
import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.cli.heard import Heard
from bot.cli.visitor import Message, Refused, Visitor
from bot.settings import read_settings
from bot.texts import Catalogue

ROOT = Path(__file__).resolve().parents[1]
LATER = "kept_for_later"
#: Outcomes in the order of the table, each with the beginnings of the texts that mean it.
OUTCOMES = {
    "emergency": ("emergency_",),
    "ticket": ("ticket_filed",),
    "batch": ("draft_batch",),
    "draft card": ("draft_card_",),
    "beyond remit": ("beyond_remit",),
    "question": ("ask_",),
    "knowledge": ("knowledge", "no_answer_known"),
    "a person": ("callback_",),
    "chat": ("chat_", "help", "yes_to_nothing", "no_to_nothing"),
    "matters": ("my_matters", "no_matters", "ticket_standing"),
    "fault": ("error_", "kept_for_a_person"),
    "recorded, later": (LATER,),
    "other": (),
    "nothing": (),
    "refused": (),
}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    row: int
    outcome: str
    texts: Sequence[str]  #: keys of what was answered
    category: str  #: title of the card
    seconds: float
    stands: int  #: how often the message stands in the transcript


def outcome_of(keys: Sequence[str]) -> str:
    if not keys:
        return "nothing"
    for name, beginnings in OUTCOMES.items():
        if beginnings and any(key.startswith(beginnings) for key in keys):
            return name
    return "other"


async def replay(row: int, text: str, options: argparse.Namespace, heard: Heard) -> Outcome:
    async with Visitor(options.address) as visitor:
        began = time.monotonic()
        try:
            await visitor.arrive(options.locale)
            sent = await visitor.send({"text": text})
            answers = await until_understood(visitor, sent, options.patience, heard)
        except Refused:
            return Outcome(
                row=row, outcome="refused", texts=(), category="", seconds=0.0, stands=0
            )  # fmt: skip
        seconds = round(time.monotonic() - began, 2)
        await visitor.listen()
    own = [each for each in visitor.messages if each["direction"] == "in"]
    keys = [heard.key(each["text"]) for each in answers]
    titles = [each["card"]["title"] for each in answers if each["card"]]
    return Outcome(
        row=row,
        outcome=outcome_of(keys),
        texts=keys,
        category=titles[-1] if titles else "",
        seconds=seconds,
        stands=sum(each["text"] == text for each in own) if len(own) == 1 else len(own),
    )


async def until_understood(
    visitor: Visitor, sent: str, patience: float, heard: Heard
) -> Sequence[Message]:
    """The answers, past a word that the answer will come later."""
    until = time.monotonic() + patience
    while True:
        answers = await visitor.answers(sent, within=until - time.monotonic())
        later = all(heard.key(each["text"]) == LATER for each in answers)
        if (answers and not later) or time.monotonic() >= until:
            return answers
        await visitor.listen(wait=2)


async def replay_all(texts: Sequence[str], options: argparse.Namespace) -> list[Outcome]:
    heard = Heard(Catalogue.load(ROOT / "config" / "texts"), options.locale)
    gate = asyncio.Semaphore(options.at_once)

    async def one(row: int, text: str) -> Outcome:
        async with gate:
            return await replay(row, text, options, heard)

    return list(await asyncio.gather(*(one(row, text) for row, text in enumerate(texts, 1))))


def table(outcomes: Sequence[Outcome]) -> str:
    counts = Counter(each.outcome for each in outcomes)
    seconds = sorted(each.seconds for each in outcomes) or [0.0]
    middle, late = seconds[len(seconds) // 2], seconds[int(len(seconds) * 0.95)]
    lines = [f"{name:<16}{counts[name]:>6}" for name in OUTCOMES if counts[name]]
    wrong = [str(each.row) for each in outcomes if each.stands != 1]
    lines += [
        f"{'rows':<16}{len(outcomes):>6}",
        f"{'seconds':<16}{middle:>6} in the middle, {late} for the slowest twentieth",
        f"{'exactly once':<16}{len(outcomes) - len(wrong):>6}",
    ]
    if wrong:
        lines.append(f"not exactly once: rows {', '.join(wrong)}")
    return "\n".join(lines)


def read_texts(file: Path, most: int) -> list[str]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    return [row["text"] for row in rows][: most or None]


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when every message stands exactly once, 1 otherwise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, help="a JSON line for each row, without its text")
    parser.add_argument("--address", default="", help="of the instance; found by LINLI_PORT")
    parser.add_argument("--locale", default="zh-CN")
    parser.add_argument("--at-once", type=int, default=6, metavar="N")
    parser.add_argument("--most", type=int, default=0, metavar="N", help="only the first N rows")
    parser.add_argument("--patience", type=float, default=60.0, metavar="S", help="for an answer")
    options = parser.parse_args(arguments)
    options.address = options.address or read_settings(os.environ).address
    outcomes = asyncio.run(replay_all(read_texts(options.file, options.most), options))
    if options.out:
        lines = (json.dumps(asdict(each), ensure_ascii=False) for each in outcomes)
        options.out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(table(outcomes))
    return 0 if all(each.stands == 1 for each in outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main())
