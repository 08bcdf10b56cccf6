"""What somebody was told, and that nothing of it says who spoke."""

import json
from typing import Final

from tests.builders import Someone

SUNG: Final = "我住45栋301，楼上401天天中午唱歌，我是何姨，电话13812345678"
SECRETS: Final = ("301", "何姨", "13812345678", "participant-", "from-my-window")


async def told(someone: Someone, since: int = 0) -> str:
    """Everything the person was told, as stored and as read."""
    heard = (await someone.heard())[since:]
    stored = json.dumps([said.row["content"] for said in heard], ensure_ascii=False)
    return stored + " ".join(said.text + str(dict(said.lines)) for said in heard)


async def knows_nothing(someone: Someone, *more: str, since: int = 0) -> None:
    everything = await told(someone, since)
    for secret in (*SECRETS, *more):
        assert secret not in everything
