"""Browsers of the console over the same house: they open pages, fill in forms, follow links."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from actions.domain.people import Role
from tests.integration.web_house import House

PASSWORD = "绿豆汤 and seven boats"
VOID = {"meta", "link", "input", "img", "br", "hr"}


@dataclass
class Node:
    tag: str
    attributes: dict[str, str]
    text: str = ""


class Markup(HTMLParser):
    """Every element with its own text, and whether each was closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.nodes: list[Node] = []
        self.open: list[Node] = []
        self.crooked: list[str] = []
        self.feed(page)
        self.close()
        self.crooked += [node.tag for node in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.nodes.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop().tag != tag:
            self.crooked.append(tag)

    def handle_data(self, data: str) -> None:
        for node in self.open:
            node.text += data


@dataclass
class Seen:
    """A page as it came."""

    status: int
    path: str
    headers: Any
    text: str
    _markup: Markup | None = None

    @property
    def markup(self) -> Markup:
        if self._markup is None:
            self._markup = Markup(self.text)
        return self._markup

    def all(self, tag: str, **wanted: str) -> list[Node]:
        return [
            node
            for node in self.markup.nodes
            if node.tag == tag and all(node.attributes.get(k) == v for k, v in wanted.items())
        ]

    @property
    def words(self) -> str:
        return " ".join(self.all("main")[0].text.split())

    @property
    def csrf(self) -> str:
        return self.all("input", name="csrf")[0].attributes["value"]

    @property
    def alert(self) -> str:
        return " ".join(node.text for node in self.all("p", role="alert"))


@dataclass
class Desk:
    """One browser with its own cookies."""

    house: House
    client: TestClient[web.Request, web.Application]
    seen: Seen | None = None
    headers: dict[str, str] = field(default_factory=dict)

    async def opens(self, path: str, **more: Any) -> Seen:
        return await self._take(await self.client.get(path, headers=self.headers, **more))

    async def sends(self, path: str, *, follow: bool = True, **fields: Any) -> Seen:
        """A form of the page that was seen last."""
        csrf = self.seen.csrf if self.seen and self.seen.all("input", name="csrf") else ""
        form = {"csrf": csrf} | fields
        answer = await self.client.post(
            path, data=form, headers=self.headers, allow_redirects=follow
        )
        return await self._take(answer)

    async def _take(self, answer: ClientResponse) -> Seen:
        self.seen = Seen(answer.status, answer.url.path_qs, answer.headers, await answer.text())
        return self.seen

    async def signs_in(self, login: str, password: str = PASSWORD) -> Seen:
        await self.opens("/admin/sign-in?next=/admin/account")
        return await self.sends(
            "/admin/sign-in", login=login, password=password, next="/admin/account"
        )

    def cookie(self, name: str) -> str:
        found = [each.value for each in self.client.session.cookie_jar if each.key == name]
        return found[0] if found else ""


def desk_of(house: House, **headers: str) -> Desk:
    visitor = house.stranger()
    return Desk(house, visitor.client, headers=headers)


async def joined(
    house: House, role: Role, area: str = "LJ", *, login: str, name: str = "", **more: Any
) -> Desk:
    """Somebody who came in by an invitation."""
    code = await house.invite(role, area, name=name, **more)
    desk = desk_of(house)
    await desk.opens(f"/admin/join?code={code}")
    seen = await desk.sends(
        "/admin/join", follow=False, code=code, login=login, password=PASSWORD, again=PASSWORD
    )
    assert seen.status == 303, seen.words
    return desk


def address_of(path: str) -> str:
    """An address that a route of the console answers to: every part in braces is a one."""
    return "/admin" + re.sub(r"{[^}]*}+", "1", path)


def query_of(path: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(path).query)
