"""The doors of the Bot API: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import json
import re
from collections.abc import Iterable
from typing import Any

from aiohttp import web

from tests.simulators.telegram import parameters as reading
from tests.simulators.telegram.errors import Refused
from tests.simulators.telegram.faults import Faults
from tests.simulators.telegram.files import Kept
from tests.simulators.telegram.limits import Limits
from tests.simulators.telegram.methods import Method, methods
from tests.simulators.telegram.parameters import Parameters
from tests.simulators.telegram.record import Accepted, Call, rows_of
from tests.simulators.telegram.state import State, as_number

LARGEST_REQUEST = 60 * 1024 * 1024
TOKEN = re.compile(r"[1-9][0-9]{0,15}:[A-Za-z0-9_-]+")


class Server:
    """Reads a call, lets the method run, keeps the record, answers."""

    def __init__(self, state: State, faults: Faults, limits: Limits) -> None:
        self._state = state
        self._faults = faults
        self._limits = limits
        self._methods = methods()

    def application(self, routes: Iterable[web.RouteDef] = ()) -> web.Application:
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.router.add_routes(routes)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._call)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._download)
        app.router.add_route("*", "/{rest:.*}", _nowhere)
        return app

    def _check_token(self, token: str) -> None:
        if not TOKEN.fullmatch(token):
            raise Refused(404, "Not Found")
        if token != self._state.token or self._state.logged_out:
            raise Refused(401, "Unauthorized")

    def _method(self, verb: str, name: str) -> Method:
        method = self._methods.get(name.lower())
        if verb not in {"GET", "POST"} or method is None:
            raise Refused(404, "Not Found: method not found")
        return method

    def _kept(self, path: str) -> Kept:
        kept = self._state.files.by_path(path)
        if kept is None:
            raise Refused(404, "Not Found")
        return kept

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            self._check_token(request.match_info["token"])
            method = self._method(request.method, name)
            sent = await reading.read(request)
        except Refused as refusal:
            self._note(name, Parameters({}, {}), refusal.code, refusal.description)
            return _refused(refusal)
        return await self._run(request, method, sent)

    async def _run(
        self, request: web.Request, method: Method, sent: Parameters
    ) -> web.StreamResponse:
        fault = self._faults.take(method.name, _chat_id(sent))
        if fault is not None and not fault.accepted:
            if fault.refusal is not None:
                self._note(method.name, sent, fault.refusal.code, fault.refusal.description)
                return _refused(fault.refusal)
            self._note(method.name, sent, fault.status, fault.name)
            return await self._faults.play(fault, request, b"")
        try:
            result = await self.execute(method, sent)
        except Refused as refusal:
            self._note(method.name, sent, refusal.code, refusal.description)
            return _refused(refusal)
        answer = json.dumps({"ok": True, "result": result}, ensure_ascii=False).encode()
        if fault is not None:
            self._note(method.name, sent, fault.status, fault.name)
            return await self._faults.play(fault, request, answer)
        self._note(method.name, sent, 200, "")
        return web.Response(body=answer, content_type="application/json")

    async def execute(self, method: Method, sent: Parameters) -> Any:
        """Run one method; what took effect stands in the record."""
        if method.is_recorded and method.name.startswith("send"):
            self._state.chat(sent)
            self._limits.spend(as_number(sent.text("chat_id")))
        result = await method.run(self._state, sent)
        if method.is_recorded:
            self._accept(method.name, sent, result)
        return result

    def _accept(self, method: str, sent: Parameters, result: Any) -> None:
        messages = [m for m in (result if isinstance(result, list) else [result])
                    if isinstance(m, dict)]  # fmt: skip
        markup = sent.text("reply_markup")
        self._state.accepted.append(
            Accepted(
                order=next(self._state.order),
                at=self._state.now(),
                method=method,
                chat_id=_chat_id(sent),
                message_ids=tuple(message["message_id"] for message in messages) or _named(sent),
                text=_said(messages, sent),
                buttons=rows_of(json.loads(markup)) if markup else (),
                parameters=dict(sent.fields),
                result=result,
            )
        )
        self._state.changed()

    def _note(self, method: str, sent: Parameters, status: int, description: str) -> None:
        self._state.calls.append(
            Call(
                order=next(self._state.order),
                at=self._state.now(),
                method=method,
                parameters=dict(sent.fields),
                chat_id=_chat_id(sent),
                status=status,
                description=description,
                files=tuple(sent.files),
            )
        )
        self._state.changed()

    async def _download(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            kept = self._kept(request.match_info["path"])
        except Refused as refusal:
            self._note("file", Parameters({}, {}), refusal.code, refusal.description)
            return _refused(refusal)
        path = Parameters({"path": kept.path}, {})
        fault = self._faults.take("file", None)
        self._note(
            "file", path, 200 if fault is None else fault.status, fault.name if fault else ""
        )
        if fault is not None:
            if fault.refusal is not None:
                return _refused(fault.refusal)
            return await self._faults.play(fault, request, kept.content)
        return web.Response(body=kept.content, content_type="application/octet-stream")


async def _nowhere(request: web.Request) -> web.Response:
    return _refused(Refused(404, "Not Found"))


def _refused(refusal: Refused) -> web.Response:
    headers = {}
    if "retry_after" in refusal.parameters:
        headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return web.json_response(refusal.answer(), status=refusal.code, headers=headers)


def _chat_id(sent: Parameters) -> int | None:
    return as_number(sent.text("chat_id")) or None


def _named(sent: Parameters) -> tuple[int, ...]:
    number = as_number(sent.text("message_id"))
    return (number,) if number else ()


def _said(messages: list[dict[str, Any]], sent: Parameters) -> str:
    texts = [m.get("text") or m.get("caption") for m in messages]
    return next((text for text in texts if text), "" if messages else sent.text("text"))
