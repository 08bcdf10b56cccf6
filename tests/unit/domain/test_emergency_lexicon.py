"""Every pattern of the lexicon of danger is bounded, and every rule shows what it is there for."""

import re
import re._constants as code
import re._parser as parser
from collections.abc import Iterator
from typing import Any

import pytest

from actions.domain.emergency import KINDS, UNNAMED, detect
from actions.domain.emergency_lexicon import lexicon
from actions.domain.emergency_rule import Guard, Rule, compiled, pattern

REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT)
#: How often the inmost of repeats within repeats may be tried at one place.
MOST = 64


def repeats(tree: Any, outer: int = 1) -> Iterator[float]:
    """For every repeat in a parsed pattern: how often it and those around it run at most."""
    for operation, value in tree:
        if operation in REPEATS:
            _, most, body = value
            many = float("inf") if most is code.MAXREPEAT else outer * max(int(most), 1)
            yield many if outer > 1 else (many if many == float("inf") else 1)
            yield from repeats(body, int(min(many, MOST + 1)))
        elif operation is code.SUBPATTERN:
            yield from repeats(value[3], outer)
        elif operation is code.BRANCH:
            for branch in value[1]:
                yield from repeats(branch, outer)
        elif operation in {code.ASSERT, code.ASSERT_NOT}:
            yield from repeats(value[1], outer)


def worst(expression: re.Pattern[str]) -> float:
    return max(repeats(parser.parse(expression.pattern, re.ASCII)), default=1)


def expressions() -> Iterator[tuple[str, re.Pattern[str]]]:
    book = lexicon()
    yield "idioms", book.idioms
    for guard in book.guards:
        for part in (guard.says, guard.but, guard.until):
            if part:
                yield guard.name, part
    for rule in book.rules:
        for part in (rule.says, rule.unless, *rule.also):
            if part:
                yield rule.name, part


def examples(part: str) -> list[tuple[Rule, str]]:
    return [(rule, text) for rule in lexicon().rules for text in getattr(rule, part)]


@pytest.mark.parametrize("bad", ["(?:快|快要)*死", ".+", "(?:a{0,9}b?){0,9}", "a{3,}"])
def test_an_unbounded_or_deeply_nested_pattern_would_be_seen(bad: str) -> None:
    assert worst(compiled([bad], {})) > MOST


def test_no_pattern_can_run_longer_than_the_text_is_long() -> None:
    assert [name for name, each in expressions() if worst(each) > MOST] == []


def test_every_rule_names_a_kind_there_is_and_shows_what_it_hears_and_what_not() -> None:
    rules = lexicon().rules

    assert {rule.kind for rule in rules} == set(KINDS) - {UNNAMED}
    assert [rule.name for rule in rules if not rule.rings or not rule.silent] == []
    assert len({(rule.kind, rule.name) for rule in rules}) == len(rules)


def test_a_rule_is_despite_a_guard_there_is() -> None:
    names = {guard.name for guard in lexicon().guards}

    assert {name for rule in lexicon().rules for name in rule.despite} <= names
    assert {kind for guard in lexicon().guards for kind in guard.kinds} <= set(KINDS)


@pytest.mark.parametrize(("rule", "text"), examples("rings"), ids=lambda each: str(each)[:40])
def test_what_a_rule_is_there_for_is_heard(rule: Rule, text: str) -> None:
    assert detect(text) is not None, rule.name


@pytest.mark.parametrize(("rule", "text"), examples("silent"), ids=lambda each: str(each)[:40])
def test_what_only_sounds_like_it_is_not(rule: Rule, text: str) -> None:
    assert detect(text) is None, rule.name


def test_either_script_may_be_written_in_a_pattern() -> None:
    assert pattern("電梯<~3>壞", {}) == pattern("电梯<~3>坏", {})


def test_an_unknown_word_is_an_error_with_its_name() -> None:
    with pytest.raises(KeyError, match="dragon"):
        pattern("<dragon>", {})


def test_a_guard_reaches_no_further_than_its_scope() -> None:
    assert detect("没着火") is None
    assert detect("没人来管,厨房着火了") is not None
    assert detect("上个月3栋着火了") is None
    assert detect("上个月3栋着火,现在又着火了") is not None
    assert detect("如果着火怎么办") is None
    assert detect("怕着火") is None


def test_guards_are_read_once_and_kept() -> None:
    assert lexicon() is lexicon()
    assert all(isinstance(guard, Guard) for guard in lexicon().guards)
