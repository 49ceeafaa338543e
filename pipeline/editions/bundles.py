"""All rows of one event as JSON, and back: what a change that adds or removes a whole event carries.

Takes rows of an edition's tables. Gives text, and from text the rows with their types again.
Dates are ISO; a column's name says that it holds one (`_date`, `_on`, `as_of`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pipeline.editions.records import EditionTables, Row

PARTS = ("details", "people", "municipalities")
WHOSE = ("series", "edition")  # every row has them; they are the edition's, not the row's

Bundle = dict[str, list[Row]]


def bundle_events(edition: EditionTables) -> dict[str, Bundle]:
    """The rows of each event, a list a table, by event_id."""
    bundles: dict[str, Bundle] = {row["event_id"]: {"events": [row]} for row in edition.rows["events"]}
    for table in PARTS:
        grouped = group_rows(edition.rows[table], "event_id")
        for event_id, bundle in bundles.items():
            bundle[table] = grouped.get(event_id, [])
    return bundles


def group_rows(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Rows by the value of a column, groups and rows in the order met."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[str(row[column])].append(row)
    return dict(grouped)


def dump_bundles(bundles: Iterable[Bundle]) -> str:
    """Whole events as JSON, without what every row of an edition has."""
    return dump(
        {"events": [{table: [bare(row) for row in rows] for table, rows in one.items()} for one in bundles]}
    )


def bare(row: Mapping[str, Any]) -> Row:
    """The row without series and edition."""
    return {name: value for name, value in row.items() if name not in WHOSE}


def dump(value: Any) -> str:
    """Plain data as JSON, Japanese readable, dates ISO."""
    return json.dumps(value, ensure_ascii=False, default=_iso)


def load_row(values: Mapping[str, Any]) -> Row:
    """A row read back from JSON, its dates dates again."""
    return {
        name: date.fromisoformat(value) if _is_day(name, value) else value for name, value in values.items()
    }


def _is_day(name: str, value: Any) -> bool:
    return isinstance(value, str) and (name.endswith(("_date", "_on")) or name == "as_of")


def _iso(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} in a table; expected text, numbers, dates, lists")
