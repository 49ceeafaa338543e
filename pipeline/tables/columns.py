"""The types that a table is declared with.

Takes nothing. Gives Column, Reference, Table, and the columns that tables share;
tables/schema.py and tables/schema_annex.py declare every table with them.
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


OF = (
    Column("series", TEXT, "the chronology: the folder its sources lie in"),
    Column("edition", TEXT, "the date it was issued, or the file's stem where it says none"),
)
TABLE_ID = Column(
    "table_id", TEXT, "the annex table, by its kind or caption", pattern=r"t[a-z2-7]{12}(-\d+)?"
)
