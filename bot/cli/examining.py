"""`check-config`: whether everything an installation is told fits together; it changes nothing."""

import argparse
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from actions.bootstrap import read_answers, read_community
from actions.domain.community import Community
from actions.domain.knowledge import Knowledge
from bot.furnishing import read_texts, require_own_texts
from bot.launcher.welcome import say
from bot.settings import Settings

#: What is older has seldom stayed as it was.
_CHECKED_EVERY: Final = timedelta(days=365)


def check_config(settings: Settings, _options: argparse.Namespace) -> int:
    """The settings have been read by now; the community and the texts are next."""
    community = read_community(settings.house)
    require_own_texts(read_texts(), community)
    knowledge = read_answers(settings.house, community)
    buildings = sum(area.kind == "building" for area in community.areas.values())
    say(
        f"All in order: {community.name[community.locales[0]]}, {buildings} buildings, "
        f"{len(community.categories)} categories, {len(community.roster)} people on the roster, "
        f"{len(knowledge.entries)} answers."
    )
    for number in community.emergency_numbers.values():
        if number.is_fictional:
            say(f"  replace before real use: {number.key} {number.dial}")
    for line in _to_confirm(knowledge, community):
        say(f"  {line}")
    return 0


def _to_confirm(knowledge: Knowledge, community: Community) -> Iterator[str]:
    """Answers nobody stands by any more, and those nobody looked at for long."""
    today = datetime.now(community.timezone).date()
    for entry in knowledge.entries.values():
        if not entry.is_confirmed(today):
            yield f"confirm again or take out: {entry.id}, valid until {entry.valid_until}"
        elif today - entry.checked > _CHECKED_EVERY:
            yield f"look at it again: {entry.id}, checked {entry.checked}"
