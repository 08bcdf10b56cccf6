"""`python -m bot models`: which there are, which one serves, and back to one from before."""

import json
from pathlib import Path

from tests.integration.test_commands import run


def add(house: Path, name: str, **notes: object) -> None:
    folder = house / "models"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.tar.gz").write_bytes(b"a model")
    if notes:
        (folder / f"{name}.json").write_text(json.dumps(notes), encoding="utf-8")


def test_they_are_listed_with_what_they_learned_from_and_how_they_did(tmp_path: Path) -> None:
    add(tmp_path, "linli-one")
    add(
        tmp_path, "linli-two", version="c0de", data="d" * 64, corrections=7,
        trained_at="2026-11-20T08:00:00+00:00", figures={"leaf_top1": 0.8912, "intent": 0.93},
    )  # fmt: skip
    (tmp_path / "models" / "current").write_text("linli-two.tar.gz\n")

    lines = sorted(run(tmp_path, "models").stdout.splitlines())

    assert lines == [
        "   linli-one.tar.gz  not measured",
        (
            "*  linli-two.tar.gz  2026-11-20T08:00:00+00:00  code c0de data dddddddddddd"
            "  7 corrections  leaf_top1 0.891, intent 0.930"
        ),
    ]


def test_another_one_is_put_to_service_by_its_name(tmp_path: Path) -> None:
    add(tmp_path, "linli-one")

    done = run(tmp_path, "models", "use", "linli-one.tar.gz")

    assert done.returncode == 0
    assert (tmp_path / "models" / "current").read_text() == "linli-one.tar.gz\n"


def test_what_is_no_model_of_this_house_is_refused(tmp_path: Path) -> None:
    add(tmp_path, "linli-one")
    (tmp_path / "elsewhere.tar.gz").write_bytes(b"a model")

    for name in ("linli-none.tar.gz", "../elsewhere.tar.gz", ""):
        refused = run(tmp_path, "models", "use", name)
        assert refused.returncode == 1
        assert "Nothing was changed." in refused.stderr

    assert not (tmp_path / "models" / "current").exists()


def test_a_house_without_models_lists_none(tmp_path: Path) -> None:
    assert run(tmp_path, "models").stdout == ""
