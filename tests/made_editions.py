"""Small editions made of plain entries, as rows of finished tables, for tests of comparing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import chars
from pipeline.editions.read import TABLES, make_edition
from pipeline.editions.records import EditionTables


@dataclass(frozen=True)
class Item:
    """An entry of a made edition; a detail is text, or (level, marker, label, text)."""

    date: str | None
    headline: str
    details: tuple[Any, ...] = ()
    people: tuple[tuple[str, str, str], ...] = ()
    parent: str | None = None
    date_text: str = ""
    places: tuple[str, ...] = ()
    extra: dict[str, Any] = field(default_factory=dict, compare=False)


def make_rows(
    items: Sequence[Item], edition: str = "2024-03-08", **annex: Any
) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table; ids as the real ones: date, parent, headline and a counter among equals."""
    of = {"series": "made-up", "edition": edition}
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in TABLES}
    rows["editions"].append(
        {**of, "title": "これまでの経過", "issued_on": date(2024, 3, 8), "label": "資料５"}
    )
    seen: dict[str, int] = {}
    for sequence, item in enumerate(items, start=1):
        event_id = _counted("e", seen, item.date or item.date_text, item.parent or "", item.headline)
        start = _start(item.date)
        rows["events"].append(
            {
                **of,
                "event_id": event_id,
                "sequence": sequence,
                "parent": item.parent,
                "start_date": start,
                "date_edtf": item.date,
                "date_text": item.date_text or (f"{start.month}月 {start.day}日" if start else ""),
                "headline": item.headline,
                "text": "\n".join([item.headline, *(str(detail) for detail in item.details)]),
                "page": sequence // 8 + 1,
                "line_first": sequence * 10,
                **item.extra,
            }
        )
        _add_parts(rows, of, event_id, item)
    for table, listed in annex.items():
        rows[table] += [{**of, **row} for row in listed]
    return rows


def edition(items: Sequence[Item], name: str = "2024-03-08", **annex: Any) -> EditionTables:
    """The edition with these entries, as reading its folder gives it."""
    return make_edition(make_rows(items, name, **annex))


def write_edition(folder: Path, rows: dict[str, list[dict[str, Any]]]) -> Path:
    """The rows as Parquet files; an empty table has its needed columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from pipeline.editions.read import NEEDED

    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        frame = (
            pa.Table.from_pylist(rows[table])
            if rows[table]
            else pa.table({name: pa.array([], pa.string()) for name in NEEDED[table]})
        )
        pq.write_table(frame, folder / f"{table}.parquet")
    return folder


def counts(categories: dict[str, dict[int, int]]) -> list[dict[str, Any]]:
    """Rows of partner_counts."""
    return [
        {
            "table_id": "tcounts",
            "category": name,
            "fiscal_year": year,
            "as_of": date(year, 8, 1),
            "count": count,
        }
        for name, years in categories.items()
        for year, count in years.items()
    ]


def _add_parts(rows: dict[str, list[dict[str, Any]]], of: dict[str, str], event_id: str, item: Item) -> None:
    seen: dict[str, int] = {}
    for sequence, detail in enumerate(item.details, start=1):
        level, marker, label, text = detail if isinstance(detail, tuple) else (1, None, None, detail)
        rows["details"].append(
            {
                **of,
                "event_id": event_id,
                "detail_id": _counted("d", seen, event_id, label or "", text),
                "sequence": sequence,
                "parent_detail_id": None,
                "level": level,
                "marker": marker,
                "label": label,
                "text": text,
            }
        )
    for sequence, (name, affiliation, role) in enumerate(item.people, start=1):
        rows["people"].append(
            {
                **of,
                "event_id": event_id,
                "detail_id": None,
                "sequence": sequence,
                "name": name,
                "affiliation": affiliation or None,
                "role": role or None,
            }
        )
    for name in item.places:
        rows["municipalities"].append(
            {**of, "event_id": event_id, "detail_id": None, "name": name, "code": None}
        )


def _counted(letter: str, seen: dict[str, int], *parts: str) -> str:
    said = "\x1e".join(chars.key(part) for part in parts)
    plain = letter + hashlib.sha256(said.encode()).hexdigest()[:12]
    seen[plain] = seen.get(plain, 0) + 1
    return plain if seen[plain] == 1 else f"{plain}-{seen[plain]}"


def _start(edtf: str | None) -> date | None:
    if not edtf:
        return None
    head = edtf.split("/")[0].strip("{}~").split("..")[0].split(",")[0]
    year, month, day = (*(int(part) for part in head.split("-")), 1, 1)[:3]
    return date(year, month, day)
