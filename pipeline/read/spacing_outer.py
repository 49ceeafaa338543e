"""Cells of years and months that stand for several rows of a table, in the middle of these rows or at their top.

Takes the blocks of a table and its date columns. Gives the table's lines, each such cell in the first of its rows.
Cells are told apart line by line: 昭和30年 above (1955) is one cell. They are taken out first, so that rows are made
by the days alone, and then set before the rows in whose middle they stand, as the order of months and days has it.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline import chars
from pipeline.model import Line, Span
from pipeline.read.spacing_areawords import plain
from pipeline.read.spacing_astride import group_pages, pages_of
from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_cells import MONTH, YEAR, Cell, find_cells
from pipeline.read.spacing_cut import Cut
from pipeline.read.spacing_merged import MergedRow, Shown, day_key

_LEAST = 3  # cells of a column
_ALONE = 2  # of them that stand beside no finer part of a date, or are broken over lines
_MOST = 0.8  # of the cells of a column that say what it holds
_YEAR_ON = 12  # months
_PLAIN = 3.0  # by which the middle must fit better than the top
_PARTED = 0.8  # of what gaps part holds such a cell
_ROOM = 2.0  # full-width characters that a text which goes on below may leave
_INSIDE = re.compile(r"[ぁ-ん、。）」』ー々ァィゥェォッャュョ]")  # what no text opens with
_NUMBER = re.compile(r"[0-9]+")

Make = Callable[[Sequence[Block]], Iterable[Shown]]


def lift_outer(blocks: Sequence[Block], dates: Sequence[int], make: Make) -> list[Line] | None:
    """The lines of a table; None where no cell of its outer columns stands alone."""
    years = _year_columns(blocks, dates)
    behind = [column for column in dates if column not in years]
    if not years or not behind:
        return None
    levels: list[tuple[tuple[int, ...], list[list[Cell]]]] = []
    outer = [tuple(years)]
    if len(behind) > 1 and _share(find_cells(blocks, behind[0]), MONTH) >= _MOST:
        outer.append((behind[0],))
    stripped = list(blocks)
    for columns in outer:
        finer = [column for column in dates if column > columns[-1]]
        is_month = columns[0] not in years
        least = 1 if is_month and levels else _ALONE
        lifted = _lift(blocks, columns, finer, max(dates) + 1, least, is_month)
        if lifted:
            stripped = [_without(block, lifted) for block in stripped]
            levels.insert(0, (columns, lifted))
    if not levels:
        return None
    shown = list(make(stripped))
    gaps = _find_gaps(blocks)
    for columns, cells in levels:
        shown = _place(shown, columns, cells, dates, gaps)
    return sorted((line for line, _ in shown), key=lambda line: line.span.start)


def _year_columns(blocks: Sequence[Block], dates: Sequence[int]) -> list[int]:
    """The date columns from the left on that hold years."""
    found: list[int] = []
    for column in dates:
        if _share(find_cells(blocks, column), YEAR) < _MOST:
            break
        found.append(column)
    return found


def _share(cells: Sequence[Cell], pattern: re.Pattern[str]) -> float:
    said = [cell for cell in cells if any(sign.isdigit() for sign in cell.text)]
    return (
        sum(bool(pattern.fullmatch(cell.text)) for cell in said) / len(said) if len(said) >= _LEAST else 0.0
    )


def _lift(
    blocks: Sequence[Block],
    columns: tuple[int, ...],
    finer: Sequence[int],
    text: int,
    least: int,
    is_month: bool,
) -> list[list[Cell]]:
    """The cells of these columns that stand for other rows than their own lines', those of one row together."""
    groups = _together([find_cells(blocks, column) for column in columns])
    groups = [cells for cells in groups if any(sign.isdigit() for cell in cells for sign in cell.text)]
    cuts = {cut.row.number: cut for block in blocks for cut in block.cuts}
    single = [cells for cells in groups if not _is_beside(cells, cuts, finer)]
    edge = max((_end(cut, text) for cut in cuts.values() if text in cut.cells), default=0.0) - _ROOM
    own = {id(cells) for cells in single if _has_text(cells, cuts, text, finer, edge)}
    own |= {id(cells) for cells in _without_finer(groups, cuts, finer, _find_gaps(blocks))}
    alone = [cells for cells in single if id(cells) not in own]
    broken = [cells for cells in groups if any(len(cell.cuts) > 1 for cell in cells)]
    if is_month:
        alone = [
            cells for cells in alone if all(_goes_on_there(cuts, int(line), text) for line in cells[0].lines)
        ]
    if len(groups) < _LEAST or max(len(alone), len(broken)) < least:
        return []
    return [cells for cells in groups if id(cells) not in own]


def _together(columns: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The cells of the first column, each with those of the others that stand beside it."""
    groups: list[list[Cell]] = []
    places: dict[float, int] = {}  # of the first group on each line
    for number, cells in enumerate(columns):
        for cell in cells:
            beside = [places[line] for line in cell.lines if line in places] if number else []
            if beside:
                groups[min(beside)].append(cell)
                continue
            for line in cell.lines:
                places.setdefault(line, len(groups))
            groups.append([cell])
    return sorted(groups, key=lambda group: group[0].lines[0])


def _is_beside(cells: Sequence[Cell], cuts: Mapping[int, Cut], finer: Sequence[int]) -> bool:
    lines = {cut.row.number for cell in cells for cut in cell.cuts}
    return any(column in cuts[line].cells for line in lines for column in finer)


def _has_text(
    cells: Sequence[Cell], cuts: Mapping[int, Cut], text: int, finer: Sequence[int], edge: float
) -> bool:
    """Whether a text begins beside the cell's first line and has no finer date: it does not go on from the line above.

    `edge` is where lines of texts are full.
    """
    here = cells[0].cuts[0].row.number
    if text not in cuts[here].cells:
        return False
    above = next((n for n in range(here - 1, here - 4, -1) if n in cuts and text in cuts[n].cells), None)
    if above is not None and _end(cuts[above], text) >= edge:
        return False
    line = here
    while line in cuts and text in cuts[line].cells and _end(cuts[line], text) >= edge:
        line += 1
    return not any(
        column in cuts[each].cells for each in range(here, line + 1) if each in cuts for column in finer
    )


def _find_gaps(blocks: Sequence[Block]) -> list[int]:
    """The lines below a gap, or at the top of a page; none where no gap is."""
    gaps = [cut.row.number for block in blocks for cut in block.cuts if cut.blank_before]
    tops = [block.cuts[0].row.number for block in blocks if block.cuts]
    return sorted({*gaps, *tops}) if gaps else []


def _without_finer(
    groups: Sequence[Sequence[Cell]], cuts: Mapping[int, Cut], finer: Sequence[int], gaps: Sequence[float]
) -> list[Sequence[Cell]]:
    """The cells with no finer part of a date between the gaps above and below them, where gaps part each from the next."""
    places = [bisect(gaps, cells[0].lines[0]) for cells in groups]
    if len(gaps) < _LEAST or len(set(places)) < len(groups) or len(groups) < _PARTED * len(gaps):
        return []
    dated = {bisect(gaps, line) for line, cut in cuts.items() if any(column in cut.cells for column in finer)}
    return [cells for cells, place in zip(groups, places, strict=True) if place not in dated]


def _goes_on_there(cuts: Mapping[int, Cut], line: int, text: int) -> bool:
    """Whether the line holds no text, or one that shows by its first sign that it goes on from the line above."""
    return text not in cuts[line].cells or _INSIDE.match(cuts[line].text(text)) is not None


def _end(cut: Cut, column: int) -> float:
    return cut.indents[column] + chars.width(cut.text(column))


def _without(block: Block, groups: Sequence[Sequence[Cell]]) -> Block:
    """The block without these cells; a line that holds nothing else is left out."""
    taken = {(cut.row.start, cell.column) for group in groups for cell in group for cut in cell.cuts}
    cuts = []
    for cut in block.cuts:
        kept = {column: span for column, span in cut.cells.items() if (cut.row.start, column) not in taken}
        if kept or not cut.cells:
            cuts.append(replace(cut, cells=kept) if len(kept) < len(cut.cells) else cut)
    return replace(block, cuts=tuple(cuts))


def _place(
    shown: Sequence[Shown],
    columns: tuple[int, ...],
    groups: Sequence[Sequence[Cell]],
    dates: Sequence[int],
    gaps: Sequence[float],
) -> list[Shown]:
    """The lines, and those of these cells in the rows that they stand for."""
    finer = [column for column in dates if column > columns[-1]]
    is_fiscal = any("年度" in cell.text for cells in groups for cell in cells)
    rows = list(_rows(shown, columns, finer, is_fiscal))
    marks = {-place: _mark(-place, cells) for place, cells in enumerate(groups, 1)}
    pages = pages_of(rows, marks.values())
    found, astride, at_top = group_pages(pages)
    middle = {cell.number: first for cell, first in found if cell.number < 0}
    top = dict(pair for page in pages for pair in _at_top(page))
    targets = middle if astride + _PLAIN < at_top and len(middle) == len(marks) else top
    targets = _between_gaps(rows, list(marks.values()), gaps) or targets
    placed = list(shown)
    for mark in marks:
        cells, target = groups[-mark - 1], targets.get(mark)
        placed += [_shown(cell, cut, target) for cell in cells for cut in cell.cuts]
    return placed


def _mark(number: int, cells: Sequence[Cell]) -> MergedRow:
    lines = cells[0].lines
    page = cells[0].cuts[0].row.page
    return MergedRow(number, page, lines[0], lines[-1], list(lines))


def _between_gaps(
    rows: Sequence[MergedRow], marks: Sequence[MergedRow], gaps: Sequence[float]
) -> dict[int, MergedRow]:
    """Each cell with the first row between the same two gaps, where gaps part the cells from each other; else none."""
    held: dict[int, list[MergedRow]] = {}
    for mark in marks:
        held.setdefault(bisect(gaps, mark.first), []).append(mark)
    own: dict[int, MergedRow] = {}
    for row in sorted(rows, key=lambda row: row.first, reverse=True):
        own[bisect(gaps, row.first)] = row
    is_one = all(len(cells) == 1 for cells in held.values()) and held.keys() <= own.keys()
    if len(gaps) < _LEAST or not is_one or len(held) < _PARTED * len(own):
        return {}
    return {cells[0].number: own[group] for group, cells in held.items()}


def _at_top(rows: Sequence[MergedRow]) -> Iterator[tuple[int, MergedRow]]:
    """Each cell with the row that its first line stands in, or the next one below it."""
    own = [row for row in rows if row.number >= 0]
    for mark in rows:
        if mark.number < 0 and own:
            below = [row for row in own if row.last >= mark.first]
            yield mark.number, below[0] if below else own[-1]


def _shown(cell: Cell, cut: Cut, target: MergedRow | None) -> Shown:
    start, end = cut.cells[cell.column]
    place = (target.table, target.number, cell.column) if target is not None else None
    line = Line(Span(start, end), cut.row.number, cut.row.page, indent=cut.indents[cell.column], cell=place)
    return line, cut.text(cell.column)


def _rows(
    shown: Sequence[Shown], columns: tuple[int, ...], finer: Sequence[int], is_fiscal: bool
) -> Iterator[MergedRow]:
    """The rows of the table with the parts of their dates that are finer than these columns'."""
    found: dict[tuple[int, int], MergedRow] = {}
    texts: dict[tuple[int, int], dict[int, str]] = {}
    for line, text in shown:
        if line.cell is None:
            continue
        table, number, column = line.cell
        key = line.page, number
        row = found.setdefault(key, MergedRow(number, line.page, line.number, line.number, table=table))
        if column in columns:
            row.outer.append(line.number)
        elif column in finer:
            row.own.append(line.number)
            said = texts.setdefault(key, {})
            said[column] = said.get(column, "") + " " + plain(text)
        else:
            row.has_text = True
        if column not in columns:
            row.first, row.last = min(row.first, line.number), max(row.last, line.number)
    month = 0
    for key, row in sorted(found.items(), key=lambda each: (each[1].page, each[1].first)):
        said = texts.get(key, {})
        numbers = [int(number) for column in sorted(said) for number in _NUMBER.findall(said[column])][:2]
        if len(finer) > 1 and finer[0] not in said and numbers:
            numbers = [month, *numbers][:2]
        month = numbers[0] if numbers else month
        if numbers and len(finer) and any("翌" in each for each in said.values()):
            numbers = [numbers[0] + _YEAR_ON, *numbers[1:]]
        row.key = day_key(numbers, is_fiscal)
    rows = [row for row in found.values() if row.key or row.has_text]
    first = next((place for place, row in enumerate(rows) if row.key), 0)  # below the heads of the columns
    yield from rows[first:]
