"""Rows of a table that lack the first cell, which stood over several rows: 昭和22年 | 4月1日 | text, then 9月17日 | text.

Takes a Sheet. Gives it with the cells of such rows one column to the right, below those they belong to.
Reads what parse/dates reads.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.parse.column_roles import IN_A_YEAR, LIKELY
from pipeline.parse.dates import Said, find_year_heading, parse_date
from pipeline.parse.sheet import Row, Sheet, join_pieces
from pipeline.rules.load import Rules

_YEAR, _DAY, _OTHER = "year", "day", ""
_SHORT = 6  # characters of a word that may stand for a day (〇月〇日, 月日不詳)


def shift_short_rows(sheet: Sheet, rules: Rules) -> Sheet:
    """The sheet, in each of its tables the rows without their year's cell moved below the column of days."""
    tables: dict[int, list[Row]] = {}
    for unit in sheet.units:
        if isinstance(unit, Row):
            tables.setdefault(unit.table, []).append(unit)
    moved = {number: _short_rows(rows, rules) for number, rows in tables.items()}
    if not any(moved.values()):
        return sheet
    return Sheet(
        sheet.document,
        tuple(
            _shift(unit) if isinstance(unit, Row) and unit.row in moved[unit.table] else unit
            for unit in sheet.units
        ),
    )


def _short_rows(rows: Sequence[Row], rules: Rules) -> frozenset[int]:
    """The numbers of the rows that begin with a day, where the others say a year first and a day behind it."""
    kinds = {row.row: (_kind(row, 0, rules), _kind(row, 1, rules)) for row in rows}
    years = [number for number, (first, _) in kinds.items() if first == _YEAR]
    whole = [number for number in years if kinds[number][1] == _DAY]
    if not whole or len(whole) < LIKELY * len(years):
        return frozenset()
    short = {number for number, (first, second) in kinds.items() if first == _DAY and second != _DAY}
    if short:  # a day that nobody knows (〇月〇日) among them
        short.update(row.row for row in rows[1:] if kinds[row.row][0] == _OTHER and _is_like_them(row))
    return frozenset(short)


def _is_like_them(row: Row) -> bool:
    """Whether the row opens with a word that may stand for a day, with a text beside it."""
    return len(row.cells) > 1 and 0 < len(join_pieces(row.cell(0)).text) <= _SHORT and bool(row.cell(1))


def _kind(row: Row, column: int, rules: Rules) -> str:
    """Whether the cell is a year and nothing else, or a day or month that says no year."""
    text = join_pieces(row.cell(column)).text
    if not any(sign in text for sign in "年月日/.") and not text.isdecimal():
        return _OTHER
    if find_year_heading(text, Said(), rules.dates) is not None:
        return _YEAR
    found = parse_date(text, IN_A_YEAR, rules.dates)
    return _DAY if found is not None and not found.year_said else _OTHER


def _shift(row: Row) -> Row:
    return Row(row.table, row.row, tuple((column + 1, pieces) for column, pieces in row.cells))
