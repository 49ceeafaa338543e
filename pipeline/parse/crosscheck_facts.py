"""What every cross-check looks at: the reading, its paragraphs, lines by place.

Takes a Reading with events and tables. Gives `Facts`, made once, and findings with their places.
Reads no rules of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import AnnexTable, Event, Reading, Spans, Text
from pipeline.parse.crosscheck_days import Day, find_days, period
from pipeline.rules.dates import DateRules
from pipeline.rules.load import Rules


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The headline (`detail` None) or one detail of an event; `folded` is its text for patterns.

    `days` are the days written in it.
    """

    event: int
    detail: int | None
    text: Text
    folded: str
    days: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A typed row of an annex table of agreements: names as written, and its first cell's place."""

    table: int
    name: str
    former: str | None
    signed_on: object  # date or None
    count: int | None
    spans: Spans
    is_company: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """The reading as checks see it; nothing in it changes."""

    reading: Reading
    rules: Rules
    paragraphs: tuple[Paragraph, ...]
    starts: tuple[int, ...]  # where each line of the document starts
    agreements: tuple[Agreement, ...]

    def line(self, place: int | None) -> int:
        """The line of the source file (from 1) at this place of the text."""
        if place is None or not self.starts:
            return 0
        return self.reading.document.lines[max(0, bisect_right(self.starts, place) - 1)].number

    def event_line(self, index: int) -> int:
        """The line on which the event starts."""
        return self.reading.events[index].line_first

    def find(
        self, code: str, message: str, spans: Spans, event: int | None = None, table: int | None = None
    ) -> Finding:
        """A finding at these places."""
        start = spans[0].start if spans else None
        end = spans[-1].end if spans else None
        return Finding(code, message, start, end, event=event, table=table)


def make_facts(reading: Reading, rules: Rules) -> Facts:
    """The facts of this reading."""
    paragraphs = tuple(
        paragraph
        for index, event in enumerate(reading.events)
        for paragraph in _paragraphs(index, event, rules.dates)
    )
    starts = tuple(line.span.start for line in reading.document.lines)
    agreements = tuple(row for index, table in enumerate(reading.tables) for row in _agreements(index, table))
    return Facts(reading, rules, paragraphs, starts, agreements)


def _paragraphs(index: int, event: Event, rules: DateRules) -> Iterator[Paragraph]:
    texts: list[tuple[int | None, Text]] = [(None, event.headline)]
    texts.extend((place, detail.text) for place, detail in enumerate(event.details))
    around = period(event)
    for place, text in texts:
        if text.value:
            folded = chars.fold(text.value).text
            days = tuple(find_days(folded, around, rules.eras, rules.weekdays))
            yield Paragraph(index, place, text, folded, days)


def _agreements(index: int, table: AnnexTable) -> list[Agreement]:
    role = {"agreements": "organisation", "company_agreements": "company"}.get(table.kind or "")
    if role is None:
        return []
    return [
        _agreement(index, table, row, cells, role)
        for row, cells in zip(table.rows, table.row_cells, strict=True)
    ]


def _agreement(
    index: int, table: AnnexTable, row: Mapping[str, object], cells: Sequence[int], role: str
) -> Agreement:
    former, count = row.get("former_name"), row.get("municipality_count")
    return Agreement(
        index,
        str(row[role]),
        former if isinstance(former, str) else None,
        row.get("signed_on"),
        count if isinstance(count, int) else None,
        table.cells[cells[0]].text.spans,
        role == "company",
    )
