"""Places to pick from: every building by its estate, and the landmarks."""

from typing import Any

from aiohttp import web

from actions.application.web_records import Account
from actions.domain.community import Community
from actions.domain.place import Area, AreaKind
from bot import keys
from bot.problem import LOCALES


async def places(request: web.Request, account: Account) -> web.StreamResponse:
    """GET /chat/api/places."""
    locale = account.locale if account.locale in LOCALES else LOCALES[0]
    return web.json_response(places_json(request.config_dict[keys.COMMUNITY], locale))


def places_json(community: Community, locale: str) -> dict[str, Any]:
    return {
        "estates": [
            _estate(community, estate, locale) for estate in community.of_kind(AreaKind.ESTATE)
        ],
        "landmarks": [
            {"id": spot.code, "name": spot.name[locale], "estate": spot.area}
            for spot in community.landmarks.values()
        ],
    }


def _estate(community: Community, estate: Area, locale: str) -> dict[str, Any]:
    buildings = community.of_kind(AreaKind.BUILDING, inside=estate.code)
    return {
        "id": estate.code,
        "name": estate.name[locale],
        "buildings": [{"id": each.code, "name": each.name[locale]} for each in buildings],
    }
