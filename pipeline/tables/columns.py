"""The types that a table is declared with.

Takes nothing. Gives Column, Reference and Table; tables/schema.py declares every table with them.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT, INTEGER, NUMBER, DATE, LIST = "text", "integer", "number", "date", "list"
LIST_SEPARATOR = " / "


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `null`: may be missing; `empty`: a text that may be "" (then CSV's empty cell is "")."""

    name: str
    kind: str
    about: str
    null: bool = False
    empty: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that, where they are not null, name a row of another table of the same folder."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns in order, its key, and what it refers to."""

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)
