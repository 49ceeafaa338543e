"""Years that stand in the middle of their rows where nothing parts one year's rows from the next but the years' order.

Takes the blocks of a table, then its lines without those years. Gives the blocks without them, and for each year the
line that it belongs to: years so placed that each is near the middle of its rows, and days go on inside a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline import chars
from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_centred import YEAR, Year, has_year, only, without
from pipeline.read.spacing_cut import Cut
from pipeline.read.spacing_merged import (
    BACK,
    MergedRow,
    Shown,
    count_back,
    day_key,
    group_rows,
    price_of_group,
)

_LEAST = 3  # years in the first column
_ALONE = 2  # of them that stand beside no month or day
_MOST = 0.8  # of the cells of that column that are years
_ROOM = 2.0  # full-width characters that a text which goes on below may leave
_SET_IN = 3  # places by which days stand right of the years
_YEAR_FIRST = re.compile(rf"(?P<year>{YEAR.pattern})(?:$|[ \u3000]+)")
_NUMBER = re.compile(r"[0-9]+")


def part_years(blocks: Sequence[Block], dates: tuple[int, ...]) -> tuple[Sequence[Block], tuple[int, ...]]:
    """The blocks with the years of their one date column in a column of their own, where the days stand right of them.

    As they are, with no date columns, where they do not.
    """
    if dates[:2] == (0, 1):
        return [replace(block, cuts=tuple(_moved(cut) for cut in block.cuts)) for block in blocks], dates
    cuts = [cut for block in blocks for cut in block.cuts if 0 in cut.cells]
    years = [(_start(cut), found.end()) for cut in cuts if (found := _YEAR_FIRST.match(_date(cut)))]
    others = [_start(cut) for cut in cuts if not _YEAR_FIRST.match(_date(cut)) and _NUMBER.search(_date(cut))]
    if dates != (0,) or len(years) < _LEAST or not others:
        return blocks, ()
    left = max(start for start, _ in years)
    if sum(start > left + _SET_IN for start in others) < _MOST * len(others):
        return blocks, ()
    parted = [
        replace(block, columns=block.columns + 1, cuts=tuple(_parted(cut) for cut in block.cuts))
        for block in blocks
    ]
    return parted, (0, 1)


def _date(cut: Cut) -> str:
    return chars.fold(cut.text(0)).text


def _start(cut: Cut) -> int:
    return cut.cells[0][0] - cut.row.start


def _moved(cut: Cut) -> Cut:
    """The line with its day in the column of days, where it shares the cell of the year and that is empty."""
    year = _YEAR_FIRST.match(_date(cut)) if 0 in cut.cells and 1 not in cut.cells else None
    if year is None or year.end() >= len(_date(cut)):
        return cut
    start, end = cut.cells[0]
    cells = {**cut.cells, 0: (start, start + len(year["year"])), 1: (start + year.end(), end)}
    return replace(cut, cells=dict(sorted(cells.items())), indents={**cut.indents, 1: 0.0})


def _parted(cut: Cut) -> Cut:
    """The line with one column more: its year in the first, its day in the second."""
    cells = {column + 1: span for column, span in cut.cells.items() if column}
    indents = {column + 1: indent for column, indent in cut.indents.items() if column}
    if 0 in cut.cells:
        start, end = cut.cells[0]
        year = _YEAR_FIRST.match(_date(cut))
        if year:
            cells[0], indents[0] = (start, start + len(year["year"])), 0.0
            start += year.end()
        if start < end:
            cells[1], indents[1] = (start, end), 0.0
    return replace(cut, cells=dict(sorted(cells.items())), indents=indents)


def strip_years(blocks: Sequence[Block], dates: Sequence[int]) -> tuple[list[Block], list[Cut]]:
    """The blocks without the years of the first date column, and those cut off; none where they stand beside their days.

    A year stays beside a text that begins there: it is the date of that text alone.
    """
    cuts = [cut for block in blocks for cut in block.cuts]
    if len(dates) < 2 or not cuts:
        return list(blocks), []
    column = dates[0]
    cells = [cut for cut in cuts if column in cut.cells and any(sign.isdigit() for sign in cut.text(column))]
    years = [cut for cut in cells if has_year(cut, column)]
    alone = [cut for cut in years if not any(place in cut.cells for place in dates[1:])]
    if len(years) < max(_LEAST, _MOST * len(cells)) or len(alone) < _ALONE:
        return list(blocks), []
    kept = {cut.row.start for cut in _with_texts_of_their_own(cuts, alone, dates)}
    lifted = {cut.row.start: 0 for cut in years if cut.row.start not in kept}
    stripped = [replace(block, cuts=tuple(without(block.cuts, column, lifted))) for block in blocks]
    return stripped, [only(cut, column) for cut in years if cut.row.start in lifted]


def _with_texts_of_their_own(
    cuts: Sequence[Cut], alone: Sequence[Cut], dates: Sequence[int]
) -> Iterator[Cut]:
    """The years beside a text that does not go on from the line above, which stopped short of the edge."""
    text = max(dates) + 1
    ends = {
        cut.row.start: cut.indents[text] + chars.width(cut.text(text)) for cut in cuts if text in cut.cells
    }
    edge = max(ends.values(), default=0.0)
    starts = {cut.row.start for cut in alone}
    above = 0.0
    for cut in cuts:
        if cut.row.start in starts and text in cut.cells and above < edge - _ROOM:
            yield cut
        above = ends.get(cut.row.start, above)


def place_years(shown: Sequence[Shown], years: Sequence[Cut], dates: Sequence[int]) -> list[Year]:
    """The years with the lines they belong to; [] where they stand at the top of their rows as well or better."""
    rows = _rows(shown, dates, any("度" in cut.text(dates[0]) for cut in years))
    marks = {
        -place: MergedRow(-place, cut.row.page, cut.row.number, cut.row.number, [cut.row.number])
        for place, cut in enumerate(years, 1)
    }
    groups, astride, at_top = group_pages(pages_of(rows, marks.values()))
    placed = [Year(years[-row.number - 1], int(first.first)) for row, first in groups if row.number in marks]
    return placed if astride < at_top and len(placed) == len(years) else []


def pages_of(rows: Sequence[MergedRow], marks: Iterable[MergedRow]) -> list[list[MergedRow]]:
    """The rows of each page that has some, the marks among them from the top down."""
    every = sorted((*rows, *marks), key=lambda row: (row.page, row.first, row.number))
    pages = {row.page for row in rows}
    return [list(page) for number, page in groupby(every, key=lambda row: row.page) if number in pages]


def group_pages(
    pages: Sequence[Sequence[MergedRow]],
) -> tuple[list[tuple[MergedRow, MergedRow]], float, float]:
    """Each year of these pages with the first row it stands for; what that costs, and what years at the top do."""
    groups: list[tuple[MergedRow, MergedRow]] = []
    astride = at_top = 0.0
    for number, rows in enumerate(pages):
        found, price, price_at_top = group_years(rows, number > 0)
        groups += found
        astride, at_top = astride + price, at_top + price_at_top
    return groups, astride, at_top


def group_years(
    rows: Sequence[MergedRow], goes_on: bool
) -> tuple[list[tuple[MergedRow, MergedRow]], float, float]:
    """The same for the rows of one page; `goes_on`: the first of them may belong to the year of the page before."""
    if not any(row.outer for row in rows):
        return [], 0.0, 0.0
    groups = group_rows(rows, goes_on)
    return groups, _price(rows, groups), _price_at_top(rows, goes_on)


def _rows(shown: Sequence[Shown], dates: Sequence[int], is_fiscal: bool) -> list[MergedRow]:
    found: dict[tuple[int, int], MergedRow] = {}
    texts: dict[tuple[int, int], str] = {}
    for line, text in shown:
        if line.cell is None:
            continue
        key = line.page, line.cell[1]
        row = found.setdefault(key, MergedRow(line.cell[1], line.page, line.number, line.number))
        row.first, row.last = min(row.first, line.number), max(row.last, line.number)
        if line.cell[2] == dates[0]:
            row.outer.append(line.number)
        elif line.cell[2] in dates:
            row.own.append(line.number)
            texts[key] = texts.get(key, "") + " " + chars.fold(text).text
        else:
            row.has_text = True
    for key, row in found.items():
        row.key = day_key([int(number) for number in _NUMBER.findall(texts.get(key, ""))[:2]], is_fiscal)
    rows = [row for row in found.values() if row.key or row.has_text]
    first = next((place for place, row in enumerate(rows) if row.key or row.outer), 0)
    return rows[first:]  # without the heads of the columns


def _own(rows: Sequence[MergedRow]) -> list[MergedRow]:
    return [row for row in rows if row.key or row.has_text]


def _price(rows: Sequence[MergedRow], groups: Sequence[tuple[MergedRow, MergedRow]]) -> float:
    """How far the years stand from the middle of their rows, and how often days go back inside a year."""
    own = _own(rows)
    if not groups:
        return float("inf")
    starts = [next(place for place, row in enumerate(own) if row is first) for _, first in groups]
    ends = [*starts[1:], len(own)]
    parts: Mapping[int, Sequence[MergedRow]] = {
        place: own[start:end] for place, (start, end) in enumerate(zip(starts, ends, strict=True))
    }
    return sum(price_of_group(parts[place], cell) for place, (cell, _) in enumerate(groups))


def _price_at_top(rows: Sequence[MergedRow], goes_on: bool) -> float:
    """The same where each year rules the rows from its line on; rows above the first year have none."""
    price, group = 0.0, list[MergedRow]()
    said = goes_on
    given = sorted(row.first for row in rows if row.outer)
    for row in _own(rows):
        if given and given[0] <= row.last:
            price += BACK * count_back(group)
            while given and given[0] <= row.last:
                given.pop(0)
            group, said = [], True
        price += 0.0 if said else BACK
        group.append(row)
    return price + BACK * count_back(group)
