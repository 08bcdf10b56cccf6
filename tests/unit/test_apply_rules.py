"""Evaluated rows meet the emergency rules, as live messages do."""

import json
from pathlib import Path

from scripts.apply_rules import main


def test_a_danger_the_model_took_for_talk_is_an_emergency(tmp_path: Path) -> None:
    talk = {
        "text": "厨房着火了",
        "intent": "smalltalk",
        "files_ticket": False,
        "emergency": False,
        "leaves": [],
        "ranking": [["SAF06", 0.4], ["UTL03", 0.2], ["SAF02", 0.1]],
        "id": 7,
    }
    calm = talk | {"text": "45栋楼梯扶手松了", "id": 8}
    pair = {"a": "x", "b": "y", "same": True, "score": 0.9}
    path = tmp_path / "out.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in (talk, calm, pair)), "utf-8")

    main(path)

    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert (found[0]["emergency"], found[0]["files_ticket"], found[0]["id"]) == (True, True, 7)
    assert found[0]["leaves"] == ["SAF06"]
    assert [code for code, _ in found[0]["ranking"]] == ["SAF06", "UTL03", "SAF02"]
    assert found[1:] == [calm, pair]
