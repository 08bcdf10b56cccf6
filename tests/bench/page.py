"""One resident's page, as fast as it can be: send, and wait for the answer on the long poll."""

from uuid import uuid4

from aiohttp import ClientSession, CookieJar

API = "/chat/api"


class Page:
    def __init__(self, url: str) -> None:
        self._url = url + API
        self._http = ClientSession(cookie_jar=CookieJar(unsafe=True))
        self.participant_id = ""

    async def open(self) -> "Page":
        async with self._http.post(self._url + "/session", json={"locale": "zh-CN"}) as answer:
            answer.raise_for_status()
            self.participant_id = (await answer.json())["participant_id"]
        return self

    async def close(self) -> None:
        await self._http.close()

    async def send(self, text: str) -> tuple[str, int]:
        """Returns the message's id and number, once it is kept."""
        body = {"client_msg_id": str(uuid4()), "text": text}
        async with self._http.post(self._url + "/messages", json=body) as answer:
            answer.raise_for_status()
            told = await answer.json()
        return told["message_id"], told["seq"]

    async def ask(self, text: str) -> int:
        """Send a text and wait for what answers it. Returns the number of the last line."""
        message, after = await self.send(text)
        while True:
            query = f"/messages?after={after}&wait=20"
            async with self._http.get(self._url + query) as answer:
                answer.raise_for_status()
                lines = (await answer.json())["messages"]
            if any(line["in_reply_to"] == message for line in lines):
                return int(lines[-1]["seq"])
