"""The whole document in reading order: tables, prose, furniture.

Takes the drafts of all pages. Gives `Item`s: one for each stretch of prose, part of a table, piece of furniture.
Text without ruling lines is cut into columns and rows here, with what all pages together show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.read.pdf_bare import Loose, cut_cells, is_plain, make_tables
from pipeline.read.pdf_columns import find_columns, find_gutter, is_dated
from pipeline.read.pdf_dateparts import mark_dates
from pipeline.read.pdf_furniture import RUNNING_HEAD, STAMP, find_furniture
from pipeline.read.pdf_lines import Ink, join_pieces
from pipeline.read.pdf_order import find_middle, put_in_order
from pipeline.read.pdf_parts import PageDraft, Table

WHOLE, LEFT, RIGHT = "whole", "left", "right"  # where on the page a run of blocks stands


class Item(NamedTuple):
    """A stretch of the document: a part of a table, or lines of prose or furniture of one role."""

    table: Table | None
    lines: tuple[Ink, ...] = ()
    role: str = ""
    side: str = WHOLE


class _Run(NamedTuple):
    """Blocks of one page that are read one after the other."""

    draft: PageDraft
    side: str
    blocks: list[Table | tuple[Ink, ...]]


def lay_out(drafts: Sequence[PageDraft]) -> list[Item]:
    """Everything on the pages, in reading order."""
    furniture = find_furniture(drafts)
    runs = _make_runs(drafts, furniture)
    for side in (WHOLE, LEFT, RIGHT):
        _mark_dates([run for run in runs if run.side == side])
    columns = {
        side: find_columns([_rows_of(run) for run in runs if run.side == side])
        for side in (WHOLE, LEFT, RIGHT)
    }
    if len(columns[RIGHT]) < len(columns[LEFT]):
        columns[RIGHT] = _shift(columns[LEFT], runs)
    bodies: dict[int, list[Item | Loose]] = {}
    heads: frozenset[str] = frozenset()
    for run, starts in zip(runs, _starts_of(runs, columns), strict=True):
        again, rest = _part_heads(run, heads)
        bodies.setdefault(run.draft.number, []).extend((*again, *_cut_run(rest, starts)))
        heads = heads or _find_heads(_rows_of(run))
    laid: list[Item | Loose] = []
    for draft, roles in zip(drafts, furniture, strict=True):
        laid += [*outside(draft, roles, True), *bodies.get(draft.number, ()), *outside(draft, roles, False)]
    return _fill_tables(laid)


def _mark_dates(runs: Sequence[_Run]) -> None:
    """Makes one of the parts of each date, where they stand in columns of their own."""
    for run, rows in zip(runs, mark_dates([_rows_of(run) for run in runs]), strict=True):
        marked = iter(rows)
        run.blocks[:] = [block if isinstance(block, Table) else next(marked) for block in run.blocks]


def _shift(starts: tuple[float, ...], runs: Sequence[_Run]) -> tuple[float, ...]:
    """The columns of the left half of a page in its right half, where that has too few rows to tell them."""
    left, right = (
        min((row[0].x0 for run in runs if run.side == side for row in _rows_of(run)), default=None)
        for side in (LEFT, RIGHT)
    )
    return () if left is None or right is None else tuple(start + right - left for start in starts)


def _make_runs(drafts: Sequence[PageDraft], furniture: Sequence[dict[int, str]]) -> list[_Run]:
    rows = [
        [pieces for row, pieces in enumerate(draft.loose) if row not in roles]
        for draft, roles in zip(drafts, furniture, strict=True)
    ]
    gutter = find_gutter(rows, max((draft.width for draft in drafts), default=0.0))
    runs: list[_Run] = []
    for draft, loose in zip(drafts, rows, strict=True):
        middle = find_middle(draft.tables) or (gutter if not draft.tables else None)
        blocks: list[Table | tuple[Ink, ...]] = [*draft.tables, *_part_at(loose, middle)]
        for ordered in put_in_order(blocks, _box, middle):
            runs.append(_Run(draft, _side(ordered, middle), ordered))
    return runs


def _part_at(rows: Sequence[tuple[Ink, ...]], middle: float | None) -> list[tuple[Ink, ...]]:
    """Rows of pieces, those that stand on either side of the middle parted there."""
    if middle is None:
        return list(rows)
    parted: list[tuple[Ink, ...]] = []
    for row in rows:
        if any(piece.x0 < middle < piece.x1 for piece in row):
            parted.append(row)
            continue
        sides = (tuple(p for p in row if p.x1 <= middle), tuple(p for p in row if p.x1 > middle))
        parted += [side for side in sides if side]
    return parted


def _box(block: Table | tuple[Ink, ...]) -> tuple[float, float, float, float]:
    if isinstance(block, Table):
        return block.left, block.top, block.right, block.bottom
    return block[0].x0, min(ink.top for ink in block), block[-1].x1, max(ink.bottom for ink in block)


def _side(blocks: Sequence[Table | tuple[Ink, ...]], middle: float | None) -> str:
    if middle is None:
        return WHOLE
    boxes = [_box(block) for block in blocks]
    if max(box[2] for box in boxes) <= middle + 3:
        return LEFT
    return RIGHT if min(box[0] for box in boxes) >= middle - 3 else WHOLE


def _rows_of(run: _Run) -> list[tuple[Ink, ...]]:
    return [block for block in run.blocks if not isinstance(block, Table)]


def outside(draft: PageDraft, roles: Mapping[int, str], is_head: bool) -> list[Item]:
    """The page's furniture above its body, or below it; turned text comes last."""
    middle = draft.height / 2
    items = [
        Item(None, (join_pieces(draft.loose[row]),), role)
        for row, role in sorted(roles.items())
        if (draft.loose[row][0].base < middle) == is_head
    ]
    if is_head and draft.stamps:
        items.append(Item(None, draft.stamps, STAMP))
    if not is_head and draft.turned:
        items.append(Item(None, draft.turned, RUNNING_HEAD))
    return items


def _starts_of(runs: Sequence[_Run], columns: dict[str, tuple[float, ...]]) -> list[tuple[float, ...]]:
    """For each run where its columns start: none before the chronology and behind it."""
    plain = [is_plain(_rows_of(run), columns[run.side]) for run in runs]
    chronology = [at for at, is_prose in enumerate(plain) if is_prose is False]
    first, last = (chronology[0], chronology[-1]) if chronology else (0, -1)
    return [
        columns[run.side] if first <= at <= last or (at > last and plain[at] is None) else ()
        for at, run in enumerate(runs)
    ]


def _find_heads(rows: Sequence[tuple[Ink, ...]]) -> frozenset[str]:
    """What the rows above the first date say that may be the head line of a table."""
    first = next((at for at, row in enumerate(rows) if is_dated(row)), 0)
    return frozenset(_say(row) for row in rows[:first] if len(row) > 1)


def _part_heads(run: _Run, heads: frozenset[str]) -> tuple[list[Item], _Run]:
    """The head line that comes again at the top of a page or column, and the run without it.

    It belongs to no row; one that a page's end parts goes on below it.
    """
    count = 0
    while count < len(run.blocks) - 1:
        block = run.blocks[count]
        if isinstance(block, Table) or _say(block) not in heads:
            break
        count += 1
    again = [join_pieces(block) for block in run.blocks[:count] if not isinstance(block, Table)]
    return [Item(None, (ink,), RUNNING_HEAD) for ink in again], run._replace(blocks=run.blocks[count:])


def _say(row: Sequence[Ink]) -> str:
    return "".join("".join(piece.text.split()) for piece in row)


def _cut_run(run: _Run, starts: tuple[float, ...]) -> list[Item | Loose]:
    """The run as tables and prose; rows that keep to the columns become parts of a table without lines."""
    found: list[Item | Loose] = []
    for block in run.blocks:
        if isinstance(block, Table):
            found.append(Item(block, side=run.side))
            continue
        cells = cut_cells(block, starts, bool(found) and isinstance(found[-1], Loose))
        if cells is None:
            found.append(Item(None, (join_pieces(block),), side=run.side))
            continue
        if not (found and isinstance(found[-1], Loose)):
            heights = tuple(rule.top for rule in run.draft.dividers)
            found.append(Loose(run.draft.number, starts, [], [[] for _ in starts], heights))
        part = found[-1]
        assert isinstance(part, Loose)
        part.add(cells)
    return found


def _fill_tables(laid: Sequence[Item | Loose]) -> list[Item]:
    """The items, with rows for the tables without ruling lines; parts with nothing between are one chain."""
    chains: list[list[Loose]] = []
    is_chained = False
    for one in laid:
        if isinstance(one, Loose):
            if is_chained and chains[-1][-1].column_count == one.column_count:
                chains[-1].append(one)
            else:
                chains.append([one])
        is_chained = isinstance(one, Loose) or (is_chained and bool(one.role))
    tables = make_tables(chains)
    items: list[Item] = []
    for one in laid:
        if not isinstance(one, Loose):
            items.append(one)
            continue
        is_first = all(item.table is None for item in items)
        items += _set_title_apart(tables[id(one)]) if is_first else [Item(tables[id(one)])]
    return items


def _set_title_apart(table: Table) -> list[Item]:
    """The first table; text before its first date belongs to no row: it is a title, or the body's name."""
    first, *rest = table.rows
    if 0 in dict(first.cells) or not rest:
        return [Item(table)]
    lines = sorted((ink for _, inks in first.cells for ink in inks), key=lambda ink: (ink.base, ink.x0))
    return [*(Item(None, (ink,)) for ink in lines), Item(replace(table, rows=tuple(rest)))]
