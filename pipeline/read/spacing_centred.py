"""Years that stand in the middle of their rows, where blank lines part one year's rows from the next.

Takes the blocks of a table and its date columns. Gives the blocks without those years, and for each year the line
that it belongs to, the first of its rows. Such a year parts no rows: it may stand beside any line of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline import chars
from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_cut import Cut

_LEAST = 3  # groups of rows between blank lines
_MOST = 0.8  # of them that hold one year
_FEWEST = 2  # years that stand below the first line of their group
YEAR = re.compile(r"(?:[^\W\d_]{1,2} ?(?:[0-9]{1,2}|元) ?年度?|[12][0-9]{3} ?年?度?)(?: ?[(（].{1,12}[)）])?")


@dataclass(frozen=True, slots=True)
class Year:
    """A year's cell, cut off from its line, and the number of the line that it belongs to."""

    cut: Cut
    number: int


def lift_years(blocks: Sequence[Block], dates: Sequence[int]) -> tuple[list[Block], list[Year]]:
    """The blocks without the years that stand in the middle of their rows, and those; no years where none do so."""
    if len(dates) < 2:
        return list(blocks), []
    column = dates[0]
    groups = [group for block in blocks for group in _groups(block)]
    held = [
        group for group in groups if any(has_year(cut, column) for cut in group) or _is_dated(group, dates)
    ]
    single = [group for group in held if sum(has_year(cut, column) for cut in group) == 1]
    below = [group for group in single if _is_centred(group, dates)]
    if len(held) < _LEAST or len(single) < _MOST * len(held) or len(below) < _FEWEST:
        return list(blocks), []
    first_of = {
        cut.row.start: _first(group, column).row.number
        for group in single
        if _is_dated(group, dates)
        for cut in group
        if has_year(cut, column)
    }
    years = [
        Year(only(cut, column), first_of[cut.row.start])
        for block in blocks
        for cut in block.cuts
        if cut.row.start in first_of
    ]
    stripped = [replace(block, cuts=tuple(without(block.cuts, column, first_of))) for block in blocks]
    return stripped, years


def _groups(block: Block) -> Iterator[list[Cut]]:
    """The lines with cells between two blank ones."""
    group: list[Cut] = []
    for cut in block.cuts:
        if group and (cut.blank_before or not cut.cells):
            yield group
            group = []
        if cut.cells:
            group.append(cut)
    if group:
        yield group


def has_year(cut: Cut, column: int) -> bool:
    """Whether nothing but a year stands in this column of the line."""
    return column in cut.cells and bool(YEAR.fullmatch(chars.fold(cut.text(column)).text))


def _is_dated(group: Sequence[Cut], dates: Sequence[int]) -> bool:
    """Whether a month or a day stands in the group; a year beside a text alone is a row itself."""
    return any(column in cut.cells for cut in group for column in dates[1:])


def _is_centred(group: Sequence[Cut], dates: Sequence[int]) -> bool:
    """Whether the year stands below a month or a day of its group."""
    place = next(place for place, cut in enumerate(group) if has_year(cut, dates[0]))
    return _is_dated(group[:place], dates)


def _first(group: Sequence[Cut], column: int) -> Cut:
    """The group's first line that holds more than the year."""
    return next(cut for cut in group if set(cut.cells) != {column})


def only(cut: Cut, column: int) -> Cut:
    """The line with this cell alone."""
    return replace(cut, cells={column: cut.cells[column]}, indents={column: cut.indents[column]})


def without(cuts: Sequence[Cut], column: int, years: dict[int, int]) -> Iterator[Cut]:
    """The lines without their years; one that holds nothing else is left out, and the blank lines above it."""
    for cut in cuts:
        if cut.row.start not in years:
            yield cut
        elif len(cut.cells) > 1:
            cells = {place: span for place, span in cut.cells.items() if place != column}
            yield replace(cut, cells=cells)
