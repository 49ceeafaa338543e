"""Events written by hand for tests: a headline and details become a Reading with one event each.

A detail is `level|marker|label|text`; a plain text stands at level 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.chars import make_text
from pipeline.model import DateValue, Detail, Document, Event, Line, Reading, Source, Span, Text

Entry = tuple[date | None, Sequence[str]]


def make_reading(*entries: Entry) -> Reading:
    """A Reading with one event an entry; every field points to its place in the document."""
    lines = [line for _, written in entries for line in written]
    shown = [_shown(line) for line in lines]
    text = "\n".join(shown)
    starts = [sum(len(line) + 1 for line in shown[:at]) for at in range(len(shown))]
    places = tuple(
        Line(Span(start, start + len(line)), number, 1)
        for number, (start, line) in enumerate(zip(starts, shown, strict=True), 1)
    )
    document = Document(text, places, 1, Source("by-hand.txt", "0" * 64, "text"))
    events, at = [], 0
    for when, written in entries:
        events.append(_event(text, when, written, starts[at : at + len(written)]))
        at += len(written)
    return Reading(document, events=tuple(events))


def _fields(line: str) -> tuple[int, str, str, str]:
    level, marker, label, text = line.split("|", 3) if line.count("|") >= 3 else ("1", "", "", line)
    return int(level), marker, label, text


def _shown(line: str) -> str:
    _, marker, label, text = _fields(line)
    return f"{marker}{label}{'：' if label else ''}{text}"


def _event(text: str, when: date | None, written: Sequence[str], starts: Sequence[int]) -> Event:
    parents: list[int | None] = []
    details: list[Detail] = []
    for line, start in zip(written[1:], starts[1:], strict=True):
        level, marker, label, body = _fields(line)
        above = [at for at, detail in enumerate(details) if detail.level < level]
        parent = above[-1] if above and level > 1 else None
        behind = start + len(marker) + len(label) + bool(label)
        parents.append(parent)
        details.append(
            Detail(
                level,
                _part(text, start, len(marker)),
                _part(text, start + len(marker), len(label)),
                make_text(text, [Span(behind, behind + len(body))]),
                parent,
            )
        )
    return Event(
        date=DateValue(when.isoformat() if when else None, when, when, "day" if when else None),
        headline=make_text(text, [Span(starts[0], starts[0] + len(written[0]))]),
        event_type="other",
        parent=None,
        details=tuple(details),
        text="\n".join(written),
        page=1,
        line_first=1,
        line_last=1,
    )


def _part(text: str, start: int, size: int) -> Text | None:
    return make_text(text, [Span(start, start + size)]) if size else None
