"""Every address, knocked at by everybody for everything: who comes in, and what the others hear."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import ClientResponse
from sqlalchemy import select

from actions.adapters.database.schema.messaging import conversations
from actions.adapters.database.schema.people import people
from actions.domain.identifiers import ConversationId, PersonId
from actions.domain.people import CONSOLE_ROLES, Role
from bot.media import files_of
from tests.builders import Someone
from tests.integration.authorisation_town import AREA, OBJECTS, Thing, Town
from tests.integration.console_house import Desk, joined
from tests.integration.web_house import House, Visitor, jpeg

#: Who has no session at all.
ANONYMOUS: Final = "anonymous"
OPEN: Final = "open"
_REASON: Final = "核对电话号码"


@dataclass(frozen=True, kw_only=True)
class Knock:
    """What is sent to a door; nothing in it changes anything, or nothing that matters here."""

    json: Any = None
    form: Mapping[str, str] | None = None
    query: str = ""


#: What is sent where an empty request would not do.
KNOCKS: Final[Mapping[str, Knock]] = {
    "POST /chat/api/session": Knock(json={}),
    "PATCH /chat/api/session": Knock(json={"locale": "zh-CN"}),
    "POST /chat/api/messages": Knock(
        json={"client_msg_id": "00000000-0000-4000-8000-000000000001", "attachments": ["{photo}"]}
    ),
    "POST /chat/api/consent": Knock(json={"version": "another"}),
    "POST /chat/api/push-subscriptions": Knock(json={}),
    "DELETE /chat/api/push-subscriptions": Knock(json={}),
    "POST /admin/sign-in": Knock(form={"login": "nobody", "password": "not this one"}),
    "POST /admin/join": Knock(form={"code": "none"}),
    "POST /admin/account/locale": Knock(form={"locale": "zh-CN"}),
    "POST /admin/tickets/{number}/unmask": Knock(form={"reason": _REASON}),
    "POST /admin/tickets/{number}/redact": Knock(form={"reason": _REASON, "message": "{message}"}),
    "POST /admin/people/{person}/revoke": Knock(form={"role": "-"}),
}
_HOLES: Final[Mapping[str, str]] = {
    "number": "number",
    "person": "participant",
    "conversation": "conversation",
}
_CHANGING: Final = re.compile(
    r'"request_id": ?"[0-9a-f]*"|nonce="[^"]*"|value="[0-9a-f]{64}"|request [0-9a-f]{16}'
)
#: Not the same twice, whoever asks; and the length of what holds them.
_UNTOLD: Final = frozenset(
    {"X-Request-ID", "Date", "Content-Length", "Content-Security-Policy", "Set-Cookie"}
)


def filled(text: str, door: str, thing: Thing) -> str:
    """An address or a value with the numbers of a thing in its holes."""
    named = {hole: str(getattr(thing, name)) for hole, name in _HOLES.items()}
    named |= {"photo": thing.photo, "id": thing.photo, "message": str(thing.message)}
    if "/people/" in door:
        named["person"] = thing.colleague
    named |= {"path": "index.html", "name": "console.css"}
    return re.sub(
        r"{(\w+)(?::[^{}]*(?:{[^{}]*}[^{}]*)*)?}", lambda hole: named.get(hole[1], "1"), text
    )


@dataclass
class Street:
    """Everybody with a browser, and those of the console at their desks."""

    house: House
    town: Town
    visitors: dict[str, Visitor] = field(default_factory=dict)
    desks: dict[str, Desk] = field(default_factory=dict)
    own: dict[str, Thing] = field(default_factory=dict)
    own_of_desk: dict[str, Thing] = field(default_factory=dict)
    csrf: dict[str, str] = field(default_factory=dict)

    @classmethod
    async def built(cls, house: House, subjects: list[str]) -> "Street":
        town = await Town.built(house.world)
        await town.employ()
        street = cls(house, town)
        street.visitors[ANONYMOUS] = house.stranger()
        for who in subjects:
            visitor = street.visitors[who] = await house.visitor()
            someone = await visitor.someone()
            street.own[who] = await town.own(someone, anonymous=who == "ANO")
            if who in set(Role):
                await town.seat(someone, who)
        if "follower" in subjects:
            await town.follow(await street.visitors["follower"].someone())
        for role in (role for role in sorted(CONSOLE_ROLES) if role in subjects):
            await street._sit(role)
        street._lay_photos()
        return street

    async def _sit(self, role: Role) -> None:
        desk = await joined(self.house, role, AREA, login=role.lower(), name=f"desk{role}")
        self.desks[role] = desk
        self.csrf[role] = (await desk.opens("/admin/account")).csrf
        thing = await self.town.own(await self._person(f"desk{role}"))
        self.own_of_desk[role] = thing

    async def _person(self, name: str) -> Someone:
        query = (
            select(people.c.id, conversations.c.id.label("talk"))
            .join(conversations, conversations.c.person_id == people.c.id)
            .where(people.c.display_name == name)
        )
        async with self.house.world.database.read() as conn:
            row = (await conn.execute(query)).one()
        return Someone(self.house.world, PersonId(row.id), ConversationId(row.talk))

    def _lay_photos(self) -> None:
        """What an attachment of the table looks like on the disk."""
        things = [*self.town.things.values(), *self.own.values(), *self.own_of_desk.values()]
        for thing in things:
            for path in files_of(self.house.media, thing.photo):
                if thing is not self.town.things["absent"]:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(jpeg())

    def thing(self, door: str, who: str, what: str) -> Thing:
        if what not in (OPEN, "own"):
            return self.town.things[what]
        own = self.own_of_desk if _is_console(door) and who in self.desks else self.own
        return own.get(who, self.town.things["absent"])

    async def knock(self, door: str, who: str, what: str) -> tuple[bool, tuple[Any, ...]]:
        """Whether somebody comes in, and what they hear."""
        thing = self.thing(door, who, what)
        method, _, path = door.partition(" ")
        knock = KNOCKS.get(door, Knock())
        more: dict[str, Any] = {"allow_redirects": False}
        if knock.json is not None:
            more["json"] = _filled_in(knock.json, door, thing)
        if _is_console(door) and method == "POST":
            form = {name: filled(value, door, thing) for name, value in (knock.form or {}).items()}
            more["data"] = {"csrf": self.csrf.get(who, ""), **form}
        client = self._client(door, who)
        async with client.request(
            method, filled(path, door, thing) + knock.query, **more
        ) as answer:
            heard = await _heard(answer, thing)
        return _is_in(answer), heard

    def _client(self, door: str, who: str) -> Any:
        if _is_console(door) and who in self.desks:
            return self.desks[who].client
        return self.visitors[who].client


def _filled_in(body: Any, door: str, thing: Thing) -> Any:
    if isinstance(body, str):
        return filled(body, door, thing)
    if isinstance(body, list):
        return [_filled_in(each, door, thing) for each in body]
    if isinstance(body, dict):
        return {name: _filled_in(each, door, thing) for name, each in body.items()}
    return body


def _is_console(door: str) -> bool:
    return " /admin" in door


async def _heard(answer: ClientResponse, thing: Thing) -> tuple[Any, ...]:
    """Status, headers and body, without what changes from one request to the next."""
    headers = {name: value for name, value in answer.headers.items() if name not in _UNTOLD}
    is_stream = answer.content_type == "text/event-stream"
    body = "" if is_stream else (await answer.read()).decode("utf-8", "replace")
    told = f"{sorted(headers.items())} {_CHANGING.sub('', body)}"
    for mine in (thing.number, thing.photo, thing.participant, thing.colleague):
        told = told.replace(mine, "#")
    told = re.sub(rf"/transcripts/{thing.conversation}\b|%2F{thing.conversation}\b", "#", told)
    return answer.status, told


def _is_in(answer: ClientResponse) -> bool:
    """Past the door, whatever is then said of an empty form."""
    to_sign_in = answer.headers.get("Location", "").startswith("/admin/sign-in")
    return answer.status not in (401, 403, 404) and not (answer.status == 303 and to_sign_in)


def doors_of(app: Any) -> set[str]:
    """Every method and address an application answers to, the consoles' included."""
    return {
        f"{route.method} {route.resource.canonical}"
        for route in app.router.routes()
        if route.method != "HEAD" and route.resource is not None
    } | {
        f"{route.method} {route.resource.canonical}"
        for sub in app._subapps
        for route in sub.router.routes()
        if route.method != "HEAD" and route.resource is not None
    }


def objects_of(door: str) -> tuple[str, ...]:
    is_about_one = "{" in door and not door.endswith(("{path}", "{name}"))
    return OBJECTS if is_about_one or door == "POST /chat/api/messages" else (OPEN,)
