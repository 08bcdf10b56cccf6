"""The schema, made once by the real migrations."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


async def migrate(url: str) -> None:
    from actions.adapters.database.migrate import migrate as run  # noqa: PLC0415 - slow import

    await run(url)


def migrated_sqlite_file(path: Path) -> Path:
    """Migrate in a thread, because a synchronous fixture may not own the test's event loop."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, migrate(f"sqlite+aiosqlite:///{path}")).result()
    return path
