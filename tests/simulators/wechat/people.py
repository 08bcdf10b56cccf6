"""`Person`: somebody with the app, and what they do in an account's chat."""

from typing import Any

from tests.simulators.wechat import keeping
from tests.simulators.wechat.calling import Calling
from tests.simulators.wechat.state import Accepted, Follower, State


class Person:
    """Each deed is delivered to the account before it returns."""

    def __init__(self, state: State, calling: Calling, openid: str) -> None:
        self._state = state
        self._calling = calling
        self.openid = openid

    @property
    def follower(self) -> Follower:
        return self._state.follower(self.openid)

    async def follows(self, scene: str = "") -> None:
        self.follower.is_following = True
        self._opens("click")
        more = {"EventKey": f"qrscene_{scene}", "Ticket": "T"} if scene else {"EventKey": ""}
        await self._event("subscribe", **more)

    async def leaves(self) -> None:
        self.follower.is_following = False
        self.follower.quota.windows.clear()
        self.follower.consents.clear()
        await self._event("unsubscribe", EventKey="")

    async def writes(self, text: str, *, times: int = 1, menu: str = "") -> str:
        """The number of the message; `menu` when it is an entry of a menu message."""
        more = {"bizmsgmenuid": menu} if menu else {}
        return await self._message("text", times=times, Content=text, **more)

    async def sends_photo(self, content: bytes) -> str:
        media_id = keeping.keep(self._state, "image/jpeg", content)
        return await self._message("image", PicUrl="http://mmbiz.simulated/p", MediaId=media_id)

    async def sends_voice(self) -> str:
        media_id = keeping.keep(self._state, "audio/amr", b"#!AMR\n")
        return await self._message("voice", MediaId=media_id, Format="amr", Recognition="")

    async def sends_location(self, lat: float, lon: float, label: str = "") -> str:
        return await self._message(
            "location", Location_X=str(lat), Location_Y=str(lon), Scale="16", Label=label
        )

    async def sends(self, kind: str, **children: Any) -> str:
        """Any other message."""
        return await self._message(kind, **children)

    async def clicks(self, key: str) -> None:
        self._opens("click")
        await self._event("CLICK", EventKey=key)

    async def scans(self, scene: str) -> None:
        """As a follower; whoever is none follows by it."""
        if not self.follower.is_following:
            await self.follows(scene)
            return
        self._opens("click")
        await self._event("SCAN", EventKey=scene, Ticket="T")

    async def answers_consent(self, template_id: str, *, accepts: bool, for_good: bool) -> None:
        if accepts:
            left = self.follower.consents.get(template_id, 0) or 0
            self.follower.consents[template_id] = None if for_good else left + 1
        word = "accept" if accepts else "reject"
        entry = {"TemplateId": template_id, "SubscribeStatusString": word, "PopupScene": "1"}
        await self._event("subscribe_msg_popup_event", SubscribeMsgPopupEvent={"List": entry})

    async def hears_of_job(self, number: str, status: str) -> None:
        """The platform tells the account what became of a template message."""
        await self._event("TEMPLATESENDJOBFINISH", MsgID=number, Status=status)

    def seen(self) -> list[Accepted]:
        """What reached this person, in order."""
        return [each for each in self._state.accepted if each.openid == self.openid]

    @property
    def last(self) -> Accepted:
        return self.seen()[-1]

    async def _message(self, kind: str, *, times: int = 1, **children: Any) -> str:
        """With an entry of a menu message chosen, it counts as a click in the menu."""
        self.follower.is_following = True
        self._opens("click" if "bizmsgmenuid" in children else "message")
        number = str(next(self._state.numbers))
        body = {"MsgType": kind, **children, "MsgId": number}
        await self._calling.call(self.openid, body, times=times)
        return number

    async def _event(self, name: str, **children: Any) -> None:
        await self._calling.call(self.openid, {"MsgType": "event", "Event": name, **children})

    def _opens(self, kind: str) -> None:
        self.follower.quota.opens(kind, self._state.now())
