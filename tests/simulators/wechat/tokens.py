"""Access tokens: `/cgi-bin/stable_token` gives the same to all who ask, `/cgi-bin/token` does not."""

import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from tests.simulators.wechat import errors
from tests.simulators.wechat.errors import Refused
from tests.simulators.wechat.state import State, Token

LASTS = 7200.0
#: For so long the one before is good as well, once there is a new one.
OVERLAP = 300.0
FORCED_A_DAY = 20
FORCED_APART = 30.0


def stable(state: State, body: Any) -> dict[str, Any]:
    """Renewed in its last five minutes, or when it is forced."""
    if body.get("grant_type") != "client_credential":
        raise Refused(40002, "invalid grant_type")
    _known(state, body.get("appid"), body.get("secret"))
    state.fetches += 1
    now = state.now()
    newest = state.tokens[-1] if state.tokens else None
    forced = body.get("force_refresh") is True
    if forced:
        _force(state, now)
    if newest is None or forced or newest.until - now <= OVERLAP:
        newest = _renew(state, newest, now, overlap=0.0 if forced else OVERLAP)
    return {"access_token": newest.value, "expires_in": int(newest.until - now)}


def plain(state: State, query: Mapping[str, str]) -> dict[str, Any]:
    """Each call makes a new one, and the one before lasts five minutes more."""
    _known(state, query.get("appid"), query.get("secret"))
    state.fetches += 1
    newest = state.tokens[-1] if state.tokens else None
    made = _renew(state, newest, state.now(), overlap=OVERLAP)
    return {"access_token": made.value, "expires_in": int(LASTS)}


def check(state: State, given: str | None) -> None:
    """Raises Refused unless it is good."""
    if not given:
        raise Refused(*errors.NO_TOKEN)
    for token in state.tokens:
        if hmac.compare_digest(token.value.encode(), given.encode()):
            if token.until <= state.now():
                raise Refused(*errors.EXPIRED)
            return
    raise Refused(*errors.BAD_TOKEN)


def forget(state: State) -> None:
    """All that were given are good no more, as when somebody else fetches one the old way."""
    state.tokens.clear()


def _known(state: State, app_id: Any, secret: Any) -> None:
    if app_id != state.app_id:
        raise Refused(*errors.BAD_APP)
    if secret != state.secret:
        raise Refused(*errors.BAD_SECRET)


def _force(state: State, now: float) -> None:
    recent = [at for at in state.forced_at if at > now - 86_400]
    if len(recent) >= FORCED_A_DAY or (recent and now - recent[-1] < FORCED_APART):
        raise Refused(*errors.FORCED_TOO_OFTEN)
    state.forced_at.append(now)


def _renew(state: State, before: Token | None, now: float, *, overlap: float) -> Token:
    if before is not None:
        before.until = min(before.until, now + overlap)
    made = Token(f"{len(state.tokens) + 1}_{secrets.token_urlsafe(96)}", now + LASTS)
    state.tokens.append(made)
    return made
