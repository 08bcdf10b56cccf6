"""Files the server keeps: a file_id to ask with, a file_path to download by."""

import hashlib
import io
import itertools
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.simulators.telegram.errors import bad
from tests.simulators.telegram.parameters import Parameters, Upload

PHOTO_LIMIT = 10 * 1024 * 1024
DOWNLOAD_LIMIT = 20 * 1024 * 1024
LONGEST_SIDES = 10_000
STEEPEST_RATIO = 20


@dataclass(frozen=True)
class Kept:
    """One stored file."""

    file_id: str
    unique_id: str
    path: str
    content: bytes = field(repr=False)
    #: What the server says; a test may claim a size nobody sent.
    size: int = 0
    width: int = 0
    height: int = 0

    def description(self) -> dict[str, Any]:
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}

    def photo_size(self) -> dict[str, Any]:
        return self.description() | {"width": self.width, "height": self.height}


class Files:
    """By file_id and by path."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._by_id: dict[str, Kept] = {}
        self._by_path: dict[str, Kept] = {}

    def keep(
        self, content: bytes, folder: str, ending: str, *, size: int | None = None, width: int = 0,
        height: int = 0,
    ) -> Kept:  # fmt: skip
        number = next(self._numbers)
        unique = hashlib.sha256(content).hexdigest()[:16]
        kept = Kept(
            file_id=f"AgACAgUAAx{number:06}{unique}",
            unique_id=f"AQAD{unique}",
            path=f"{folder}/file_{number}.{ending}",
            content=content,
            size=len(content) if size is None else size,
            width=width,
            height=height,
        )
        self._by_id[kept.file_id] = self._by_path[kept.path] = kept
        return kept

    def keep_photo(self, content: bytes) -> list[Kept]:
        """A picture in the sizes the server makes of it, the largest last."""
        width, height = _measured(content)
        longest = max(width, height)
        smaller = [self._smaller(content, side) for side in (90, 320) if side < longest]
        return [*smaller, self.keep(content, "photos", "jpg", width=width, height=height)]

    def _smaller(self, content: bytes, side: int) -> Kept:
        with Image.open(io.BytesIO(content)) as picture:
            small = picture.convert("RGB")
            small.thumbnail((side, side))
            written = io.BytesIO()
            small.save(written, "JPEG")
            return self.keep(written.getvalue(), "photos", "jpg", width=small.width,
                             height=small.height)  # fmt: skip

    def by_id(self, file_id: str) -> Kept | None:
        return self._by_id.get(file_id)

    def by_path(self, path: str) -> Kept | None:
        return self._by_path.get(path)

    def photo(self, parameters: Parameters, value: str, missing: str) -> list[dict[str, Any]]:
        """The sizes of a photo a call gives: a file of its own, or a file_id known here."""
        upload = sent_file(parameters, value)
        if upload is not None:
            if len(upload.content) > PHOTO_LIMIT:
                raise bad("file of size is too big for a photo; the maximum size is 10485760 bytes")
            return [kept.photo_size() for kept in self.keep_photo(upload.content)]
        if not value:
            raise bad(missing)
        kept = self.by_id(value)
        if kept is None or not kept.width:
            raise bad("wrong remote file identifier specified: Wrong string length")
        return [kept.photo_size()]


def sent_file(parameters: Parameters, value: str) -> Upload | None:
    """The upload a field points at with `attach://`, or the one of that name."""
    if value.startswith("attach://"):
        upload = parameters.files.get(value.removeprefix("attach://"))
        if upload is None:
            raise bad("file must be non-empty")
        return upload
    return parameters.files.get(value)


def _measured(content: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            width, height = picture.size
    except UnidentifiedImageError:
        raise bad("IMAGE_PROCESS_FAILED") from None
    too_steep = max(width, height) > STEEPEST_RATIO * min(width, height)
    if width + height > LONGEST_SIDES or too_steep:
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return width, height
