"""The way in for a test in another process: under `/simulator/`, JSON both ways.

    POST /simulator/users/1001            {"first_name": "Anna", "language_code": "en"}
    POST /simulator/users/1001/writes     {"text": "The lamp is out"}     → {"result": 101}
         … and every other verb of `Person` in `VERBS`, with its arguments by name
    GET  /simulator/users/1001/seen       → {"seen": [{"message_id", "text", "buttons", …}]}
    GET  /simulator/accepted?after=7      → {"accepted": [{"order", "method", "chat_id", …}]}
    GET  /simulator/calls?after=7         → {"calls": [{"order", "method", "status", …}]}
         with &wait=1 the answer comes as soon as there is anything after 7
    GET  /simulator/pending               → {"pending": [update, …]}
    POST /simulator/faults                {"method": "sendMessage", "fault": "too_many",
                                           "arguments": {"retry_after": 3}, "chat": 1001,
                                           "times": 1}
    DELETE /simulator/faults
    POST /simulator/limits                {"on": true}
    POST /simulator/updates               {"update": {…}, "queue": 1001}  → {"result": update_id}
    POST /simulator/updates/700000001/again

A pressed button that is not there, a verb or a fault nobody knows: 400 with {"error": …}.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.simulators.telegram import faults
from tests.simulators.telegram.people import NotThere, Person
from tests.simulators.telegram.record import Accepted, Call

if TYPE_CHECKING:
    from tests.simulators.telegram.simulator import TelegramSimulator

VERBS: dict[str, Callable[..., Any]] = {
    verb.__name__: verb
    for verb in (
        Person.starts, Person.writes, Person.edits, Person.presses, Person.forges_press,
        Person.answer_to, Person.blocks, Person.unblocks, Person.deactivates, Person.deletes_chat,
        Person.sends, Person.sends_photo, Person.sends_location, Person.sends_venue, Person.moves,
        Person.sends_voice, Person.sends_audio, Person.sends_video, Person.sends_video_note,
        Person.sends_sticker, Person.sends_contact, Person.sends_dice, Person.sends_poll,
    )
}  # fmt: skip
FAULTS: dict[str, Callable[..., faults.Fault]] = {
    fault.__name__: fault
    for fault in (
        faults.too_many, faults.blocked, faults.bad_request, faults.server_error,
        faults.bad_gateway, faults.hang, faults.reset, faults.cut,
    )
}  # fmt: skip


class Control:
    """Lets people act and reads the record over HTTP."""

    def __init__(self, simulator: "TelegramSimulator") -> None:
        self._simulator = simulator

    def routes(self) -> list[web.RouteDef]:
        at = "/simulator"
        return [
            web.post(f"{at}/users/{{user:[0-9]+}}", self._user),
            web.get(f"{at}/users/{{user:[0-9]+}}/seen", self._seen),
            web.post(f"{at}/users/{{user:[0-9]+}}/{{verb}}", self._act),
            web.get(f"{at}/accepted", self._accepted),
            web.get(f"{at}/calls", self._calls),
            web.get(f"{at}/pending", self._pending),
            web.post(f"{at}/faults", self._fault),
            web.delete(f"{at}/faults", self._no_faults),
            web.post(f"{at}/limits", self._limits),
            web.post(f"{at}/updates", self._inject),
            web.post(f"{at}/updates/{{update:[0-9]+}}/again", self._again),
        ]

    def _person(self, request: web.Request) -> Person:
        return self._simulator.user(int(request.match_info["user"]))

    async def _user(self, request: web.Request) -> web.Response:
        try:
            person = self._simulator.user(int(request.match_info["user"]), **await _sent(request))
        except TypeError as error:
            return _wrong(str(error))
        return web.json_response({"result": person.user})

    async def _act(self, request: web.Request) -> web.Response:
        verb = VERBS.get(request.match_info["verb"])
        if verb is None:
            return _wrong(f"no verb {request.match_info['verb']!r}")
        arguments = await _sent(request)
        try:
            result = verb(self._person(request), **arguments)
        except (NotThere, TypeError, KeyError) as error:
            return _wrong(str(error))
        return web.json_response({"result": result})

    async def _seen(self, request: web.Request) -> web.Response:
        return web.json_response({"seen": [asdict(seen) for seen in self._person(request).seen()]})

    async def _accepted(self, request: web.Request) -> web.Response:
        return await self._read(request, "accepted", lambda: self._simulator.accepted)

    async def _calls(self, request: web.Request) -> web.Response:
        return await self._read(request, "calls", lambda: self._simulator.calls)

    async def _read(
        self,
        request: web.Request,
        name: str,
        read: Callable[[], Sequence[Accepted | Call]],
    ) -> web.Response:
        given = request.query.get("after", "0")
        after = int(given) if given.isdecimal() else 0

        def newer() -> list[dict[str, Any]]:
            return [asdict(entry) for entry in read() if entry.order > after]

        found = await self._simulator.until(newer) if "wait" in request.query else newer()
        return web.json_response({name: found})

    async def _pending(self, request: web.Request) -> web.Response:
        return web.json_response({"pending": [update.body for update in self._simulator.pending]})

    async def _fault(self, request: web.Request) -> web.Response:
        wanted = await _sent(request)
        made = FAULTS.get(wanted.get("fault", ""))
        if made is None:
            return _wrong(f"no fault {wanted.get('fault')!r}")
        try:
            fault = made(**wanted.get("arguments", {}))
        except TypeError as error:
            return _wrong(str(error))
        self._simulator.faults.on(
            wanted.get("method", "*"), fault, chat=wanted.get("chat"), times=wanted.get("times", 1)
        )
        return web.json_response({"result": True})

    async def _no_faults(self, request: web.Request) -> web.Response:
        self._simulator.faults.clear()
        return web.json_response({"result": True})

    async def _limits(self, request: web.Request) -> web.Response:
        self._simulator.limits.on = bool((await _sent(request)).get("on"))
        return web.json_response({"result": self._simulator.limits.on})

    async def _inject(self, request: web.Request) -> web.Response:
        sent = await _sent(request)
        update, queue = sent.get("update"), sent.get("queue")
        if not isinstance(update, dict) or not isinstance(queue, int):
            return _wrong("an update is an object and its queue a number")
        number = self._simulator.injects(update, queue=queue)
        return web.json_response({"result": number})

    async def _again(self, request: web.Request) -> web.Response:
        number = int(request.match_info["update"])
        if number not in self._simulator.state.updates.created:
            return _wrong(f"no update {number}")
        self._simulator.repeats(number)
        return web.json_response({"result": number})


async def _sent(request: web.Request) -> dict[str, Any]:
    """The JSON object of a request; none is an empty one."""
    body = await request.read()
    try:
        sent = json.loads(body or b"{}")
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        said = json.dumps({"error": "the body has to be a JSON object"})
        raise web.HTTPBadRequest(text=said, content_type="application/json")
    return sent


def _wrong(why: str) -> web.Response:
    return web.json_response({"error": why}, status=400)
