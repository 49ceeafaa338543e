"""Parts of dates in columns of their own without ruling lines: `1954 | 昭和 | 29 | 4 | 1 | text`, `〃` among them.

Takes rows of pieces. Gives them with the parts of each date made one Ink that says which part stands in which column,
and the rows of a whole table with these columns parted again. What is a part, spacing_dateparts tells from rows
written out with blanks: numbers alone show neither columns nor dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import repeat
from statistics import median
from typing import NamedTuple

from pipeline import chars
from pipeline.model import Span
from pipeline.read.pdf_lines import Ink, join_pieces, slice_ink
from pipeline.read.rows import Row
from pipeline.read.spacing_columns import by_width
from pipeline.read.spacing_dateparts import DateParts, find_date_parts

Pieces = tuple[Ink, ...]
_LEAST_HEADS = 3  # words of a head line that comes again
_LONGEST = 400  # half-widths: no row of a page is wider


class Written(NamedTuple):
    """A row of pieces written out with blanks, and for each piece where it stands in the text."""

    row: Row
    starts: tuple[int, ...]
    pieces: Pieces


def mark_dates(pages: Sequence[Sequence[Pieces]]) -> list[list[Pieces]]:
    """The rows of each page, the parts of a date that stand in columns of their own as one Ink before the text."""
    every = [row for page in pages for row in page]
    if not every:
        return [list(page) for page in pages]
    written = write_rows(every, repeat(0))
    dates = find_date_parts(_without_repeats([one.row for one in written]), by_width)
    if dates is None or not dates.is_bare:
        return [list(page) for page in pages]
    heads = {_key(one.row): one.row.start for one in written if one.row.start in dates.parts}
    marked = iter(
        [
            _mark(row, one, dates, heads.get(_key(one.row), -1) if _is_head(one.row) else one.row.start)
            for row, one in zip(every, written, strict=True)
        ]
    )
    return [[next(marked) for _ in page] for page in pages]


def part_date(ink: Ink, places: Mapping[int, float]) -> list[tuple[int, Ink]]:
    """The parts of a date, each with the number of its column; a line without parts stands in the nearest one.

    `places` are those of the columns, as `find_places` gives them.
    """
    parts = [(column, slice_ink(ink, start, end)) for column, start, end in ink.parts]
    return parts or [(min(places, key=lambda column: abs(places[column] - (ink.x0 + ink.x1) / 2)), ink)]


def find_places(inks: Iterable[Ink]) -> dict[int, float]:
    """Where the middle of each column of dates' parts is, in points; the first one's is 0 where there are none."""
    found: dict[int, list[float]] = {}
    for ink in inks:
        for column, start, end in ink.parts:
            found.setdefault(column, []).append((ink.left[start] + ink.right[end - 1]) / 2)
    return {column: median(places) for column, places in found.items()} or {0: 0.0}


def count_parts(inks: Iterable[Ink]) -> int:
    """How many columns the parts of these dates stand in; 1 where no date has parts."""
    return max((column + 1 for ink in inks for column, _, _ in ink.parts), default=1)


def write_rows(rows: Sequence[Pieces], numbers: Iterable[int]) -> list[Written]:
    """Rows as lines of text with these numbers, pieces as many half-widths from the left as on the page."""
    left = min(row[0].x0 for row in rows)
    unit = median(piece.size for row in rows for piece in row) / 2
    written: list[Written] = []
    for row, number in zip(rows, numbers, strict=False):
        written.append(_write_row(row, left, unit, written[-1].row.end + 1 if written else 0, number))
    return written


def _write_row(row: Pieces, left: float, unit: float, start: int, number: int) -> Written:
    text, width = "", 0
    starts: list[int] = []
    for piece in row:
        gap = min(_LONGEST, round((piece.x0 - left) / unit)) - width
        gap = max(gap, 2 if text else 0)
        text += " " * gap
        starts.append(len(text))
        text += piece.text
        width += gap + int(2 * chars.width(piece.text))
    return Written(Row(text, start, number, row[0].page), tuple(starts), row)


def _key(row: Row) -> str:
    return "".join(row.text.split())


def _is_head(row: Row) -> bool:
    return len(row.text.split()) >= _LEAST_HEADS and not any(sign.isdigit() for sign in row.text)


def _without_repeats(rows: Sequence[Row]) -> list[Row]:
    """The rows without head lines that stand on an earlier page too."""
    seen: set[str] = set()
    kept: list[Row] = []
    for row in rows:
        if _is_head(row) and _key(row) in seen:
            continue
        seen.add(_key(row))
        kept.append(row)
    return kept


def _mark(row: Pieces, written: Written, dates: DateParts, start: int) -> Pieces:
    """The row with its date as one Ink; as it is where it has no date."""
    parts = dates.parts.get(start)
    if not parts:
        return row
    own = written.row.start
    if start != own:  # a head line that comes again: its words stand as in the first one
        words = len(parts)
        return (_join(row[:words], [dates.columns.index(part.role) for part in parts]), *row[words:])
    inks = [_cut(row, written.starts, part.start, part.end) for part in parts]
    date = _join(inks, [dates.columns.index(part.role) for part in parts])
    text = dates.texts.get(own, len(written.row.text))
    rest = [
        piece if at >= text else slice_ink(piece, text - at, len(piece.text))
        for piece, at in zip(row, written.starts, strict=True)
        if at + len(piece.text) > text
    ]
    return (date, *rest)


def _cut(row: Pieces, starts: Sequence[int], start: int, end: int) -> Ink:
    """What stands at these places of the written row."""
    inks = [
        slice_ink(piece, max(0, start - at), min(len(piece.text), end - at))
        for piece, at in zip(row, starts, strict=True)
        if at < end and at + len(piece.text) > start
    ]
    return join_pieces(inks)


def cut_written(written: Written, span: Span) -> Ink:
    """What stands at this place of the written text."""
    start = written.row.start
    return _cut(written.pieces, written.starts, span.start - start, span.end - start)


def _join(inks: Sequence[Ink], columns: Sequence[int]) -> Ink:
    parts: list[tuple[int, int, int]] = []
    at = 0
    for ink, column in zip(inks, columns, strict=True):
        parts.append((column, at, at + len(ink.text)))
        at += len(ink.text) + 1
    return replace(join_pieces(inks), parts=tuple(parts))
