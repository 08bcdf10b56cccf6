"""The page and the table say the figures they are given."""

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.report import main, page, table, written

SCORES = {
    "PUB03": {
        "all": {"n": 4, "precision": 1.0, "recall": 0.75, "f1": 0.857},
        "yue": {"n": 0, "precision": None, "recall": None, "f1": 0.0},
    }
}


def labels(*texts: str) -> dict[str, Any]:
    pair = {"meant": "PUB03", "said": "SAN01", "times": 2, "texts": list(texts)}
    return {"n": 4, "right": 0.75, "scores": SCORES, "confusions": [pair]}


def messages(*texts: str) -> dict[str, Any]:
    place = {"wanted": 4, "found": 5, "recall": 0.912, "precision": 0.834}
    return {
        "messages": 4,
        "figures": {"leaf_top1": 0.871, "false_tickets": 0.004},
        "leaves": labels(*texts),
        "intents": labels(*texts),
        "reliability": [],
        "entities": {"location": {"all": place}},
        "several": {
            "n": 1,
            "as_many_found": 1.0,
            "all_right": None,
            "single": 3,
            "single_cut": 0.021,
        },
        "not_filed": 0.043,
        "danger": {"emergencies": 5, "caught": 4, "calm": 95, "raised": 2},
        "false_tickets": {"thanks": {"n": 3, "filed": 1}},
        "red_team": {"emergencies": {"fire": {"n": 9, "raised": 9}}, "traps": {}},
    }


def found() -> dict[str, Any]:
    quantiles = {"p50": 5.1, "p90": 7.2, "p99": 19.5}
    return {
        "model": "linli-one.tar.gz",
        "version": "c0de",
        "data": "da7ada7ada7ada7a",
        "measured_at": "2026-11-20T14:00:00+00:00",
        "messages": 4,
        "figures": {"leaf_top1": 0.871},
        "bars": {"leaf_top1": {"at_least": 0.88}, "false_tickets": {"at_most": 0.005}},
        "cost": {"n": 9, "ms": quantiles, "ms_wall": quantiles, "peak_mb": 812},
        "frozen": messages(),
        "dev": messages("路灯<b>不亮</b>"),
        "duplicates": {
            "one matter": {"n": 9, "same": 0.861},
            "two matters": {"n": 9, "same": 0.052},
        },
        "examples": {"number": 2, "classes": [], "findings": []},
    }


def test_the_page_shows_what_is_below_the_bar_and_escapes_what_people_wrote() -> None:
    text = page(found(), {"reliability": "<svg>drawn</svg>"})

    assert '<tr class="missed"><th>leaf_top1</th><td>0.871</td>' in text
    assert "<tr><th>false_tickets</th><td>0.004</td>" in text
    assert "<svg>drawn</svg>" in text
    assert "路灯&lt;b&gt;不亮" in text
    assert "learning curve" not in text


def test_with_the_classifiers_fitted_the_page_has_the_curve_and_the_training_examples() -> None:
    point = {"examples": 900, "frozen": {"all": {"top1": 0.777}}, "dev": {}}
    training = {"leaves": labels("楼道灯"), "intents": labels()}
    more = {"learning_curve": [point], "training": training}

    text = page(found() | more, {"reliability": "", "learning_curve": "<svg>curve</svg>"})

    assert "<svg>curve</svg>" in text
    assert "<td>0.777</td>" in text
    assert "<p>楼道灯</p>" in text


def test_the_table_has_a_row_for_each_figure() -> None:
    rows = list(table(found()))

    assert "| leaf_top1 | 0.871 | ≥ 0.88 | 0.871 |" in rows
    assert "| false_tickets | 0.004 | ≤ 0.005 | 0.004 |" in rows
    assert "| location found is right | 0.834 | | 0.834 |" in rows
    assert "| single matters cut | 0.021 | | 0.021 |" in rows
    assert "| pairs of one matter found alike | | | 0.861 |" in rows
    assert "| matters not filed at once | 0.043 | | 0.043 |" in rows
    assert "| milliseconds on one core, p50 / p99 | 5.1 / 19.5 | | |" in rows


def test_page_and_figures_are_named_after_the_model(tmp_path: Path) -> None:
    (tmp_path / "figures.json").write_text(json.dumps(found()), "utf-8")
    (tmp_path / "reliability.svg").write_text("<svg>drawn</svg>", "utf-8")

    target = written(tmp_path / "reports", tmp_path)

    assert target == tmp_path / "reports" / "linli-one.html"
    assert json.loads(target.with_suffix(".json").read_text("utf-8")) == found()


def test_a_table_is_printed_from_a_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "linli-one.json"
    file.write_text(json.dumps(found()), "utf-8")

    main(["--table", str(file)])

    assert capsys.readouterr().out.splitlines() == list(table(found()))
