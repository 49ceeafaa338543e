"""The steps that a plain line makes: a heading, the start of an entry, or text with a date in it.

Takes the line and what was found in it. Gives `Step`s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import HARD, SOFT, Fragment, Mark, Span, Text
from pipeline.parse.beside import find_detail
from pipeline.parse.dates import Found
from pipeline.parse.habits import Habits
from pipeline.parse.sheet import Piece, Sheet
from pipeline.parse.starts import OCCASION, Start, drop_particle
from pipeline.parse.steps import HEADING, START, Step
from pipeline.rules.load import Rules

_DETAIL = re.compile(
    r"\w{1,6}[：:]|[・･○●◎①-⑳]"
)  # behind an occasion and its date: 第1回 令和3年7月2日 議題：


def heading_step(sheet: Sheet, piece: Piece, found: Found, offset: int) -> Step:
    """The year that the line says from this offset on, as the heading of what stands below."""
    span = Span(piece.span.start + offset, piece.span.end)
    lead = chars.trim(sheet.source, Span(piece.span.start, span.start))
    value = replace(found.value, text=Text(sheet.source[span.start : span.end], (span,)))
    marks = (Mark(lead, "marker"),) if lead.start < lead.end else ()
    findings = tuple(_moved(finding, span.start) for finding in found.findings)
    return Step(HEADING, (piece.line,), (), value, None, marks, findings, unit=found.kind)


def _moved(finding: Finding, by: int) -> Finding:
    start = None if finding.start is None else finding.start + by
    return replace(finding, start=start, end=None if finding.end is None else finding.end + by)


def refused_step(text: Step, piece: Piece, start: Start, reasons: Mapping[str, float]) -> Step:
    """The line as text, with a finding for the date that it begins with, where that could have opened an entry."""
    weights = tuple(sorted(reasons.items()))
    if start.found.only_year or "headline" in reasons or "particle" in reasons:
        return replace(text, reasons=weights)
    said = ", ".join(f"{name} {weight:g}" for name, weight in weights)
    message = f"{start.date.text.value} at the beginning of a line was left in the text ({said})"
    finding = Finding("date_in_text", message, piece.span.start, piece.span.end)
    return replace(text, findings=(finding,), reasons=weights)


def start_step(sheet: Sheet, start: Start, habits: Habits, rules: Rules) -> Step:
    """The start of an entry with this date, and the text beside it."""
    start, particle = drop_particle(sheet.source, start, rules.layout)
    return Step(
        START,
        start.lines,
        _beside(sheet, start, habits),
        start.date,
        None,
        (
            *(Mark(span, "marker") for span in start.marker_spans),
            *(Mark(span, "date") for span in particle),
        ),
        start.findings,
        unit=start.found.kind,
    )


def _beside(sheet: Sheet, start: Start, habits: Habits) -> tuple[Fragment, ...]:
    """The text behind the date; its first detail apart where the columns of a table stand on one line."""
    place = find_detail(start, habits.listed, habits.apart)
    if not place:
        shown = tuple(sheet.fragment(piece) for piece in start.rest)
        is_occasion = start.marker == OCCASION and len(shown) > 1 and shown[0].line == shown[1].line
        is_occasion = is_occasion and not _DETAIL.match(start.rest[1].text)
        return (replace(shown[0], wrap=SOFT), *shown[1:]) if is_occasion else shown
    first, *others = start.rest
    text, detail = first.cut(sheet.source, 0, place), first.cut(sheet.source, place)
    column = int(_DETAIL.match(detail.text) is None)  # a word set apart stands in a column of its own
    beside = sheet.fragment(detail, column)
    return (replace(sheet.fragment(text), wrap=HARD), beside, *map(sheet.fragment, others))
