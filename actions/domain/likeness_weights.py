"""Weights of `likeness`, learned from `nlu/evaluation/dev/pairs.jsonl`.

Written by `nlu/evaluation/fit_pairs.py`. By cross-validation, with vectors:

    415 same, 416 different, error 0.020
    wrong 0.01 from 0.95: recall 0.383
    wrong 0.03 from 0.90: recall 0.554
    wrong 0.05 from 0.84: recall 0.704
    wrong 0.08 from 0.76: recall 0.800
    wrong 0.12 from 0.60: recall 0.906
      cross, same (38): 0.921
      days, same (8): 0.750
      days, different (10): 0.100
      elsewhere, different (116): 0.017
      follow, same (45): 0.689
      here, different (132): 0.015
      said, same (324): 0.679
      thing, different (158): 0.095
"""

from typing import Final

WITH_VECTORS: Final[dict[str, float]] = {
    "class": 1.206,
    "days": -0.075,
    "days_passing": -1.803,
    "goes_on": 2.308,
    "languages": -2.611,
    "leaves": 1.580,
    "marks_differ": -8.069,
    "marks_same": 1.353,
    "meaning": 4.568,
    "meaning_across": 8.864,
    "money_differs": -3.423,
    "place_near": -8.913,
    "place_other": -8.105,
    "place_same": 0.007,
    "place_wide": 0.712,
    "things_both": 1.388,
    "things_none": -1.361,
    "things_unknown": 1.259,
    "things_within": 1.169,
    "bias": -5.538,
}

WITHOUT_VECTORS: Final[dict[str, float]] = {
    "class": 1.098,
    "days": 0.000,
    "days_passing": -1.978,
    "goes_on": 1.520,
    "languages": 1.185,
    "leaves": 2.448,
    "marks_differ": -6.963,
    "marks_same": 1.337,
    "money_differs": -3.994,
    "place_near": -8.046,
    "place_other": -6.749,
    "place_same": 0.028,
    "place_wide": 1.420,
    "things_both": 1.740,
    "things_none": -1.215,
    "things_unknown": 1.528,
    "things_within": 1.297,
    "bias": -3.904,
}
