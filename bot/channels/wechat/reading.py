"""`Reading`: what one kept callback leads to."""

from typing import Final

from actions.application.ports_channels import Delivered
from bot.channels.wechat.convert import callback
from bot.channels.wechat.taking import Taking
from bot.channels.wechat.xml_in import NoMessage, fields
from bot.gateway.reader import Unreadable

#: Tries after which a photo counts as lost.
PHOTO_TRIES: Final = 8


class Reading:
    def __init__(self, taking: Taking) -> None:
        self._taking = taking

    async def read(self, delivered: Delivered) -> str:
        """The state it ends in.

        Raises:
            Unreadable: nobody can read it.
            TryLater: the platform is away.
        """
        try:
            called = callback(fields(delivered.body.encode("utf-8", "surrogatepass")))
        except NoMessage as error:
            raise Unreadable(str(error)) from error
        return await self._taking.take(
            called,
            is_last_try=delivered.attempts >= PHOTO_TRIES,
            is_again=delivered.attempts > 1,
        )
