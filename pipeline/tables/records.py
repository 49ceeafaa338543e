"""The rows of every table of an edition, as plain tuples in schema order.

Takes a Reading, its Ids, and what the run knows about it. Gives rows a table, and all findings.
The account and the places are made here, because both report; the findings come last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import AnnexTable, Event, Reading, Span, Text
from pipeline.tables import schema, schema_annex
from pipeline.tables.account import cut_account
from pipeline.tables.ids import Ids, make_finding_ids, make_ids
from pipeline.tables.places import LineIndex, PlaceRow, find_places, index_lines, place_rows

Row = tuple[object, ...]
_TYPED = {
    table.name: (table, table.columns[2].name)
    for table in (schema_annex.AGREEMENTS, schema_annex.COMPANY_AGREEMENTS, schema_annex.PARTNER_COUNTS)
}
_SHOWN = 500  # characters of source text that a finding keeps


@dataclass(frozen=True, slots=True)
class About:
    """What a run knows about a reading and the document does not say."""

    series: str
    edition: str
    pipeline_version: str
    rules_version: str
    series_title: str | None = None


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
    findings = _in_order((*reading.findings, *account.findings, *unproven), reading)
    lines = index_lines(reading.document)
    finding_rows, finding_places = _finding_rows(findings, reading, ids, lines)
    plain: dict[str, Iterable[Row]] = {
        "editions": [_edition_row(reading, about, account.unread)],
        "events": _event_rows(reading, ids),
        "details": _detail_rows(reading, ids),
        "people": _people_rows(reading, ids),
        "municipalities": _municipality_rows(reading, ids),
        **{name: _typed_rows(reading, ids, name) for name in _TYPED},
        "annex_cells": _cell_rows(reading, ids),
        "findings": finding_rows,
        "places": (*places, *finding_places),
        "account": ((run.start, run.end, run.role, run.record_id) for run in account.runs),
    }
    of = (about.series, about.edition)
    rows = {table.name: [(*of, *row) for row in plain[table.name]] for table in schema.EDITION_TABLES}
    return Records(rows, findings, ids, account.unread)


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


def _typed_rows(reading: Reading, ids: Ids, name: str) -> Iterator[Row]:
    """The rows that a recipe read from its annex table, columns it does not fill being null."""
    table, _ = _TYPED[name]
    for table_id, row_ids, annex in _annex(reading, ids):
        if annex.kind == name:
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


def _annex(reading: Reading, ids: Ids) -> Iterator[tuple[str, tuple[str, ...], AnnexTable]]:
    return zip(ids.tables, ids.rows, reading.tables, strict=True)


def _in_order(findings: Iterable[Finding], reading: Reading) -> tuple[Finding, ...]:
    """Findings by place, each with the event it lies in where no stage named one."""
    length = len(reading.document.text)
    owners = sorted(
        (span.start, span.end, number)
        for number, event in enumerate(reading.events)
        for span in _all_spans(event)
    )
    named = (_name_event(finding, owners) for finding in findings)
    return tuple(
        sorted(
            named, key=lambda each: (length if each.start is None else each.start, each.code, each.message)
        )
    )


def _all_spans(event: Event) -> Iterator[Span]:
    yield from event.spans or (*event.date.text.spans, *event.headline.spans)


def _name_event(finding: Finding, owners: list[tuple[int, int, int]]) -> Finding:
    if finding.start is None or finding.event is not None or finding.table is not None:
        return finding
    number = _find_owner(finding.start, owners)
    return finding if number is None else replace(finding, event=number)


def _find_owner(offset: int, owners: list[tuple[int, int, int]]) -> int | None:
    low, high = 0, len(owners)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if owners[middle][0] <= offset else (low, middle)
    if low and owners[low - 1][0] <= offset < owners[low - 1][1]:
        return owners[low - 1][2]
    return None


def _finding_rows(
    findings: tuple[Finding, ...], reading: Reading, ids: Ids, lines: LineIndex
) -> tuple[list[Row], list[PlaceRow]]:
    about = [(each, _record_id(each, ids), _source_text(each, reading.document.text)) for each in findings]
    rows: list[Row] = []
    places: list[PlaceRow] = []
    for finding_id, (finding, _, text) in zip(make_finding_ids(about), about, strict=True):
        line = lines.find(finding.start) if finding.start is not None else None
        rows.append(
            (
                finding_id,
                finding.code,
                finding.severity,
                None if finding.event is None else ids.events[finding.event],
                None if finding.table is None else ids.tables[finding.table],
                line.page if line else finding.page,
                line.number if line else None,
                finding.message,
                text,
            )
        )
        if text and finding.start is not None and finding.end is not None:
            span = Span(finding.start, finding.end)
            places.extend(place_rows(finding_id, "source_text", (span,), reading.document, lines))
    return rows, places


def _record_id(finding: Finding, ids: Ids) -> str | None:
    if finding.event is not None:
        return ids.events[finding.event]
    return None if finding.table is None else ids.tables[finding.table]


def _source_text(finding: Finding, source: str) -> str | None:
    if finding.start is None or finding.end is None:
        return None
    return chars.clean(source[finding.start : min(finding.end, finding.start + _SHOWN)]) or None


def _detail_id(detail_ids: tuple[str, ...], place: int | None) -> str | None:
    return None if place is None else detail_ids[place]


def _value(text: Text | None) -> str | None:
    return (text.value or None) if text else None
