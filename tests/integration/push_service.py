"""A push service on this machine, and a browser that can read what it gets."""

import base64
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import http_ece
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Browser:
    """The keys of one subscription."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._auth = bytes(range(16))

    @property
    def keys(self) -> dict[str, str]:
        point = self._private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return {"p256dh": b64(point), "auth": b64(self._auth)}

    def read(self, sealed: bytes) -> dict[str, Any]:
        opened = http_ece.decrypt(
            sealed, private_key=self._private, auth_secret=self._auth, version="aes128gcm"
        )
        read: dict[str, Any] = json.loads(opened)
        return read


class PushService:
    """Answers what it is told to and keeps every request it accepted."""

    def __init__(self) -> None:
        self.taken: list[tuple[bytes, Mapping[str, str]]] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.origin = ""

    async def _take(self, request: web.Request) -> web.Response:
        self.taken.append((await request.read(), request.headers))
        status, headers = self.answers.pop(0) if self.answers else (201, {})
        return web.Response(status=status, headers=headers)

    @property
    def endpoint(self) -> str:
        return f"{self.origin}/push/one"

    @asynccontextmanager
    async def open(self) -> AsyncIterator["PushService"]:
        app = web.Application()
        app.router.add_post("/push/one", self._take)
        async with TestServer(app, host="127.0.0.1") as server:
            self.origin = f"http://127.0.0.1:{server.port}"
            yield self
