"""The whole document in reading order: tables, prose, furniture.

Takes the drafts of all pages. Gives `Item`s: one for each stretch of prose, part of a table, piece of furniture.
Text without ruling lines is cut into columns and rows here, with what all pages together show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from pipeline.read.pdf_columns import cut_row, find_columns, find_gutter
from pipeline.read.pdf_cues import is_year, looks_dated
from pipeline.read.pdf_fit import MIDDLE, Setting
from pipeline.read.pdf_furniture import RUNNING_HEAD, STAMP, find_furniture
from pipeline.read.pdf_lines import Ink, join_pieces
from pipeline.read.pdf_order import find_middle, put_in_order
from pipeline.read.pdf_parts import PageDraft, Table
from pipeline.read.pdf_rows import Part, cut_chains

WHOLE, LEFT, RIGHT = "whole", "left", "right"  # where on the page a run of blocks stands
_START_NEAR = 2.5  # em: text that starts further right than this under a column's start is not its first line


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


class _Loose(NamedTuple):
    """A part of a table without ruling lines, before its rows are known."""

    page: int
    dates: list[Ink]
    texts: list[list[Ink]]
    dividers: tuple[float, ...]


def lay_out(drafts: Sequence[PageDraft]) -> list[Item]:
    """Everything on the pages, in reading order."""
    furniture = find_furniture(drafts)
    runs = _make_runs(drafts, furniture)
    columns = {
        side: find_columns([_rows_of(run) for run in runs if run.side == side])
        for side in (WHOLE, LEFT, RIGHT)
    }
    laid: list[list[Item | _Loose]] = []
    for draft, roles in zip(drafts, furniture, strict=True):
        body = [part for run in runs if run.draft is draft for part in _cut_run(run, columns[run.side])]
        laid.append([*_outside(draft, roles, body, True), *body, *_outside(draft, roles, body, False)])
    return _fill_tables([one for page in laid for one in page], columns)


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


def _outside(
    draft: PageDraft, roles: dict[int, str], body: Sequence[Item | _Loose], is_head: bool
) -> list[Item]:
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


def _cut_run(run: _Run, starts: tuple[float, ...]) -> list[Item | _Loose]:
    """The run as tables and prose; rows that keep to the columns become parts of a table without lines."""
    found: list[Item | _Loose] = []
    for block in run.blocks:
        if isinstance(block, Table):
            found.append(Item(block, side=run.side))
            continue
        cells = _cells(block, starts, bool(found) and isinstance(found[-1], _Loose))
        if cells is None:
            found.append(Item(None, (join_pieces(block),), side=run.side))
            continue
        if not (found and isinstance(found[-1], _Loose)):
            heights = tuple(rule.top for rule in run.draft.dividers)
            found.append(_Loose(run.draft.number, [], [[] for _ in starts], heights))
        part = found[-1]
        assert isinstance(part, _Loose)
        for column, ink in cells.items():
            _add(part.dates if column == 0 else part.texts[column - 1], ink)
    return found


def _cells(row: tuple[Ink, ...], starts: tuple[float, ...], goes_on: bool) -> dict[int, Ink] | None:
    """The row's text by column; None where it is prose."""
    if not starts:
        return None
    if is_year(join_pieces(row).text) and len(row) == 1:
        return {0: row[0]}
    cells = cut_row(row, starts)
    if cells is None or goes_on or 0 in cells:
        return cells
    column, ink = min(cells.items())
    is_first_line = ink.x0 - starts[column - 1] <= _START_NEAR * ink.size
    return cells if is_first_line else None


def _add(lines: list[Ink], ink: Ink) -> None:
    """Adds a line to a column; text at almost the same height as the line before belongs to that line."""
    if lines and ink.base - lines[-1].base <= 0.45 * max(ink.size, lines[-1].size):
        if ink.x0 >= lines[-1].x1:
            lines[-1] = join_pieces((lines[-1], ink))
            return
        if ink.x1 <= lines[-1].x0:
            lines[-1] = join_pieces((ink, lines[-1]))
            return
    lines.append(ink)


def _fill_tables(laid: Sequence[Item | _Loose], columns: dict[str, tuple[float, ...]]) -> list[Item]:
    """The items, with rows for the tables without ruling lines; parts with nothing between are one chain."""
    chains: list[list[_Loose]] = []
    is_chained = False
    for one in laid:
        if isinstance(one, _Loose):
            if is_chained:
                chains[-1].append(one)
            else:
                chains.append([one])
        is_chained = isinstance(one, _Loose) or (is_chained and bool(one.role))
    habit = _habit([one for chain in chains for one in chain])
    parts = [[_make_part(one, habit) for one in chain] for chain in chains]
    rows = cut_chains(parts)
    tables = {
        id(one): _make_table(one, part, cut)
        for chain, chain_parts, chain_rows in zip(chains, parts, rows, strict=True)
        for one, part, cut in zip(chain, chain_parts, chain_rows, strict=True)
    }
    items: list[Item] = []
    for one in laid:
        if not isinstance(one, _Loose):
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


class _Habit(NamedTuple):
    """What all tables without ruling lines share: leading, right edges of text columns, how rows are parted."""

    leading: float
    mains: dict[int, int]  # the text column with most lines, by the number of columns
    rights: dict[int, float]  # its right edge
    has_gaps: bool
    is_divided: bool


def _habit(every: Sequence[_Loose]) -> _Habit:
    mains: dict[int, int] = {}
    for count in {len(one.texts) for one in every}:
        lines = [sum(len(one.texts[at]) for one in every if len(one.texts) == count) for at in range(count)]
        mains[count] = lines.index(max(lines))
    main = [one.texts[mains[len(one.texts)]] for one in every]
    steps = sorted(
        after.base - before.base
        for column in main
        for before, after in pairwise(column)
        if after.base > before.base
    )
    leading = steps[len(steps) // 4] if steps else 18.0
    ends: dict[int, list[float]] = {}
    for one, column in zip(every, main, strict=True):
        ends.setdefault(len(one.texts), []).extend(ink.x1 for ink in column)
    rights = {
        count: sorted(places)[int(0.97 * (len(places) - 1))] for count, places in ends.items() if places
    }
    dated = sum(1 for one in every for ink in one.dates if looks_dated(ink.text))
    return _Habit(
        leading,
        mains,
        rights,
        sum(1 for step in steps if step > 1.12 * leading) >= 0.1 * len(steps),
        sum(len(one.dividers) for one in every) >= 0.5 * dated,
    )


def _make_part(loose: _Loose, habit: _Habit) -> Part:
    count = len(loose.texts)
    main = habit.mains[count]
    setting = Setting(
        MIDDLE,
        habit.leading,
        min((ink.x0 for ink in loose.texts[main]), default=0.0),
        habit.rights.get(count, 0.0),
        habit.has_gaps,
        loose.dividers if habit.is_divided else (),
        main,
        has_cues=count == 1,
    )
    return Part(tuple(loose.dates), tuple(tuple(column) for column in loose.texts), setting)


def _make_table(loose: _Loose, part: Part, rows: Sequence[object]) -> Table:
    inks = [*part.dates, *(ink for column in part.texts for ink in column)]
    edges = tuple(
        (min(ink.x0 for ink in column), max(ink.x1 for ink in column)) if column else (0.0, 0.0)
        for column in (part.dates, *part.texts)
    )
    return Table(
        loose.page,
        min(ink.x0 for ink in inks),
        min(ink.top for ink in inks),
        max(ink.x1 for ink in inks),
        max(ink.bottom for ink in inks),
        edges,
        tuple(rows),  # type: ignore[arg-type]
        is_ruled=False,
    )
