"""The form a page sent: fields of text and nothing else, read once and within bounds."""

from typing import Final
from urllib.parse import parse_qsl

from aiohttp import web
from multidict import MultiDict, MultiDictProxy

from bot.problem import Refusal
from bot.whole_body import read_body

#: What every form of ours is sent as; none holds a file.
_KIND: Final = "application/x-www-form-urlencoded"
#: Far more than the longest form, each letter written as twelve.
LONGEST: Final = 64 * 1024
_MOST_FIELDS: Final = 100
#: Seconds a small body may take to arrive.
PATIENCE: Final = 15.0

Form = MultiDictProxy[str]
_FORM = web.RequestKey("form", MultiDictProxy)


async def sent_form(request: web.Request) -> Form:
    """Its fields, however often they are asked for; what no form of ours sends has none.

    Raises:
        Refusal: it cannot be read, is too long, or too slow.
    """
    if _FORM not in request:
        raw = b""
        if request.content_type == _KIND:
            raw = await read_body(request, longest=LONGEST, patience=PATIENCE)
        request[_FORM] = parse(raw)
    found: Form = request[_FORM]
    return found


def parse(raw: bytes) -> Form:
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise Refusal(400) from error
    return MultiDictProxy(MultiDict(pairs))
