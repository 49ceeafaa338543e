"""The rows of every table of an edition, as plain tuples in schema order.

Takes a Reading, its Ids, and what the run knows about it. Gives rows a table, and all findings.
The account and the places are made here, because both report; the findings come last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.findings import Finding
from pipeline.model import Reading, Text
from pipeline.tables import schema, schema_annex
from pipeline.tables.account import cut_account
from pipeline.tables.columns import Table
from pipeline.tables.finding_rows import make_finding_rows, order_findings
from pipeline.tables.ids import Ids, make_ids
from pipeline.tables.places import find_places

Row = tuple[object, ...]
_TYPED = (schema_annex.AGREEMENTS, schema_annex.COMPANY_AGREEMENTS, schema_annex.PARTNER_COUNTS)


@dataclass(frozen=True, slots=True)
class About:
    """What a run knows about a reading and the document does not say."""

    series: str
    edition: str
    pipeline_version: str
    rules_version: str
    series_title: str | None = None
    expected: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of each table, the findings behind them, and how many characters nobody read."""

    rows: dict[str, list[Row]]
    findings: tuple[Finding, ...]
    ids: Ids
    unread: int


def make_records(reading: Reading, about: About) -> Records:
    """Every row of every table of this edition, all tables named, even empty ones."""
    ids = make_ids(reading)
    account = cut_account(reading, ids)
    places, unproven = find_places(reading, ids, about.edition)
    plain: dict[str, list[Row]] = {
        "editions": [_edition_row(reading, about, account.unread)],
        "events": list(_event_rows(reading, ids)),
        "details": list(_detail_rows(reading, ids)),
        "people": list(_people_rows(reading, ids)),
        "municipalities": list(_municipality_rows(reading, ids)),
        **{table.name: list(_typed_rows(reading, ids, table)) for table in _TYPED},
        "annex_cells": list(_cell_rows(reading, ids)),
        "account": [(run.start, run.end, run.role, run.record_id) for run in account.runs],
    }
    outside = check_expected({name: len(rows) for name, rows in plain.items()}, about.expected)
    findings = order_findings((*reading.findings, *account.findings, *unproven, *outside), reading)
    plain["findings"], of_findings = make_finding_rows(findings, reading, ids)
    plain["places"] = [*places, *of_findings]
    of = (about.series, about.edition)
    rows = {table.name: [(*of, *row) for row in plain[table.name]] for table in schema.EDITION_TABLES}
    return Records(rows, findings, ids, account.unread)


def check_expected(counts: Mapping[str, int], expected: Mapping[str, tuple[int, int]]) -> list[Finding]:
    """A finding for each table with fewer or more rows than series.toml expects."""
    return [
        Finding(
            "count_outside", f"{table} has {counts.get(table, 0)} rows; series.toml expects {least} to {most}"
        )
        for table, (least, most) in expected.items()
        if not least <= counts.get(table, 0) <= most
    ]


def _edition_row(reading: Reading, about: About, unread: int) -> Row:
    source, edition = reading.document.source, reading.edition
    return (
        about.series_title,
        _value(edition.title),
        edition.issued_on,
        _value(edition.body),
        _value(edition.label),
        source.name,
        source.sha256,
        source.kind,
        source.encoding,
        reading.document.page_count,
        len(reading.events),
        unread,
        about.pipeline_version,
        about.rules_version,
    )


def _event_rows(reading: Reading, ids: Ids) -> Iterator[Row]:
    for sequence, (event_id, event) in enumerate(zip(ids.events, reading.events, strict=True), start=1):
        when = event.date
        yield (
            event_id,
            sequence,
            _value(event.parent),
            when.start,
            when.end,
            when.precision,
            when.edtf,
            when.text.value,
            find_fiscal_year(when.start),
            event.event_type,
            event.headline.value,
            event.text,
            event.page,
            event.line_first,
            event.line_last,
        )


def find_fiscal_year(day: date | None) -> int | None:
    """The year whose April to March this day lies in: 2024-03-31 is of 2023."""
    return None if day is None else day.year - (day.month < 4)


def _detail_rows(reading: Reading, ids: Ids) -> Iterator[Row]:
    for event_id, detail_ids, event in zip(ids.events, ids.details, reading.events, strict=True):
        for place, detail in enumerate(event.details):
            yield (
                event_id,
                detail_ids[place],
                place + 1,
                _detail_id(detail_ids, detail.parent),
                detail.level,
                _value(detail.marker),
                _value(detail.label),
                detail.text.value,
            )


def _people_rows(reading: Reading, ids: Ids) -> Iterator[Row]:
    for number, event in enumerate(reading.events):
        for place, person in enumerate(event.people):
            yield (
                ids.people[number][place],
                ids.events[number],
                _detail_id(ids.details[number], person.detail),
                place + 1,
                person.name,
                person.affiliation or None,
                person.role or None,
            )


def _municipality_rows(reading: Reading, ids: Ids) -> Iterator[Row]:
    for number, event in enumerate(reading.events):
        for order, place in enumerate(event.places):
            yield (
                ids.mentions[number][order],
                ids.events[number],
                _detail_id(ids.details[number], place.detail),
                order + 1,
                place.name,
                place.prefecture or None,
                place.code or None,
            )


def _typed_rows(reading: Reading, ids: Ids, table: Table) -> Iterator[Row]:
    """The rows that a recipe read from its annex table, columns it does not fill being null."""
    for table_id, row_ids, annex in zip(ids.tables, ids.rows, reading.tables, strict=True):
        if annex.kind == table.name:
            for row_id, row in zip(row_ids, annex.rows, strict=True):
                yield (row_id, table_id, *(row.get(column) for column in table.names[4:]))


def _cell_rows(reading: Reading, ids: Ids) -> Iterator[Row]:
    for number, table in enumerate(reading.tables):
        for cell_id, cell in zip(ids.cells[number], table.cells, strict=True):
            yield (
                cell_id,
                ids.tables[number],
                _value(table.caption),
                cell.row,
                cell.column,
                cell.row_name or None,
                cell.column_name or None,
                cell.text.value,
                cell.value,
            )


def _detail_id(detail_ids: tuple[str, ...], place: int | None) -> str | None:
    return None if place is None else detail_ids[place]


def _value(text: Text | None) -> str | None:
    return (text.value or None) if text else None
