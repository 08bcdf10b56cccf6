"""Weights of `likeness`, learned from `nlu/evaluation/dev/pairs.jsonl`.

Written by `nlu/evaluation/fit_pairs.py`. By cross-validation, with vectors:

    377 same, 359 different, error 0.030
    wrong 0.01 from 0.94: recall 0.252
    wrong 0.03 from 0.90: recall 0.448
    wrong 0.05 from 0.85: recall 0.607
    wrong 0.08 from 0.80: recall 0.666
    wrong 0.12 from 0.69: recall 0.825
      cross, same (38): 0.842
      days, same (8): 0.625
      days, different (10): 0.100
      elsewhere, different (100): 0.040
      follow, same (32): 0.344
      here, different (101): 0.010
      said, same (299): 0.605
      thing, different (148): 0.074
"""

from typing import Final

WITH_VECTORS: Final[dict[str, float]] = {
    "class": 0.797,
    "days": 0.000,
    "days_passing": -2.060,
    "languages": -2.264,
    "leaves": 1.019,
    "marks_differ": -7.093,
    "marks_same": 1.059,
    "meaning": 3.014,
    "meaning_across": 7.100,
    "place_near": -7.520,
    "place_other": -6.750,
    "place_same": 0.580,
    "place_unlisted": 0.000,
    "place_wide": 1.319,
    "things_both": 1.321,
    "things_none": -1.036,
    "things_unknown": 0.967,
    "things_within": 1.569,
    "bias": -4.647,
}

WITHOUT_VECTORS: Final[dict[str, float]] = {
    "class": 0.556,
    "days": 0.000,
    "days_passing": -2.180,
    "languages": 0.959,
    "leaves": 1.587,
    "marks_differ": -6.401,
    "marks_same": 1.015,
    "place_near": -6.658,
    "place_other": -5.985,
    "place_same": 0.539,
    "place_unlisted": 0.000,
    "place_wide": 1.699,
    "things_both": 1.603,
    "things_none": -1.033,
    "things_unknown": 1.398,
    "things_within": 1.739,
    "bias": -3.530,
}
