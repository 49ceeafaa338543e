"""Tables without ruling lines: rows of text cut into columns, columns into rows.

Takes rows of pieces and the places where columns start. Gives `Table`s. What all such tables of a document
share (leading, right edges, gaps between rows) is taken from all of them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from pipeline.read.pdf_astride import place_years, strip_years
from pipeline.read.pdf_centred import Dates, lift_years
from pipeline.read.pdf_columns import count_dates, cut_row
from pipeline.read.pdf_cues import is_year, looks_dated
from pipeline.read.pdf_fit import MIDDLE, Setting
from pipeline.read.pdf_lines import Ink, join_pieces
from pipeline.read.pdf_parts import Row, Table
from pipeline.read.pdf_rows import Part, cut_chains

_START_NEAR = 2.5  # em: text that starts further right than this under a column's start is not its first line
_SAME_LINE = 0.45  # of the em
_WIDE_GAP = 1.12  # leadings
_OVERHANG = 100  # lines among which one may run over the edge


class Loose(NamedTuple):
    """A part of a table without ruling lines, before its rows are known; `starts` are those of its text columns."""

    page: int
    starts: tuple[float, ...]
    dates: list[Ink]
    texts: list[list[Ink]]
    dividers: tuple[float, ...]

    @property
    def column_count(self) -> int:
        """How many text columns it has."""
        return len(self.starts)

    def add(self, cells: dict[int, Ink]) -> None:
        """Adds a row of text to the columns."""
        for column, ink in cells.items():
            _add(self.dates if column == 0 else self.texts[column - 1], ink)


class _Habit(NamedTuple):
    """What all tables without ruling lines share, by the number of text columns where that matters."""

    leading: float
    mains: dict[int, int]  # the text column with most lines
    widths: dict[int, list[float]]  # of the text columns, as far as their text reaches
    has_gaps: bool
    is_divided: bool


def is_plain(rows: Sequence[Sequence[Ink]], starts: Sequence[float]) -> bool | None:
    """Whether a page of text has rows, and they start with no dates: an annex, a preface.

    None where all its text stands in the text columns: it may be the end of the row before.
    """
    if not starts:
        return None
    first = [row for row in rows if row[0].x0 < starts[0] - _START_NEAR]
    dated, parts = count_dates(first)
    if not first:
        return None
    return dated < 0.3 * (len(first) - min(parts, 2 * dated))


def cut_cells(row: tuple[Ink, ...], starts: tuple[float, ...], goes_on: bool) -> dict[int, Ink] | None:
    """The row's text by column; None where it is prose. `goes_on`: the row above belongs to the table."""
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


def make_tables(chains: Sequence[Sequence[Loose]]) -> dict[int, Table]:
    """The table of each part, by the part's identity; the parts of a chain are one table."""
    habit = _habit([one for chain in chains for one in chain])
    dates = [
        lift_years(
            [(one.dates, [ink for column in one.texts for ink in column]) for one in chain], habit.leading
        )
        for chain in chains
    ]
    cuts = _cut(chains, dates, habit)
    astride = [_strip(chain, habit) for chain in chains]
    if any(stripped is not None for stripped in astride):
        tried = [stripped or own for stripped, own in zip(astride, dates, strict=True)]
        for number, rows in enumerate(_cut(chains, tried, habit)):
            stripped = astride[number]
            placed = place_years(stripped, rows, habit.leading) if stripped is not None else None
            if placed is not None and not any(own.years for own in dates[number]):
                dates[number], cuts[number] = placed, rows
    return {
        id(one): _make_table(one, habit, [_with_years(row, own.years) for row in rows])
        for chain, lifted, cut in zip(chains, dates, cuts, strict=True)
        for one, own, rows in zip(chain, lifted, cut, strict=True)
    }


def _cut(
    chains: Sequence[Sequence[Loose]], dates: Sequence[Sequence[Dates]], habit: _Habit
) -> list[list[list[Row]]]:
    """The rows of each part of each chain, told by these dates."""
    return cut_chains(
        [
            [_make_part(one, own.lines, habit) for one, own in zip(chain, lifted, strict=True)]
            for chain, lifted in zip(chains, dates, strict=True)
        ]
    )


def _strip(chain: Sequence[Loose], habit: _Habit) -> list[Dates] | None:
    """The dates of a chain without the years that may stand in the middle of their rows."""
    mains = [habit.mains[one.column_count] for one in chain]
    rights = [
        one.starts[main] + habit.widths[one.column_count][main]
        for one, main in zip(chain, mains, strict=True)
    ]
    parts = [(one.dates, one.texts[main]) for one, main in zip(chain, mains, strict=True)]
    return strip_years(parts, habit.leading, rights)


def _with_years(row: Row, years: Sequence[tuple[Ink, Ink]]) -> Row:
    """The row with the year before its date that stood in the middle of the year's rows."""
    lines = row.lines(0)
    before = [year for year, date in years if any(line is date for line in lines)]
    if not before:
        return row
    cells = ((0, (*before, *lines)), *(cell for cell in row.cells if cell[0] != 0))
    return replace(row, cells=cells)


def _add(lines: list[Ink], ink: Ink) -> None:
    """Adds a line to a column; text at almost the same height as the line before belongs to that line."""
    if lines and ink.base - lines[-1].base <= _SAME_LINE * max(ink.size, lines[-1].size):
        if ink.x0 >= lines[-1].x1:
            lines[-1] = join_pieces((lines[-1], ink))
            return
        if ink.x1 <= lines[-1].x0:
            lines[-1] = join_pieces((ink, lines[-1]))
            return
    lines.append(ink)


def _habit(every: Sequence[Loose]) -> _Habit:
    mains: dict[int, int] = {}
    widths: dict[int, list[float]] = {}
    for count in {one.column_count for one in every}:
        alike = [one for one in every if one.column_count == count]
        lines = [sum(len(one.texts[at]) for one in alike) for at in range(count)]
        mains[count] = lines.index(max(lines))
        widths[count] = [
            _reach([ink.x1 - one.starts[at] for one in alike for ink in one.texts[at]]) for at in range(count)
        ]
    steps = sorted(
        after.base - before.base
        for one in every
        for before, after in pairwise(one.texts[mains[one.column_count]])
        if after.base > before.base
    )
    leading = steps[len(steps) // 4] if steps else 18.0
    dated = sum(1 for one in every for ink in one.dates if ink.parts or looks_dated(ink.text))
    return _Habit(
        leading,
        mains,
        widths,
        sum(1 for step in steps if step > _WIDE_GAP * leading) >= 0.1 * len(steps),
        sum(len(one.dividers) for one in every) >= 0.5 * dated,
    )


def _reach(widths: list[float]) -> float:
    """How far the text of a column reaches, a rare line that runs over its edge left out."""
    return sorted(widths)[-1 - len(widths) // _OVERHANG] if widths else 0.0


def _make_part(loose: Loose, dates: tuple[Ink, ...], habit: _Habit) -> Part:
    main = habit.mains[loose.column_count]
    setting = Setting(
        MIDDLE,
        habit.leading,
        loose.starts[main],
        loose.starts[main] + habit.widths[loose.column_count][main],
        habit.has_gaps,
        loose.dividers if habit.is_divided else (),
        main,
        has_cues=loose.column_count == 1,
    )
    return Part(dates, tuple(tuple(column) for column in loose.texts), setting)


def _make_table(loose: Loose, habit: _Habit, rows: Sequence[Row]) -> Table:
    inks = [*loose.dates, *(ink for column in loose.texts for ink in column)]
    left = min(ink.x0 for ink in inks)
    texts = zip(loose.starts, habit.widths[loose.column_count], strict=True)
    edges = [
        (min(left, loose.starts[0]), loose.starts[0]),
        *((start, start + width) for start, width in texts),
    ]
    return Table(
        loose.page,
        left,
        min(ink.top for ink in inks),
        max(ink.x1 for ink in inks),
        max(ink.bottom for ink in inks),
        tuple(edges),
        tuple(rows),
        is_ruled=False,
    )
