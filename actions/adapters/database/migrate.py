"""Bring a database to the current schema with Alembic, before anything else touches it."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config

from actions.adapters.database.engine import async_url

HERE = Path(__file__).parent


def alembic_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    config.attributes["url"] = async_url(url)
    return config


async def migrate(url: str) -> None:
    """Upgrade to the newest revision; nothing happens when it is current."""
    await asyncio.to_thread(command.upgrade, alembic_config(url), "head")
