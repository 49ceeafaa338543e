"""Rows of a table that lack the first cell, which stood over several rows: 昭和22年 | 4月1日 | text, then 9月17日 | text.

Takes a Sheet. Gives it with the cells of such rows one column to the right, below those they belong to.
Reads what parse/dates reads.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline import chars
from pipeline.parse.column_roles import IN_A_YEAR, LIKELY, is_era
from pipeline.parse.dates import Said, find_year_heading, parse_date
from pipeline.parse.sheet import Row, Sheet, join_pieces
from pipeline.rules.load import Rules

_ERA, _YEAR, _DAY, _OTHER = "era", "year", "day", ""
_WHOLE = ((_ERA, _YEAR), (_YEAR, _DAY))
_ERA_YEAR = re.compile(r"([0-9]{1,2}|元)年")  # as an era counts it
_LETTER_YEAR = re.compile(r"[MTSHR] ?(?:[0-9]{1,2}|元)")  # S42
_SHORT = 6  # characters of a word that may stand for a day (〇月〇日, 月日不詳)


def shift_short_rows(sheet: Sheet, rules: Rules) -> Sheet:
    """The sheet, in each of its tables the rows without their year's cell moved below the column of days."""
    if sheet.document.source.kind == "pdf":
        return sheet  # its cells stand where they stand
    moved = {number: _short_rows(rows, rules) for number, rows in sheet.tables().items()}
    if not any(moved.values()):
        return sheet
    return sheet.map_rows(lambda row: _shift(row) if row.row in moved[row.table] else row)


def _short_rows(rows: Sequence[Row], rules: Rules) -> frozenset[int]:
    """The numbers of the rows that begin with the second part of a date, where the others say the first part before it.

    Year and day, or era and year: 昭和 | 6年 | 1931年 | text, then 21年 | 1946年 | text.
    """
    kinds = {row.row: (_kind(row, 0, rules), _kind(row, 1, rules)) for row in rows}
    whole = Counter(pair for pair in kinds.values() if pair in _WHOLE)
    if not whole:
        return frozenset()
    (opening, behind), count = whole.most_common(1)[0]
    if count < LIKELY * sum(first == opening for first, _ in kinds.values()):
        return frozenset()
    short = {
        number
        for number, (first, second) in kinds.items()
        if first == behind and (second != behind or opening == _ERA)
    }
    if short and opening == _YEAR:  # a day that nobody knows (〇月〇日) among them
        short.update(row.row for row in rows[1:] if kinds[row.row][0] == _OTHER and _is_like_them(row))
    return frozenset(short)


def _is_like_them(row: Row) -> bool:
    """Whether the row opens with a word that may stand for a day, with a text beside it."""
    return len(row.cells) > 1 and 0 < len(join_pieces(row.cell(0)).text) <= _SHORT and bool(row.cell(1))


def _kind(row: Row, column: int, rules: Rules) -> str:
    """Whether the cell is an era, a year and nothing else, or a day or month."""
    text = join_pieces(row.cell(column)).text
    key = chars.fold(text).text.strip()
    if is_era(key, rules):
        return _ERA
    if _ERA_YEAR.fullmatch(key):
        return _YEAR
    if (
        not any(sign in text for sign in "年月日/.")
        and not text.isdecimal()
        and not _LETTER_YEAR.fullmatch(key)
    ):
        return _OTHER
    if _LETTER_YEAR.fullmatch(key) or find_year_heading(text, Said(), rules.dates) is not None:
        return _YEAR
    found = parse_date(text, IN_A_YEAR, rules.dates)
    return _DAY if found is not None and found.kind != "year" else _OTHER


def _shift(row: Row) -> Row:
    return Row(row.table, row.row, tuple((column + 1, pieces) for column, pieces in row.cells))
