"""The experiment about reading compares what it says it compares."""

import numpy as np
import pytest

from nlu.evaluation.experiments.comparison import FUSIONS, Comparison, table
from nlu.evaluation.experiments.readings import numbered, readings, scored
from nlu.evaluation.lint.written import read_examples
from nlu.evaluation.page.material import material, probe


@pytest.fixture(scope="module")
def taught():
    three = {"PUB03", "SAN01", "UTL04"}
    return material([(each.text, each.leaf) for each in read_examples() if each.leaf in three])


@pytest.fixture(scope="module")
def asked():
    row = {"files_ticket": True, "language": "zh"}
    return probe([{**row, "text": "路灯不亮了", "leaves": ["PUB03"]},
                  {**row, "text": "一堆垃圾没人收", "leaves": ["SAN01"]}])  # fmt: skip


def test_every_fusion_is_of_readings_there_are():
    assert {name for pair in FUSIONS.values() for name in pair} <= set(readings())


def test_every_reading_and_fusion_has_a_row_of_figures(taught, asked):
    both = FUSIONS["late fusion of characters 1–3 and sentence vectors"]
    chosen = {name: readings()[name] for name in both}

    head, _, *rows = table(Comparison(taught, asked), chosen)

    assert [row.split("|")[1].strip() for row in rows] == [
        *both, "late fusion of characters 1–3 and sentence vectors"
    ]  # fmt: skip
    assert {row.count("|") for row in rows} == {head.count("|")}
    held_out, fused = (float(row.split("|")[2]) for row in (rows[0], rows[-1]))
    assert 0.5 < held_out <= fused + 0.05 <= 1.05


@pytest.mark.parametrize("name", ["words by LAC", "characters 1–3, support vectors"])
def test_a_reading_answers_the_probe_and_the_held_out_examples(name, taught, asked):
    classes, labels = numbered(taught.labels)
    found = scored(readings()[name], taught.words, asked.words, labels, np.arange(len(labels)))
    assert found.held_out.shape == (len(labels), len(classes))
    assert [classes[number] for number in found.asked.argmax(axis=1)] == ["PUB03", "SAN01"]
