"""Rows of a table with a row for each year and the months inside its texts, in one column or in several.

Takes the blocks of such a table. Gives its lines: each year's cell, be it of two lines, with the lines of its texts.
Years stand in the middle of their rows or at the top; a row begins where no text goes on from above, and in each
column the months of a year count up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline import chars
from pipeline.model import SOFT, Line, Span
from pipeline.read.spacing_areawords import opens_month, plain
from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_cells import Cell, find_cells
from pipeline.read.spacing_cut import Cut
from pipeline.read.spacing_merged import without_hopeless

_BACK = 30.0  # price of a month that goes back inside a row, in lines squared
_INSIDE = 30.0  # price of a row that begins inside a text
_MOST = 80  # lines of one row
_DIGIT = "[0-9０-９]"
_DATE = re.compile(
    rf"(?:{_DIGIT}{{1,2}} ?月(?: ?{_DIGIT}{{1,2}} ?日)?(?: ?[～〜~、・-] ?{_DIGIT}{{1,2}} ?[月日](?: ?{_DIGIT}{{1,2}} ?日)?)*"
    r"|〃|同月 ?[0-9０-９]{1,2} ?日|同[年月日]|この年|[春夏秋冬])(?: ?[上中下初]旬| ?頃| ?末| ?[～〜~](?=[ \u3000]))?[ \u3000]*"
)
_ENDS = tuple("。！？")
_MARKER = re.compile(r"[・･●○◎〇■□◆◇★☆※*①-⑳]|[(（][0-9０-９]")
_NUMBER = re.compile(r"[0-9]+|元")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of texts: by column the month that opens it, 0 where one goes on from above."""

    cut: Cut
    months: Mapping[int, int]


def make_yearly(blocks: Sequence[Block], table: int) -> list[Line]:
    """The lines of the table: a row for each month of a year, those of the first column of texts before the next one's."""
    row = -1
    made: list[Line] = []
    for block in blocks:
        cells = find_cells([block], 0)
        years = [cell for cell in cells if _NUMBER.search(cell.text)]
        first = min((cell.lines[0] for cell in years), default=0)
        lines = [_line(cut) for cut in block.cuts if cut.cells]
        heads = [cell for cell in cells if not _NUMBER.search(cell.text)]
        lines, above = _without_heads(lines, heads, first if row < 0 else 0)
        made += [_outside(cut) for cut in (*above, *(cut for cut in block.cuts if not cut.cells))]
        opening, groups = _group(lines, [cell for cell in years if not _is_rest(cell)], row >= 0)
        shown = {cut.cells[column][1]: cut.text(column) for cut in block.cuts for column in cut.cells}
        for number, group in enumerate((opening, *groups)):
            own = list(_rows(group, table, row, goes_on=number == 0))
            made += _mark_broken(own, shown)
            row = max([row, *(line.cell[1] for line in own if line.cell)])
    return made


def _rows(group: Sequence[_Line], table: int, row: int, goes_on: bool) -> Iterator[Line]:
    """The lines of one year; `goes_on`: the year stands on the page before, and its last row may go on."""
    first = row if goes_on else row + 1
    for one in group:
        if 0 in one.cut.cells:
            yield _cell(one.cut, one.cut.cells[0], (table, max(first, 0), 0))
    columns = sorted({column for one in group for column in one.months})
    row += 0 if goes_on else 1
    is_first = not goes_on
    for column in columns:
        for one in group:
            if column not in one.months:
                continue
            start, end = one.cut.cells[column]
            if one.months[column]:
                row += 0 if is_first else 1
                is_first = False
                if date := _DATE.match(one.cut.text(column)):
                    yield _cell(one.cut, (start, start + len(date[0].rstrip())), (table, row, 1))
                    start += date.end()
            if start < end:
                lead = chars.width(one.cut.text(column)[: start - one.cut.cells[column][0]])
                yield _cell(one.cut, (start, end), (table, max(row, 0), column + 1), lead)


def _mark_broken(lines: Sequence[Line], text: Mapping[int, str]) -> list[Line]:
    """The lines; one of a text that does not open with a month goes on from the one above it, unless a marker opens it.

    `text` is what each cell says, by where it ends.
    """
    marked = list(lines)
    for place, (line, below) in enumerate(pairwise(lines)):
        if line.cell == below.cell and line.cell and line.cell[2] > 1:
            ends = text[line.span.end].endswith(_ENDS) or _MARKER.match(text[below.span.end])
            marked[place] = line if ends else replace(line, wrap=SOFT)
    return marked


def _without_heads(
    lines: Sequence[_Line], heads: Sequence[Cell], first: float
) -> tuple[list[_Line], list[Cut]]:
    """The lines without those of the heads of the columns, which stand above the first month and the first year."""
    numbers = {number for cell in heads for number in cell.lines}
    opened = next((one.cut.row.number for one in lines if any(one.months.values())), 0)
    above = [
        one.cut for one in lines if one.cut.row.number < min(opened, first) or one.cut.row.number in numbers
    ]
    kept = {cut.row.start for cut in above}
    return [one for one in lines if one.cut.row.start not in kept], above


def _line(cut: Cut) -> _Line:
    return _Line(cut, {column: opens_month(plain(cut.text(column))) for column in cut.cells if column})


def _is_rest(cell: Cell) -> bool:
    """Whether the cell is the rest of one on the page before: (2011) alone."""
    return cell.text.startswith("(")


def _group(
    lines: Sequence[_Line], years: Sequence[Cell], goes_on: bool
) -> tuple[Sequence[_Line], list[Sequence[_Line]]]:
    """The lines that go on with the page before, and those of each year."""
    if not years:
        return lines, []
    numbers = [one.cut.row.number for one in lines]
    starts = [_price_of_start(lines, place) for place in range(len(lines))]
    tried = [
        way
        for at_top in (False, True)
        if (way := _cheapest(lines, numbers, starts, years, goes_on, at_top)) is not None
    ]
    if not tried:
        return lines, []
    _, chain = min(tried, key=lambda way: way[0])
    ends = [*chain[1:], len(lines)]
    return lines[: chain[0]], [lines[start:end] for start, end in zip(chain, ends, strict=True)]


def _cheapest(
    lines: Sequence[_Line],
    numbers: Sequence[int],
    starts: Sequence[float],
    years: Sequence[Cell],
    goes_on: bool,
    at_top: bool,
) -> tuple[float, tuple[int, ...]] | None:
    """The price and the first line of each year's row; None where no way fits."""
    limit = len(lines) if goes_on else 1
    best: dict[int, tuple[float, tuple[int, ...]]] = {
        place: (0.0 if place == 0 else starts[place] + 1.0, ()) for place in range(min(limit, len(lines)))
    }
    for place, year in enumerate(years):
        coming: dict[int, tuple[float, tuple[int, ...]]] = {}
        is_last = place + 1 == len(years)
        height = year.lines
        for start, (price, chain) in best.items():
            furthest = len(lines) + 1 if is_last else min(len(lines), start + _MOST)
            for end, back in enumerate(_count_back(lines, start, furthest), start + 1):
                if is_last and end < len(lines):
                    continue
                cost = price + _price(numbers, start, end, height, at_top) + _BACK * back
                cost += starts[end] if end < len(lines) else 0.0
                if cost < coming.get(end, (float("inf"), ()))[0]:
                    coming[end] = (cost, (*chain, start))
        best = without_hopeless(coming)
    return best.get(len(lines))


def _count_back(lines: Sequence[_Line], start: int, end: int) -> Iterator[int]:
    """For lines from this one on, each taken to those before, how often months go back in a column."""
    said: dict[int, int] = {}
    back = 0
    for one in lines[start : end - 1]:
        for column, month in one.months.items():
            if month > 0:
                back += month < said.get(column, 0)
                said[column] = month
        yield back


def _price(numbers: Sequence[int], start: int, end: int, year: Sequence[float], at_top: bool) -> float:
    first, last = numbers[start], numbers[end - 1]
    off = (year[0] - first) if at_top else (first + last) / 2 - sum(year) / len(year)
    held = first <= year[0] and year[-1] <= last
    return off * off + (0.0 if held else _INSIDE)


def _price_of_start(lines: Sequence[_Line], place: int) -> float:
    """What it costs to begin a row with this line: none where every text in it opens with a month."""
    months = lines[place].months
    if any(month == 0 for month in months.values()):
        return _INSIDE
    if not months:
        return 0.5 * _INSIDE
    below = lines[place + 1 : place + 2]
    open_above = {column for one in lines[max(0, place - 1) : place] for column in one.months}
    goes_on = any(
        one.months.get(column) == 0 and column not in months for one in below for column in open_above
    )
    return 0.5 * _INSIDE if goes_on else 0.0


def _cell(cut: Cut, span: tuple[int, int], place: tuple[int, int, int], indent: float = 0.0) -> Line:
    return Line(Span(*span), cut.row.number, cut.row.page, indent=indent, cell=place)


def _outside(cut: Cut) -> Line:
    return Line(cut.row.span, cut.row.number, cut.row.page, indent=cut.row.indent)
