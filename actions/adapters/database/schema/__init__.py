"""The schema, one file an aggregate; `metadata` knows every table once this is imported."""

from actions.adapters.database.schema import (
    channels,
    console,
    duties,
    knowing,
    learning,
    matters,
    messaging,
    people,
    records,
    wechat,
)
from actions.adapters.database.schema.base import metadata

__all__ = [
    "channels",
    "console",
    "duties",
    "knowing",
    "learning",
    "matters",
    "messaging",
    "metadata",
    "people",
    "records",
    "wechat",
]
