"""What a page sent: fields and query words, of bounded length and fit to be stored."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.admin.sent_form import sent_form

#: No store and no page takes these: NUL and other controls, and halves of characters.
_UNFIT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LINE: Final = 200
_BIGGEST: Final = 2**62
_ROOT: Final = "/admin/"


async def field(request: web.Request, name: str, *, longest: int = _LINE) -> str:
    """One field of the form that was sent; empty when it is not there."""
    return clean((await sent_form(request)).get(name, ""), longest=longest)


async def chosen(request: web.Request, name: str) -> Iterator[str]:
    """Every value of a field that may come several times."""
    form = await sent_form(request)
    return (clean(each) for each in form.getall(name, ()))


async def raw_field(request: web.Request, name: str) -> str:
    """A password: as it was typed, whatever it is."""
    return (await sent_form(request)).get(name, "")


def asked(request: web.Request, name: str, *, longest: int = _LINE) -> str:
    """One word of the address, after the question mark."""
    return clean(request.query.get(name, ""), longest=longest)


def clean(text: str, *, longest: int = _LINE) -> str:
    return _UNFIT.sub("", text).strip()[:longest]


def number_in(text: str) -> int | None:
    """One that every store can hold."""
    is_one = text.isascii() and text.isdigit() and len(text) < len(str(_BIGGEST))
    return int(text) if is_one else None


def inner_path(wished: str) -> str:
    """Where to go on: a page of the console, never another site."""
    try:
        parts = urlsplit(wished)
    except ValueError:
        return _ROOT
    is_ours = not parts.scheme and not parts.netloc and wished.startswith(_ROOT)
    return wished if is_ours and "\\" not in wished else _ROOT


def see_other(path: str) -> web.Response:
    """After something was done: another page, which can be loaded again at will."""
    return web.Response(status=303, headers={"Location": path})
