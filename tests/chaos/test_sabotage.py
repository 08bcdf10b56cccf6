"""Every sabotage still fits the product, names tests that are there, and stands in the page."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.chaos.sabotage.base import Variant
from tests.chaos.sabotage.variants import VARIANTS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "sabotage.md"


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.id)
def test_it_fits_what_it_breaks(variant: Variant) -> None:
    """Whoever changes such a line changes the sabotage with it, in the same commit."""
    texts = defaultdict[str, str](str)
    for edit in variant.edits:
        text = texts[edit.file] or (ROOT / edit.file).read_text("utf-8")
        texts[edit.file] = edit.applied(text)

    assert all(texts[edit.file] != (ROOT / edit.file).read_text("utf-8") for edit in variant.edits)


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.id)
def test_whoever_has_to_notice_it_is_there(variant: Variant) -> None:
    for test in variant.tests:
        file, _, name = test.partition("::")
        text = (ROOT / file).read_text("utf-8")
        assert not name or re.search(rf"def {name}\(", text), test


def test_the_page_lists_each_of_them_once() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", PAGE.read_text("utf-8"), re.MULTILINE)

    assert rows == [(variant.id, variant.what) for variant in VARIANTS]
