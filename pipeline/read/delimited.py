"""Reads CSV and tab-separated text: every cell becomes one Line, or several where it holds line ends.

Takes text. Gives Lines with cell=(table, row, column) and spans exact in the source; separators, quotes
and the second of two doubled quotes lie in no Line. The delimiter is told by content.
A line without a delimiter (a heading, a note) belongs to no table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline import chars
from pipeline.model import HARD, OPEN, SOFT, Line, Span
from pipeline.read.rows import Ruler, cut_rows
from pipeline.read.wraps import may_open_entry, opens_or_ends, wrap_cells

_DELIMITERS = ("\t", ",", ";")
# Line ends and <br> part the pieces of a cell; the second of two doubled quotes in a quoted one lies in none.
_BREAK = r"<[bB][rR]\s*/?>"
_QUOTED_PIECE = re.compile(rf'{_BREAK}|((?:(?!{_BREAK})[^\n\r\f"])*")"|((?:(?!{_BREAK})[^\n\r\f"])+)')
_BARE_PIECE = re.compile(rf"{_BREAK}|((?:(?!{_BREAK})[^\n\r\f])+)")
_RUNS_ON = tuple("、，のをがにとではへ・")  # a cell that ends so is not finished
_HEAD = 200_000  # characters by which the delimiter is told
_LIKE_EACH_OTHER = 0.8  # share of records that must have as many cells as most have
_BY_NAME = 0.4  # the same for tabs, and where the file's name says it is such a table


@dataclass(frozen=True, slots=True)
class Field:
    """One cell: its place without quotes, and whether it was quoted."""

    start: int
    end: int
    is_quoted: bool


Record = tuple[Field, ...]


def read_delimited(text: str, delimiter: str) -> tuple[Line, ...]:
    """The lines of a table with this delimiter, in the order of the file."""
    ruler = Ruler(cut_rows(text))
    lines: list[Line] = []
    table, row, width, is_parted, is_apart = 0, 0, 0, False, False
    for record in cut_records(text, delimiter):
        is_table, is_written = len(record) > 1, _is_written(text, record)
        is_apart = is_apart or not is_written
        if not is_table or not is_written:
            is_parted = True
        elif is_parted and row and len(record) != width and (is_apart or abs(len(record) - width) > 1):
            table, row = table + 1, 0  # behind a gap, rows of another size are another table
        for column, field in enumerate(record):
            cell = (table, row, column) if is_table else None
            for span, wrap in _pieces(text, field):
                number, page = ruler.place(span.start)
                lines.append(Line(span, number, page, wrap, cell=cell))
        if is_table and _is_written(text, record):
            row, width, is_parted, is_apart = row + 1, len(record), False, False
    return _with_broken_cells(text, wrap_cells(text, lines))


def _with_broken_cells(text: str, lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines; one without a delimiter between two rows goes on with the last cell of the row above it.

    So a row is copied whose cell was broken over lines. Not one that opens with a date or a marker, behind a blank
    line, or behind a cell that ends its sentence; whether the text runs on is told later (OPEN).
    """
    found = list(lines)
    below = _tables_below(lines)
    for place, line in enumerate(lines[1:-1], 1):
        above = found[place - 1]
        if line.cell is not None or above.cell is None or above.cell[2] == 0:
            continue
        if line.number != above.number + 1 or below[place] != above.cell[0]:
            continue
        upper, shown = _cell_text(text, above), _cell_text(text, line)
        if upper.endswith(_RUNS_ON) or not (may_open_entry(shown) or opens_or_ends(upper, shown)):
            found[place - 1] = replace(above, wrap=OPEN)
            found[place] = replace(line, cell=above.cell, wrap=HARD)
    return tuple(found)


def _tables_below(lines: Sequence[Line]) -> list[int | None]:
    """For each line the table of the next one below it that stands in a table."""
    tables: list[int | None] = []
    table = None
    for line in reversed(lines):
        tables.append(table)
        table = line.cell[0] if line.cell is not None else table
    return tables[::-1]


def _cell_text(text: str, line: Line) -> str:
    return text[line.span.start : line.span.end]


def find_delimiter(text: str, source_name: str) -> str | None:
    """The delimiter that makes a table of this text, or None where there is none.

    Most records must have the same number of cells; fewer do where the file's name ends in .csv or .tsv.
    """
    named = source_name.lower().endswith((".csv", ".tsv"))
    best, found = 0.0, None
    head = text[:_HEAD]
    rows = head.count("\n") + head.count("\r") + 1
    for delimiter in _DELIMITERS:
        if head.count(delimiter) < 0.1 * rows:
            continue
        share = _share_of_rows(head, delimiter, named)
        if share > best and share >= (_BY_NAME if named or delimiter == "\t" else _LIKE_EACH_OTHER):
            best, found = share, delimiter
    return found


def _share_of_rows(text: str, delimiter: str, named: bool) -> float:
    """The share of records that look like rows: as many cells as most have, or just several with text.

    The latter where a name says it is a table, and for tabs, which stand in no running text.
    """
    sizes: Counter[int] = Counter()
    several, total = 0, 0
    for record in cut_records(text, delimiter):
        written = sum(1 for field in record if not chars.is_blank(text[field.start : field.end]))
        total += written > 0
        several += written > 1
        sizes[len(record)] += len(record) > 1 and written > 0
    alike = several if named or delimiter == "\t" else max(sizes.values(), default=0)
    return alike / total if alike > (0 if named else 1) else 0.0


def cut_records(text: str, delimiter: str) -> Iterator[Record]:
    """The records of the text as fields; a quoted field may hold delimiters and line ends.

    A quote that no delimiter or line end follows is a sign like any other. In tab-separated text,
    tabs in a row are one delimiter where that makes the rows alike.
    """
    pattern = _field_pattern(delimiter, delimiter == "\t" and _pads_with_tabs(text))
    fields: list[Field] = []
    place = 0
    while place <= len(text):
        found = pattern.match(text, place)
        if found is None:  # pragma: no cover - the pattern matches the empty field
            break
        quoted = found["quoted"] is not None
        name = "quoted" if quoted else "bare"
        fields.append(Field(found.start(name), found.end(name), quoted))
        place = found.end()
        if not found["delimiter"]:
            yield tuple(fields)
            fields = []
            if not found["end"]:
                break


@cache
def _field_pattern(delimiter: str, is_padded: bool) -> re.Pattern[str]:
    sign = re.escape(delimiter)
    parts = sign + ("+" if is_padded else "")
    return re.compile(
        rf'(?:[ ]*+"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"[ ]*+(?=[{sign}\r\n\f]|\Z)|(?P<bare>[^{sign}\r\n\f]*+))'
        rf"(?:(?P<delimiter>{parts})|(?P<end>\r\n|\n|\r|\f)|\Z)"
    )


def _pads_with_tabs(text: str) -> bool:
    """Whether tabs in a row only align the columns: some rows have one tab where others have more."""
    rows = [row.strip("\t") for row in text[:50_000].splitlines() if "\t" in row.strip()]
    if not any("\t\t" in row for row in rows):
        return False
    plain = Counter(row.count("\t") for row in rows).most_common(1)[0][1]
    padded = Counter(len(re.findall(r"\t+", row)) for row in rows).most_common(1)[0][1]
    return padded >= 0.9 * len(rows) and padded > plain + 0.1 * len(rows)


def _is_written(text: str, record: Record) -> bool:
    return any(not chars.is_blank(text[field.start : field.end]) for field in record)


def _pieces(text: str, field: Field) -> Iterator[tuple[Span, str]]:
    """The parts of a cell that make a Line each, and how they hang together."""
    pattern = _QUOTED_PIECE if field.is_quoted else _BARE_PIECE
    spans = [
        chars.trim(text, Span(*found.span(found.lastindex)))
        for found in pattern.finditer(text, field.start, field.end)
        if found.lastindex
    ]
    spans = [span for span in spans if span.start < span.end]
    for span, after in zip(spans, [*spans[1:], None], strict=False):
        if after is None:
            yield span, OPEN
        else:
            between = text[span.end : after.start]
            is_open = any(sign in between for sign in "\n\r\f")
            yield span, HARD if "<" in between else OPEN if is_open else SOFT
