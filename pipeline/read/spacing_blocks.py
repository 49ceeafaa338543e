"""Lines of a page under one grid, and pages on which tables of two columns stand side by side.

Takes lines cut into cells. Gives blocks, the tables side by side as one below the other. Reads no rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.read.spacing_cut import Cut

TWINS = (4, 6, 8)  # numbers of columns that tables of two columns side by side have


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one page under one grid; a Cut without cells lies outside of its table."""

    columns: int  # 0: no table
    cuts: tuple[Cut, ...]
    part: int = 0  # number of a part of a page that is a table of its own; 0: the whole page
    dated: int = 0  # columns at the left that are known to hold the parts of dates
    is_told: bool = False  # no other column holds any
    is_yearly: bool = False  # years alone, the months inside the texts


def part_twins(blocks: Sequence[Block], dates: dict[int, tuple[int, ...]]) -> Iterator[Block]:
    """Pages with tables of two columns side by side as blocks of their own, from left to right."""
    twins = {
        size for size in TWINS if dates.get(size) == tuple(range(0, size, 2)) and _has_texts(blocks, size)
    }
    if twins:
        dates[2] = (0,)
    for block in blocks:
        if block.columns not in twins:
            yield block
            continue
        for shift in range(0, block.columns, 2):
            halves = ((cut, _shifted(cut, shift)) for cut in block.cuts)
            yield Block(2, tuple(half for cut, half in halves if half.cells or not (cut.cells or shift)))


def _has_texts(blocks: Sequence[Block], size: int) -> bool:
    """Whether texts stand behind most of the first dates: not an era, said where it changes."""
    cuts = [cut for block in blocks if block.columns == size for cut in block.cuts]
    dates = sum(0 in cut.cells for cut in cuts)
    return sum(len(cut.text(1)) > 2 for cut in cuts) >= 0.5 * dates


def _shifted(cut: Cut, shift: int) -> Cut:
    kept = [column for column in cut.cells if shift <= column < shift + 2]
    return replace(
        cut,
        cells={column - shift: cut.cells[column] for column in kept},
        indents={column - shift: cut.indents[column] for column in kept},
    )


def with_gaps(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those of a page without columns of their own as one, whatever blank lines part them."""
    held: list[Block] = []
    for block in blocks:
        if held and (block.columns or block.cuts[0].row.page != held[0].cuts[0].row.page):
            yield Block(0, _cuts_of(held))
            held = []
        if block.columns:
            yield block
        elif block.cuts:
            held.append(block)
    if held:
        yield Block(0, _cuts_of(held))


def _cuts_of(blocks: Sequence[Block]) -> tuple[Cut, ...]:
    return tuple(cut for block in blocks for cut in block.cuts)


def with_lines_above(parts: Sequence[Block], usual: int) -> Iterator[Block]:
    """The parts, lines without columns together with the table below them that has as many as the other pages."""
    held: list[Block] = []
    for block in parts:
        if not block.columns:
            held.append(block)
            continue
        if block.columns == usual:
            yield replace(block, cuts=_cuts_of([*held, block]))
        else:
            yield from (*held, block)
        held = []
    yield from held
