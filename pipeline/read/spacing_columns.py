"""Finds the columns of a page of text whose columns are kept apart by blanks.

Takes the rows of a page. Gives a `Grid`, the place where each column starts, and cuts rows by it.
A column starts behind a gutter: places that stay blank in nearly all rows, with text on both sides.
Places are counted in characters (as pdftotext -layout does) or in half-widths (as people do).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from pipeline import chars
from pipeline.read.rows import Row

Measure = Callable[[str], list[int]]
Word = tuple[int, int, int, int]  # places of its start and end, offsets of its start and end in the row
_WORD = re.compile(r"[^\s\u3000]+")
_SHORT = 2  # characters of a word in a narrow column
_WIDEST = 400  # places beyond which no column starts


@dataclass(frozen=True, slots=True)
class Grid:
    """Gutters as (first blank place, start of the next column), from left to right."""

    gutters: tuple[tuple[int, int], ...]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.gutters) + 1


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


def by_character(text: str) -> list[int]:
    """The place of each character and of the end, one for one."""
    return list(range(len(text) + 1))


def by_width(text: str) -> list[int]:
    """The place of each character and of the end, in half-widths."""
    return list(accumulate(map(_half_widths, text), initial=0))


@cache
def _half_widths(sign: str) -> int:
    return int(2 * chars.width(sign))


def find_grid(rows: Sequence[Row], measure: Measure, least: int) -> Grid | None:
    """The columns of these rows, or None. `least` is how many rows must have text on both sides."""
    words = [_words(row, measure) for row in rows]
    if len(rows) < 2:
        return None
    ink = _ink(words)
    allowed = max(1, int(0.08 * len(rows))) if len(rows) >= 8 else 0
    left = min((row[0][0] for row in words if row), default=0)
    gutters = []
    start = None
    for place in range(left, len(ink)):
        if ink[place] <= allowed:
            start = place if start is None else start
        elif start is not None:
            if place - start >= 2 and _parts(words, start, place, least):
                gutters.append((start, place))
            start = None
    return Grid(tuple(gutters)) if gutters else None


def cut_row(row: Row, grid: Grid, measure: Measure, blank_before: int = 0) -> Cut | None:
    """The cells of a row, or None where its text runs over a gutter."""
    places = measure(row.text)
    bounds = [0]
    for start, end in grid.gutters:
        offset = bisect_left(places, end, hi=len(row.text))
        if _runs_over(row.text, bisect_left(places, start, hi=len(row.text)), offset):
            return None
        bounds.append(offset)
    cells, indents = {}, {}
    for column, (start, end) in enumerate(zip(bounds, [*bounds[1:], len(row.text)], strict=True)):
        piece = row.text[start:end]
        body = piece.strip()
        if body:
            lead = len(piece) - len(piece.lstrip())
            cells[column] = (row.start + start + lead, row.start + start + lead + len(body))
            indents[column] = chars.width(piece[:lead]) if column else 0.0
    return Cut(row, cells, indents, blank_before)


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


def _words(row: Row, measure: Measure) -> list[Word]:
    places = measure(row.text)
    return [(places[found.start()], places[found.end()], *found.span()) for found in _WORD.finditer(row.text)]


def _ink(words: Sequence[Sequence[Word]]) -> list[int]:
    """How many rows have text at each place."""
    width = min(_WIDEST, max((row[-1][1] for row in words if row), default=0))
    steps = [0] * (width + 1)
    for row in words:
        for start, end, _, _ in row:
            if start < width:
                steps[start] += 1
                steps[min(end, width)] -= 1
    total, ink = 0, []
    for step in steps[:-1]:
        total += step
        ink.append(total)
    return ink


def _parts(words: Sequence[Sequence[Word]], start: int, end: int, least: int) -> bool:
    """Whether rows have text on both sides of the gutter, and text starts right behind it."""
    parted = wide = aligned = right = 0
    for row in words:
        before = [word for word in row if word[1] <= start]
        behind = [word for word in row if word[0] >= end]
        if len(before) + len(behind) < len(row) or not behind:
            continue
        right += 1
        aligned += behind[0][0] <= end + 1
        if before:
            parted += 1
            wide += behind[0][2] - before[-1][3] >= 2
    has_left = any(word[1] <= start for row in words for word in row)
    stands = aligned >= 0.4 * right or _is_narrow(words, start, end)
    return has_left and parted >= least and wide >= 0.5 * parted and stands


def _is_narrow(words: Sequence[Sequence[Word]], start: int, end: int) -> bool:
    """Whether what starts right behind the gutter is a column of short words, filled only where they change.

    So the era stands beside its years: `1926  昭和  2  8  7`, and nothing in its place in the years after.
    """
    here = [word for row in words for word in row if end <= word[0] <= end + 1]
    widest = max((word[1] for word in here), default=0)
    inside = sum(1 for row in words for word in row if word[0] < widest and word[1] > end)
    before = sum(1 for row in words if any(word[1] <= start for word in row))
    short = all(word[3] - word[2] <= _SHORT for word in here)
    return len(here) >= 2 and short and inside == len(here) and before >= 0.5 * len(words)
