"""A person on the page, through the public web-chat API."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

from aiohttp import FormData

from tests.journeys.person import API, Message, Person, opens_page


@dataclass
class WebPerson(Person):
    """One browser's worth of cookies, and everything it was shown so far."""

    @classmethod
    async def arrives(cls, url: str, *, locale: str = "zh-CN", join: str = "") -> "WebPerson":
        http, session = await opens_page(url, locale=locale, join=join)
        return cls(http, session)

    async def says(self, text: str, *, client_msg_id: str = "") -> str:
        return await self.sends({"text": text}, client_msg_id=client_msg_id)

    async def sends(self, what: Message, *, client_msg_id: str = "") -> str:
        body = {"client_msg_id": client_msg_id or str(uuid4()), **what}
        async with self.http.post(f"{API}/messages", json=body) as answer:
            found = await answer.json()
            assert answer.status == 202, found
        return str(found["message_id"])

    async def offers_link(self) -> dict[str, str]:
        """A code for elsewhere, as the page's settings ask for it."""
        async with self.http.post(f"{API}/link-code", json={}) as answer:
            assert answer.status == 201, await answer.text()
            found: dict[str, str] = await answer.json()
        return found

    async def taps(self, button: Mapping[str, Any], *, on: Message) -> None:
        assert button in on["buttons"]
        await self.sends({"action": button["action"]})

    async def shows(self, raw: bytes) -> str:
        """Send a photo; its attachment id."""
        attachment = await self.uploads(raw)
        await self.sends({"attachments": [attachment]})
        return attachment

    async def uploads(self, raw: bytes) -> str:
        form = FormData()
        form.add_field("file", BytesIO(raw), filename="photo.jpg", content_type="image/jpeg")
        async with self.http.post(f"{API}/attachments", data=form) as answer:
            assert answer.status == 201, await answer.text()
            return str((await answer.json())["attachment_id"])

    async def listens(self, *, wait: int = 0) -> list[Message]:
        """Everything new since the last look."""
        after = self.messages[-1]["seq"] if self.messages else 0
        async with self.http.get(f"{API}/messages?after={after}&wait={wait}") as answer:
            assert answer.status == 200, await answer.text()
            news: list[Message] = (await answer.json())["messages"]
        self.messages += news
        return news
