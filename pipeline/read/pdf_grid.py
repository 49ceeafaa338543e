"""Ruling lines to cells: every place that the lines of a table part from its neighbours.

Takes the ruling lines of a page. Gives `Grid`s: cells with the grid rows and columns they cover (a merged
cell covers several). Outer lines may be missing: the ends of the inner ones stand for them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from pipeline.read.pdf_ink import Rule

_NEAR = 3.0  # points: lines this near are one line, and lines this near touch
_LEAST = 4.0  # points: no row is lower and no column narrower
_MOST_PAIRS = 2_000_000  # of an upright and a level line
_MOST_BOXES = 40_000  # a drawing, not a table


class GridCell(NamedTuple):
    """A cell and the grid rows and columns it covers, the last ones not included."""

    row: int
    row_end: int
    column: int
    column_end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table of one page: edges of its rows and columns, its cells, and which cell a box is in."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    cell_of: tuple[int, ...]  # for box row * (number of columns) + column: the index of its cell

    @property
    def left(self) -> float:
        """Its left edge."""
        return self.xs[0]

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.xs[-1]

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.ys[-1]

    def find(self, x: float, y: float) -> int | None:
        """The index of the cell that holds the point, or None outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return None
        return self.cell_of[row * (len(self.xs) - 1) + column]


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The grids of a page, from the top down, then from left to right."""
    across = _merge([rule for rule in rules if rule.top == rule.bottom])
    down = [_flip(rule) for rule in _merge([_flip(rule) for rule in rules if rule.top != rule.bottom])]
    grids = [grid for group in _connect(across, down) if (grid := _make_grid(*group))]
    return sorted(grids, key=lambda grid: (grid.top, grid.left))


def repeats_at(grid: Grid) -> float | None:
    """The edge in the middle of a grid whose right half has the columns of its left half again; else None."""
    widths = [right - left for left, right in pairwise(grid.xs)]
    half, odd = divmod(len(widths), 2)
    if odd or half < 2:
        return None
    alike = all(abs(widths[at] - widths[at + half]) <= 0.04 * sum(widths) for at in range(half))
    is_even = max(widths) < 1.3 * min(widths)  # equal columns repeat without meaning anything
    return grid.xs[half] if alike and not is_even else None


def clip_rules(rules: Iterable[Rule], left: float, right: float) -> list[Rule]:
    """The parts of the lines that lie between these places."""
    clipped = (rule._replace(x0=max(rule.x0, left), x1=min(rule.x1, right)) for rule in rules)
    return [
        rule
        for rule in clipped
        if (rule.x1 > rule.x0 if rule.top == rule.bottom else left - _NEAR <= rule.x0 <= right + _NEAR)
        and rule.x0 <= rule.x1 + _NEAR
    ]


def _flip(rule: Rule) -> Rule:
    return Rule(rule.top, rule.x0, rule.bottom, rule.x1)


def _merge(rules: Iterable[Rule]) -> list[Rule]:
    """Horizontal lines with those on one height that touch made one."""
    heights: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: rule.top):
        if heights and rule.top - heights[-1][0].top <= _NEAR / 2:
            heights[-1].append(rule)
        else:
            heights.append([rule])
    merged: list[Rule] = []
    for height in heights:
        height.sort()
        runs: list[Rule] = []
        for rule in height:
            if runs and rule.x0 - runs[-1].x1 <= _NEAR:
                runs[-1] = runs[-1]._replace(x1=max(runs[-1].x1, rule.x1))
            else:
                runs.append(rule)
        merged += runs
    return merged


def _connect(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that touch one another, directly or through others, in one group; none for a drawing."""
    if len(across) * len(down) > _MOST_PAIRS:
        return []
    home = list(range(len(across) + len(down)))

    def root(place: int) -> int:
        while home[place] != place:
            home[place] = home[home[place]]
            place = home[place]
        return place

    for place, rule in enumerate(across):
        for other, upright in enumerate(down, len(across)):
            if (
                rule.x0 - _NEAR <= upright.x0 <= rule.x1 + _NEAR
                and upright.top - _NEAR <= rule.top <= upright.bottom + _NEAR
            ):
                home[root(other)] = root(place)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for place, rule in enumerate((*across, *down)):
        group = groups.setdefault(root(place), ([], []))
        group[0 if place < len(across) else 1].append(rule)
    return list(groups.values())


def _make_grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    if not across or not down:
        return None
    xs = _edges([rule.x0 for rule in down], [x for rule in across for x in (rule.x0, rule.x1)])
    ys = _edges([rule.top for rule in across], [y for rule in down for y in (rule.top, rule.bottom)])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST_BOXES:
        return None
    cell_of, cells = _join_boxes(xs, ys, across, down)
    return Grid(tuple(xs), tuple(ys), tuple(cells), tuple(cell_of))


def _edges(lines: Iterable[float], ends: Sequence[float]) -> list[float]:
    """The places of lines, and the outermost ends of those that cross them."""
    edges: list[float] = []
    for place in sorted((*lines, min(ends), max(ends))):
        if not edges or place - edges[-1] > _LEAST:
            edges.append(place)
    return edges


def _join_boxes(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> tuple[list[int], list[GridCell]]:
    """Boxes with no line between them as one cell; its edges are those of all its boxes."""
    columns, rows = len(xs) - 1, len(ys) - 1
    walls = {(_nearest(xs, rule.x0), row) for rule in down for row in _covered(ys, rule.top, rule.bottom)}
    floors = {
        (_nearest(ys, rule.top), column) for rule in across for column in _covered(xs, rule.x0, rule.x1)
    }
    cell_of = [-1] * (rows * columns)
    cells: list[GridCell] = []
    for start in range(rows * columns):
        if cell_of[start] >= 0:
            continue
        reached, waiting = [], [start]
        cell_of[start] = len(cells)
        while waiting:
            row, column = divmod(waiting.pop(), columns)
            reached.append((row, column))
            for near_row, near_column, is_open in (
                (row, column + 1, column + 1 < columns and (column + 1, row) not in walls),
                (row, column - 1, column > 0 and (column, row) not in walls),
                (row + 1, column, row + 1 < rows and (row + 1, column) not in floors),
                (row - 1, column, row > 0 and (row, column) not in floors),
            ):
                box = near_row * columns + near_column
                if is_open and cell_of[box] < 0:
                    cell_of[box] = len(cells)
                    waiting.append(box)
        cells.append(
            GridCell(
                min(row for row, _ in reached),
                max(row for row, _ in reached) + 1,
                min(column for _, column in reached),
                max(column for _, column in reached) + 1,
            )
        )
    return cell_of, cells


def _nearest(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - place))


def _covered(edges: Sequence[float], start: float, end: float) -> list[int]:
    """Which intervals between edges the line covers for most of their length."""
    return [
        index
        for index in range(len(edges) - 1)
        if min(end, edges[index + 1]) - max(start, edges[index]) > 0.6 * (edges[index + 1] - edges[index])
    ]
