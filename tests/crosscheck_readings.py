"""Small readings with events and annex tables, made from rows of a case file."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pipeline import chars
from pipeline.model import DateValue, Detail, Document, Event, Line, Person, Reading, Source, Span, Text
from pipeline.parse.annex import read_annex
from pipeline.rules.load import Rules

_PRECISION = {4: "year", 7: "month", 10: "day"}


class _Paper:
    """Text that grows line by line."""

    def __init__(self) -> None:
        self.text = ""
        self.lines: list[Line] = []

    def write(self, said: str) -> Text:
        span = Span(len(self.text), len(self.text) + len(said))
        self.lines.append(Line(span, len(self.lines) + 1, 1))
        self.text += said + "\n"
        return Text(chars.clean(said), (span,))


def make_reading(case: Mapping[str, Any], rules: Rules) -> Reading:
    """The reading of a case: `entries` (date, headline, and at will text, parent, details, people), `annex` (text).

    A detail is `marker|label|text`, or its text alone; a person is `name|role`.
    """
    paper = _Paper()
    events = tuple(_event(paper, entry) for entry in case.get("entries", ()))
    first = len(paper.lines)
    for line in str(case.get("annex", "")).strip("\n").split("\n"):
        paper.write(line)
    document = Document(paper.text, tuple(paper.lines), 1, Source("made.txt", "0" * 64, "text"))
    regions = tuple("annex" if place >= first else "chronology" for place in range(len(paper.lines)))
    return read_annex(Reading(document, ("",) * len(regions), regions, events=events), rules)


def _event(paper: _Paper, entry: Mapping[str, Any]) -> Event:
    first = len(paper.lines) + 1
    said = paper.write(entry.get("text", entry["date"]))
    parent = paper.write(entry["parent"]) if "parent" in entry else None
    headline = paper.write(entry["headline"])
    details = tuple(_detail(paper, detail) for detail in entry.get("details", ()))
    people = tuple(
        Person(*person.split("|")[:1], None, person.split("|")[1]) for person in entry.get("people", ())
    )
    return Event(
        date=replace(_date(entry["date"]), text=said),
        headline=headline,
        event_type=entry.get("type", "other"),
        parent=parent,
        details=details,
        text="\n".join(text.value for text in (headline, *(detail.text for detail in details))),
        page=1,
        line_first=first,
        line_last=len(paper.lines),
        people=people,
        number=Text("(1)") if "parent" in entry else None,
    )


def _detail(paper: _Paper, detail: str) -> Detail:
    marker, label, text = detail.split("|") if "|" in detail else ("", "", detail)
    line = paper.write(detail.replace("|", ""))
    place = line.spans[0]
    at = place.start + len(marker) + len(label)
    return Detail(
        1,
        Text(marker, (Span(place.start, place.start + len(marker)),)) if marker else None,
        Text(label, (Span(place.start + len(marker), at),)) if label else None,
        Text(chars.clean(text), (Span(at, place.end),)),
    )


def _date(edtf: str) -> DateValue:
    parts = edtf.split("/")
    return DateValue(edtf, _days(parts[0])[0], _days(parts[-1])[1], _PRECISION[len(parts[0])])


def _days(part: str) -> Sequence[date]:
    numbers = [int(number) for number in part.split("-")]
    year, month = numbers[0], numbers[1] if len(numbers) > 1 else None
    if len(numbers) == 3:
        return (date(year, month or 1, numbers[2]),) * 2
    last = month or 12
    return date(year, month or 1, 1), date(year, last, calendar.monthrange(year, last)[1])
