"""J7: whatever is read in a message takes about as long as the message is long."""

import importlib
import inspect
import pkgutil
import time
from collections.abc import Callable, Iterator

import pytest

import actions.domain
from tests.growth import times_dearer

#: Repeated without end: figures, gaps, brackets, and the words patterns of ours begin with.
UNITS = ("0", "1 ", " ", "(", "*", "。", "12栋3", "请", "那", "他", "十", "LL-", "301房 ")
#: The longest message there is.
LONGEST = 4_000
#: Seconds of processor time below which nothing has grown that matters.
NOTHING = 0.02
#: Eight times the text may cost so many times the time; squares would be 64 times.
AT_MOST = 30


def readers() -> Iterator[Callable[[str], object]]:
    """Every function of the domain that reads one text and needs nothing else."""
    for found in pkgutil.walk_packages(actions.domain.__path__, "actions.domain."):
        module = importlib.import_module(found.name)
        for _, function in inspect.getmembers(module, inspect.isfunction):
            needed = [
                each
                for each in inspect.signature(function).parameters.values()
                if each.default is each.empty
            ]
            is_own = function.__module__ == module.__name__
            if is_own and len(needed) == 1 and needed[0].annotation is str:
                yield function


READERS = {f"{each.__module__}.{each.__qualname__}": each for each in readers()}


def test_there_are_readers() -> None:
    assert len(READERS) > 60


@pytest.mark.parametrize("name", READERS)
def test_reading_takes_linear_time(name: str) -> None:
    def read(text: str) -> object:
        try:
            return READERS[name](text)
        except (ValueError, LookupError):
            return None  # refused, which is an answer

    read("楼道灯坏了")  # what is made at the first use is not measured
    dear = [unit for unit in UNITS if is_dear(read, unit)]

    assert [unit for unit in dear if times_dearer(read, unit, short=1_000) > AT_MOST] == []


def is_dear(read: Callable[[str], object], unit: str) -> bool:
    """At a first look, which other work on the machine may spoil; then it is looked at closer."""
    little, much = (seconds(read, unit * (n // len(unit))) for n in (LONGEST // 8, LONGEST))
    return much > max(NOTHING, AT_MOST / 2 * little)


def seconds(read: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    read(text)
    return time.process_time() - began
