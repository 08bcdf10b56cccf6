"""Whom praise is for, as people call them in three languages."""

import re
from typing import Final

from actions.domain.people import Role

#: The first that fits counts: whoever leads the grid is named before who works in it.
_CALLED: Final = (
    (Role.GLD, re.compile(r"网格长|網格長|grid lead", re.IGNORECASE)),
    (Role.GWF, re.compile(r"网格员|網格員|grid worker", re.IGNORECASE)),
    (Role.PRM, re.compile(r"物业|物業|管理处|管理處|property (?:office|firm)", re.IGNORECASE)),
    (Role.CMT, re.compile(r"居委|社区两委|社區兩委|community committee", re.IGNORECASE)),
    (Role.POL, re.compile(r"民警|警察|police", re.IGNORECASE)),
    (Role.VOL, re.compile(r"志愿者|志願者|义工|義工|volunteer", re.IGNORECASE)),
    (Role.OWC, re.compile(r"业委会|業委會|owners.? committee", re.IGNORECASE)),
)  # fmt: skip
_EVERYONE: Final = re.compile(
    r"(?:大家|所有人|全部人?|全体|全體|各位|everyone|everybody|all of (?:you|them))"
    r"[啦吧呀了]?[。!.]*",
    re.IGNORECASE,
)


def role_named(text: str) -> Role | None:
    """The role the words name first in our order, if any."""
    return next((role for role, called in _CALLED if called.search(text)), None)


def is_only_role(text: str) -> Role | None:
    """The role, where the words name it and nobody besides."""
    for role, called in _CALLED:
        if called.fullmatch(text.strip().rstrip("。.!的嘅啦吧呀")):
            return role
    return None


def means_everyone(text: str) -> bool:
    return bool(_EVERYONE.fullmatch(text.strip()))
