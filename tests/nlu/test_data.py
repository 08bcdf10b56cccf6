"""The training data is complete, clean and agrees with the taxonomy and the domain."""

from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from nlu.components.leaves import TICKET_INTENTS, leaves
from nlu.components.text_normalizer import normalise
from nlu.evaluation.lint import findings
from nlu.evaluation.lint.variety import classes
from nlu.evaluation.lint.written import read_examples

ROOT, EXAMPLES = Path(__file__).parents[2], read_examples()

INTENTS = {
    *("report", "request", "suggest", "praise", "complain_staff"),
    *("status", "supplement", "urge", "withdraw", "rate", "reopen", "human", "faq"),
    *("greet", "thanks", "bye", "help", "affirm", "deny", "inform", "smalltalk"),
    *("wrong_chat", "advert", "abuse", "injection", "other"),
}


def documents(folder):
    return [
        yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.yml"))
    ]


def test_the_intents_are_those_of_the_contract():
    assert {example.intent for example in EXAMPLES} == INTENTS
    domain = documents(ROOT / "config" / "domain")
    listed = [intent for part in domain for intent in part.get("intents", [])]
    assert sorted(listed) == sorted(INTENTS)


def test_every_intent_has_one_rule_and_every_rule_a_known_action():
    rules = [rule for part in documents(ROOT / "nlu" / "data" / "rules") for rule in part["rules"]]
    assert sorted(rule["steps"][0]["intent"] for rule in rules) == sorted(INTENTS)
    domain = documents(ROOT / "config" / "domain")
    known = {action for part in domain for action in part.get("actions", [])}
    assert {rule["steps"][1]["action"] for rule in rules} == known


def test_every_leaf_has_examples_and_every_example_a_known_leaf():
    assert {example.leaf for example in EXAMPLES if example.leaf} == set(leaves())


@pytest.fixture(scope="module")
def found():
    """What the linter says of the data as it is."""
    return findings.everything(EXAMPLES, classes(EXAMPLES))


@pytest.mark.parametrize("kind", findings.KINDS)
def test_the_linter_finds_no(kind, found):
    assert [each.what for each in found if each.kind == kind] == []


def test_leaves_stand_with_tickets_and_questions_only():
    assert {e.intent for e in EXAMPLES if e.leaf} <= TICKET_INTENTS | {"faq"}


def test_no_example_has_two_leaves_or_files_and_does_not_file():
    labels = defaultdict(set)
    for example in EXAMPLES:
        kind = example.leaf or ("ticket" if example.intent in TICKET_INTENTS else example.intent)
        labels[normalise(example.text).text].add(kind)
    assert {text: kinds for text, kinds in labels.items() if len(kinds) > 1} == {}


def test_no_example_carries_markup_or_a_private_number():
    texts = [example.text for example in EXAMPLES]
    assert [text for text in texts if not text or text.startswith("/")] == []
    assert [text for text in texts if "](" in text or '{"' in text] == []


def test_the_word_list_agrees_with_the_categories_of_the_community():
    categories = yaml.safe_load((ROOT / "config" / "categories.yml").read_text(encoding="utf-8"))
    assert set(leaves()) == codes_in(categories)


def codes_in(node):
    """Every leaf code that stands anywhere in the file."""
    if isinstance(node, dict):
        nodes = [*node.keys(), *node.values()]
    elif isinstance(node, list):
        nodes = node
    else:
        text = str(node)
        leaf = len(text) == 5 and text[:3].isalpha() and text[:3].isupper() and text[3:].isdigit()
        return {text} if leaf else set()
    return set().union(*map(codes_in, nodes)) if nodes else set()
