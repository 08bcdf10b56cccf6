"""Dangers are told from drills, idioms, fears and old stories, in three languages."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.emergency import KINDS, UNNAMED, EmergencyKind, detect

DATA = Path(__file__).parents[2] / "data"
TEXTS = Path(__file__).parents[3] / "config/texts"
DANGERS = [
    tuple(line.split("\t"))
    for line in (DATA / "emergency_positive.tsv").read_text("utf-8").splitlines()
]
TRAPS = (DATA / "emergency_traps.txt").read_text("utf-8").splitlines()


def test_the_lists_are_long_enough_to_mean_something() -> None:
    assert len(DANGERS) >= 120
    assert len(TRAPS) >= 120
    assert {kind for kind, _ in DANGERS} == set(KINDS) - {UNNAMED}


@pytest.mark.parametrize(("kind", "text"), DANGERS)
def test_a_danger_is_told_and_named(kind: str, text: str) -> None:
    found = detect(text)
    assert found is not None
    assert found.key == kind


@pytest.mark.parametrize("text", TRAPS)
def test_what_only_sounds_like_danger_is_let_pass(text: str) -> None:
    assert detect(text) is None


@pytest.mark.parametrize(("kind", "text"), DANGERS[::7])
def test_width_and_surrounding_words_do_not_hide_a_danger(kind: str, text: str) -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    for disguised in (wide, f"你好。{text}", f"{text}\n谢谢", text.upper(), f"\u200b{text}"):
        found = detect(disguised)
        assert found is not None, disguised
        assert found.key == kind


def test_every_kind_says_whom_to_call_and_what_to_file() -> None:
    for key, kind in KINDS.items():
        assert kind.key == key
        assert kind.numbers
        assert set(kind.numbers) <= {"110", "119", "120", "gas", "power", "water", "lift"}
    leaves = {kind.leaf for kind in KINDS.values()}
    assert leaves == {"SAF05", "SAF06", "SAF07", "BLD02", "BLD06", "UTL03", "PUB02"}


@pytest.mark.parametrize("locale", ["zh_CN", "zh_HK", "en"])
def test_every_kind_has_its_first_sentence(locale: str) -> None:
    texts = yaml.safe_load((TEXTS / locale / "emergencies.yml").read_text("utf-8"))
    assert {kind.advice for kind in KINDS.values()} <= set(texts)


def test_kinds_are_found_by_name() -> None:
    assert EmergencyKind.named("trapped_in_lift").leaf == "BLD02"
    with pytest.raises(KeyError):
        EmergencyKind.named("boredom")


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    assert detect(text) is None or detect(text) in KINDS.values()
