"""What the doors of the web find in the application: each port of the house under its key."""

from aiohttp import web

from actions.bootstrap import House
from bot import keys


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
