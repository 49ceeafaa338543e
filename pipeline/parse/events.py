"""Entries become events: headline, event type, details.

Takes Reading.entries. Gives Reading.events, in the order of the document; people and places are
added by later stages. Reads rules/markers, labels, paragraphs, event_types. RECORDS, Entry and event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import chars
from pipeline.model import Document, Entry, Event, Mark, Paragraph, Reading, Span, Spans, Text
from pipeline.parse.details import cut_details
from pipeline.parse.joins import find_habits
from pipeline.parse.numbered import find_sign
from pipeline.parse.paragraphs import cut_paragraphs
from pipeline.rules.load import Rules


def make_events(reading: Reading, rules: Rules) -> Reading:
    """The reading with one event an entry."""
    document = reading.document
    regions = reading.regions or ("chronology",) * len(document.lines)
    habits = find_habits(
        document,
        (line for line, region in zip(document.lines, regions, strict=True) if region == "chronology"),
    )
    cut = [cut_paragraphs(document.text, entry.fragments, habits, rules) for entry in reading.entries]
    pairs = zip(reading.entries, cut, strict=True)
    events = tuple(_make_event(document, entry, paragraphs, rules) for entry, paragraphs in pairs)
    bullets = (paragraphs[0].marker for paragraphs in cut if paragraphs)
    marks = (Mark(span, "marker") for bullet in bullets if bullet for span in bullet.spans)
    return replace(reading, events=events, marks=(*reading.marks, *marks))


def _make_event(document: Document, entry: Entry, paragraphs: Sequence[Paragraph], rules: Rules) -> Event:
    headline = paragraphs[0].text if paragraphs else Text("")
    details = cut_details(headline.value, paragraphs[1:], rules)
    shown = [
        _show(*part) for part in ((None, None, headline), *((d.marker, d.label, d.text) for d in details))
    ]
    spans = (*entry.date.text.spans, *(fragment.span for fragment in entry.fragments))
    first, last = _line_range(document, entry, spans)
    heading = entry.parent.value if entry.parent else ""
    return Event(
        date=entry.date,
        headline=headline,
        event_type=rules.event_types.find(f"{heading} {headline.value}".strip(), "\n".join(shown[1:])),
        parent=entry.parent,
        details=details,
        text="\n".join(line for line in shown if line),
        page=document.lines[first].page if document.lines else 1,
        line_first=document.lines[first].number if document.lines else 1,
        line_last=document.lines[last].number if document.lines else 1,
        spans=spans,
        number=entry.number,
    )


def _show(marker: Text | None, label: Text | None, text: Text) -> str:
    """A paragraph as it reads: ・会場：東京区政会館; its marker with the half-width digits of all fields."""
    name = f"{label.value}：" if label else ""
    return f"{chars.clean(marker.value) if marker else ''}{name}{text.value}"


def _line_range(document: Document, entry: Entry, spans: Spans) -> tuple[int, int]:
    """The first and the last line (indexes) that the entry's date and text stand on.

    Of an entry that numbers its dates, the second and later numbers start where their text does: their
    dates stand gathered above, among the lines of the first.
    """
    lines = [fragment.line for fragment in entry.fragments]
    sign = find_sign(entry.number.value) if entry.number else None
    if not lines or sign is None or sign.value == 1:
        lines.extend(_line_at(document, span) for span in spans[: len(entry.date.text.spans)])
    return (min(lines), max(lines)) if lines else (0, 0)


def _line_at(document: Document, span: Span) -> int:
    """The index of the line that holds the start of a span; lines are in order."""
    low, high = 0, len(document.lines) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if document.lines[middle].span.start <= span.start:
            low = middle
        else:
            high = middle - 1
    return low
