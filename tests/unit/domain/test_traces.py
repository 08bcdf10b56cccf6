"""Words of a person are found again however they were cut; other people's words are left alone."""

from actions.domain.traces import REMOVED, Traces

SAID = "我住6栋904,楼上每天半夜练架子鼓"


def test_words_are_found_whole_cut_and_respaced() -> None:
    traces = Traces([SAID])

    for shown in (SAID, "楼上每天半夜练…", "事由:每 天 半 夜 练 架 子 鼓", "６栋９０４，楼上每天"):
        assert traces.are_in(shown)


def test_other_words_are_left_alone() -> None:
    traces = Traces([SAID, "好的"])

    for shown in ("网格员今天上门", "好的,已经接单", "", "每天半夜"):
        assert not traces.are_in(shown)


def test_a_short_word_is_found_only_where_it_is_all_that_was_said() -> None:
    assert Traces(["好的"]).are_in("好的。")


def test_a_mark_is_found_wherever_it_stands() -> None:
    traces = Traces((), marks=["何姨", ""])

    assert traces.are_in("给何姨打电话")
    assert not traces.are_in("给河边打电话")


def test_json_keeps_its_shape() -> None:
    value = {"title": "噪声", "lines": [{"label": "事由", "value": SAID}], "count": 2, "due": None}

    assert Traces([SAID]).removed_from(value) == {
        "title": "噪声",
        "lines": [{"label": "事由", "value": REMOVED}],
        "count": 2,
        "due": None,
    }


def test_nobodys_words_are_nowhere() -> None:
    assert not Traces([])
    assert not Traces(["", " "], marks=["x"]).are_in("xyz")


def test_names_that_anybody_uses_repeat_nobody() -> None:
    traces = Traces(["南亭家园45栋的扶手松了"], common=["南亭家园45栋", "公共设施损坏"])

    assert traces.removed_from("南亭家园45栋") == "南亭家园45栋"
    assert traces.removed_from("南亭家园45栋的扶手松了") == f"南亭家园45栋 {REMOVED}"
