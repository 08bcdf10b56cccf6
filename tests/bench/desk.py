"""Somebody at the console: joins by invitation, then looks at pages."""

import time
from typing import Self

import regex
from aiohttp import ClientSession, CookieJar

from tests.bench.installation import Installation, invited

#: Argon2 is meant to take a while, and the machine may be busy with other pages.
PASSWORD = "bench-only-password-0"
_SECRET = regex.compile(r'name="csrf" value="([^"]+)"')


class Desk:
    def __init__(self, url: str) -> None:
        self._url = url
        self._http = ClientSession(cookie_jar=CookieJar(unsafe=True))

    async def open(self, installation: Installation, login: str) -> Self:
        code = await invited(installation, "ADM", login)
        async with self._http.get(f"{self._url}/admin/join", params={"code": code}) as answer:
            secret = _SECRET.search(await answer.text())
        if secret is None:
            raise RuntimeError(f"there is no form at {answer.url}: {answer.status}")
        form = {"csrf": secret[1], "code": code, "login": login}
        form |= {"password": PASSWORD, "again": PASSWORD}
        async with self._http.post(f"{self._url}/admin/join", data=form) as answer:
            if answer.status != 200 or "/admin/join" in str(answer.url):
                raise RuntimeError(f"nobody could join: {answer.status} {answer.url}")
        return self

    async def close(self) -> None:
        await self._http.close()

    async def page(self, path: str) -> str:
        async with self._http.get(self._url + path) as answer:
            told = await answer.text()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return told

    async def look(self, path: str) -> float:
        """Seconds until the last byte of the page."""
        began = time.perf_counter()
        await self.page(path)
        return time.perf_counter() - began
