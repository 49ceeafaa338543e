"""The reading order of a page: the left column of a two-column page first, then the right one.

Takes blocks (tables, rows of text) of one page. Gives them in order. What runs over both columns
parts the page: all that stands above it is read before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from pipeline.read.pdf_parts import Table

Block = TypeVar("Block")
Box = tuple[float, float, float, float]  # left, top, right, bottom
_REACH = 3.0  # points a block may reach over the middle


def find_middle(tables: Sequence[Table]) -> float | None:
    """Where the page's two columns part: between two tables that stand side by side; else None."""
    for left in tables:
        for right in tables:
            shared = min(left.bottom, right.bottom) - max(left.top, right.top)
            lower = min(left.bottom - left.top, right.bottom - right.top)
            if left.right <= right.left + _REACH and shared > 0.3 * lower:
                return (left.right + right.left) / 2
    return None


def put_in_order(
    blocks: Sequence[Block], box: Callable[[Block], Box], middle: float | None
) -> list[list[Block]]:
    """The blocks in reading order, in runs: one a column, and one for each stretch over both columns."""
    ordered = sorted(blocks, key=lambda block: (box(block)[1], box(block)[0]))
    if middle is None:
        return [ordered] if ordered else []
    runs: list[list[Block]] = []
    left: list[Block] = []
    right: list[Block] = []
    across: list[Block] = []
    for block in ordered:
        x0, _, x1, _ = box(block)
        if x0 < middle - _REACH and x1 > middle + _REACH:
            runs += [run for run in (left, right) if run]
            left, right = [], []
            across.append(block)
            continue
        if across:
            runs.append(across)
            across = []
        (left if (x0 + x1) / 2 < middle else right).append(block)
    return runs + [run for run in (across, left, right) if run]
