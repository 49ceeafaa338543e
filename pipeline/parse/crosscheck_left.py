"""Cross-check of the layout: dates that open a line, a cell or what stands behind a gap, and yet started no entry.

Takes Facts and gives at most one finding. A document whose columns were told wrongly has many of them; one that
was read rightly has a few, in lists of days below an entry. Reads rules/checks.toml and rules/dates.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.findings import Finding
from pipeline.model import Line, Span
from pipeline.parse.crosscheck_facts import Facts
from pipeline.parse.date_said import DAY, MONTH, Said
from pipeline.parse.dates import find_date

_LEAD = re.compile(r"[ \t\u3000]*(?:[(（〔]?[0-9０-９]{1,3}[)）〕.．]?[ \t\u3000]+)?(?=[^ \t\u3000])")
_GAP = re.compile(r"[ \u3000]{2,}(?=[^ \t\u3000])")
_NUMBER = re.compile(r"[0-9０-９]")
_NEAR = 6  # characters behind an opening bracket or an era within which a date says its first number
_DATE_ROLES = ("date", "year", "marker", "furniture", "title", "note")


def check_dates_left(facts: Facts) -> Iterator[Finding]:
    """Dates at the beginning of lines that are in no entry's date, where they are many beside those that are."""
    taken = _taken(facts)
    left: list[Span] = []
    started, rows = 0, set[tuple[int, int]]()  # the table and row of each; (-1, line) outside of tables
    document = facts.reading.document
    for line, region in zip(document.lines, facts.reading.regions, strict=False):
        if region != "chronology" or line.role:
            continue
        row = line.cell[:2] if line.cell else (-1, line.number)
        for date in _dates_opening(document.text, line, facts, taken):
            if date.start in taken:
                started += 1
                rows.add(row)
            elif not (line.cell and row in rows and date.end >= line.span.end):  # a column of other days
                left.append(date)
    checks = facts.rules.checks
    if len(left) < checks.left_least or len(left) <= checks.left_share * (started + len(left)):
        return
    shown = " ".join(document.text[left[0].start : left[0].end].split())
    message = (
        f"line {facts.line(left[0].start)}: {shown} and {len(left) - 1} more dates open a line or a column and "
        f"started no entry, {started} did; the layout may be read wrongly"
    )
    events = facts.reading.events
    above = sum(event.line_first <= facts.line(left[0].start) for event in events) - 1
    yield facts.find("dates_left_in_text", message, (left[0],), max(above, 0) if events else None)


def _taken(facts: Facts) -> set[int]:
    """The places of the source that are an entry's date, or marked as what stands in no entry's text."""
    spans = [span for event in facts.reading.events for span in event.date.text.spans]
    spans += [mark.span for mark in facts.reading.marks if mark.role in _DATE_ROLES]
    return {place for span in spans for place in range(span.start, span.end)}


def _dates_opening(source: str, line: Line, facts: Facts, taken: set[int]) -> Iterator[Span]:
    """The days and months at the beginning of the line, behind its running number, or behind a gap in it.

    What is taken there is given as it is.
    """
    text = source[line.span.start : line.span.end]
    if not _NUMBER.search(text):
        return
    lead = _LEAD.match(text)
    places = {len(text) - len(text.lstrip()), *([lead.end()] if lead else ())}
    for place in sorted(places | {gap.end() for gap in _GAP.finditer(text)}):
        if line.span.start + place in taken:
            yield Span(line.span.start + place, line.span.start + place)
            continue
        is_near = _NUMBER.search(text, place, place + _NEAR) is not None
        found = find_date(text, Said(), facts.rules.dates, place) if is_near else None
        if found is None or found.start != place or found.kind not in (DAY, MONTH):
            continue
        if any(sign.isdigit() for sign in text[found.start : found.end]):
            yield Span(line.span.start + found.start, line.span.start + found.end)
