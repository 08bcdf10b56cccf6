"""`Tokens`: the access token all processes share; one of them fetches it, the others find it.

The platform's `stable_token` gives the same token to all who ask, so processes cannot drive each
other's out. They still need not all ask.
"""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from aiohttp import ClientSession

from actions.application.ports_wechat import AccessToken, TokenShelf
from bot.channels.wechat.asking import ApiUnanswered, ApiUnsent, ask
from bot.settings import WeChatSettings

#: Seconds before its end at which a token is renewed. In its last five minutes the platform gives a
#: new one, while the old one is good as well.
_EARLY: Final = 240.0


class Source(Protocol):
    """Where tokens come from."""

    async def fetch(self, *, force: bool) -> AccessToken:
        """The token that counts now; a new one with `force`, which is given twenty times a day."""
        ...


class StableToken:
    """`/cgi-bin/stable_token`; fits `Source`."""

    def __init__(
        self, http: ClientSession, settings: WeChatSettings, now: Callable[[], float]
    ) -> None:
        self._http = http
        self._settings = settings
        self._now = now

    async def fetch(self, *, force: bool) -> AccessToken:
        """Raises as `ask`."""
        body = {
            "grant_type": "client_credential",
            "appid": self._settings.app_id,
            "secret": self._settings.secret.reveal(),
            "force_refresh": force,
        }
        began = self._now()
        answer = await ask(self._http, f"{self._settings.api_base}/cgi-bin/stable_token", json=body)
        value, lasts = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(value, str) or not value or not isinstance(lasts, int):
            raise ApiUnanswered("no token in it")
        return AccessToken(value=value, until=began + lasts)


class Tokens:
    def __init__(self, source: Source, shelf: TokenShelf, now: Callable[[], float]) -> None:
        self._source = source
        self._shelf = shelf
        self._now = now
        self._held: AccessToken | None = None
        self._lock = asyncio.Lock()

    async def current(self) -> str:
        """One that is believed to be good. Raises as `ask`."""
        return await self._other_than("")

    async def after(self, refused: str) -> str:
        """Another than the one the platform has refused. Raises as `ask`."""
        return await self._other_than(refused)

    async def _other_than(self, refused: str) -> str:
        """Whoever waited here finds what the one before has fetched."""
        async with self._lock:
            found = self._fit(self._held, refused)
            if found is None:
                found = self._held = await self._shared(refused)
            return found.value

    def _fit(self, token: AccessToken | None, refused: str) -> AccessToken | None:
        """The token, if it is another one and good for a while."""
        if token is None or token.value == refused or self._now() >= token.until - _EARLY:
            return None
        return token

    async def _shared(self, refused: str) -> AccessToken:
        async with self._shelf.alone():
            if (found := self._fit(await self._shelf.read(), refused)) is not None:
                return found
            try:
                found = await self._source.fetch(force=False)
                if found.value == refused:  # what the platform refuses it still gives
                    found = await self._source.fetch(force=True)
            except ApiUnanswered as error:
                # Of what was to be sent with it nothing has left.
                raise ApiUnsent(str(error)) from error
            await self._shelf.write(found)
            return found
