"""A new model is taken only where it clears the bar and loses nowhere; a start never fails by it."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.launcher.model import (
    Fitting,
    ModelMissing,
    fitting_model,
    tell_how_good,
    train_and_take,
)
from bot.launcher.stopping import Stop
from bot.launcher.workbench import notes_of
from tests.integration.judged_models import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


async def trains(place: Place, *, provisional: bool = False) -> bool:
    return await train_and_take(place.root, place.models.path, Stop(), provisional=provisional)


async def found(place: Place) -> Fitting:
    """What a start goes on with."""
    fitting = await fitting_model(place.root, place.models.path, Stop())
    assert fitting is not None
    assert place.current == fitting.model.name
    return fitting


async def starts(place: Place) -> str:
    return (await found(place)).model.name


async def test_a_first_start_waits_for_no_figure_and_says_later_what_is_missed(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    place.data_is("first", 2)

    first = await found(place)
    assert (first.model.name, place.noted("evaluated")) == ("linli-first.tar.gz", [])

    await tell_how_good(place.root, first, Stop())
    assert "leaf_top1 is 0.4000, at least 0.6 is asked for" in capfd.readouterr().out

    again = await found(place)
    await tell_how_good(place.root, again, Stop())
    assert place.noted("evaluated") == ["linli-first.tar.gz"]


async def test_the_first_model_is_taken_and_what_it_misses_is_said(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    place.data_is("first", 2)

    assert await trains(place)

    said = capfd.readouterr().out
    assert "below the bar" in said
    assert "leaf_top1 is 0.4000, at least 0.6 is asked for" in said
    assert place.current == "linli-first.tar.gz"
    notes = notes_of(place.models.path / "linli-first.tar.gz")
    assert notes["figures"]["leaf_top1"] == 0.4
    assert (notes["version"], notes["data"], notes["verdict"]["clears"]) == ("c0de", "first", False)


async def test_a_better_one_takes_its_place(place: Place) -> None:
    place.data_is("first", 3)
    await trains(place)
    place.data_is("second", 4)

    assert await trains(place)

    assert place.current == "linli-second.tar.gz"
    verdict = notes_of(place.models.path / place.current)["verdict"]
    assert (verdict["against"], verdict["missed"], verdict["lost"]) == (
        "linli-first.tar.gz", [], [],
    )  # fmt: skip


async def test_one_that_loses_is_not_taken_though_it_clears_the_bar(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    place.data_is("first", 5)
    await trains(place)
    place.data_is("second", 4)

    assert not await trains(place)
    assert not await trains(place, provisional=True)

    said = capfd.readouterr().out
    assert "leaf_top1 goes from 1.0000 to 0.8000, it may lose 0.0" in said
    assert "linli-first.tar.gz goes on" in said
    assert place.current == "linli-first.tar.gz"


async def test_one_below_the_bar_is_not_taken_unless_somebody_says_so(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    place.data_is("first", 1)
    await trains(place)
    place.data_is("second", 2)

    assert not await trains(place)
    assert "ARGS=--provisional" in capfd.readouterr().out
    assert place.current == "linli-first.tar.gz"

    assert await trains(place, provisional=True)
    assert place.current == "linli-second.tar.gz"


async def test_nothing_is_trained_or_measured_twice(place: Place) -> None:
    place.data_is("first", 4)
    await trains(place)
    place.data_is("second", 3)
    await trains(place)
    await trains(place)

    assert place.noted("trained") == ["linli-first.tar.gz", "linli-second.tar.gz"]
    assert place.noted("evaluated") == ["linli-first.tar.gz", "linli-second.tar.gz"]


async def test_a_start_with_the_current_model_neither_trains_nor_measures(place: Place) -> None:
    place.data_is("first", 4)
    await trains(place)

    assert await starts(place) == "linli-first.tar.gz"

    assert len(place.noted("trained")) == len(place.noted("evaluated")) == 1


async def test_after_a_change_of_the_data_a_start_trains_and_takes_only_what_is_no_worse(
    place: Place,
) -> None:
    place.data_is("first", 4)
    await starts(place)
    place.data_is("worse", 3)
    assert await starts(place) == "linli-first.tar.gz"
    place.data_is("better", 5)

    assert await starts(place) == place.current == "linli-better.tar.gz"


async def test_other_code_cannot_go_on_with_the_old_model(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    place.data_is("first", 5)
    await starts(place)
    place.data_is("second", 1, code="two")

    assert await starts(place) == "linli-second.tar.gz"

    assert "made by other code" in capfd.readouterr().out


async def test_a_model_that_lies_there_already_serves_at_once(place: Place) -> None:
    """A copy from another machine, or a training that was interrupted before it was measured."""
    place.data_is("first", 4)
    place.models.path.mkdir(parents=True)
    (place.models.path / "linli-first.tar.gz").write_text(
        json.dumps({"knows": [], "data": "first"})
    )

    assert await starts(place) == place.current == "linli-first.tar.gz"

    assert place.noted("trained") == place.noted("evaluated") == []


async def test_corrections_make_another_model_and_the_start_keeps_it(place: Place) -> None:
    place.data_is("first", 3)
    await starts(place)
    place.learns(["45栋那根扶手又晃了", "路灯又不亮了"])
    place.data_is("first", 4)

    assert await trains(place)
    assert place.current == "linli-first-2.tar.gz"

    (place.models.path.parent / "corrections" / "corrections.yml").unlink()
    assert await starts(place) == "linli-first-2.tar.gz"


async def test_where_nothing_can_be_measured_a_house_starts_and_keeps_what_it_has(
    place: Place, capfd: pytest.CaptureFixture[str]
) -> None:
    place.break_evaluation()
    place.data_is("first", 4)
    assert await trains(place)
    assert "could not be measured; it serves because there is no other" in capfd.readouterr().out
    place.data_is("second", 5)

    assert not await trains(place)
    assert place.current == "linli-first.tar.gz"


async def test_a_failed_training_is_told_and_changes_nothing(place: Place) -> None:
    place.data_is("first", 4)
    await starts(place)
    place.data_is("second", 4, training="fails")

    with pytest.raises(ModelMissing, match="Training failed"):
        await trains(place)

    assert place.current == "linli-first.tar.gz"


async def test_a_higher_bar_refuses_the_next_one_and_leaves_the_current(place: Place) -> None:
    place.data_is("first", 4)
    await trains(place)
    place.bar_is(0.99)
    place.data_is("second", 4)

    assert not await trains(place)
    assert place.current == "linli-first.tar.gz"


async def test_a_stop_in_the_middle_leaves_the_current_model(place: Place) -> None:
    place.data_is("first", 4)
    await trains(place)
    place.data_is("second", 5)
    stop = Stop()
    stop._event.set()

    assert not await asyncio.wait_for(train_and_take(place.root, place.models.path, stop), 30)

    assert place.current == "linli-first.tar.gz"


async def test_without_the_environment_it_is_said_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"bootstrap\.py nlu"):
        await fitting_model(tmp_path, tmp_path / "models", Stop())
