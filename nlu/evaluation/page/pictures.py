"""The two pictures of the page, as SVG to stand inside it."""

from __future__ import annotations

from io import StringIO
from typing import Any, Callable, Mapping, Sequence

from nlu.evaluation.page.scoring import Figures

_SIZE = (5.6, 4.2)
_INK, _FAINT, _COLOURS = "#1f2933", "#cbd2d9", ("#1f6feb", "#c2410c", "#15803d", "#7c3aed")


def _svg(draw: Callable[[Any], None]) -> str:
    """The same figures make the same bytes."""
    import matplotlib as mpl  # slow import

    mpl.use("svg")
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "linli", "font.size": 10}):
        from matplotlib import pyplot as plt  # after the choice above

        figure, axes = plt.subplots(figsize=_SIZE, layout="constrained")
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(color=_FAINT, linewidth=0.5)
        draw(axes)
        out = StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
        plt.close(figure)
    text = out.getvalue()
    return text[text.index("<svg") :]


def reliability(series: Mapping[str, Sequence[Figures]]) -> str:
    """On the line a confidence of .8 is right in 80 of 100; the larger a dot, the more messages."""

    def draw(axes: Any) -> None:
        axes.plot([0, 1], [0, 1], color=_INK, linewidth=0.8, linestyle="--")
        for (name, bins), colour in zip(series.items(), _COLOURS, strict=False):
            total = sum(each["n"] for each in bins)
            sizes = [20 + 400 * each["n"] / total for each in bins]
            sure, right = [each["sure"] for each in bins], [each["right"] for each in bins]
            axes.plot(sure, right, color=colour, linewidth=1)
            axes.scatter(sure, right, s=sizes, color=colour, alpha=0.6, label=name, linewidths=0)
        axes.set(xlim=(0, 1.02), ylim=(0, 1.02), xlabel="how sure", ylabel="how often right")
        axes.legend(loc="upper left", frameon=False, markerscale=0.5)

    return _svg(draw)


def learning_curve(points: Sequence[Figures], probes: Sequence[str]) -> str:
    def draw(axes: Any) -> None:
        examples = [point["examples"] for point in points]
        for probe, style in zip(probes, ("-", "--"), strict=False):
            for language, colour in zip(("all", "zh", "yue", "en"), _COLOURS, strict=True):
                top1 = [point[probe].get(language, {}).get("top1") for point in points]
                if None not in top1:
                    name = f"{language}, {probe}"
                    axes.plot(
                        examples, top1, style, color=colour, marker="o", markersize=3, label=name
                    )
        axes.set(xlabel="training examples", ylabel="leaf right at once")
        axes.legend(loc="lower right", frameon=False, fontsize=8, ncol=2)

    return _svg(draw)
