"""The Document of a PDF: its text in reading order, a line for every line of the page.

Takes items in reading order. Gives text, lines and the box of every character. A line end has an empty box
at the end of its line, a blank that stands for a gap has the gap's box.
A table's row gives the lines of its first cell, then those of the next one; a year in a row of its own is
a row with one cell. Furniture that stands inside a row over a page's end comes where the page ends.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.model import FULL, HARD, Geometry, Line, Span
from pipeline.read.pdf_chains import Chain, ChainLine, ChainRow
from pipeline.read.pdf_flow import Item
from pipeline.read.pdf_lines import Ink

_SLACK = 0.55  # of the em: room that a line may leave beyond that, as for a blank dropped at its end
_WIDEST_PADDING = 1.0  # em between a cell's edge and its text
_NO_EDGE = (0.0, 0.0)


class Placed(NamedTuple):
    """A line with all that the page says of it."""

    ink: Ink
    wrap: str
    indent: float
    cell: tuple[int, int, int] | None = None
    role: str = ""


def place_lines(units: Sequence[Item | Chain]) -> list[Placed]:
    """Every line of the document in reading order."""
    edges = _prose_edges(units)
    placed: list[Placed] = []
    tables = 0
    for at, unit in enumerate(units):
        if isinstance(unit, Chain):
            placed += _place_chain(unit, tables)
            tables += 1
        else:
            following = units[at + 1] if at + 1 < len(units) else None
            placed += _place_item(unit, following, edges.get(unit.side, _NO_EDGE))
    return placed


def spell(placed: Sequence[Placed]) -> tuple[str, tuple[Line, ...], Geometry]:
    """The text, its lines, and a box for each of its characters."""
    texts: list[str] = []
    lines: list[Line] = []
    x0, top, x1, bottom = (array("f") for _ in range(4))
    at = 0
    for number, one in enumerate(placed, 1):
        ink = one.ink
        end = at + len(ink.text)
        lines.append(Line(Span(at, end), number, ink.page, one.wrap, one.indent, one.cell, one.role))
        texts.append(ink.text)
        x0.extend(ink.left)
        x1.extend(ink.right)
        x0.append(ink.x1)
        x1.append(ink.x1)
        top.extend([ink.top] * (len(ink.text) + 1))
        bottom.extend([ink.bottom] * (len(ink.text) + 1))
        at = end + 1
    text = "".join(f"{part}\n" for part in texts)
    return text, tuple(lines), Geometry(x0, top, x1, bottom)


def _prose_edges(units: Sequence[Item | Chain]) -> dict[str, tuple[float, float]]:
    """Left and right edge of the text outside tables, for each side of the page."""
    lefts: dict[str, float] = {}
    rights: dict[str, float] = {}
    widest = max(
        (right for unit in units if isinstance(unit, Chain) for _, right in _all_edges(unit)), default=0.0
    )
    for unit in units:
        if isinstance(unit, Item) and not unit.role:
            for ink in unit.lines:
                lefts[unit.side] = min(lefts.get(unit.side, ink.x0), ink.x0)
                rights[unit.side] = max(
                    rights.get(unit.side, widest if unit.side == "whole" else 0.0), ink.x1
                )
    return {side: (lefts[side], rights[side]) for side in lefts}


def _all_edges(chain: Chain) -> Iterator[tuple[float, float]]:
    for part in chain.edges:
        yield from part.values()


def _place_item(item: Item, following: Item | Chain | None, edge: tuple[float, float]) -> Iterator[Placed]:
    """Prose and furniture; a line of prose goes on in the next stretch of prose when it stands just below."""
    after = (
        following.lines[0] if isinstance(following, Item) and not following.role and following.lines else None
    )
    for ink, below in pairwise((*item.lines, None if item.role else after)):
        assert ink is not None
        if item.role:
            yield Placed(ink, HARD, 0.0, None, item.role)
            continue
        near = below is not None and (below.page != ink.page or 0 < below.base - ink.base < 2.5 * ink.size)
        wrap = wrap_of(ink, below if near else None, edge[1])
        yield Placed(ink, wrap, indent_of(ink, edge[0]))


def _place_chain(chain: Chain, table: int) -> Iterator[Placed]:
    padding = _padding(chain)
    shown, number = 0, 0
    for row in chain.rows:
        while shown < row.part and not _goes_back(row, shown):
            yield from place_furniture(chain.between[shown])
            shown += 1
        last_column = max(row.cells)
        for column in sorted(row.cells):
            lines = row.cells[column]
            for line, below in pairwise((*lines, None)):
                assert line is not None
                while column == last_column and shown < line.part:
                    yield from place_furniture(chain.between[shown])
                    shown += 1
                yield _place_line(
                    chain, line, below, column, padding, None if row.is_head else (table, number, column)
                )
        number += not row.is_head
    while shown < len(chain.between):
        yield from place_furniture(chain.between[shown])
        shown += 1


def _goes_back(row: ChainRow, shown: int) -> bool:
    """Whether the row has text in the part whose furniture is next."""
    return any(line.part <= shown for lines in row.cells.values() for line in lines)


def place_furniture(items: Sequence[Item]) -> Iterator[Placed]:
    """The lines of furniture, each with its role."""
    for item in items:
        yield from (Placed(ink, HARD, 0.0, None, item.role) for ink in item.lines)


def _place_line(
    chain: Chain,
    line: ChainLine,
    below: ChainLine | None,
    column: int,
    padding: dict[int, float],
    cell: tuple[int, int, int] | None,
) -> Placed:
    left, right = chain.edges[line.part].get(column, _NO_EDGE)
    inset = padding.get(column, 0.0)
    wrap = wrap_of(line.ink, below.ink if below else None, right - inset)
    return Placed(line.ink, wrap, indent_of(line.ink, left + inset), cell, "" if cell else "running_head")


def _padding(chain: Chain) -> dict[int, float]:
    """For each column how far its text stays from its edges."""
    found: dict[int, float] = {}
    for row in chain.rows:
        for column, lines in row.cells.items():
            for ink, part in lines:
                inset = ink.x0 - chain.edges[part].get(column, (ink.x0, 0.0))[0]
                found[column] = max(0.0, min(found.get(column, _WIDEST_PADDING * ink.size), inset))
    return found


def wrap_of(ink: Ink, below: Ink | None, right: float) -> str:
    """FULL where what the next line starts with had no room on this line."""
    if below is None:
        return HARD
    return FULL if right - ink.x1 < below.first_width + _SLACK * ink.size else HARD


def indent_of(ink: Ink, left: float) -> float:
    """How far a line is set in from this edge, in em."""
    return round(max(0.0, (ink.x0 - left) / ink.size), 2)
