"""The rows of findings: in the order of the document, each with the event or table it is about.

Takes findings of every stage, a Reading and its Ids. Gives rows of `findings` and of `places`.
A finding that names no event is given the one that its place lies in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import Event, Reading, Span
from pipeline.tables.ids import Ids, make_finding_ids
from pipeline.tables.places import index_lines, place_rows

Row = tuple[object, ...]
_SHOWN = 500  # characters of source text that a finding keeps


def order_findings(findings: Iterable[Finding], reading: Reading) -> tuple[Finding, ...]:
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
    place = bisect_right(owners, (offset, float("inf"), 0)) - 1
    return owners[place][2] if place >= 0 and offset < owners[place][1] else None


def make_finding_rows(
    findings: tuple[Finding, ...], reading: Reading, ids: Ids
) -> tuple[list[Row], list[Row]]:
    """Rows of `findings`, and the rows of `places` that say where their source text stands."""
    lines = index_lines(reading.document)
    about = [(each, _record_id(each, ids), _source_text(each, reading.document.text)) for each in findings]
    rows: list[Row] = []
    places: list[Row] = []
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
