"""`python -m nlu.evaluation.experiments.cost [MODEL]`: where the milliseconds of a message go.

Every step of the pipeline and a few within them, over the development messages, in time of the
processor: a busy machine makes it longer by what caches lose, not by waiting. What stands within
another step is counted in both. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List, Optional, Sequence

import numpy as np

from nlu import quiet

Spent = Dict[str, List[float]]


class Clock:
    """Adds up what each step takes of a message."""

    def __init__(self) -> None:
        self._now: Dict[str, float] = defaultdict(float)
        self.spent: Spent = defaultdict(list)

    def watch(self, owner: Any, name: str, step: str) -> None:
        function = getattr(owner, name)

        def timed(*arguments: Any, **named: Any) -> Any:
            began = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                self._now[step] += time.process_time() - began

        setattr(owner, name, timed)

    async def parse(self, parse: Callable[[str], Any], text: str) -> None:
        self._now.clear()
        began = time.process_time()
        await parse(text)
        self.spent["all of it"].append(time.process_time() - began)
        for step, seconds in self._now.items():
            self.spent[step].append(seconds)


def _watch_all(clock: Clock) -> None:
    """Before a model is loaded: Rasa looks the methods up then."""
    from nlu.components import (
        encoder,
        entity_extractor,
        gate,
        intent_and_leaf,
        knowledge,
        language,
        splitter,
        text_normalizer,
        understanding,
    )

    for kind in (
        language.LanguageDetector,
        text_normalizer.TextNormalizer,
        entity_extractor.CommunityEntityExtractor,
        intent_and_leaf.IntentAndLeafClassifier,
        knowledge.KnowledgeRetriever,
        understanding.Understanding,
    ):
        clock.watch(kind, "process", kind.__name__)
    clock.watch(encoder, "encode", "– sentence vectors")
    clock.watch(splitter, "best_boundary", "– likeliest boundary")
    clock.watch(gate.TicketGate, "probability", "– is anything told")
    clock.watch(entity_extractor, "find_moments", "– times")


def table(spent: Spent, messages: int) -> Iterator[str]:
    yield "| step | mean ms | p50 | p99 |"
    yield "|---|---|---|---|"
    for step, seconds in sorted(spent.items(), key=lambda item: -sum(item[1])):
        every = np.zeros(messages)
        every[: len(seconds)] = seconds
        p50, p99 = np.percentile(every, (50, 99)) * 1000
        yield f"| {step} | {every.mean() * 1000:.2f} | {p50:.2f} | {p99:.2f} |"


def main(arguments: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(prog="nlu.evaluation.experiments.cost", description=__doc__)
    parser.add_argument("model", type=Path, nargs="?", help="instead of the one that fits")
    options = parser.parse_args(arguments)
    quiet.settle()
    from nlu.evaluation.page.survey import open_rows  # after settling
    from nlu.evaluation.parser import Parser
    from nlu.train import train

    clock = Clock()
    _watch_all(clock)
    model = Parser(options.model or train(Path("var/models")))
    rows = open_rows()

    async def everything() -> None:
        await model.parse(rows[0]["text"])  # loads what is only loaded once
        for row in rows:
            await clock.parse(model.parse, row["text"])

    asyncio.run(everything())
    print("\n".join(table(clock.spent, len(rows))))


if __name__ == "__main__":
    main()
