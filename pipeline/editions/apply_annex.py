"""Applies the changes of the annex to the old edition's rows.

Takes the old tables and the changes that belong to no event. Gives rows a table; where a row stands
among its neighbours is not part of a change.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pipeline.editions.bundles import load_row
from pipeline.editions.faces import fold
from pipeline.editions.records import Change, EditionTables, Row

NAMES = {"agreements": "organisation", "company_agreements": "company", "partner_counts": "category"}
TABLES = (*NAMES, "annex_cells", "editions")


def apply_annex(old: EditionTables, changes: Iterable[Change]) -> dict[str, list[Row]]:
    """The annex tables with their changes, and the edition's own row as it was."""
    tables = {table: [dict(row) for row in old.rows[table]] for table in TABLES}
    for change in changes:
        if change.table in NAMES:
            tables[change.table] = _change_typed(tables[change.table], change)
        elif change.table == "annex_cells":
            tables[change.table] = _change_cells(tables[change.table], change)
    return tables


def _change_typed(rows: list[Row], change: Change) -> list[Row]:
    said: dict[str, Any] = json.loads(change.record or "{}")
    name = NAMES[change.table]
    if change.cause.endswith("_added"):
        return rows + [load_row(row) for row in said["rows"]]
    if change.cause.endswith("_removed"):
        gone = [load_row(row) for row in said["rows"]]
        return [row for row in rows if not any(_is_row(row, other) for other in gone)]
    if "put" in said:
        return rows + [load_row(row) for row in said["put"]]
    if "drop" in said:
        return [row for row in rows if not any(_is_row(row, load_row(other)) for other in said["drop"])]
    value = load_row({change.field: said["value"]})[change.field]
    for row in rows:
        same_name = "key" not in said or fold(str(row[name])) == fold(said["key"])
        same_year = "fiscal_year" not in said or row["fiscal_year"] == said["fiscal_year"]
        if same_name and same_year:
            row[change.field] = value
    return rows


def _is_row(row: Row, other: Row) -> bool:
    return all(row.get(name) == value for name, value in other.items())


def _change_cells(rows: list[Row], change: Change) -> list[Row]:
    said: dict[str, Any] = json.loads(change.record or "{}")
    if change.cause.endswith("_added"):
        return [*rows, *said["cells"]]
    if change.cause.endswith("_removed"):
        return [row for row in rows if not any(_is_row(row, other) for other in said["cells"])]
    table_id, line, column = said["old_cell"]
    for row in rows:
        if (row["table_id"], row["row"], row["column"]) == (table_id, line, column):
            row.update(text=change.new, value=said["value"])
    return rows
