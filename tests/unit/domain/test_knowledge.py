"""One answer, a few to choose from, or nothing."""

from datetime import date

from actions.domain.identifiers import AreaCode
from actions.domain.knowledge import Knowledge, KnowledgeEntry, Meant, Source

HERE, THERE = AreaCode("RY"), AreaCode("BL")


def entry(name: str, *scope: AreaCode, until: date | None = None) -> KnowledgeEntry:
    return KnowledgeEntry(
        id=name,
        title={"en": name},
        answer={"en": name},
        source=Source(name={"en": "notice"}, where={"en": "lobby"}),
        checked=date(2026, 11, 2),
        valid_until=until,
        scope=scope,
    )


KNOWN = Knowledge({each.id: each for each in (entry("a"), entry("b"), entry("c", THERE))})


def meant(*hits: tuple[str, float], estate: AreaCode | None = None) -> Meant:
    found = [{"id": name, "score": score} for name, score in hits]
    return KNOWN.meant(found, estate, answer_from=0.9, suggest_from=0.1)


def names(choice: Meant) -> list[str]:
    return [each.id for each in choice.choices]


def test_a_likely_answer_is_given() -> None:
    assert meant(("a", 0.95), ("b", 0.3)).answer == KNOWN.get("a")


def test_of_two_likely_answers_the_person_chooses() -> None:
    choice = meant(("a", 0.95), ("b", 0.92))

    assert choice.answer is None
    assert names(choice) == ["a", "b"]


def test_what_is_only_possible_is_offered_without_the_hopeless() -> None:
    assert names(meant(("b", 0.5), ("a", 0.2), ("c", 0.01))) == ["b", "a"]


def test_nothing_fits_what_is_unlike_all() -> None:
    assert meant(("a", 0.05)) == Meant()
    assert meant() == Meant()


def test_an_entry_for_another_estate_is_passed_over() -> None:
    assert meant(("c", 0.95), ("a", 0.2), estate=HERE).answer is None
    assert names(meant(("c", 0.95), ("a", 0.2), estate=HERE)) == ["a"]
    assert meant(("c", 0.95), estate=THERE).answer == KNOWN.get("c")
    assert meant(("c", 0.95), estate=None).answer == KNOWN.get("c")


def test_an_entry_that_was_taken_out_since_is_passed_over() -> None:
    assert meant(("gone", 0.99)) == Meant()


def test_an_entry_holds_to_the_end_of_its_last_day() -> None:
    until = entry("d", until=date(2026, 12, 31))

    assert until.is_confirmed(date(2026, 12, 31))
    assert not until.is_confirmed(date(2027, 1, 1))
    assert entry("a").is_confirmed(date(2099, 1, 1))
