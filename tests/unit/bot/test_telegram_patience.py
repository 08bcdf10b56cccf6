"""How long an answer is waited for: what is given up on too soon may have been taken."""

import json
from typing import Any

import pytest
from telegram import Bot
from telegram.request import BaseRequest

from bot.channels.telegram.calls import PATIENCE, WITH_PHOTOS, call
from bot.channels.telegram.parts import Part
from bot.channels.telegram.wiring import patient_request
from bot.channels.telegram.wording import Styled

SENT = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}


class Remembering(BaseRequest):
    """Answers at once, and knows how long it would have been waited for."""

    def __init__(self) -> None:
        self.waits: list[object] = []

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, *_args: Any, **asked: Any) -> tuple[int, bytes]:
        self.waits.append(asked["read_timeout"])
        result = [SENT] if asked["url"].endswith("sendMediaGroup") else SENT
        return 200, json.dumps({"ok": True, "result": result}).encode()


def test_an_answer_is_waited_for_as_long_as_a_call_may_take() -> None:
    assert patient_request().read_timeout == PATIENCE


@pytest.mark.parametrize("photos", [1, 3])
async def test_photos_may_take_longer(photos: int) -> None:
    request = Remembering()

    await call(
        Bot("7:x", request=request),
        "1",
        Part(words=Styled(text="x")),
        [b"photo"] * photos,
        None,
        silent=False,
    )

    assert request.waits == [WITH_PHOTOS]
