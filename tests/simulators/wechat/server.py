"""The doors of `api.weixin.qq.com`: `/cgi-bin/…`, every answer 200, what went wrong in `errcode`."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from aiohttp import BodyPartReader, web

from tests.simulators.telegram.faults import Fault, Faults
from tests.simulators.wechat import errors, keeping, sending, tokens
from tests.simulators.wechat.errors import Refused
from tests.simulators.wechat.state import Call, State

#: Answered when the client read no whole answer.
NO_ANSWER: Final = -2
_POSTS: Final[Mapping[str, Callable[[State, Any], dict[str, Any]]]] = {
    "message/custom/send": sending.custom,
    "message/template/send": sending.template,
    "message/subscribe/bizsend": sending.notice,
    "menu/create": keeping.create_menu,
    "qrcode/create": keeping.create_code,
}


def refusing(code: int, message: str) -> Fault:
    """The platform says no, by an errcode."""
    body = json.dumps(Refused(code, message).body)
    return Fault("errcode", status=200, body=body)


class Server:
    def __init__(self, state: State, faults: Faults) -> None:
        self._state = state
        self._faults = faults

    def application(self) -> web.Application:
        app = web.Application(client_max_size=12 * 1024 * 1024)
        app.router.add_post("/cgi-bin/stable_token", self._token)
        app.router.add_get("/cgi-bin/token", self._plain_token)
        app.router.add_get("/cgi-bin/media/get", self._media)
        app.router.add_post("/cgi-bin/media/upload", self._upload)
        app.router.add_post("/cgi-bin/{method:.+}", self._post)
        return app

    async def _token(self, request: web.Request) -> web.StreamResponse:
        body = await _json(request)
        return await self._answer(
            request, "stable_token", _without_secret(body), lambda: tokens.stable(self._state, body)
        )

    async def _plain_token(self, request: web.Request) -> web.StreamResponse:
        query = dict(request.query)
        return await self._answer(
            request, "token", _without_secret(query), lambda: tokens.plain(self._state, query)
        )

    async def _post(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        body = await _json(request)

        def run() -> dict[str, Any]:
            self._check(request)
            known = _POSTS.get(method)
            if known is None:
                raise Refused(*errors.NO_API)
            if not isinstance(body, dict):
                raise Refused(*errors.BAD_JSON)
            return known(self._state, body)

        return await self._answer(request, method, body, run)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content = b""
        reader = await request.multipart()
        async for part in reader:
            if isinstance(part, BodyPartReader) and part.name == "media":
                content = bytes(await part.read())

        def run() -> dict[str, Any]:
            self._check(request)
            return keeping.upload(self._state, request.query.get("type", ""), content)

        return await self._answer(request, "media/upload", len(content), run)

    async def _media(self, request: web.Request) -> web.StreamResponse:
        """Bytes, or JSON when something is wrong."""
        media_id = request.query.get("media_id", "")
        fault = self._faults.take("media/get", None)
        if fault is not None:
            self._note("media/get", media_id, NO_ANSWER)
            return await self._play(fault, request, b"")
        try:
            self._check(request)
            kind, content = keeping.fetch(self._state, media_id)
        except Refused as refusal:
            self._note("media/get", media_id, refusal.code)
            return web.json_response(refusal.body)
        self._note("media/get", media_id, 0)
        return web.Response(body=content, content_type=kind)

    def _check(self, request: web.Request) -> None:
        tokens.check(self._state, request.query.get("access_token"))

    async def _answer(
        self, request: web.Request, method: str, body: Any, run: Callable[[], dict[str, Any]]
    ) -> web.StreamResponse:
        fault = self._faults.take(method, None)
        if fault is not None and not fault.accepted:
            self._note(method, body, NO_ANSWER)
            return await self._play(fault, request, b"")
        try:
            answer = run()
        except Refused as refusal:
            answer = refusal.body
        code = int(answer.get("errcode", 0))
        self._note(method, body, code if fault is None else NO_ANSWER)
        raw = json.dumps(answer, ensure_ascii=False).encode()
        if fault is not None:
            return await self._play(fault, request, raw)
        return web.Response(body=raw, content_type="application/json")

    async def _play(self, fault: Fault, request: web.Request, answer: bytes) -> web.StreamResponse:
        if fault.name == "errcode":
            return web.Response(text=fault.body, content_type="application/json")
        return await self._faults.play(fault, request, answer)

    def _note(self, method: str, body: Any, code: int) -> None:
        state = self._state
        state.calls.append(Call(next(state.order), state.now(), method, body, code))
        state.changed()


async def _json(request: web.Request) -> Any:
    try:
        return json.loads(await request.read())
    except ValueError:
        return None


def _without_secret(body: Any) -> Any:
    return {k: v for k, v in body.items() if k != "secret"} if isinstance(body, dict) else body
