"""Weights of `likeness`, learned from `nlu/evaluation/dev/pairs.jsonl`.

Written by `nlu/evaluation/fit_pairs.py`. By cross-validation, with vectors:

    342 same, 323 different, error 0.020
    wrong 0.01 from 0.95: recall 0.228
    wrong 0.03 from 0.92: recall 0.383
    wrong 0.05 from 0.83: recall 0.629
    wrong 0.08 from 0.78: recall 0.713
    wrong 0.12 from 0.68: recall 0.822
      cross, same (38): 0.842
      days, same (8): 0.625
      days, different (10): 0.100
      elsewhere, different (86): 0.035
      follow, same (27): 0.481
      here, different (86): 0.012
      said, same (269): 0.613
      thing, different (141): 0.078
"""

from typing import Final

WITH_VECTORS: Final[dict[str, float]] = {
    "class": 1.180,
    "days": 0.000,
    "days_passing": -1.997,
    "languages": -2.315,
    "leaves": 0.958,
    "marks_differ": -7.077,
    "marks_same": 0.902,
    "meaning": 2.872,
    "meaning_across": 7.204,
    "place_near": -7.494,
    "place_other": -6.600,
    "place_same": 0.475,
    "place_unlisted": 0.000,
    "place_wide": 1.613,
    "things_both": 1.453,
    "things_none": -1.042,
    "things_unknown": 0.913,
    "things_within": 1.435,
    "bias": -4.756,
}

WITHOUT_VECTORS: Final[dict[str, float]] = {
    "class": 0.967,
    "days": 0.000,
    "days_passing": -2.095,
    "languages": 0.915,
    "leaves": 1.502,
    "marks_differ": -6.418,
    "marks_same": 0.801,
    "place_near": -6.673,
    "place_other": -5.910,
    "place_same": 0.448,
    "place_unlisted": 0.000,
    "place_wide": 1.883,
    "things_both": 1.742,
    "things_none": -0.883,
    "things_unknown": 1.173,
    "things_within": 1.633,
    "bias": -3.767,
}
