"""Joins rows of a table whose date goes over into the next row: 8月28日・ | 29日, 10月 2日～ | 11月 1日.

Takes a Sheet and its columns. Gives the Sheet with such rows as one, as the page meant them.
Reads rules/layout.toml (goes_on, comes_on).
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.parse.columns import Columns
from pipeline.parse.dates import Said, find_year_heading, parse_date
from pipeline.parse.sheet import Piece, Row, Sheet, Unit, join_pieces
from pipeline.rules.load import Rules

_LIST = ("・", "･", "及び", "と")  # signs that part the days of a list, at the end of a row's date
_BANDS = 3  # years in rows of their own
_CONTEXT = Said(year=2000, heading=2000)  # any year will do: only the form of the date is asked for


@dataclass(frozen=True, slots=True)
class _Dates:
    """The date cells of two rows that follow each other."""

    above: tuple[Piece, ...]
    below: tuple[Piece, ...]


def mend_rows(sheet: Sheet, tables: dict[int, Columns], rules: Rules) -> Sheet:
    """The sheet with rows joined where one date stands on two."""
    units: list[Unit] = []
    for unit in sheet.units:
        above = units[-1] if units else None
        if (
            isinstance(unit, Row)
            and isinstance(above, Row)
            and _is_one(above, unit, tables[unit.table], rules)
            and not (_is_band(unit, rules) and _has_bands(sheet, unit, rules))
        ):
            units[-1] = _join(above, unit)
        else:
            units.append(unit)
    return Sheet(sheet.document, tuple(units))


def _is_one(above: Row, below: Row, columns: Columns, rules: Rules) -> bool:
    if above.table != below.table or not columns.is_chronology or above.row in columns.heads:
        return False
    dates = _Dates(_date_cells(above, columns), _date_cells(below, columns))
    if not dates.above or not dates.below:
        return False
    upper, lower = join_pieces(dates.above).text, join_pieces(dates.below).text
    text = below.cell(columns.texts[0]) if columns.texts else ()
    if text and text[0].text[0] not in rules.layout.bullets:
        return False  # a text of its own: the date above is open on purpose (4月1日～)
    open_ended = upper.rstrip().endswith((*rules.layout.goes_on, *_LIST))
    if not open_ended and not lower.lstrip().startswith(rules.layout.comes_on):
        return False
    found = parse_date(f"{upper}\n{lower}", _CONTEXT, rules.dates)
    return found is not None and found.end > len(upper) + 1


def _is_band(row: Row, rules: Rules) -> bool:
    """Whether the row is a year and nothing else."""
    said = join_pieces(row.pieces).text
    return len(row.cells) == 1 and find_year_heading(said, Said(), rules.dates) is not None


def _has_bands(sheet: Sheet, row: Row, rules: Rules) -> bool:
    """Whether years stand in rows of their own in this table: below 4月～ the next one ends no period."""
    rows = (unit for unit in sheet.units if isinstance(unit, Row) and unit.table == row.table)
    return sum(_is_band(each, rules) for each in rows) >= _BANDS


def _date_cells(row: Row, columns: Columns) -> tuple[Piece, ...]:
    return tuple(piece for column in columns.of("date") for piece in row.cell(column))


def _join(above: Row, below: Row) -> Row:
    columns = sorted({column for row in (above, below) for column, _ in row.cells})
    return Row(
        above.table,
        above.row,
        tuple((column, (*above.cell(column), *below.cell(column))) for column in columns),
    )
