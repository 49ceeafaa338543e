"""Loads an edition folder into plain records.

Takes a folder of finished tables (Parquet, columns of TABLES.md) or plain rows.
Gives `EditionTables`: rows in canonical order, and the events with details and people.
Only pyarrow is loaded for it: two small editions are compared in the time Python starts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.editions.records import Detail, EditionTables, EventRecord, Person, Row, Rows
from pipeline.errors import SchemaError

# Columns that a comparison needs; a table may have more, they are carried along.
NEEDED: dict[str, tuple[str, ...]] = {
    "editions": ("series", "edition"),
    "events": ("event_id", "sequence", "parent", "start_date", "date_edtf", "date_text", "headline"),
    "details": ("event_id", "detail_id", "sequence", "level", "marker", "label", "text"),
    "people": ("event_id", "sequence", "name", "affiliation", "role"),
    "municipalities": ("event_id", "detail_id", "name"),
    "agreements": ("organisation",),
    "company_agreements": ("company",),
    "partner_counts": ("category", "fiscal_year", "count"),
    "annex_cells": ("table_id", "row", "column", "row_name", "column_name", "text"),
}
TABLES = tuple(NEEDED)


def read_edition(folder: Path) -> EditionTables:
    """The tables of this edition folder; SchemaError names the file and what it lacks."""
    return _assemble({table: _read_table(folder, table) for table in TABLES})


def make_edition(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> EditionTables:
    """The same from plain rows, a list of mappings a table; a missing table is an empty one."""
    plain: dict[str, list[Row]] = {
        table: [{name: _plain(value) for name, value in row.items()} for row in rows.get(table, ())]
        for table in TABLES
    }
    return _assemble(plain)


def _assemble(plain: dict[str, list[Row]]) -> EditionTables:
    _check_ids(plain["events"])
    ordered = _in_order(plain)
    about = ordered["editions"][0] if ordered["editions"] else {}
    return EditionTables(
        series=str(about.get("series") or ""),
        edition=str(about.get("edition") or ""),
        rows=ordered,
        events=_make_events(ordered),
    )


def _read_table(folder: Path, table: str) -> list[Row]:
    import pyarrow.parquet as pq

    path = folder / f"{table}.parquet"
    if not path.is_file():
        raise SchemaError(f"{folder}: has no {path.name}; expected the folder of one edition")
    try:
        frame = pq.ParquetFile(path).read()  # read_table would load pandas
    except (OSError, ValueError) as error:
        raise SchemaError(f"{path}: cannot be read as Parquet: {error}") from error
    lacking = [name for name in NEEDED[table] if name not in frame.column_names]
    if lacking:
        raise SchemaError(f"{path}: lacks the columns {', '.join(lacking)}")
    names = frame.column_names
    columns = [_read_column(column) for column in frame.columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _read_column(column: Any) -> list[Any]:
    import pyarrow.types as kinds

    values = column.to_pylist()
    if kinds.is_floating(column.type) or kinds.is_timestamp(column.type):
        return [_plain(value) for value in values]
    return list(values)


def _plain(value: Any) -> Any:
    """A cell as plain Python: NaN is missing, a timestamp at midnight its day."""
    if isinstance(value, float) and math.isnan(value):
        return None
    return value.date() if isinstance(value, datetime) else value


def _check_ids(events: Iterable[Row]) -> None:
    seen: set[str] = set()
    for row in events:
        if row["event_id"] in seen:
            raise SchemaError(f"events: event_id {row['event_id']} stands twice; expected one row an event")
        seen.add(row["event_id"])


def _in_order(rows: dict[str, list[Row]]) -> dict[str, Rows]:
    """Events by sequence, what belongs to events behind them, annex tables by their keys."""
    rows["events"].sort(key=lambda row: (row["sequence"], row["event_id"]))
    place = {row["event_id"]: number for number, row in enumerate(rows["events"])}
    last = len(place)
    for table in ("details", "people"):
        rows[table].sort(key=lambda row: (place.get(row["event_id"], last), row["sequence"]))
    within = {row["detail_id"]: row["sequence"] for row in rows["details"]}
    rows["municipalities"].sort(
        key=lambda row: (place.get(row["event_id"], last), within.get(row["detail_id"], 0))
    )
    rows["annex_cells"].sort(key=lambda row: (str(row["table_id"]), row["row"], row["column"]))
    return {table: tuple(listed) for table, listed in rows.items()}


def _make_events(rows: Mapping[str, Rows]) -> tuple[EventRecord, ...]:
    details: dict[str, list[Detail]] = defaultdict(list)
    people: dict[str, list[Person]] = defaultdict(list)
    for row in rows["details"]:
        listed = details[row["event_id"]]
        level = int(row["level"] or 1)
        listed.append(
            Detail(len(listed) + 1, level, row["marker"] or "", row["label"] or "", row["text"] or "")
        )
    for row in rows["people"]:
        named = people[row["event_id"]]
        named.append(Person(len(named) + 1, row["name"] or "", row["affiliation"] or "", row["role"] or ""))
    return tuple(
        EventRecord(
            event_id=row["event_id"],
            sequence=number,
            start=_day(row["start_date"]),
            edtf=row["date_edtf"],
            date_text=row["date_text"] or "",
            parent=row["parent"] or "",
            headline=row["headline"] or "",
            details=tuple(details[row["event_id"]]),
            people=tuple(people[row["event_id"]]),
        )
        for number, row in enumerate(rows["events"], start=1)
    )


def _day(value: Any) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value if isinstance(value, date) else None
