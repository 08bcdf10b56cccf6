"""What to do about each errcode of the platform."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final


class Remedy(Enum):
    """The closed set of what an errcode may call for."""

    AGAIN = "again"  #: busy: the same call, later
    RENEW = "renew"  #: the access token is good no more
    NEXT_MINUTE = "next minute"
    TOMORROW = "tomorrow"  #: this way is used up for the day
    ANOTHER_WAY = "another way"  #: closed for this person now; the next rung of the ladder
    LEFT = "left"  #: the person is no follower, or refuses everything
    PLAINER = "plainer"  #: what was sent is not as the platform wants it
    ACCOUNT = "account"  #: the account may not, or is set up wrongly: somebody has to look
    UNKNOWN = "unknown"  #: nobody has said what this one means


#: By errcode (https://developers.weixin.qq.com, 全局返回码); what is missing here is `UNKNOWN`.
REMEDIES: Final[Mapping[int, Remedy]] = MappingProxyType(
    {
        -1: Remedy.AGAIN,
        40001: Remedy.RENEW,
        40014: Remedy.RENEW,
        42001: Remedy.RENEW,
        41001: Remedy.RENEW,
        45011: Remedy.NEXT_MINUTE,
        45009: Remedy.TOMORROW,
        45015: Remedy.ANOTHER_WAY,
        45047: Remedy.ANOTHER_WAY,
        43101: Remedy.ANOTHER_WAY,
        48002: Remedy.ANOTHER_WAY,
        43004: Remedy.LEFT,
        43019: Remedy.LEFT,
        40003: Remedy.LEFT,
        45002: Remedy.PLAINER,
        44002: Remedy.PLAINER,
        44004: Remedy.PLAINER,
        47001: Remedy.PLAINER,
        47003: Remedy.PLAINER,
        40007: Remedy.PLAINER,
        40013: Remedy.ACCOUNT,
        40125: Remedy.ACCOUNT,
        40164: Remedy.ACCOUNT,
        48001: Remedy.ACCOUNT,
    }
)


def remedy(code: int) -> Remedy:
    return REMEDIES.get(code, Remedy.UNKNOWN)
