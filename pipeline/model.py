"""The records of one reading, from the source text to the finished events.

Takes nothing, gives the frozen types that every stage shares.

bytes -> Document (read/) -> Reading (parse/) -> frames (tables/) -> files.
A `Span` counts characters of `Document.text`, half open. Places are left out
of equality and repr, so that tests compare meaning and tools still find the source.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipeline.findings import Finding


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of characters of the source text: `text[start:end]`."""

    start: int
    end: int


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page in PDF points, from the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Text:
    """Text of the source: `value` is exactly `chars.read_spans(source, spans)`; a marker keeps its width.

    Several spans where furniture, a line's end or a markup sign stands in between.
    """

    value: str
    spans: Spans = field(default=(), compare=False, repr=False)


# What ends a line, as far as the page shows it.
SOFT = "soft"  # the page broke the paragraph here; the next line goes on with it, without exception
FULL = "full"  # the line reaches its column's edge: the next one goes on with it, unless it opens something
HARD = "hard"  # the paragraph ends here as the page shows it (a strong hint, not a proof)
OPEN = "open"  # the source does not say
BROKEN = (SOFT, FULL)  # the page's own line ends


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source, or the part of a line that belongs to one table cell.

    `cell` is (table, row, column), counted from 0, for lines of a real table
    (PDF grid, CSV, tab-separated, pipes, columns told by spacing); else None.
    `indent` and `width` are in full-width characters; `indent` counts from the column's edge.
    """

    span: Span
    number: int  # line of the source file, from 1
    page: int  # from 1
    wrap: str = OPEN
    indent: float = 0.0
    cell: tuple[int, int, int] | None = None
    role: str = ""  # furniture the reader knows by geometry: stamp | page_number | running_head | drawn_line
    is_heading: bool = False  # the source's own markup says so (# in Markdown)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a Document comes from: `kind` is text, csv, tsv, markdown or pdf."""

    name: str  # file name without folders
    sha256: str
    kind: str
    encoding: str | None = None
    encoding_said_by: str | None = None  # bom | detector


@dataclass(frozen=True, slots=True)
class Geometry:
    """A box for every character of a PDF's text, parallel to `Document.text`."""

    x0: array[float]
    top: array[float]
    x1: array[float]
    bottom: array[float]


@dataclass(frozen=True, slots=True)
class Document:
    """One source text, cut into lines in reading order; no character lies in two lines.

    What lies in no line (line ends, separators of a table) is markup: accounted as blank or furniture,
    or as unread where it holds letters or digits.
    """

    text: str
    lines: tuple[Line, ...]
    page_count: int
    source: Source
    geometry: Geometry | None = field(default=None, repr=False)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date as read: EDTF, whole-day bounds, precision of what was written.

    `edtf` is None where the date could not be read. `end` is None for an open end.
    """

    edtf: str | None
    start: date | None
    end: date | None
    precision: str | None  # day | month | year | fiscal_year
    text: Text = Text("")  # as it stood (date_text): not cleaned but for line ends


@dataclass(frozen=True, slots=True)
class Fragment:
    """The part of a line that belongs to an entry's text (its date cut off)."""

    span: Span
    line: int  # index into Document.lines
    wrap: str = OPEN
    indent: float = 0.0
    column: int = 0  # table column it stood in; another column starts a new paragraph


@dataclass(frozen=True, slots=True)
class Entry:
    """A date and the text below it up to the next date.

    `parent` is the shared heading of an entry that numbers its dates; such an entry
    comes as one Entry a number, `number` its sign as written ((1), （2）) and its place.
    """

    date: DateValue
    fragments: tuple[Fragment, ...]
    parent: Text | None = None
    number: Text | None = None
    spans: Spans = field(default=(), compare=False, repr=False)  # all of it, date included


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an entry: lines joined, cut at markers and labels.

    `marker` and `label` are without the colon; `separators` are the signs between the fields
    (the colon, the 、 between two items of a run), which belong to no text.
    """

    marker: Text | None
    label: Text | None
    text: Text
    indent: float = 0.0
    separators: Spans = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Detail:
    """A paragraph under the headline. `parent` is the index of the detail above, or None."""

    level: int
    marker: Text | None
    label: Text | None
    text: Text
    parent: int | None = field(default=None, compare=False)
    separators: Spans = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named by family and given name. `detail` indexes Event.details; None: headline."""

    name: str  # family, one space, given
    affiliation: str | None
    role: str | None
    detail: int | None = field(default=None, compare=False)
    name_spans: Spans = field(default=(), compare=False, repr=False)
    affiliation_spans: Spans = field(default=(), compare=False, repr=False)
    role_spans: Spans = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality or prefecture named in an event; `code` has six digits or is None."""

    name: str  # as written
    prefecture: str | None
    code: str | None
    detail: int | None = field(default=None, compare=False)
    spans: Spans = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a date: headline, type, details, people and places."""

    date: DateValue
    headline: Text
    event_type: str
    parent: Text | None
    details: tuple[Detail, ...]
    text: str  # all of the entry, joined: headline and details, a line each
    page: int
    line_first: int  # lines of the source file, from 1
    line_last: int
    people: tuple[Person, ...] = ()
    places: tuple[Place, ...] = ()
    spans: Spans = field(default=(), compare=False, repr=False)
    number: Text | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of an annex table; rows and columns count from 0, heads included."""

    row: int
    column: int
    text: Text
    row_name: str | None = None
    column_name: str | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """A table after the chronology. `kind` is the recipe that reads it, or None.

    `rows` are the typed rows of the recipe's table, one mapping a row: column name to value.
    `row_cells` names for each typed row the indexes of the cells it was read from.
    """

    caption: Text | None
    cells: tuple[Cell, ...]
    kind: str | None = None  # agreements | company_agreements | partner_counts | None
    rows: tuple[Mapping[str, object], ...] = ()
    row_cells: tuple[tuple[int, ...], ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """The document itself: title, stamp's date, the body it was put before, its label."""

    title: Text | None = None
    issued_on: date | None = None
    body: Text | None = None
    label: Text | None = None
    issued_spans: Spans = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a run of the source is, where no record says it: role as in `account`."""

    span: Span
    role: str  # title | year | date | headline | marker | label | detail | annex | note | furniture
    # blank and unread are never marked: the account finds them


@dataclass(frozen=True, slots=True)
class Reading:
    """A document on its way; each field is filled by one stage and by no other.

    | field            | stage                                   |
    | document         | read/                                   |
    | roles            | parse/furniture: one role a line ("" = not furniture) |
    | edition, entries, regions, marks | parse/entries           |
    | events           | parse/events, parse/details; people and places are added to them |
    | tables           | parse/annex                             |
    | findings         | every stage appends                     |
    """

    document: Document
    roles: tuple[str, ...] = ()  # "" | stamp | page_number | running_head | drawn_line
    regions: tuple[str, ...] = ()  # one a line: title | preface | chronology | annex | note
    edition: Edition = Edition()
    entries: tuple[Entry, ...] = ()
    events: tuple[Event, ...] = ()
    tables: tuple[AnnexTable, ...] = ()
    marks: tuple[Mark, ...] = ()
    findings: tuple[Finding, ...] = ()
