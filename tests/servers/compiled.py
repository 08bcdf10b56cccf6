"""Engines that share what SQLAlchemy compiled: each test opens its own, with the same statements."""

from typing import Any

import pytest
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import LRUCache

from actions.adapters.database import engine

#: More than the product has statements.
STATEMENTS = 5_000


class SharedStatements:
    """Stands in for `create_async_engine`; compiled statements are kept by dialect.

    They are looked up by the dialect object, so later engines are given that of the first one; not
    before it has once connected, for only then it knows its server.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[Dialect, Any]] = {}

    def __call__(self, *args: Any, **options: Any) -> AsyncEngine:
        made = create_async_engine(*args, **options)
        sync = made.sync_engine
        first, cache = self._known.setdefault(
            sync.dialect.name, (sync.dialect, LRUCache(STATEMENTS))
        )
        if first.server_version_info is not None:
            sync.dialect = first
            sync._compiled_cache = cache  # there is no public way to hand one over
        return made

    def install(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(engine, "create_async_engine", self)
