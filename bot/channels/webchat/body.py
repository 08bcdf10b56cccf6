"""Bodies: JSON read strictly and within bounds, so that no legal trick becomes a failure."""

import json
import math
from typing import Any, Final, NoReturn

from aiohttp import web

from bot.problem import Refusal
from bot.whole_body import read_body

LONGEST: Final = 64 * 1024
#: Seconds a client has to send a small body.
PATIENCE: Final = 15.0
_LONGEST_NUMBER: Final = 19


async def read_json(request: web.Request) -> dict[str, Any]:
    """The body as an object.

    Raises:
        Refusal: it is no JSON object, or too long, or too slow.
    """
    if request.content_type != "application/json":
        raise Refusal(415)
    return parse(await read_body(request, longest=LONGEST, patience=PATIENCE))


def parse(raw: bytes) -> dict[str, Any]:
    """Strict JSON: no key twice, no number without an end, nothing but an object on top."""
    try:
        found = _STRICT.decode(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Refusal(400) from error
    if not isinstance(found, dict):
        raise Refusal(400)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key comes twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _small(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise ValueError("a number is too long")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number is too large")
    return number


_STRICT: Final = json.JSONDecoder(
    object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_small, parse_float=_finite
)
