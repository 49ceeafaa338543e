"""Cuts rows into cells by a grid of columns.

Takes a row and a `Grid`. Gives a `Cut`: the cells of the row and how far each is set in.
A text one blank behind a long date, and a date longer than its column, are told by the date.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline import chars
from pipeline.read.rows import Row
from pipeline.read.spacing_columns import JUT, Grid, Measure, has_number
from pipeline.read.spacing_tight import WORD, find_behind_long, find_tight

_NUMBER_IN_GUTTER = re.compile(r"[\s\u3000]+([0-9０-９]{1,3})")
_NUMBER_GOES_ON = re.compile(r"[0-9０-９.．/／年月日]")
_LATE = 12  # places by which the text behind a date too long for its column starts too far to the right
_LONGEST_HEAD = 8  # characters of a head


@dataclass(frozen=True, slots=True)
class Cut:
    """A row cut by a grid: column to (start, end) in the source; `indents` counts from the column's edge."""

    row: Row
    cells: dict[int, tuple[int, int]]
    indents: dict[int, float]
    blank_before: int = 0  # blank rows above it

    def text(self, column: int) -> str:
        """The text of a cell, "" where it is empty."""
        start, end = self.cells.get(column, (0, 0))
        return self.row.text[start - self.row.start : end - self.row.start]


def cut_head(row: Row, columns: int, blank_before: int = 0) -> Cut | None:
    """The cells of a head line word by word, set closer than the columns are; None where it is no such line."""
    words = list(WORD.finditer(row.text))
    if len(words) != columns or len(words) < 3 or has_number(row):
        return None
    if any(len(word[0]) > _LONGEST_HEAD for word in words):
        return None
    cells = {column: (row.start + word.start(), row.start + word.end()) for column, word in enumerate(words)}
    return Cut(row, cells, dict.fromkeys(cells, 0.0), blank_before)


def cut_row(row: Row, grid: Grid, measure: Measure, blank_before: int = 0) -> Cut | None:
    """The cells of a row, or None where its text runs over a gutter and is no date that is longer than its column."""
    places = measure(row.text)
    bounds = _bounds(row, grid, places) or _bounds_of_long_date(row, grid, places)
    return _cut_at(row, bounds, blank_before) if bounds else None


def _bounds_of_long_date(row: Row, grid: Grid, places: Sequence[int]) -> list[int] | None:
    """Where the cells start in a row whose date runs into the column of its text, as the text does a bit further on."""
    end, start = find_behind_long(row.text)
    nearest = min(grid.gutters, key=lambda gutter: abs(gutter[1] - places[start]))
    late = places[start] - nearest[1]
    if not end or not (0 <= late <= _LATE and places[end] > nearest[0]):
        return None
    number = grid.gutters.index(nearest)
    behind = [bisect_left(places, edge, hi=len(row.text)) for _, edge in grid.gutters[number + 1 :]]
    return [0, *[start] * (number + 1), *behind]


def _bounds(row: Row, grid: Grid, places: Sequence[int]) -> list[int] | None:
    """Where the cells of a row start; None where its text runs over a gutter."""
    bounds = [0]
    tight, beside = _tight_gutter(row, grid, places)
    for start, end in grid.gutters:
        offset = bisect_left(places, end, hi=len(row.text))
        if beside == (start, end) and offset != tight:
            bounds.append(tight)
            shift = max(0, end - places[tight])  # what stands behind is as much too far to the left
            places = [place + shift for place in places]
            continue
        blank = bisect_left(places, start, hi=len(row.text))
        number = _NUMBER_IN_GUTTER.fullmatch(row.text, blank, offset)
        if number is not None and _NUMBER_GOES_ON.match(row.text, offset):
            offset = number.start(1)  # set to the right: its first digit stands in the gutter
        elif _runs_over(row.text, blank, offset):
            return None
        bounds.append(offset)
    return bounds


def _cut_at(row: Row, bounds: Sequence[int], blank_before: int) -> Cut:
    cells, indents = {}, {}
    for column, (start, end) in enumerate(zip(bounds, [*bounds[1:], len(row.text)], strict=True)):
        piece = row.text[start:end]
        body = piece.strip()
        if body:
            lead = len(piece) - len(piece.lstrip())
            cells[column] = (row.start + start + lead, row.start + start + lead + len(body))
            indents[column] = chars.width(piece[:lead]) if column else 0.0
    return Cut(row, cells, indents, blank_before)


def _tight_gutter(row: Row, grid: Grid, places: Sequence[int]) -> tuple[int, tuple[int, int]]:
    """Where a text one blank behind a long date starts, and the gutter that the blank stands for, if it is near one."""
    tight = find_tight(row.text)
    nearest = min(grid.gutters, key=lambda gutter: abs(gutter[1] - places[tight]))
    is_before = places[len(row.text) - len(row.text.lstrip())] < nearest[0]  # ②2020 年を契機… is a text
    is_near = tight > 0 and is_before and nearest[0] - 1 <= places[tight] <= nearest[1] + 2 * JUT
    return tight, nearest if is_near else (-1, -1)


def _runs_over(text: str, start: int, end: int) -> bool:
    """Whether text in the gutter `text[start:end]` goes on behind it; a date that only juts out does not."""
    if not text[end:].strip():
        return False
    if not text[start:end].strip():
        return False
    jut = text[:end].rstrip()  # what stands left of the gutter, or in it
    behind = text[len(jut) :]
    blanks = len(behind) - len(behind.lstrip())
    return blanks == 0 or (blanks == 1 and len(jut) + 1 != end)
