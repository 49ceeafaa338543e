"""Running numbers that share a cell with the dates behind them: `5    〃 21. 5. 3`, where only blanks told the columns.

Takes a Sheet. Gives it with such numbers in a column of their own, before the others. Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline import chars
from pipeline.parse.sheet import Row, Sheet

_NUMBERED = re.compile(r"([0-9]{1,3})[.．)）]?(?:[ \u3000]+(?=\S)|$)")
_ENOUGH = 5  # rows by which it shows that their numbers count on
_SHARE = 0.8  # of the rows with a first cell that are numbered, and of the steps from one number to the next


def part_numbers(sheet: Sheet) -> Sheet:
    """The sheet, in each table whose first cells open with numbers that count on these cells as two."""
    if sheet.document.source.kind != "text":
        return sheet
    shifts = {
        number: int(not _has_column(rows)) for number, rows in sheet.tables().items() if _are_numbered(rows)
    }
    if not shifts:
        return sheet
    return sheet.map_rows(lambda row: _part(sheet, row, shifts[row.table]) if row.table in shifts else row)


def _are_numbered(rows: Sequence[Row]) -> bool:
    """Whether nearly all first cells with a digit open with a number, each one more than that above it."""
    texts = [chars.fold(row.cell(0)[0].text).text for row in rows if row.cell(0)]
    found = [_NUMBERED.match(text) for text in texts if any(sign.isdecimal() for sign in text)]
    numbers = [int(number[1]) for number in found if number]
    steps = sum(after == before + 1 for before, after in pairwise(numbers))
    return len(numbers) >= max(_ENOUGH, _SHARE * len(found)) and steps >= _SHARE * (len(numbers) - 1)


def _has_column(rows: Sequence[Row]) -> bool:
    """Whether some numbers stand in a column of their own already, the date in the next."""
    return any(row.cell(0) and row.cell(1) and row.cell(0)[0].text.strip().isdecimal() for row in rows)


def _part(sheet: Sheet, row: Row, shift: int) -> Row:
    """The row with its number in column 0, the date in column 1, and all else `shift` columns to the right."""
    first = row.cell(0)
    cells = [(column + shift, pieces) for column, pieces in row.cells if column > 0]
    number = _NUMBERED.match(chars.fold(first[0].text).text) if first else None
    rest = first[0].cut(sheet.source, number.end()) if number else None
    if number is None or rest is None or not rest.text or any(column == 1 for column, _ in cells):
        return Row(row.table, row.row, ((0, first), *cells) if first else tuple(cells))
    own = first[0].cut(sheet.source, 0, number.end(1))
    return Row(row.table, row.row, ((0, (own,)), (1, (rest, *first[1:])), *cells))
