"""Days that stand with the text of a row whose year and month have columns of their own: 昭和29年 | 4月 | 1日 開校.

Takes a Sheet and its columns, as spacing tells them. Gives the Sheet with such days beside their months.
Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline import chars
from pipeline.parse.columns import Columns
from pipeline.parse.sheet import Piece, Row, Sheet

_DAY = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十廿]{1,3}) ?日(?= )")
_LIKELY = 0.6  # share of a table's rows whose text begins with a day


def move_days(sheet: Sheet, tables: Mapping[int, Columns]) -> Sheet:
    """The sheet with the day at the beginning of a text moved behind the month, where most rows are so."""
    rows: dict[int, list[Row]] = {
        number: [] for number, columns in tables.items() if _has_month_alone(columns)
    }
    for unit in sheet.units if rows else ():
        if isinstance(unit, Row) and unit.table in rows and unit.row not in tables[unit.table].heads:
            rows[unit.table].append(unit)
    torn = {number for number, body in rows.items() if _is_torn(body, tables[number])}
    if not torn:
        return sheet
    return sheet.map_rows(
        lambda row: _move(sheet.source, row, tables[row.table]) if row.table in torn else row
    )


def _has_month_alone(columns: Columns) -> bool:
    return columns.is_chronology and bool(columns.of("month")) and not columns.of("day", "time")


def _is_torn(body: Sequence[Row], columns: Columns) -> bool:
    return sum(_day_end(row, columns) > 0 for row in body) > _LIKELY * len(body)


def _day_end(row: Row, columns: Columns) -> int:
    """Where the day ends in the row's first text; 0 where it begins with none."""
    pieces = row.cell(columns.texts[0]) if columns.texts else ()
    found = _DAY.match(chars.fold(pieces[0].text).text) if pieces else None
    return found.end() if found else 0


def _move(source: str, row: Row, columns: Columns) -> Row:
    """The row with its day as a piece of the month's cell."""
    end = _day_end(row, columns)
    if not end or row.row in columns.heads:
        return row
    month, text = columns.of("month")[0], columns.texts[0]
    cells: dict[int, tuple[Piece, ...]] = dict(row.cells)
    first, *others = cells[text]
    rest = first.cut(source, end)
    cells[month] = (*cells.get(month, ()), first.cut(source, 0, end))
    cells[text] = ((rest,) if rest.text else ()) + tuple(others)
    return Row(row.table, row.row, tuple(sorted(cells.items())))
