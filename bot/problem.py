"""Problems: every refusal in one shape (RFC 9457), in the reader's language, without insides."""

import math
from typing import Any, Final

from aiohttp import web

from actions.application.web_records import Account
from actions.domain.errors import (
    BadUpload,
    CommunityError,
    IllegalTransition,
    Missing,
    NotAllowed,
    NotFound,
    TooMany,
)
from bot import keys

#: Errors of people and the status that says the same; every other one is 422.
STATUS: Final[dict[type[CommunityError], int]] = {
    NotAllowed: 403,
    NotFound: 404,
    IllegalTransition: 409,
    TooMany: 429,
    BadUpload: 422,
    Missing: 422,
}
#: What is said for refusals of HTTP itself.
KEYS: Final[dict[int, str]] = {
    400: "error_bad_request",
    401: "error_unauthorised",
    403: "error_not_allowed",
    404: "error_not_found",
    405: "error_method_not_allowed",
    408: "error_unavailable",
    413: "error_too_large",
    415: "error_unsupported_media",
    429: "error_too_many",
    503: "error_unavailable",
}
LOCALES: Final = ("zh-CN", "zh-HK", "en")
_TRADITIONAL: Final = ("zh-hk", "zh-mo", "zh-tw", "zh-hant", "yue")


class Refusal(Exception):
    """A request that cannot be served as it is; becomes a problem at the edge."""

    def __init__(self, status: int, key: str = "", **extensions: Any) -> None:
        super().__init__(key)
        self.code = status
        self.key = key or KEYS.get(status, "error_general")
        self.extensions = extensions


def too_many(wait: float) -> Refusal:
    return Refusal(429, retry_after=max(1, math.ceil(wait)))


def problem(request: web.Request, status: int, key: str, /, **extensions: Any) -> web.Response:
    """The answer. `extensions` are further members; `params` fill the text and stay inside."""
    params = extensions.pop("params", {})
    title = request.config_dict[keys.TEXTS].render(key, params, locale_of(request))
    body = {
        "type": f"urn:linli:problem:{key}",
        "title": title,
        "status": status,
        "key": key,
        "request_id": request.get(keys.REQUEST_ID, ""),
        **extensions,
    }
    answer = web.json_response(body, status=status, content_type="application/problem+json")
    if "retry_after" in extensions:
        answer.headers["Retry-After"] = str(extensions["retry_after"])
    return answer


def problem_of(request: web.Request, error: CommunityError) -> web.Response:
    status = STATUS.get(type(error), 422)
    return problem(request, status, error.key, params=error.params)


def locale_of(request: web.Request) -> str:
    """The language of the person, else of the browser."""
    account: Account | None = request.get(keys.ACCOUNT)
    if account is not None:
        return account.locale
    wished = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0]
    return nearest_locale(wished)


def nearest_locale(wished: str) -> str:
    """One of ours that comes closest."""
    plain = wished.strip().replace("_", "-").lower()
    if plain.startswith(_TRADITIONAL):
        return "zh-HK"
    return "en" if plain and not plain.startswith("zh") else "zh-CN"
