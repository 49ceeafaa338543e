"""Ids that follow from what a record says, never from where it stands or when it was read.

Takes a Reading. Gives `Ids`, an id for every event, detail, person, mention, annex table and cell.
An id is a short hash of folded text (chars.key: no blanks, widths, waves); equal records are told
apart by a counter among equals, so what is inserted around an entry leaves its id as it is.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import AnnexTable, Event, Reading, Text

_LENGTH = 12  # 60 bits: among a million records two share an id by chance once in two million runs


@dataclass(frozen=True, slots=True)
class Ids:
    """The ids of a Reading's records, parallel to its events and tables."""

    events: tuple[str, ...]
    details: tuple[tuple[str, ...], ...]
    people: tuple[tuple[str, ...], ...]
    mentions: tuple[tuple[str, ...], ...]
    tables: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]


def make_ids(reading: Reading) -> Ids:
    """Every id of this reading."""
    events = make_event_ids(reading.events)
    pairs = tuple(zip(events, reading.events, strict=True))
    tables = make_table_ids(reading.tables)
    annex = tuple(zip(tables, reading.tables, strict=True))
    return Ids(
        events=events,
        details=tuple(make_detail_ids(event_id, event) for event_id, event in pairs),
        people=tuple(
            _named("p", event_id, (person.name for person in event.people)) for event_id, event in pairs
        ),
        mentions=tuple(
            _named("m", event_id, (place.name for place in event.places)) for event_id, event in pairs
        ),
        tables=tables,
        cells=tuple(
            _count_equals(f"{name}.r{c.row}c{c.column}" for c in table.cells) for name, table in annex
        ),
        rows=tuple(tuple(f"{name}.{place}" for place in range(len(table.rows))) for name, table in annex),
    )


def make_event_ids(events: Iterable[Event]) -> tuple[str, ...]:
    """One id an event, of its date, parent and headline."""
    return _count_equals(
        _hash(
            "e", chars.key(event.date.edtf or event.date.text.value), _key(event.parent), _key(event.headline)
        )
        for event in events
    )


def make_detail_ids(event_id: str, event: Event) -> tuple[str, ...]:
    """One id a detail, of its event, label and text; not of level and marker, which page layout may hide."""
    return _count_equals(
        _hash("d", event_id, _key(detail.label), _key(detail.text)) for detail in event.details
    )


def make_table_ids(tables: Iterable[AnnexTable]) -> tuple[str, ...]:
    """One id an annex table, of its kind, else its caption, else its first row."""
    return _count_equals(_hash("t", *_table_name(table)) for table in tables)


def make_finding_ids(about: Iterable[tuple[Finding, str | None, str | None]]) -> tuple[str, ...]:
    """One id a finding, given with the id of its event or table and the text it is about."""
    return _count_equals(
        _hash("f", finding.code, record_id or "", chars.key(source_text or ""))
        for finding, record_id, source_text in about
    )


def _named(letter: str, event_id: str, names: Iterable[str]) -> tuple[str, ...]:
    return _count_equals(_hash(letter, event_id, chars.key(name)) for name in names)


def _table_name(table: AnnexTable) -> tuple[str, str]:
    if table.kind:
        return "kind", table.kind
    if table.caption and table.caption.value:
        return "caption", chars.key(table.caption.value)
    return "head", "\x1f".join(chars.key(cell.text.value) for cell in table.cells if cell.row == 0)


def _key(text: Text | None) -> str:
    return chars.key(text.value) if text else ""


def _hash(letter: str, *parts: str) -> str:
    digest = hashlib.sha256("\x1e".join(parts).encode("utf-8", "surrogatepass")).digest()
    return letter + base64.b32encode(digest).decode("ascii")[:_LENGTH].lower()


def _count_equals(ids: Iterable[str]) -> tuple[str, ...]:
    """The same ids; the second of equals gets -2, the third -3, …"""
    seen: dict[str, int] = {}
    counted = []
    for each in ids:
        seen[each] = seen.get(each, 0) + 1
        counted.append(each if seen[each] == 1 else f"{each}-{seen[each]}")
    return tuple(counted)
