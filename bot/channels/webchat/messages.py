"""Messages: taken in exactly once, read back in order, waited for when there are none."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

from actions.application.arrivals import Arrival
from actions.application.pressable import from_json
from actions.application.web_records import Account, Line
from actions.domain.errors import NotFound, OutOfDate
from actions.domain.identifiers import AreaCode
from actions.failpoints import failpoint
from bot import keys
from bot.acknowledging import Acknowledgement
from bot.channels.webchat.body import read_json
from bot.channels.webchat.convert import Posted, message_json, posted, wrong
from bot.channels.webchat.limiting import limit
from bot.gateway.buttons import Buttons, is_command
from bot.gateway.throttle import MESSAGES
from bot.problem import Refusal

CHANNEL: Final = "webchat"
LONGEST_WAIT: Final = 30
MOST: Final = 200
#: Seconds between looks when no wake-up comes: what another process wrote is seen too.
LOOK_AGAIN: Final = 20.0
_LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, kw_only=True)
class _Taken:
    """What an arrival holds of a posted message."""

    kind: str
    payload: dict[str, Any]
    text: str = ""
    shown_as: str = "text"
    content: dict[str, Any] = field(default_factory=dict)


async def post_message(request: web.Request, account: Account) -> web.StreamResponse:
    """POST /chat/api/messages: 202 only after the commit; the same id again changes nothing."""
    failpoint("webchat.received")
    await limit(request, MESSAGES, account.person_id)
    message = posted(await read_json(request))
    failpoint("webchat.parsed")
    taken = await _take(request, account, message)
    failpoint("webchat.verified")
    ours = request.config_dict
    remembered = await ours[keys.INTAKE].remember(
        Arrival(
            channel=CHANNEL,
            account="default",
            external_id=f"{account.participant_id}:{message.client_msg_id}",
            conversation_id=account.conversation_id,
            area=account.area,
            kind=taken.kind,
            payload=taken.payload,
            at=ours[keys.CLOCK].now(),
            text=taken.text,
            shown_as=taken.shown_as,
            content=taken.content,
        )
    )
    if remembered.is_new:
        ours[keys.WAKE](account.conversation_id)
        ours[keys.HUB].publish(account.conversation_id)
    answer = {"message_id": str(remembered.message_id), "seq": remembered.seq}
    return Acknowledgement(
        "webchat.acknowledged",
        status=202,
        text=json.dumps(answer),
        content_type="application/json",
    )


async def _take(request: web.Request, account: Account, message: Posted) -> _Taken:
    if message.text is not None:
        content = {"mended": True} if message.was_mended else {}
        return _Taken(
            kind="text", payload={"text": message.text}, text=message.text, content=content
        )
    if message.action is not None:
        return await _pressed(request, account, message.action)
    if message.location is not None:
        return _place(request, account, message.location)
    return await _photos(request, account, message)


async def _pressed(request: web.Request, account: Account, token: str) -> _Taken:
    """The command behind a button of this conversation.

    Raises:
        OutOfDate: forged, foreign, or made by a release whose command no longer exists.
    """
    signer = Buttons(request.config_dict[keys.SIGNING_KEY])
    if is_command(token):
        signed = signer.read_command(token, account.conversation_id)
        label = request.config_dict[keys.TEXTS].render(signed["label"], {}, account.locale)
        command = signed["command"]
    else:
        message_id, index = signer.read(token, account.conversation_id)
        transcripts = request.config_dict[keys.TRANSCRIPTS]
        buttons = await transcripts.buttons(account.conversation_id, message_id)
        if not 0 <= index < len(buttons):
            raise OutOfDate
        label, command = buttons[index]["label"], buttons[index]["command"]
    from_json(command)
    return _Taken(kind="action", payload={"command": command}, text=label)


def _place(request: web.Request, account: Account, location: Any) -> _Taken:
    label = location["label"]
    code = location.get("place_id")
    if code is None:
        return _Taken(
            kind="location",
            payload={"location": location},
            text=label,
            shown_as="location",
            content={"location": location},
        )
    community = request.config_dict[keys.COMMUNITY]
    if AreaCode(code) not in community.areas and code not in community.landmarks:
        raise wrong("location.place_id")
    named = request.config_dict[keys.TEXTS].value({"$place": code}, account.locale)
    return _Taken(
        kind="location",
        payload={"place": code},
        text=label or named,
        shown_as="location",
        content={"place": code},
    )


async def _photos(request: web.Request, account: Account, message: Posted) -> _Taken:
    ids = list(message.attachments)
    if not await request.config_dict[keys.PICTURES].own(ids, account.person_id):
        raise NotFound
    return _Taken(
        kind="photos", payload={"attachments": ids}, shown_as="image", content={"photos": ids}
    )


async def get_messages(request: web.Request, account: Account) -> web.StreamResponse:
    """GET /chat/api/messages: after a number, perhaps waiting for news, or before one."""
    most = max(1, min(number(request, "limit", MOST), MOST))
    if "before" in request.query:
        transcripts = request.config_dict[keys.TRANSCRIPTS]
        before = number(request, "before", _LARGEST)
        return _answer(
            request, account, await transcripts.before(account.conversation_id, before, most)
        )
    after = number(request, "after", 0)
    wait = min(number(request, "wait", 0), LONGEST_WAIT)
    lines = await _after(request, account, after, most, wait)
    await request.config_dict[keys.TRANSCRIPTS].read_up_to(account.conversation_id, after)
    return _answer(request, account, lines)


async def _after(
    request: web.Request, account: Account, after: int, most: int, wait: int
) -> Sequence[Line]:
    transcripts = request.config_dict[keys.TRANSCRIPTS]
    hub = request.config_dict[keys.HUB]
    deadline = asyncio.get_running_loop().time() + wait
    with hub.subscribe(account.conversation_id) as news:
        while True:
            news.clear()
            lines = await transcripts.after(account.conversation_id, after, most)
            left = deadline - asyncio.get_running_loop().time()
            if lines or left <= 0 or hub.is_closed:
                return lines
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), min(left, LOOK_AGAIN))
            talk = await request.config_dict[keys.ACCOUNTS].talk_of(account.session)
            if talk is None:
                raise Refusal(401)
            if talk != account.conversation_id:
                return lines  # they have become somebody else: the page asks again


def _answer(request: web.Request, account: Account, lines: Sequence[Line]) -> web.Response:
    signer = Buttons(request.config_dict[keys.SIGNING_KEY])
    found = [message_json(line, account, signer) for line in lines]
    return web.json_response({"messages": found, "participant_id": account.participant_id})


def number(request: web.Request, name: str, default: int) -> int:
    """A whole number of the query that is not negative."""
    given = request.query.get(name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit()) or len(given) > len(str(_LARGEST)):
        raise Refusal(400, fields=[name])
    return min(int(given), _LARGEST)
