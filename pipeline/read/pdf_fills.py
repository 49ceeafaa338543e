"""Edges of the painted cells of a table's head, which stand for ruling lines where the table has such lines below.

Takes painted boxes and the level lines of a page. Gives boxes without height: the upper and lower edge of each cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from pipeline.read.pdf_dots import Box

_HIGHEST = 60.0  # points of a head
_SAME = 0.6  # points
_FEWEST = 2  # cells side by side, and heights of lines below that end where cells do


def find_edges(fills: Sequence[Box], lines: Sequence[Box]) -> list[Box]:
    """The edges of painted cells that stand side by side above lines with the same ends."""
    level = [line for line in lines if line.top == line.bottom]
    return [
        edge
        for row in _rows([fill for fill in fills if fill.bottom - fill.top <= _HIGHEST])
        if _has_lines_below(row, level)
        for box in row
        for edge in (Box(box.x0, box.top, box.x1, box.top), Box(box.x0, box.bottom, box.x1, box.bottom))
    ]


def _rows(fills: Sequence[Box]) -> Iterator[list[Box]]:
    """The boxes that stand side by side, their ends touching."""
    ordered = sorted(fills, key=lambda box: (round(box.top), round(box.bottom), box.x0))
    for _, group in groupby(ordered, key=lambda box: (round(box.top), round(box.bottom))):
        boxes = list(group)
        if len(boxes) >= _FEWEST and all(abs(one.x1 - other.x0) <= _SAME for one, other in pairwise(boxes)):
            yield boxes


def _has_lines_below(row: Sequence[Box], level: Sequence[Box]) -> bool:
    """Whether lines below the row, at several heights, end where its cells do."""
    heights = {
        round(line.top)
        for line in level
        if line.top > row[0].bottom + _SAME
        and any(abs(line.x0 - box.x0) <= _SAME and abs(line.x1 - box.x1) <= _SAME for box in row)
    }
    return len(heights) >= _FEWEST
