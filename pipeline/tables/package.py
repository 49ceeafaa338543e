"""The descriptor of an edition's folder: a Data Package (v2) with a Table Schema for each table.

Takes the tables' declarations and the files as written. Gives the JSON object of datapackage.json.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.tables.columns import DATE, INTEGER, LIST, LIST_SEPARATOR, NUMBER, TEXT, Column, Table
from pipeline.tables.frames import FORMULA_SIGNS, GUARD
from pipeline.tables.schema import EDITION_TABLES

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {TEXT: "string", INTEGER: "integer", NUMBER: "number", DATE: "date", LIST: "string"}
_ABOUT_CSV = (
    "CSV is UTF-8 with a byte order mark and CRLF. A text that a spreadsheet would take for a formula "
    f"(it starts with one of {' '.join(repr(sign) for sign in FORMULA_SIGNS)}, behind any number of {GUARD}) "
    f"stands behind one {GUARD} more, in CSV only; take that one off. "
    f"A list is one cell with {LIST_SEPARATOR!r} between its items; a slash between blanks inside an item is doubled."
)
_DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}


def make_descriptor(folder: Path, about: Mapping[str, str | None]) -> dict[str, Any]:
    """The descriptor of the tables in this folder; `about` has series, edition, title, version, source."""
    title = " ".join(part for part in (about["title"] or about["series"], about["edition"]) if part)
    return {
        "$schema": _PROFILE,
        "name": f"{about['series']}_{about['edition']}",
        "title": title,
        "description": f"Tables of one edition of a chronology. {_ABOUT_CSV}",
        "version": about["version"],
        "sources": [{"title": about["source"], "path": about["source"]}],
        "csvGuard": {"prefix": GUARD, "before": list(FORMULA_SIGNS)},
        "listSeparator": LIST_SEPARATOR,
        "resources": [make_resource(table, folder) for table in EDITION_TABLES],
    }


def make_resource(table: Table, folder: Path) -> dict[str, Any]:
    """One table: its CSV file with a Table Schema, and its Parquet twin."""
    path, twin = f"{table.name}.csv", f"{table.name}.parquet"
    return {
        "name": table.name,
        "type": "table",
        "description": table.about,
        **_describe_file(folder / path),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": _DIALECT,
        "schema": make_table_schema(table),
        "parquet": _describe_file(folder / twin),
    }


def make_table_schema(table: Table) -> dict[str, Any]:
    """The Table Schema of one table, as its CSV file keeps it."""
    schema: dict[str, Any] = {
        "fields": [_make_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": list(reference.columns),
                "reference": {
                    "resource": "" if reference.table == table.name else reference.table,
                    "fields": _key_of(reference.table),
                },
            }
            for reference in table.references
        ]
    return schema


def _make_field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.null or column.empty else {"required": True}
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    for name, value in (
        ("pattern", column.pattern),
        ("minimum", column.minimum),
        ("maximum", column.maximum),
    ):
        if value is not None:
            constraints[name] = value
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.kind], "description": column.about}
    if column.unit:
        field["unit"] = column.unit
    return {**field, "constraints": constraints} if constraints else field


def _describe_file(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {"path": path.name, "bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def _key_of(name: str) -> list[str]:
    return list(next(table.key for table in EDITION_TABLES if table.name == name))
