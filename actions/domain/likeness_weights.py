"""Weights of `likeness`, learned from `nlu/evaluation/dev/pairs.jsonl`.

Written by `nlu/evaluation/fit_pairs.py`. By cross-validation, with vectors:

    387 same, 383 different, error 0.026
    wrong 0.01 from 0.95: recall 0.320
    wrong 0.03 from 0.89: recall 0.543
    wrong 0.05 from 0.82: recall 0.664
    wrong 0.08 from 0.77: recall 0.760
    wrong 0.12 from 0.60: recall 0.884
      cross, same (38): 0.868
      days, same (8): 0.750
      days, different (10): 0.100
      elsewhere, different (104): 0.038
      follow, same (42): 0.786
      here, different (117): 0.009
      said, same (299): 0.619
      thing, different (152): 0.086
"""

from typing import Final

WITH_VECTORS: Final[dict[str, float]] = {
    "class": 0.891,
    "days": -0.280,
    "days_passing": -1.724,
    "goes_on": 3.159,
    "languages": -1.799,
    "leaves": 1.086,
    "marks_differ": -7.740,
    "marks_same": 1.250,
    "meaning": 3.965,
    "meaning_across": 6.775,
    "place_near": -8.110,
    "place_other": -7.385,
    "place_same": 0.365,
    "place_unlisted": 0.000,
    "place_wide": 1.277,
    "things_both": 1.380,
    "things_none": -1.193,
    "things_unknown": 1.385,
    "things_within": 1.791,
    "bias": -5.556,
}

WITHOUT_VECTORS: Final[dict[str, float]] = {
    "class": 0.666,
    "days": -0.226,
    "days_passing": -1.898,
    "goes_on": 2.598,
    "languages": 1.167,
    "leaves": 1.679,
    "marks_differ": -6.779,
    "marks_same": 1.169,
    "place_near": -7.665,
    "place_other": -6.313,
    "place_same": 0.363,
    "place_unlisted": 0.000,
    "place_wide": 1.793,
    "things_both": 1.674,
    "things_none": -1.174,
    "things_unknown": 1.818,
    "things_within": 1.964,
    "bias": -3.967,
}
