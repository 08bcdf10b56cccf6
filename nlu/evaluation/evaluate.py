"""`python -m nlu.evaluation.evaluate IN.jsonl OUT.jsonl`: classify every row as a live message."""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

from nlu import quiet
from nlu.components.leaves import TICKET_INTENTS
from nlu.evaluation.parser import Parser

#: From this score on a person is to look at once, even when no rule spoke up.
ALARM = 0.5


def answer(understood: Dict[str, Any]) -> Dict[str, Any]:
    """The row of interfaces.md 4 for one message."""
    intent = understood["intent"]["name"]
    files_ticket = intent in TICKET_INTENTS
    entities: Dict[str, List[str]] = {"location": [], "time": [], "phone": []}
    for entity in understood["entities"]:
        entities[entity["kind"]].append(entity["text"])
    matters = understood["matters"] if files_ticket else []
    return {
        "language": understood["language"],
        "intent": intent,
        "files_ticket": files_ticket,
        "told": understood["told"],
        "danger": understood["emergency"]["score"],
        "emergency": understood["emergency"]["score"] >= ALARM,
        "leaves": [matter["leaves"][0][0] for matter in matters],
        "ranking": understood["leaves"],
        "entities": entities,
    }


async def evaluate(rows: Sequence[Dict[str, Any]], parser: Parser, *, full: bool) -> List[Dict]:
    answers = []
    for row in rows:
        if "a" in row and "b" in row:
            # Whether they are of one matter is for `scripts.apply_likeness` to say, as it is live.
            both = {side: await parser.parse(row[side]) for side in ("a", "b")}
            answers.append({**row, "understood": both})
            continue
        understood = await parser.parse(row["text"])
        answers.append({**row, **answer(understood)})
        if full:
            answers[-1]["understood"] = understood
    return answers


def main(arguments: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(prog="nlu.evaluation.evaluate", description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--models", type=Path, default=Path("var/models"))
    parser.add_argument("--model", type=Path, help="this model instead of the one that fits")
    parser.add_argument("--full", action="store_true", help="add the whole result to each row")
    options = parser.parse_args(arguments)
    quiet.settle()
    from nlu.train import train  # after settling

    model = options.model or train(options.models)
    lines = options.source.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    answers = asyncio.run(evaluate(rows, Parser(model), full=options.full))
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in answers)
    options.target.write_text(text, encoding="utf-8")
    print(f"{len(answers)} rows written to {options.target.name}")


if __name__ == "__main__":
    main()
