"""Tables whose rows are not entries: a year in one cell, and in the next the dated lines of that year.

Takes a Sheet and its columns. Gives the sheet with such rows as plain lines. Reads what parse/columns reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from pipeline.parse.column_roles import DATE_ROLES, LIKELY
from pipeline.parse.columns import Columns, is_year
from pipeline.parse.date_said import DAY
from pipeline.parse.dates import Found, Said, find_clock, find_date, parse_date
from pipeline.parse.sheet import Piece, Row, Sheet, Unit, join_pieces
from pipeline.rules.load import Rules

_RECORDS = ("csv", "tsv", "markdown")  # kinds of source where a line inside a cell is one on purpose
_IN_A_YEAR = Said(year=2000, heading=2000)
_ON_A_DAY = Said(year=2000, day=date(2000, 1, 1))
_LOGGED = 2  # days with several times


def unfold_tables(sheet: Sheet, tables: Mapping[int, Columns], rules: Rules) -> Sheet:
    """The sheet with plain lines for rows whose text has the dates: a year in one cell, 4月1日 … in the next.

    Also for tables of one column, whose cells are lines and nothing else; and a row for each pair of a date and a
    text where one cell holds several of both.
    """
    unfolded = {number for number, columns in tables.items() if _is_unfolded(sheet, number, columns, rules)}
    units: list[Unit] = []
    for unit in sheet.units:
        if isinstance(unit, Row) and unit.table in unfolded and unit.row not in tables[unit.table].heads:
            units.extend(_part_texts(unit, tables[unit.table], rules))
        elif isinstance(unit, Row) and sheet.document.source.kind in _RECORDS:
            units.extend(_part_pairs(unit, tables[unit.table], rules))
        else:
            units.append(unit)
    return Sheet(sheet.document, tuple(units))


def _part_pairs(row: Row, columns: Columns, rules: Rules) -> Iterator[Row]:
    """The row, or one for each of its dates where as many lines of text stand beside them: 4月1日<br>11月3日."""
    day = next((column for column in columns.of("date") if len(row.cell(column)) > 1), None)
    lead = next((column for column in (*columns.leads, *columns.texts) if row.cell(column)), None)
    dates = row.cell(day) if day is not None and columns.is_chronology else ()
    texts = row.cell(lead) if lead is not None else ()
    whole = all(parse_date(piece.text, _IN_A_YEAR, rules.dates) is not None for piece in dates)
    if day is None or lead is None or len(dates) < 2 or len(dates) != len(texts) or not whole:
        yield row
        return
    others = tuple(cell for cell in row.cells if cell[0] not in (day, lead))
    for place, (said, text) in enumerate(zip(dates, texts, strict=True)):
        cells = [(day, (said,)), (lead, (text,)), *(others if place == 0 else ())]
        yield Row(row.table, row.row, tuple(sorted(cells, key=lambda cell: cell[0])))


def _part_texts(row: Row, columns: Columns, rules: Rules) -> Iterator[Unit]:
    """The lines of the row, each text of its own that has a date; a text in which no line has one is an entry itself.

    The first of those keeps the year beside it where no dated text stands before it.
    """
    year = tuple(cell for cell in row.cells if cell[0] not in columns.texts)
    texts = [cell for cell in row.cells if cell[0] in columns.texts]
    if not texts:
        yield from row.pieces
        return
    for column, pieces in texts:
        if any(_opens(piece, rules) for piece in pieces):
            yield from (piece for _, own in year for piece in own)
            yield from pieces
        else:
            yield Row(row.table, row.row, (*year, (column, pieces)))
        year = ()


def _is_unfolded(sheet: Sheet, number: int, columns: Columns, rules: Rules) -> bool:
    rows = [unit for unit in sheet.units if isinstance(unit, Row) and unit.table == number]
    if len(columns.roles) <= 1:
        return columns.is_chronology
    if not columns.is_chronology or not columns.texts or columns.of("month", "day", "time"):
        return False
    first = columns.of(*DATE_ROLES)
    body = [row for row in rows if row.row not in columns.heads | columns.above]
    cells = [row.cell(column) for row in body for column in first if row.cell(column)]
    years = sum(all(is_year(piece.text, Said(), rules) for piece in cell) for cell in cells)
    if not cells or years < 0.8 * len(cells):
        return _is_log(body, first, columns.texts, rules)
    return all(_are_dated(body, column, rules) for column in columns.texts)


def _is_log(body: Sequence[Row], dates: Sequence[int], texts: Sequence[int], rules: Rules) -> bool:
    """Whether days stand beside texts most of whose lines begin with a time of the day, some with several of them."""
    found = [
        parse_date(join_pieces(row.cell(column)).text, _IN_A_YEAR, rules.dates)
        for row in body
        for column in dates
        if row.cell(column)
    ]
    days = sum(each is not None and each.kind == DAY for each in found)
    cells = [row.cell(texts[0]) for row in body if row.cell(texts[0])]
    timed = [sum(_find_time(piece, rules) is not None for piece in cell) for cell in cells]
    opening = sum(_find_time(cell[0], rules) is not None for cell in cells)
    several = sum(count > 1 for count in timed)
    return bool(days >= 0.8 * len(found) > 0 and opening >= LIKELY * len(cells) and several >= _LOGGED)


def _find_time(piece: Piece, rules: Rules) -> Found | None:
    return find_clock(piece.text, _ON_A_DAY, rules.dates)


def _opens(piece: Piece, rules: Rules) -> bool:
    """Whether a date or a time of the day opens the line."""
    return _is_dated(piece, rules) or _find_time(piece, rules) is not None


def _is_dated(piece: Piece, rules: Rules) -> bool:
    """Whether a date opens the line, or follows the sign that does: ● 4月10日 開設."""
    text = piece.text[1:].lstrip() if piece.text[:1] in rules.layout.bullets else piece.text
    return find_date(text, _IN_A_YEAR, rules.dates) is not None


def _are_dated(body: Sequence[Row], column: int, rules: Rules) -> bool:
    """Whether most cells of this column begin with a date."""
    texts = [row.cell(column) for row in body if row.cell(column)]
    dated = sum(_is_dated(pieces[0], rules) for pieces in texts)
    return dated >= LIKELY * len(texts) > 0
