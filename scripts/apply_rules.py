"""Let rules and decisions have their say on evaluated rows, as in a live talk (interfaces 4).

A live message meets the emergency rules first; only what they let pass is left to the model, and
what the model gives are likelihoods, from which the settings of the community decide.
"""

import sys
from pathlib import Path
from typing import Any, Final

from actions.adapters.community_file import load_community
from actions.domain.decision import BEYOND_REMIT, may_be_danger, may_be_talk
from actions.domain.emergency import detect
from actions.domain.policy import Policy
from actions.domain.understood import Understood
from bot.cli.rows import apply_to_rows, community_file

#: How often the leaf an emergency is filed as is the one a dispatcher would choose; on the
#: development set 20 of 38.
_RULED: Final = 0.6


def ruled(row: dict[str, Any], policy: Policy) -> dict[str, Any]:
    """The row as a live message would have fared."""
    if "text" not in row:
        return row
    kind = detect(row["text"])
    if kind is None:
        return row | decided(row, policy)
    rest = [[code, p * (1 - _RULED)] for code, p in row["ranking"] if code != kind.leaf]
    ranking = [[kind.leaf, _RULED], *rest][: max(len(row["ranking"]), 3)]
    found = {"emergency": True, "files_ticket": True, "leaves": [kind.leaf], "ranking": ranking}
    return row | found


def decided(row: dict[str, Any], policy: Policy) -> dict[str, Any]:
    """What may be talk is asked about, and what is beyond the remit is shown the right door."""
    parse = Understood(
        text=row["text"],
        normalised=row["text"],
        language=row["language"],
        intent=row["intent"],
        confidence=1.0,
        told=row["told"],
        emergency=row["danger"],
    )
    is_elsewhere = row["leaves"] == [BEYOND_REMIT]
    files = row["files_ticket"] and not is_elsewhere and not may_be_talk(parse, policy)
    return {"files_ticket": files, "emergency": may_be_danger(parse, policy)}


def main(path: Path, community: Path) -> None:
    policy = load_community(community).policy
    apply_to_rows(path, lambda row: ruled(row, policy))


if __name__ == "__main__":
    main(Path(sys.argv[1]), community_file())
