"""Parts columns that the grid of a page left whole, where the lines of a column do not start at one place.

Takes blocks: the lines of a page cut by its grid. Gives them with a column more where many cells are two
texts with a wide gap between. pdftotext -layout counts a full-width sign as one place, so the second text
moves to the left or right with what stands before it, and no place stays blank all down the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_columns import Measure
from pipeline.read.spacing_cut import Cut
from pipeline.read.spacing_tight import ERA_AND_DOTS, find_tight

_GAP = re.compile(r" {2,}|[\s\u3000]{3,}")
_ERA_AND_DOTS = re.compile(ERA_AND_DOTS)
_DRIFT = 8  # places between the first and the last start of a column
_TIGHT = 3  # places by which a text stands too far to the left, one blank behind a long date
_LEAST = 3  # cells that are two
_MOST = 6  # columns that may be parted so
_STRAY = 2  # cells that may start between two columns


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell by places: where it starts and ends, and where the text behind its gap starts (-1: it has none).

    `gap` are the offsets of the gap in the row; `is_tight`: a single blank behind a date.
    """

    place: int
    edge: int
    behind: int = -1
    gap: tuple[int, int] = (0, 0)
    is_tight: bool = False


def part_columns(block: Block, measure: Measure, least: int = _LEAST) -> Block:
    """The block with its columns parted, as far as at least `least` cells of a column show two."""
    for _ in range(_MOST):
        parts = (_part(block, column, measure, least) for column in reversed(range(block.columns)))
        parted = next((part for part in parts if part is not None), None)
        if parted is None:
            return block
        block = parted
    return block


def _part(block: Block, column: int, measure: Measure, least: int) -> Block | None:
    """The block with this column as two, or None where its cells do not show two columns."""
    cells = [_cell(cut, column, measure) if column in cut.cells else None for cut in block.cuts]
    known = [cell for cell in cells if cell is not None]
    pairs = [cell for cell in known if cell.behind >= 0 and not cell.is_tight]
    if len(pairs) < max(least, 0.1 * len(known)):
        return None
    low, high = min(cell.behind for cell in pairs), max(cell.behind for cell in pairs)
    left = sorted(cell.place for cell in pairs)[len(pairs) // 2]
    alone = [
        cell for cell in known if cell not in pairs and not (cell.is_tight and _is_near(cell, low, high))
    ]
    between = sum(1 for cell in alone if left + 3 < cell.place < low - 1)
    over = sum(1 for cell in alone if cell.place < low - 1 and cell.edge > high)
    if high - low > _DRIFT or between > max(_STRAY, 0.1 * len(known)) or over > 0.15 * len(known):
        return None
    cuts = (_divide(cut, column, cell, low, high) for cut, cell in zip(block.cuts, cells, strict=True))
    return replace(block, columns=block.columns + 1, cuts=tuple(cuts))


def _is_near(cell: _Cell, low: int, high: int) -> bool:
    return low - _TIGHT <= cell.behind <= high


def _cell(cut: Cut, column: int, measure: Measure) -> _Cell:
    start, end = (place - cut.row.start for place in cut.cells[column])
    places = measure(cut.row.text)
    dots = _ERA_AND_DOTS.match(cut.row.text, start, end)
    wide = _GAP.search(cut.row.text, dots.end() if dots else start, end)
    if wide:
        return _Cell(places[start], places[end], places[wide.end()], wide.span())
    tight = find_tight(cut.row.text)
    if start < tight < end:
        return _Cell(places[start], places[end], places[tight], (tight - 1, tight), True)
    return _Cell(places[start], places[end])


def _divide(cut: Cut, column: int, cell: _Cell | None, low: int, high: int) -> Cut:
    """The line with the cells behind this column moved on, and this column's cell parted or moved where it is to be."""
    cells = {number + (number > column): place for number, place in cut.cells.items()}
    indents = {number + (number > column): indent for number, indent in cut.indents.items()}
    if cell is not None and cell.behind >= 0 and (not cell.is_tight or _is_near(cell, low, high)):
        start, end = cut.cells[column]
        cells[column] = (start, cut.row.start + cell.gap[0])
        cells[column + 1] = (cut.row.start + cell.gap[1], end)
        indents[column + 1] = max(0.0, float(cell.behind - high))
    elif cell is not None and cell.place >= low - 1:
        cells[column + 1], indents[column + 1] = cells.pop(column), max(0.0, float(cell.place - high))
        del indents[column]
    return replace(cut, cells=dict(sorted(cells.items())), indents=indents)
