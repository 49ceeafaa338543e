"""Tables whose rows are not entries: a year in one cell, and in the next the dated lines of that year.

Takes a Sheet and its columns. Gives the sheet with such rows as plain lines. Reads what parse/columns reads.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.parse.column_roles import DATE_ROLES, LIKELY
from pipeline.parse.columns import Columns, is_year
from pipeline.parse.dates import Said, find_date
from pipeline.parse.sheet import Row, Sheet, Unit
from pipeline.rules.load import Rules


def unfold_tables(sheet: Sheet, tables: Mapping[int, Columns], rules: Rules) -> Sheet:
    """The sheet with plain lines for rows whose text has the dates: a year in one cell, 4月1日 … in the next.

    Also for tables of one column, whose cells are lines and nothing else.
    """
    unfolded = {number for number, columns in tables.items() if _is_unfolded(sheet, number, columns, rules)}
    units: list[Unit] = []
    for unit in sheet.units:
        if isinstance(unit, Row) and unit.table in unfolded and unit.row not in tables[unit.table].heads:
            units.extend(unit.pieces)
        else:
            units.append(unit)
    return Sheet(sheet.document, tuple(units))


def _is_unfolded(sheet: Sheet, number: int, columns: Columns, rules: Rules) -> bool:
    rows = [unit for unit in sheet.units if isinstance(unit, Row) and unit.table == number]
    if len(columns.roles) <= 1:
        return columns.is_chronology
    if not columns.is_chronology or len(columns.texts) != 1 or columns.of("month", "day", "time"):
        return False
    first = columns.of(*DATE_ROLES)
    body = [row for row in rows if row.row not in columns.heads]
    cells = [row.cell(column) for row in body for column in first if row.cell(column)]
    years = sum(all(is_year(piece.text, Said(), rules) for piece in cell) for cell in cells)
    if not cells or years < 0.8 * len(cells):
        return False
    texts = [row.cell(columns.texts[0]) for row in body if row.cell(columns.texts[0])]
    said = Said(year=2000, heading=2000)
    dated = sum(find_date(pieces[0].text, said, rules.dates) is not None for pieces in texts)
    return dated >= LIKELY * len(texts) > 0
