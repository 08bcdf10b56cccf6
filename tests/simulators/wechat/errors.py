"""What the platform answers when it does not do what it was asked."""

from typing import Any


class Refused(Exception):
    """An errcode; the answer is 200 all the same."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    @property
    def body(self) -> dict[str, Any]:
        return {"errcode": self.code, "errmsg": f"{self.message} rid: 6f2d-simulated"}


BUSY = (-1, "system error")
BAD_SECRET = (40125, "invalid appsecret")
BAD_APP = (40013, "invalid appid")
BAD_TOKEN = (40001, "invalid credential, access_token is invalid or not latest")
EXPIRED = (42001, "access_token expired")
NO_TOKEN = (41001, "access_token missing")
BAD_OPENID = (40003, "invalid openid")
NO_FOLLOWER = (43004, "require subscribe")
WINDOW_CLOSED = (45015, "response out of time limit or subscription is canceled")
TOO_MANY = (45047, "out of response count limit")
DAILY_QUOTA = (45009, "reach max api daily quota limit")
A_MINUTE = (45011, "api minute-quota reach limit, must slower, retry next minute")
REFUSED_NOTICE = (43101, "user refuse to accept the msg")
NO_TEMPLATE = (40037, "invalid template_id")
BAD_ARGUMENT = (47003, "argument invalid!")
BAD_JSON = (47001, "data format error")
NO_CONTENT = (44004, "empty content")
TOO_LONG = (45002, "content size out of limit")
BAD_MEDIA = (40007, "invalid media_id")
FORCED_TOO_OFTEN = (45009, "reach max api daily quota limit, force_refresh")
NO_API = (48001, "api unauthorized")
