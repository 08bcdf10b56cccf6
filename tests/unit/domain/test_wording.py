"""Words that need no model: a verdict is taken only where it is plain."""

import pytest

from actions.domain.wording import verdict_in, yes_or_no


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("修好了,谢谢", "satisfied"),
        ("很满意", "satisfied"),
        ("不错,很满意", "satisfied"),
        ("没问题了,修好了", "satisfied"),
        ("搞掂咗,唔该", "satisfied"),
        ("Fixed, thanks", "satisfied"),
        ("一部分修好了", "partly"),
        ("没修好", "dissatisfied"),
        ("Not fixed, thanks anyway", "dissatisfied"),
        ("Still leaking, thanks", "dissatisfied"),
        ("唔满意", "dissatisfied"),
        ("不太满意", None),
        ("没有完全修好", None),
        ("修好了吗?", None),
        ("修好了但是又漏", None),
        ("unsatisfied", None),
        ("到了", None),
        ("对接上了", "satisfied"),
        ("还没呢", "dissatisfied"),
        ("仲未", "dissatisfied"),
        ("有用，谢谢", "satisfied"),
        ("没有用", "dissatisfied"),
        ("没答到点上", "dissatisfied"),
        ("唔認同", "dissatisfied"),
    ],
)
def test_a_verdict_is_what_the_words_plainly_say(text: str, verdict: str | None) -> None:
    assert verdict_in(text) == verdict


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("有", True),
        ("有!我妈在里面", True),
        ("係呀", True),
        ("Yes, my mum", True),
        ("没有", False),
        ("没人困在里面", False),
        ("冇", False),
        ("冇人", False),
        ("no one", False),
        ("不是,里面是空的", False),
        ("不知道", None),
        ("没电了", None),
        ("没人管啊", None),
        ("没有,等等,里面有人", None),
        ("有没有人我不清楚", None),
        ("对不起", None),
        ("门口的灯也不亮", None),
    ],
)
def test_only_a_plain_yes_or_no_answers_the_question_of_danger(
    text: str,
    said: bool | None,  # noqa: FBT001
) -> None:
    assert yes_or_no(text) is said
