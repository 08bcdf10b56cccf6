"""What a call carries, however it was sent: GET or POST; JSON, urlencoded or multipart.

The Bot API turns every field into text first, so a number and its digits are the same thing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from tests.simulators.telegram.errors import bad


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime: str
    content: bytes


class Parameters:
    """The fields and files of one call."""

    def __init__(self, fields: Mapping[str, str], files: Mapping[str, Upload]) -> None:
        self.fields = dict(fields)
        self.files = dict(files)

    def text(self, name: str) -> str:
        return self.fields.get(name, "")

    def required(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise bad(f'parameter "{name}" is required')
        return value

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        """An integer held within its bounds; what is none counts as left out, as there."""
        try:
            value = int(self.text(name))
        except ValueError:
            return default
        return min(max(value, low), high)

    def json(self, name: str, complaint: str) -> Any:
        """A field that is JSON text; None when it was left out."""
        value = self.text(name)
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad(complaint) from None


async def read(request: web.Request) -> Parameters:
    fields = dict(request.query)
    files: dict[str, Upload] = {}
    kind = request.content_type
    if kind == "application/json":
        fields |= await _from_json(request)
    elif kind == "multipart/form-data":
        await _from_multipart(request, fields, files)
    elif request.can_read_body:
        fields |= {name: str(value) for name, value in (await request.post()).items()}
    return Parameters(fields, files)


async def _from_json(request: web.Request) -> dict[str, str]:
    body = await request.read()
    if not body:
        return {}
    try:
        sent = json.loads(body)
    except ValueError:
        raise bad("can't parse JSON object") from None
    if not isinstance(sent, dict):
        raise bad("expected an Object")
    return {name: as_text(value) for name, value in sent.items() if value is not None}


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


async def _from_multipart(
    request: web.Request, fields: dict[str, str], files: dict[str, Upload]
) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise bad("can't parse multipart/form-data request")
        content = bytes(await part.read(decode=True))
        if part.filename is None:
            fields[part.name] = content.decode("utf-8")
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            files[part.name] = Upload(part.filename, mime, content)
