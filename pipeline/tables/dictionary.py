"""The data dictionary for people: every table and column as Markdown, made from the schema.

Takes the tables' declarations. Gives the text of docs/tables.md, and the short table of the README.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.tables.columns import Column, Table
from pipeline.tables.schema import DIFF_TABLES, EDITION_TABLES

_TITLE = "# Tables and columns\n\nMade from `pipeline/tables/schema.py` by `make golden`; edit it there."


def render_dictionary() -> str:
    """Every table with its key and columns, those of an edition first, then those of a diff."""
    edition = [_render_table(table) for table in EDITION_TABLES]
    diff = [_render_table(table) for table in DIFF_TABLES]
    return "\n\n".join([_TITLE, "## An edition", *edition, "## A comparison", *diff]) + "\n"


def render_overview(tables: Iterable[Table] = EDITION_TABLES) -> str:
    """One line a table: its name, what it is, its columns."""
    rows = [f"| `{table.name}` | {table.about} | {_names(table)} |" for table in tables]
    return "\n".join(["| table | what it is | columns |", "| --- | --- | --- |", *rows]) + "\n"


def write_dictionary(path: str) -> None:
    """Writes the data dictionary to this file."""
    Path(path).write_text(render_dictionary(), encoding="utf-8", newline="\n")


def _render_table(table: Table) -> str:
    head = f"### {table.name}\n\n{_sentence(table.about)}"
    if table.key:
        head += f" Key: {', '.join(f'`{name}`' for name in table.key)}."
    rows = [
        f"| `{column.name}` | {_render_kind(column)} | {_render_about(column)} |" for column in table.columns
    ]
    return "\n".join([head, "", "| column | type | meaning |", "| --- | --- | --- |", *rows])


def _render_kind(column: Column) -> str:
    return column.kind + (", may be null" if column.null else "")


def _render_about(column: Column) -> str:
    about = column.about.replace("|", "\\|")
    if column.unit:
        about += f" ({column.unit})"
    if column.allowed:
        about += f": {', '.join(f'`{value}`' for value in column.allowed)}"
    return about


def _names(table: Table) -> str:
    return ", ".join(f"`{name}`" for name in table.names if name not in ("series", "edition"))


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."
