"""`Sender`: all the kinds of message somebody can put into a chat."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from tests.simulators.telegram import contents
from tests.simulators.telegram.state import State


class Sender(ABC):
    """Every verb returns the id of the message it made."""

    def __init__(self, state: State) -> None:
        self._state = state

    @abstractmethod
    def sends(self, content: dict[str, Any], *, at: int | None = None) -> int:
        """Send a message of any kind, given as the fields the Bot API describes it with.

        `at` dates it back, as after a time without a network.
        """

    def writes(self, text: str, *, at: int | None = None) -> int:
        return self.sends(contents.written(text), at=at)

    def starts(self, payload: str = "") -> int:
        """Press Start, or follow a deep link with its payload."""
        return self.writes(f"/start {payload}".strip())

    def sends_photo(self, content: bytes | None = None, caption: str = "") -> int:
        picture = contents.picture() if content is None else content
        return self.sends(contents.photo(self._state.files, picture, caption))

    def sends_album(self, pictures: Sequence[bytes], caption: str = "") -> list[int]:
        """Several photos at once: a message each, the caption on the first."""
        album = {"media_group_id": str(next(self._state.album_ids))}
        return [
            self.sends(contents.photo(self._state.files, picture, caption * (place == 0)) | album)
            for place, picture in enumerate(pictures)
        ]

    def sends_document(
        self, content: bytes, name: str, mime: str, caption: str = "", *, size: int | None = None
    ) -> int:
        files = self._state.files
        return self.sends(contents.document(files, content, name, mime, caption, size=size))

    def sends_location(
        self, latitude: float, longitude: float, *, live_period: int | None = None
    ) -> int:
        live = {} if live_period is None else {"live_period": live_period}
        return self.sends(contents.location(latitude, longitude, horizontal_accuracy=12.0, **live))

    def sends_venue(self, latitude: float, longitude: float, title: str, address: str) -> int:
        return self.sends(contents.venue(latitude, longitude, title, address))

    def sends_voice(self, seconds: int = 3) -> int:
        return self.sends(contents.voice(self._state.files, seconds))

    def sends_audio(self, seconds: int = 180) -> int:
        return self.sends(contents.audio(self._state.files, seconds))

    def sends_video(self, seconds: int = 5, caption: str = "") -> int:
        return self.sends(contents.video(self._state.files, seconds, caption))

    def sends_video_note(self, seconds: int = 5) -> int:
        return self.sends(contents.video_note(self._state.files, seconds))

    def sends_sticker(self, emoji: str = "👍") -> int:
        return self.sends(contents.sticker(self._state.files, emoji))

    def sends_contact(
        self, phone_number: str, first_name: str, *, user_id: int | None = None
    ) -> int:
        return self.sends(contents.contact(phone_number, first_name, user_id))

    def sends_dice(self, emoji: str = "🎲", value: int = 4) -> int:
        return self.sends(contents.dice(emoji, value))

    def sends_poll(self, question: str, options: Sequence[str]) -> int:
        number = str(next(self._state.press_ids))
        return self.sends(contents.poll(number, question, list(options)))
