"""`page()`: one page of the console, in the language of whoever reads it, under a strict policy."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from actions.application import values as typed
from bot import keys
from bot.admin import csrf
from bot.admin.form import asked
from bot.admin.navigation import entries_for
from bot.admin.sessions import set_strict
from bot.problem import LOCALES, locale_of

_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"
ENVIRONMENT = web.AppKey("console_environment", Environment)
_POLICY: Final = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
#: A form is sent with its origin only where the page may name one; nothing goes to other sites.
_REFERRER: Final = "same-origin"


def build_environment() -> Environment:
    """Templates escape everything and refuse names nobody gave them."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals["asset"] = partial(_asset, _versions())
    environment.globals["locales"] = LOCALES
    return environment


def _versions() -> Mapping[str, str]:
    """A mark of what each file holds, so that a browser may keep it for good."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in STATIC.iterdir()
        if path.is_file()
    }


def _asset(versions: Mapping[str, str], name: str) -> str:
    return f"/admin/static/{name}?v={versions[name]}"


async def page(
    request: web.Request, template: str, *, status: int = 200, **values: Any
) -> web.Response:
    """Render it. `values` are what the template shows; the frame adds the rest."""
    nonce = secrets.token_urlsafe(18)
    found = request.config_dict[ENVIRONMENT].get_template(template)
    body = found.render(_frame(request, nonce) | values)
    answer = web.Response(
        text=body,
        status=status,
        content_type="text/html",
        headers={
            "Content-Security-Policy": _POLICY.format(nonce=nonce),
            "Referrer-Policy": _REFERRER,
            "Cache-Control": "no-store",
        },
    )
    if csrf.VISIT in request:
        set_strict(request, answer, csrf.COOKIE, request[csrf.VISIT])
    return answer


def page_locale(request: web.Request) -> str:
    """The language of the person; before that one asked for, else the browser's."""
    staff = request.get(keys.STAFF)
    if staff is not None:
        return staff.locale if staff.locale in LOCALES else LOCALES[0]
    wished = asked(request, "lang")
    return wished if wished in LOCALES else locale_of(request)


def words(request: web.Request, key: str, **params: Any) -> str:
    """One text of the catalogue, for handlers that need it outside a template."""
    texts = request.config_dict[keys.TEXTS]
    return texts.render(key, params, page_locale(request))


def _frame(request: web.Request, nonce: str) -> dict[str, Any]:
    locale, staff = page_locale(request), request.get(keys.STAFF)
    texts = request.config_dict[keys.TEXTS]

    def t(key: str, **params: Any) -> str:
        return texts.render(key, params, locale)

    def say(value: Any) -> str:
        return texts.value(value, locale)

    def when(at: datetime | None) -> str | Markup:
        if at is None:
            return ""
        told = Markup('<time datetime="{}">{}</time>')
        return told.format(at.isoformat(timespec="seconds"), say(typed.moment(at)))

    return {
        "t": t,
        "say": say,
        "when": when,
        "role_name": lambda code: say(typed.role(code)),
        "place_name": lambda path: say(typed.place(path)),
        "category_name": lambda code: say(typed.category(code)),
        "locale": locale,
        "community": request.config_dict[keys.COMMUNITY].name[locale],
        "staff": staff,
        "nav": entries_for(staff) if staff and staff.may_enter else (),
        "path": request.path,
        "here": request.path_qs,
        "query": asked(request, "q"),
        "csrf": csrf.token(request),
        "nonce": nonce,
    }
