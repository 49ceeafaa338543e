"""Where each field came from: characters, page, line and box; and the proof that they say what it says.

Takes a Reading and its Ids. Gives rows of `places` (without series and edition) and findings.
A field whose characters do not read as its value is reported (`place_mismatch`) and gets no place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import compress

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import Cell, Detail, Document, Event, Line, Person, Reading, Span, Spans, Text
from pipeline.tables.ids import Ids

PlaceRow = tuple[
    str, str, int, int, int | None, int | None, float | None, float | None, float | None, float | None
]
EXACT, FOLDED, AS_STOOD, ANY = "exact", "folded", "as_stood", "any"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a record, the characters it came from, and how closely they must say its value.

    EXACT: `chars.read_spans` gives it. FOLDED: so but for blanks and width. AS_STOOD: the characters
    without line ends. ANY: the value was worked out from them, as a number from a cell.
    """

    record_id: str
    name: str
    value: str
    spans: Spans
    proof: str = EXACT


@dataclass(frozen=True, slots=True)
class LineIndex:
    """The lines of a document in the order of their characters."""

    starts: tuple[int, ...]
    lines: tuple[Line, ...]

    def find(self, offset: int) -> Line | None:
        """The line that this character lies in or behind; None before the first."""
        place = bisect_right(self.starts, offset) - 1
        return self.lines[place] if place >= 0 else None

    def cut(self, span: Span) -> Iterator[Span]:
        """The span cut where lines start: `1:9` over a line that starts at 5 gives `1:5` and `5:9`."""
        start = span.start
        for place in range(bisect_right(self.starts, start), len(self.starts)):
            if self.starts[place] >= span.end:
                break
            yield Span(start, self.starts[place])
            start = self.starts[place]
        yield Span(start, span.end)


def index_lines(document: Document) -> LineIndex:
    """The index of this document's lines."""
    lines = tuple(sorted(document.lines, key=lambda line: (line.span.start, line.span.end)))
    return LineIndex(tuple(line.span.start for line in lines), lines)


def find_places(reading: Reading, ids: Ids, edition: str) -> tuple[list[PlaceRow], list[Finding]]:
    """A row for each run of characters on one line that a field came from, and the fields not proven."""
    rows: list[PlaceRow] = []
    findings = []
    lines = index_lines(reading.document)
    for field in _list_fields(reading, ids, edition):
        finding = _check_proof(field, reading.document.text)
        if finding:
            findings.append(finding)
        else:
            rows.extend(place_rows(field.record_id, field.name, field.spans, reading.document, lines))
    return rows, findings


def place_rows(
    record_id: str, name: str, spans: Iterable[Span], document: Document, lines: LineIndex
) -> Iterator[PlaceRow]:
    """The rows of one field, in the order in which its characters are read."""
    for span in dict.fromkeys(spans):
        for piece in lines.cut(span):
            line = lines.find(piece.start)
            where = (line.page, line.number) if line else (None, None)
            yield (record_id, name, piece.start, piece.end, *where, *_find_box(document, piece))


def _find_box(
    document: Document, span: Span
) -> tuple[float | None, float | None, float | None, float | None]:
    """The box around these characters, blanks apart; four times None where there are no boxes."""
    boxes = document.geometry
    if boxes is None:
        return None, None, None, None
    x0, top, x1, bottom = (
        side[span.start : span.end] for side in (boxes.x0, boxes.top, boxes.x1, boxes.bottom)
    )
    inked = [
        right > left and not sign.isspace()
        for left, right, sign in zip(x0, x1, document.text[span.start : span.end], strict=True)
    ]
    if not any(inked):
        return None, None, None, None
    return (
        round(min(compress(x0, inked)), 2),
        round(min(compress(top, inked)), 2),
        round(max(compress(x1, inked)), 2),
        round(max(compress(bottom, inked)), 2),
    )


def _check_proof(field: Field, source: str) -> Finding | None:
    if field.proof == ANY:
        return None
    if field.proof == AS_STOOD:
        said = "".join(source[span.start : span.end] for span in field.spans)
        same = said.replace("\n", "").replace("\r", "") == field.value
    else:
        said = chars.read_spans(source, field.spans)
        same = said == field.value or (field.proof == FOLDED and chars.key(said) == chars.key(field.value))
    if same:
        return None
    message = f"{field.name} of {field.record_id} is {field.value!r}; expected {said!r}, as its characters say; no place"
    start = min((span.start for span in field.spans), default=None)
    end = max((span.end for span in field.spans), default=None)
    return Finding("place_mismatch", message, start, end)


def _list_fields(reading: Reading, ids: Ids, edition: str) -> Iterator[Field]:
    """Every field that came from characters, in the order of the tables."""
    about = reading.edition
    for name, text in (("title", about.title), ("body", about.body), ("label", about.label)):
        yield from _text_field(edition, name, text)
    if about.issued_on and about.issued_spans:
        yield Field(edition, "issued_on", about.issued_on.isoformat(), about.issued_spans, ANY)
    for number, event in enumerate(reading.events):
        yield from _event_fields(event, ids.events[number])
        for detail, detail_id in zip(event.details, ids.details[number], strict=True):
            yield from _detail_fields(detail, detail_id)
        for person, person_id in zip(event.people, ids.people[number], strict=True):
            yield from _person_fields(person, person_id)
        for place, mention_id in zip(event.places, ids.mentions[number], strict=True):
            if place.spans:
                yield Field(mention_id, "name", place.name, place.spans, FOLDED)
    for number, table in enumerate(reading.tables):
        yield from _text_field(ids.tables[number], "caption", table.caption)
        for cell, cell_id in zip(table.cells, ids.cells[number], strict=True):
            yield from _text_field(cell_id, "text", cell.text)
        for row_id, cells in zip(ids.rows[number], table.row_cells, strict=False):
            yield Field(row_id, "row", "", _spans_of(table.cells, cells), ANY)


def _event_fields(event: Event, event_id: str) -> Iterator[Field]:
    yield from _text_field(event_id, "parent", event.parent)
    if event.date.text.spans:
        yield Field(event_id, "date_text", event.date.text.value, event.date.text.spans, AS_STOOD)
    yield from _text_field(event_id, "headline", event.headline)


def _detail_fields(detail: Detail, detail_id: str) -> Iterator[Field]:
    if detail.marker:
        yield Field(detail_id, "marker", detail.marker.value, detail.marker.spans, FOLDED)  # （２） stays
    if detail.label:
        yield Field(detail_id, "label", detail.label.value, detail.label.spans, FOLDED)  # 会 場 is 会場
    yield from _text_field(detail_id, "text", detail.text)


def _person_fields(person: Person, person_id: str) -> Iterator[Field]:
    for name, value, spans in (
        ("name", person.name, person.name_spans),
        ("affiliation", person.affiliation, person.affiliation_spans),
        ("role", person.role, person.role_spans),
    ):
        if value and spans:
            yield Field(person_id, name, value, spans, FOLDED)


def _text_field(record_id: str, name: str, text: Text | None) -> Iterator[Field]:
    if text and (text.value or text.spans):
        yield Field(record_id, name, text.value, text.spans)


def _spans_of(cells: tuple[Cell, ...], places: tuple[int, ...]) -> Spans:
    return tuple(span for place in places for span in cells[place].text.spans)
