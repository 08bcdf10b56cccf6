"""What belongs to one finding of a round, and where a round is made."""

from datetime import UTC, datetime, timedelta

import pytest

from actions.domain.identifiers import AttachmentId, PersonId
from actions.domain.people import Actor, Role, RoleGrant
from actions.domain.round import Finding, Outcome, round_area, round_role

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
PHOTO = (AttachmentId("a"),)


def finding(**fields: object) -> Finding:
    return Finding(round_id=1, seq=1, at=NOW, touched_at=NOW, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "takes"),
    [
        (finding(words="灯坏了"), True),
        (finding(words="灯坏了", photos=PHOTO), True),
        (finding(photos=PHOTO, heard={"photo_first": True}), True),
        (finding(photos=PHOTO, words="灯坏了", heard={"photo_first": True}), False),
        (finding(words="杂物", outcome=Outcome.SETTLED), True),
        (finding(words="杂物", photos=PHOTO, outcome=Outcome.SETTLED), False),
        (finding(words="灯坏了", outcome=Outcome.FILED), False),
        (finding(outcome=Outcome.DROPPED), False),
    ],
)
def test_a_photo_belongs_to_what_has_just_been_told(*, found: Finding, takes: bool) -> None:
    assert found.takes_photo(NOW + timedelta(minutes=1)) is takes
    assert not found.takes_photo(NOW + timedelta(minutes=4))


def test_words_say_what_photos_show_and_wait_for_them_once_asked() -> None:
    shown = finding(photos=PHOTO)
    asked = finding(photos=PHOTO, heard={"wants_words": True})

    assert shown.takes_words(NOW + timedelta(minutes=1))
    assert not shown.takes_words(NOW + timedelta(minutes=4))
    assert asked.takes_words(NOW + timedelta(hours=4))
    assert not finding(words="灯坏了", photos=PHOTO).takes_words(NOW)


def test_a_round_is_made_in_the_most_exact_of_ones_areas() -> None:
    grants = frozenset(
        {
            RoleGrant(role=Role.CMT, area="s/c"),
            RoleGrant(role=Role.CAP, area="s/c/e/b"),
            RoleGrant(role=Role.RES, area="s/c/e/b/flat"),
        }
    )
    actor = Actor(person_id=PersonId(1), grants=grants)

    assert round_area(actor) == "s/c/e/b"
    assert round_role(actor) == "CAP"
    assert round_area(Actor(person_id=PersonId(2))) is None
