"""Parts of tables to whole tables: a row over the end of a page or of a column is one row.

Takes the document's items in reading order. Gives them with consecutive parts of one table as one `Chain`,
its columns counted through, its split rows joined, heads that come again set apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipeline import chars
from pipeline.read.pdf_cues import is_year, looks_dated
from pipeline.read.pdf_dateparts import count_parts, find_places, part_date
from pipeline.read.pdf_flow import Item
from pipeline.read.pdf_lines import Ink
from pipeline.read.pdf_parts import Row, Table
from pipeline.read.pdf_splits import DateHabit, find_habit, goes_over

_SAME_EDGE = 6.0  # points
_WIDEST_PADDING = 1.0  # em between a cell's edge and its text
_SMALL = re.compile(r"[0-9]{1,2}")
_STACKED = 8.0  # points between two parts of one table that stand on one page


class ChainLine(NamedTuple):
    """A line of a cell, and the part of the chain that it stands in."""

    ink: Ink
    part: int


@dataclass(slots=True)
class ChainRow:
    """One row: the lines of its cells by column; `is_head`: a head line that comes again."""

    part: int
    cells: dict[int, list[ChainLine]] = field(default_factory=dict)
    is_head: bool = False


class Chain(NamedTuple):
    """A whole table. `between[i]` is furniture that stands behind part i; `edges[i]` that part's columns."""

    rows: tuple[ChainRow, ...]
    edges: tuple[dict[int, tuple[float, float]], ...]
    between: tuple[tuple[Item, ...], ...]


def join_tables(items: Sequence[Item]) -> list[Item | Chain]:
    """The items, parts of one table joined; furniture between two parts goes into the chain."""
    joined: list[Item | Chain] = []
    parts: list[Table] = []
    between: list[list[Item]] = []
    for item in items:
        if parts and item.table is None and item.role:
            between[-1].append(item)
            continue
        if item.table is not None and parts and _goes_on(parts[-1], item.table):
            parts.append(item.table)
            between.append([])
            continue
        joined += _close(parts, between)
        parts, between = ([item.table], [[]]) if item.table is not None else ([], [])
        if item.table is None:
            joined.append(item)
    return [*joined, *_close(parts, between)]


def _close(parts: Sequence[Table], between: Sequence[Sequence[Item]]) -> list[Item | Chain]:
    if not parts:
        return []
    columns = _count_columns(parts)
    edges = tuple(
        {columns[at][column]: edge for column, edge in enumerate(part.edges)} for at, part in enumerate(parts)
    )
    inner = tuple(tuple(items) for items in between[:-1])
    return [_part_columns(Chain(tuple(_join_rows(parts, columns)), edges, (*inner, ()))), *between[-1]]


def _part_columns(chain: Chain) -> Chain:
    """The chain with the parts of its dates in columns of their own, where they stood so without ruling lines."""
    dates = [line for row in chain.rows for line in row.cells.get(0, ())]
    more = count_parts(line.ink for line in dates) - 1
    if not more:
        return chain
    places = find_places(line.ink for line in dates)
    rows: list[ChainRow] = []
    for row in chain.rows:
        cells: dict[int, list[ChainLine]] = {}
        for line in row.cells.get(0, ()):
            for column, ink in part_date(line.ink, places):
                cells.setdefault(column, []).append(ChainLine(ink, line.part))
        texts = {column + more: lines for column, lines in row.cells.items() if column}
        rows.append(replace(row, cells={**dict(sorted(cells.items())), **texts}))
    edges = tuple(
        {
            **dict.fromkeys(range(more), part.get(0, (0.0, 0.0))),
            **{at + more: edge for at, edge in part.items()},
        }
        for part in chain.edges
    )
    return chain._replace(rows=tuple(rows), edges=edges)


def _goes_on(before: Table, after: Table) -> bool:
    """Whether the second table is the first one's next part: the same edges, or some of them."""
    if before.is_ruled != after.is_ruled:
        return False
    if not before.is_ruled:
        return len(before.edges) == len(after.edges)
    is_later = after.page > before.page or after.left >= before.right - _SAME_EDGE
    is_below = after.page == before.page and 0 <= after.top - before.bottom <= _STACKED
    same_width = abs((after.right - after.left) - (before.right - before.left)) <= _SAME_EDGE
    if not (is_later or is_below) or not same_width:
        return False
    fewer, more = sorted((_starts(before), _starts(after)), key=len)
    return all(any(abs(one - other) <= _SAME_EDGE for other in more) for one in fewer)


def _starts(table: Table) -> list[float]:
    """Where its columns start, from its own left edge."""
    return [left - table.left for left, _ in table.edges]


def _count_columns(parts: Sequence[Table]) -> list[list[int]]:
    """For each part the number of each of its columns in the whole table."""
    if not parts[0].is_ruled:
        return [list(range(len(part.edges))) for part in parts]
    places: list[float] = []
    for place in sorted(start for part in parts for start in _starts(part)):
        if not places or place - places[-1] > _SAME_EDGE:
            places.append(place)
    return [
        [min(range(len(places)), key=lambda at: abs(places[at] - start)) for start in _starts(part)]
        for part in parts
    ]


def _join_rows(parts: Sequence[Table], columns: Sequence[Sequence[int]]) -> list[ChainRow]:
    rows: list[ChainRow] = []
    habit = find_habit(_date_cells(parts)) if len(parts) > 1 else DateHabit(False, False)
    head = parts[0].rows[0].text if parts[0].rows else ""
    for at, part in enumerate(parts):
        fresh = True
        for place, row in enumerate(_part_head(part.rows, parts[0].rows) if at else part.rows):
            is_head = at > 0 and place == 0 and row.text == head and _may_be_head(row)
            made = _make_row(row, at, columns[at], is_head)
            above = next((row for row in reversed(rows) if not row.is_head), None)
            if (
                above is not None
                and (at > 0 and fresh and not is_head)
                and (
                    _is_split(above, made, part, habit)
                    or _runs_on(above, made, parts[at - 1], columns[at - 1])
                )
            ):
                _add(above, made)
            else:
                rows.append(made)
            fresh = fresh and is_head
    return rows


def _part_head(rows: Sequence[Row], first: Sequence[Row]) -> Sequence[Row]:
    """The rows of a later part, its head as a row of its own where the rest of a split row stands right below it."""
    if not rows or not first or not _may_be_head(first[0]):
        return rows
    head = dict(first[0].cells)
    opening: list[tuple[int, tuple[Ink, ...]]] = []
    rest: list[tuple[int, tuple[Ink, ...]]] = []
    for column, lines in rows[0].cells:
        count = len(head.get(column, ()))
        opening += [(column, lines[:count])] if count else []
        rest += [(column, lines[count:])] if lines[count:] else []
    if not rest or Row(tuple(opening)).text != first[0].text:
        return rows
    return [Row(tuple(opening)), Row(tuple(rest)), *rows[1:]]


def _date_cells(parts: Sequence[Table]) -> Iterator[tuple[Sequence[Ink], bool]]:
    """The first cells, each with whether its row has text and is not its part's last one."""
    for part in parts:
        for place, row in enumerate(part.rows):
            if lines := row.lines(0):
                yield lines, len(row.cells) > 1 and place < len(part.rows) - 1


def _may_be_head(row: Row) -> bool:
    """Whether a row that comes again is a head line: it names several columns, and starts with no date."""
    first = "".join(ink.text for ink in row.lines(0))
    return len(row.cells) > 1 and not looks_dated(first)


def _make_row(row: Row, part: int, columns: Sequence[int], is_head: bool) -> ChainRow:
    cells: dict[int, list[ChainLine]] = {}
    for column, lines in row.cells:
        cells.setdefault(columns[column], []).extend(ChainLine(ink, part) for ink in lines)
    return ChainRow(part, cells, is_head)


def _is_split(before: ChainRow, first: ChainRow, part: Table, habit: DateHabit) -> bool:
    """Whether a part's first row is the rest of the row before: one has no first cell, or both share a date.

    Of a ruled row over a page's end only the long cells go on: where all but the first one hold text, the
    row is a new one below a merged cell.
    """
    columns = len(part.edges)
    if columns > 2 and (_are_dated(before, first) or _opens_year(before, first)):
        return False
    if 0 not in first.cells:
        return not part.is_ruled or columns <= 2 or len(first.cells) < columns - 1
    if before.part != first.part - 1:
        return False
    if 0 not in before.cells:
        return True
    above, below = ([line.ink for line in row.cells[0]] for row in (before, first))
    return goes_over(above, below, habit)


def _are_dated(before: ChainRow, first: ChainRow) -> bool:
    """Whether both rows have a date or a number of a month or day in one column: below a year that several rows share."""
    return any(
        column and _is_day(before.cells[column]) and _is_day(first.cells[column])
        for column in before.cells.keys() & first.cells.keys()
    )


def _opens_year(before: ChainRow, first: ChainRow) -> bool:
    """Whether a row with a day and a text ends the year of a merged cell, and the next one opens another year."""
    if 0 in before.cells or 0 not in first.cells or not is_year(first.cells[0][0].ink.text):
        return False
    last = max(first.cells)
    return last in before.cells and last > 0 and any(_is_day(lines) for lines in before.cells.values())


def _is_day(lines: Sequence[ChainLine]) -> bool:
    said = lines[0].ink.text
    if len(lines) == 1 and _SMALL.fullmatch(chars.fold(said).text):
        return True
    return looks_dated(said) and not is_year(said)


def _runs_on(above: ChainRow, first: ChainRow, part: Table, columns: Sequence[int]) -> bool:
    """Whether each cell of a part's first row goes on with a cell above whose last line reaches its edge.

    A typesetter parts a row of narrow cells (広域連 / 携協定) like any other; a row of its own fills as many cells.
    """
    if not part.is_ruled or above.part != first.part - 1 or not first.cells.keys() < above.cells.keys():
        return False
    said = "".join(line.ink.text for line in first.cells.get(0, ()))
    if looks_dated(said) or is_year(said):
        return False
    edges = dict(zip(columns, part.edges, strict=True))
    for column, lines in first.cells.items():
        left, right = edges[column]
        last, below = above.cells[column][-1].ink, lines[0].ink
        inset = min(_WIDEST_PADDING * last.size, *(ink.x0 - left for ink in _column(part, columns, column)))
        if right - inset - last.x1 >= below.first_width + 0.1 * below.size:
            return False
    return True


def _column(part: Table, columns: Sequence[int], column: int) -> Iterator[Ink]:
    """All lines of one column of a part."""
    for row in part.rows:
        for at, lines in row.cells:
            if columns[at] == column:
                yield from lines


def _add(row: ChainRow, rest: ChainRow) -> None:
    for column, lines in rest.cells.items():
        row.cells.setdefault(column, []).extend(lines)
