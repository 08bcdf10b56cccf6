"""`current`: what is in force when it is asked, for whoever is built once and outlives it."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

_T = TypeVar("_T")


class _Current:
    """Reads like the thing itself, and is whichever one is in force when it is asked."""

    def __init__(self, read: Callable[[], Any]) -> None:
        self._read = read

    def __getattr__(self, name: str) -> Any:
        return getattr(self._read(), name)


def current(read: Callable[[], _T]) -> _T:
    """Something that reads like what `read` gives, each time anew."""
    return cast("_T", _Current(read))
