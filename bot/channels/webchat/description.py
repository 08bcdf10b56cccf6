"""The API's description for machines, read once and served as JSON."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web

FILE = Path(__file__).parent / "openapi.yml"


@cache
def description() -> dict[str, Any]:
    with FILE.open(encoding="utf-8") as file:
        read: dict[str, Any] = yaml.safe_load(file)
    return read


async def openapi(_request: web.Request) -> web.Response:
    return web.json_response(description())
