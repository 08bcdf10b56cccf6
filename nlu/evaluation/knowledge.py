"""`python -m nlu.evaluation.knowledge [FILE]`: how well questions find their answer.

FILE holds rows of `text`, `language` and `entry`, which is null where nothing answers. By default
`dev/questions.jsonl`, against the folder the component reads. No model is needed.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Dict, List, NamedTuple, Optional, Sequence

import numpy as np
import yaml

from nlu.components import encoder
from nlu.components.knowledge import build_index, knowledge_folder, read_questions, said_plainly
from nlu.components.knowledge_index import Hits, KnowledgeIndex
from nlu.fingerprint import CONFIG, NLU

QUESTIONS = NLU / "evaluation" / "dev" / "questions.jsonl"
#: Entries left in the base while the others' questions have no answer, and how often.
_LEFT, _DRAWS = 15, 20


class Question(NamedTuple):
    text: str
    words: str
    language: str
    entry: Optional[str]
    vector: Optional[List[float]]


class Found(NamedTuple):
    question: Question
    hits: Hits

    @property
    def is_first(self) -> bool:
        return bool(self.hits) and self.hits[0][0] == self.question.entry

    @property
    def is_among(self) -> bool:
        return self.question.entry in [entry for entry, _ in self.hits]

    @property
    def chance(self) -> float:
        return self.hits[0][1] if self.hits else 0.0


def read_rows(file: Path, *, with_vectors: bool = True) -> List[Question]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    words = [said_plainly(row["text"]) for row in rows]
    vectors = encoder.encode(words) if with_vectors else None
    return [
        Question(row["text"], plain, row["language"], row["entry"],
                 None if vectors is None else [round(float(x), 5) for x in vectors[number]])
        for number, (row, plain) in enumerate(zip(rows, words, strict=True))
    ]  # fmt: skip


def thresholds() -> Dict[str, float]:
    """What the bot goes by: `policy:` of the community's file."""
    policy = yaml.safe_load((CONFIG / "community.yml").read_text(encoding="utf-8"))["policy"]
    return {name: float(policy[name]) for name in ("answer_from", "suggest_answers_from")}


def ask(index: KnowledgeIndex, questions: Sequence[Question]) -> List[Found]:
    return [Found(each, index.find(each.words, each.vector)) for each in questions]


def report(found: Sequence[Found], *, answer_from: float, suggest_answers_from: float) -> List[str]:
    lines = ["language  answerable  right first  right in three"]
    for language in ("zh", "yue", "en", "all"):
        rows = [each for each in found if each.question.entry is not None]
        rows = [each for each in rows if language in ("all", each.question.language)]
        first, among = (
            _share([getattr(r, name) for r in rows]) for name in ("is_first", "is_among")
        )
        lines.append(f"{language:9} {len(rows):10}  {first:11}  {among:14}")
    answered = [each for each in found if each.chance >= answer_from]
    unsure = [each for each in found if suggest_answers_from <= each.chance < answer_from]
    unknown = [each for each in found if each.chance < suggest_answers_from]
    wrong = sum(not each.is_first for each in answered)
    lines.append(f"answered at once (from {answer_from}): {len(answered)} of {len(found)}")
    lines.append(f"  wrong: {wrong}, {wrong / len(found):.1%} of all questions")
    lines.append(f"asked which was meant: {len(unsure)}")
    lines.append(f"  the right one is offered: {sum(each.is_among for each in unsure)}")
    lines.append(f"  nothing answers: {sum(each.question.entry is None for each in unsure)}")
    lines.append(f"told that nothing fits (below {suggest_answers_from}): {len(unknown)}")
    lines.append(
        f"  yet something answers: {sum(each.question.entry is not None for each in unknown)}"
    )
    return lines


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values) / max(len(values), 1):.3f}"


def fit(folder: Path, questions: Sequence[Question], *, with_vectors: bool) -> List[str]:
    """Slope and offset of the score, by logistic regression over whole and partial bases.

    A partial base is a small community's, and makes honest questions without an answer.
    """
    from sklearn.linear_model import LogisticRegression

    asked = read_questions(folder)
    vectors = encoder.encode([text for _, text in asked]) if with_vectors else None
    entries = sorted({entry for entry, _ in asked})
    chance = np.random.default_rng(7)
    bases = [set(entries)] * _DRAWS
    bases += [set(chance.choice(entries, _LEFT, replace=False)) for _ in range(_DRAWS)]
    evidence, right = [], []
    for base in bases:
        kept = [number for number, (entry, _) in enumerate(asked) if entry in base]
        index = KnowledgeIndex(
            [asked[number] for number in kept], None if vectors is None else vectors[kept]
        )
        for each in questions:
            told = index.evidence(each.words, each.vector)
            best = int(np.argmax(told))
            evidence.append([told[best]])
            right.append(index.entries[best] == each.entry)
    model = LogisticRegression(C=1e6).fit(evidence, right)
    return [
        f"slope {model.coef_[0][0]:.2f}, offset {model.intercept_[0]:.2f}, from {len(right)} rows"
    ]


def cost(index: KnowledgeIndex, questions: Sequence[Question]) -> str:
    spent = []
    for each in questions:
        began = time.perf_counter()
        index.find(said_plainly(each.text), each.vector)
        whole = time.perf_counter()
        index.find(each.words, each.vector)
        spent.append((time.perf_counter() - whole, whole - began))
    finding = sorted(one for one, _ in spent)
    return (
        f"milliseconds a question, the vector given: p50 {1e3 * finding[len(finding) // 2]:.2f},"
        f" p99 {1e3 * finding[int(len(finding) * 0.99)]:.2f}"
    )


def main(arguments: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(prog="nlu.evaluation.knowledge", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=QUESTIONS)
    parser.add_argument("--fit", action="store_true", help="print slope and offset of the score")
    parser.add_argument("--wrong", action="store_true", help="list what is answered wrongly")
    options = parser.parse_args(arguments)
    folder, questions = knowledge_folder(), read_rows(options.file)
    if options.fit:
        bare = [each._replace(vector=None) for each in questions]
        print("with vectors:", *fit(folder, questions, with_vectors=True))
        print("characters alone:", *fit(folder, bare, with_vectors=False))
        return
    index = build_index(folder)
    found = ask(index, questions)
    limits = thresholds()
    print("\n".join(report(found, **limits)))
    print(cost(index, questions))
    for each in sorted(found, key=lambda one: -one.chance) if options.wrong else ():
        if not each.is_first and each.chance >= limits["suggest_answers_from"]:
            print(f"{each.chance:.2f} {each.question.text} | {each.question.entry} | {each.hits}")


if __name__ == "__main__":
    main()
