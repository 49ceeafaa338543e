"""Dates whose parts stand now in one column, now in another: 昭和46年 |  | 4月1日, then 〃 | 10月 | 1日.

So where a hand set blanks inside the dates (昭和４６年　４月　１日), each time as many as it took to fill the line.
Takes a Sheet. Gives it with the cells of such dates in one, and the other columns behind it. The units
年, 月 and 日 tell what a cell is, so that no column has to. Reads rules/eras.csv.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline import chars
from pipeline.parse.column_roles import LIKELY, is_era
from pipeline.parse.sheet import Piece, Row, Sheet, join_pieces
from pipeline.rules.load import Rules

_PARTS = _YEAR, _MONTH, _DAY = ("year", "month", "day")
_ENDS = {"年": _YEAR, "月": _MONTH, "日": _DAY}
_OPENS = re.compile(
    r"(?P<year>[^\W\d_]{0,2} *(?:[0-9]{1,4}|元) *年)|(?P<month>[0-9]{1,2} *月)|(?P<day>[0-9]{1,2} *日)"
)
# nothing else stands in a date
_DATES = re.compile(r"[0-9年月日元度旬頃上中下初末同・、~～〜()曜月火水木金土 〃\n-]*")
_FEWEST = 2  # cells of a column that open or end with another part than most of them


@dataclass(frozen=True, slots=True)
class _Cell:
    """Whether it holds a date, or a part of one, and nothing else; and the parts that it opens and ends with."""

    is_date: bool
    opens: str = ""
    ends: str = ""


def join_scattered(sheet: Sheet, rules: Rules) -> Sheet:
    """The sheet, in each table whose columns tell no part of a date the cells left of the text as one."""
    if sheet.document.source.kind not in ("text", "pdf"):
        return sheet
    widths = {number: _count_scattered(rows, rules) for number, rows in sheet.tables().items()}
    if not any(widths.values()):
        return sheet
    return sheet.map_rows(lambda row: _join(row, widths[row.table]) if widths[row.table] else row)


def _count_scattered(rows: Sequence[Row], rules: Rules) -> int:
    """How many columns from the left hold parts of dates, one of them now this part, now that; 0 where each has its own."""
    said: list[list[_Cell | None]] = [[] for _ in rows]
    width = 0
    for column in range(max((column for row in rows for column, _ in row.cells), default=0)):
        cells = [_read(row.cell(column), rules) for row in rows]
        if sum(cell.is_date for cell in cells if cell) < LIKELY * sum(cell is not None for cell in cells):
            break
        width += 1
        for own, cell in zip(said, cells, strict=True):
            own.append(cell)
    # a year alone above its days is no part of their rows
    parted = [own for own in said if sum(cell is not None for cell in own) > 1]
    return width if width > 1 and (_are_mixed(parted, width) or _run_over(said, width)) else 0


def _are_mixed(rows: Sequence[Sequence[_Cell | None]], width: int) -> bool:
    """Whether in some column years stand among months or days, or months among days that have another column, too."""
    kinds = [Counter(cell.opens for row in rows if (cell := row[column])) for column in range(width)]
    for place, found in enumerate(kinds):
        held = {kind for kind in _PARTS if found[kind] >= _FEWEST}
        others = {
            kind
            for column, beside in enumerate(kinds)
            if column != place
            for kind in _PARTS[1:]
            if beside[kind] >= _FEWEST
        }
        if len(held) > 1 and (_YEAR in held or others):
            return True
    return False


def _run_over(rows: Sequence[Sequence[_Cell | None]], width: int) -> bool:
    """Whether some dates of a column run to the day and others to the month, their days in the next column."""
    for left, right in pairwise(range(width)):
        whole = sum(cell.ends == _DAY for row in rows if (cell := row[left]))
        parted = [
            (cell, beside) for row in rows if (cell := row[left]) and (beside := row[right]) and beside.opens
        ]
        fits = sum(_goes_on(cell, beside) for cell, beside in parted)
        if min(whole, fits) >= _FEWEST and fits == len(parted):
            return True
    return False


def _goes_on(cell: _Cell, beside: _Cell) -> bool:
    """Whether the next cell says the day of a month, or the month of a year that 〃 stands for."""
    is_same = cell.is_date and not cell.opens and not cell.ends
    return beside.opens == (_MONTH if is_same else _DAY) and (is_same or cell.ends == _MONTH)


def _read(pieces: Sequence[Piece], rules: Rules) -> _Cell | None:
    """What the cell is; None where it is empty."""
    if not pieces:
        return None
    text = chars.fold(join_pieces(pieces).text).text.strip()
    if chars.key(text) in rules.layout.ditto or text in rules.dates.words["same"]:
        return _Cell(True)
    if text in _ENDS:  # a unit alone
        return _Cell(True, "", _ENDS[text])
    if is_era(text, rules):
        return _Cell(True, _YEAR, _YEAR)
    first, _, rest = text.partition(" ")
    is_same = bool(rest) and chars.key(first) in rules.layout.ditto
    text = rest.strip() if is_same else text
    found = _OPENS.match(text)
    if not found or not _DATES.fullmatch(text, found.end()):
        return _Cell(False)
    return _Cell(True, "" if is_same else found.lastgroup or "", _ENDS.get(text[-1], ""))


def _join(row: Row, width: int) -> Row:
    """The row with its first `width` columns in column 0, and the others behind it."""
    pieces = tuple(piece for column, cell in row.cells if column < width for piece in cell)
    rest = tuple((column - width + 1, cell) for column, cell in row.cells if column >= width)
    return Row(row.table, row.row, ((0, pieces), *rest) if pieces else rest)
