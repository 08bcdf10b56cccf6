"""What the doors of the web find in the application: each port under its key, and the texts."""

from pathlib import Path
from typing import Final

from aiohttp import web

from actions.bootstrap import House, HouseError
from actions.domain.community import Community
from bot import keys
from bot.texts import Catalogue, CatalogueError

_TEXTS: Final = Path(__file__).parents[1] / "config" / "texts"


def furnish(app: web.Application, house: House) -> None:
    """The ports of the house, for the chat, then for the console."""
    app[keys.COMMUNITY] = house.community
    app[keys.SIGNING_KEY] = house.keys.signing
    app[keys.CLOCK] = house.clock
    app[keys.BUS] = house.bus
    app[keys.INTAKE] = house.intake
    app[keys.ACCOUNTS] = house.accounts
    app[keys.TRANSCRIPTS] = house.transcripts
    app[keys.PICTURES] = house.pictures
    app[keys.MATTERS] = house.matters
    app[keys.PRIVACY] = house.privacy
    app[keys.LINKING] = house.linking
    app[keys.CONSOLE_ACCOUNTS] = house.console_accounts
    app[keys.PASSWORDS] = house.passwords
    app[keys.TRAIL] = house.trail
    app[keys.CONSOLE_PEOPLE] = house.console_people
    app[keys.INVITATIONS] = house.invitations
    app[keys.DEAD_LETTERS] = house.dead_letters
    app[keys.BOARD] = house.board


def read_texts() -> Catalogue:
    """Raises HouseError with every complaint about the texts."""
    try:
        return Catalogue.load(_TEXTS)
    except CatalogueError as error:
        raise HouseError(*error.complaints) from error


def require_own_texts(catalogue: Catalogue, community: Community) -> None:
    """Raises HouseError with everything that is wrong in the community's own sentences."""
    objections = list(catalogue.objections(community.texts))
    if objections:
        raise HouseError(*objections)
