"""A column that no index is to be chosen for: it only narrows down what another has found."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal


class Unindexed(ColumnElement[Any]):
    """SQLite knows little of how many rows fit, and would often begin at the wrong end.

    PostgreSQL keeps statistics and needs no advice.
    """

    inherit_cache = True
    _traverse_internals = [("column", InternalTraversal.dp_clauseelement)]  # noqa: RUF012

    def __init__(self, column: ColumnElement[Any]) -> None:
        self.column = column
        self.type = column.type


@compiles(Unindexed)
def _usual(element: Unindexed, compiler: SQLCompiler, **more: Any) -> str:
    return compiler.process(element.column, **more)


@compiles(Unindexed, "sqlite")
def _sqlite(element: Unindexed, compiler: SQLCompiler, **more: Any) -> str:
    return f"+{compiler.process(element.column, **more)}"
