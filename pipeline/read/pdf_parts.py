"""The parts of a page: ruled tables, the text outside them, framed stamps.

Takes a `PageInk`. Gives a `PageDraft`: tables with their cells' lines, and pieces of text by height.
What columns the text outside has, and what of it is furniture, only the whole document can say.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.read.pdf_cues import goes_on_below, goes_on_from_above, is_year, looks_dated
from pipeline.read.pdf_grid import Grid, clip_rules, find_grids, repeats_at
from pipeline.read.pdf_ink import Glyph, PageInk, Rule
from pipeline.read.pdf_lines import Ink, make_lines, make_pieces
from pipeline.read.pdf_ruby import part_ruby
from pipeline.read.pdf_seams import find_seams
from pipeline.read.spacing_areawords import are_dates

_MIDDLE = 0.38  # of the em: how far the middle of a character stands above its line
_UNDER = 0.3  # of the em: how far an underline stands below its text's line
_STAMP_LINES = 6
_FEWEST_EDGES = 3  # upright lines of a table of two columns
_NEARLY_ALL = 0.7  # of the rows
_MANY_DATES = 3  # dates in one cell from which on the cell holds several rows


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the lines of each cell, by column. `is_open`: it may go on where the next part starts."""

    cells: tuple[tuple[int, tuple[Ink, ...]], ...]

    def lines(self, column: int) -> tuple[Ink, ...]:
        """The lines of its cell in this column, none where it is empty."""
        return dict(self.cells).get(column, ())

    @property
    def text(self) -> str:
        """All it says, for comparing rows."""
        return "\t".join(f"{column}:{''.join(ink.text for ink in lines)}" for column, lines in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or the part of one that stands in one column of one page. `edges`: left and right of each column."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    edges: tuple[tuple[float, float], ...]
    rows: tuple[Row, ...]
    is_ruled: bool = True


@dataclass(frozen=True, slots=True)
class PageDraft:
    """One page cut into tables and the rest; `loose` are pieces by height, `dividers` long lines of no table."""

    number: int
    width: float
    height: float
    tables: tuple[Table, ...]
    loose: tuple[tuple[Ink, ...], ...]
    stamps: tuple[Ink, ...]
    dividers: tuple[Rule, ...]
    turned: tuple[Ink, ...]


def draft_page(ink: PageInk) -> PageDraft:
    """The page's ruled tables and stamps, and what stands outside them."""
    ink = ink._replace(
        rules=(*ink.rules, *find_seams(ink.rules, lambda: make_pieces(ink.number, ink.glyphs)))
    )
    grids = _part_doubled(find_grids(ink.rules), ink)
    glyphs_of_lines, ruby = part_ruby(ink.number, ink.glyphs)
    held, loose = _share(glyphs_of_lines, grids)
    tables: list[Table] = []
    stamps: list[Ink] = []
    for grid, glyphs in zip(grids, held, strict=True):
        filled = [index for index, inside in enumerate(glyphs) if _has_ink(inside)]
        lines = [make_lines(ink.number, inside) for inside in glyphs]
        if _is_stamp(grid, grids, filled, lines, ink):
            stamps += [line for index in filled for line in lines[index]]
        elif (
            _is_table(grid, filled, lines, ink.width)
            and not _holds_many_rows(grid, lines)
            and not _misses_columns(ink.number, grid, glyphs)
        ):
            tables.append(_make_table(ink.number, grid, lines))
        else:
            loose += [glyph for inside in glyphs for glyph in inside]
    rows = tuple(tuple(pieces) for pieces in make_pieces(ink.number, loose))
    dividers = tuple(
        rule
        for rule in ink.rules
        if rule.top == rule.bottom
        and not any(_lies_in(rule, table) for table in tables)
        and not any(_underlines(rule, row) for row in rows)
    )
    return PageDraft(
        ink.number,
        ink.width,
        ink.height,
        tuple(tables),
        rows,
        tuple(stamps),
        dividers,
        (*ruby, *_say_turned(ink)),
    )


def _say_turned(ink: PageInk) -> tuple[Ink, ...]:
    """Text that runs in another direction, as one line in the order it is drawn."""
    if not ink.turned:
        return ()
    text = "".join(glyph.text for glyph in ink.turned)
    left = array("f", [glyph.x0 for glyph in ink.turned for _ in glyph.text])
    right = array("f", [glyph.x1 for glyph in ink.turned for _ in glyph.text])
    first = ink.turned[0]
    return (Ink(ink.number, text, left, right, first.base, first.size),)


def _part_doubled(grids: Sequence[Grid], ink: PageInk) -> list[Grid]:
    """The grids, those that hold two tables side by side (date, text, date, text) parted in their middle."""
    parted: list[Grid] = []
    for grid, glyphs in zip(grids, _share(ink.glyphs, grids)[0], strict=True):
        middle = repeats_at(grid)
        if middle is None or not _is_dated_twice(ink.number, grid, glyphs, grid.xs.index(middle)):
            parted.append(grid)
            continue
        inside = [rule for rule in ink.rules if grid.top - 3 <= rule.top and rule.bottom <= grid.bottom + 3]
        parted += find_grids(clip_rules(inside, grid.left, middle))
        parted += find_grids(clip_rules(inside, middle, grid.right))
    return parted


def _is_dated_twice(page: int, grid: Grid, glyphs: Sequence[Sequence[Glyph]], half: int) -> bool:
    """Whether both the first column and the first one behind the middle hold dates."""
    for column in (0, half):
        cells = [make_lines(page, glyphs[at]) for at, cell in enumerate(grid.cells) if cell.column == column]
        filled = [lines for lines in cells if lines]
        dated = sum(1 for lines in filled if any(looks_dated(line.text) for line in lines))
        if dated < 0.5 * len(filled) or (column == 0 and not dated):
            return False
    return True


def _share(glyphs: Iterable[Glyph], grids: Sequence[Grid]) -> tuple[list[list[list[Glyph]]], list[Glyph]]:
    """For each grid the glyphs of each of its cells; and the glyphs that stand in none."""
    held: list[list[list[Glyph]]] = [[[] for _ in grid.cells] for grid in grids]
    order = sorted(
        range(len(grids)),
        key=lambda at: (grids[at].right - grids[at].left) * (grids[at].bottom - grids[at].top),
    )
    loose: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - _MIDDLE * glyph.size
        for at in order:  # the smallest grid first: a table inside a frame
            cell = grids[at].find(x, y)
            if cell is not None:
                held[at][cell].append(glyph)
                break
        else:
            loose.append(glyph)
    return held, loose


def _has_ink(glyphs: Iterable[Glyph]) -> bool:
    return any(not glyph.text.isspace() for glyph in glyphs)


def _is_stamp(
    grid: Grid, grids: Sequence[Grid], filled: Sequence[int], lines: Sequence[Sequence[Ink]], ink: PageInk
) -> bool:
    """A small framed text in the upper right corner of the page: date, body, number of the material."""
    said = [line.text for index in filled for line in lines[index]]
    if not said or len(grid.xs) > 2 or (len(said) == 1 and is_year(said[0])):
        return False
    stands_beside = any(other.top < grid.bottom and other is not grid for other in grids if len(other.xs) > 2)
    return (
        not stands_beside
        and len(said) <= _STAMP_LINES
        and grid.right - grid.left <= 0.5 * ink.width
        and grid.bottom - grid.top <= 0.16 * ink.height
        and grid.top <= 0.2 * ink.height
        and grid.left >= 0.45 * ink.width
    )


def _is_table(grid: Grid, filled: Sequence[int], lines: Sequence[Sequence[Ink]], page_width: float) -> bool:
    """Whether the grid is more than a frame: several cells, or a year's row alone at the end of a page."""
    if len(filled) > 1 or (filled and len(grid.xs) > 2):
        return True
    year = [line.text for index in filled for line in lines[index]]
    return len(year) == 1 and is_year(year[0]) and grid.right - grid.left > 0.3 * page_width


def _holds_many_rows(grid: Grid, lines: Sequence[Sequence[Ink]]) -> bool:
    """Whether the lines only frame a chronology: in most rows one cell holds many dates."""
    dated = [
        _count_dates(lines[index])
        for index, cell in enumerate(grid.cells)
        if cell.column == 0 and lines[index]
    ]
    many = [count for count in dated if count >= _MANY_DATES]
    return (
        len(grid.cells) > 0 and bool(dated) and sum(many) > 0.5 * sum(dated) and len(many) >= 0.5 * len(dated)
    )


def _misses_columns(page: int, grid: Grid, glyphs: Sequence[Sequence[Glyph]]) -> bool:
    """Whether dates and their texts stand a gap apart in the first column of nearly all rows: no line parts them."""
    if len(grid.xs) < _FEWEST_EDGES:
        return False
    cells = [
        make_pieces(page, glyphs[index])
        for index, cell in enumerate(grid.cells)
        if cell.column == 0 and _has_ink(glyphs[index])
    ]
    apart = sum(
        any(len(row) > 1 and are_dates(row[0].text) and not are_dates(row[-1].text) for row in rows)
        for rows in cells
    )
    return apart >= max(_MANY_DATES, _NEARLY_ALL * len(cells))


def _count_dates(lines: Sequence[Ink]) -> int:
    """Dates that start in these lines; the end of a period starts none."""
    return sum(
        1
        for place, line in enumerate(lines)
        if looks_dated(line.text)
        and not (place and (goes_on_below(lines[place - 1].text) or goes_on_from_above(line.text)))
    )


def _lies_in(rule: Rule, table: Table) -> bool:
    return table.top - 3 <= rule.top <= table.bottom + 3 and rule.x0 < table.right and rule.x1 > table.left


def _underlines(rule: Rule, row: Sequence[Ink]) -> bool:
    """Whether the line stands under text of this row and reaches no further than it."""
    under = -0.1 <= (rule.top - row[0].base) / row[0].size <= _UNDER
    return under and rule.x0 >= row[0].x0 - 0.5 * row[0].size and rule.x1 <= row[-1].x1 + 0.5 * row[-1].size


def _make_table(page: int, grid: Grid, lines: Sequence[Sequence[Ink]]) -> Table:
    """The grid as a table: a merged cell belongs to the first row and column that it covers."""
    rows: dict[int, list[tuple[int, tuple[Ink, ...]]]] = {}
    for cell, inside in zip(grid.cells, lines, strict=True):
        if inside:
            rows.setdefault(cell.row, []).append((cell.column, tuple(inside)))
    edges = tuple(zip(grid.xs, grid.xs[1:], strict=False))
    kept = tuple(Row(tuple(sorted(rows[row], key=lambda one: one[0]))) for row in sorted(rows))
    return Table(page, grid.left, grid.top, grid.right, grid.bottom, edges, kept)
