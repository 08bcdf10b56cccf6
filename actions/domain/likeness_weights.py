"""Weights of `likeness`, learned from `nlu/evaluation/dev/pairs.jsonl`.

Written by `nlu/evaluation/fit_pairs.py`. By cross-validation, with vectors:

    387 same, 383 different, error 0.024
    wrong 0.01 from 0.95: recall 0.344
    wrong 0.03 from 0.90: recall 0.543
    wrong 0.05 from 0.82: recall 0.726
    wrong 0.08 from 0.74: recall 0.827
    wrong 0.12 from 0.52: recall 0.930
      cross, same (38): 0.921
      days, same (8): 0.750
      days, different (10): 0.100
      elsewhere, different (104): 0.019
      follow, same (42): 0.833
      here, different (117): 0.009
      said, same (299): 0.686
      thing, different (152): 0.099
"""

from typing import Final

WITH_VECTORS: Final[dict[str, float]] = {
    "class": 0.842,
    "days": -0.343,
    "days_passing": -1.748,
    "goes_on": 3.057,
    "languages": -1.588,
    "leaves": 1.084,
    "marks_differ": -7.568,
    "marks_same": 1.117,
    "meaning": 3.676,
    "meaning_across": 6.442,
    "money_differs": -3.401,
    "place_near": -8.298,
    "place_other": -7.504,
    "place_same": 0.239,
    "place_wide": 1.090,
    "things_both": 1.536,
    "things_none": -1.018,
    "things_unknown": 1.512,
    "things_within": 1.924,
    "bias": -5.303,
}

WITHOUT_VECTORS: Final[dict[str, float]] = {
    "class": 0.708,
    "days": -0.291,
    "days_passing": -1.936,
    "goes_on": 2.561,
    "languages": 1.196,
    "leaves": 1.650,
    "marks_differ": -6.713,
    "marks_same": 1.085,
    "money_differs": -3.891,
    "place_near": -7.917,
    "place_other": -6.582,
    "place_same": 0.224,
    "place_wide": 1.574,
    "things_both": 1.862,
    "things_none": -1.012,
    "things_unknown": 1.990,
    "things_within": 2.056,
    "bias": -3.902,
}
