"""The cells of a date column, line by line: 昭和30年 above (1955) is one, and so are 昭和30 above 年.

Takes the blocks of a table and a column. Gives its cells from the top down. Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.read.spacing_areawords import plain
from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_centred import only
from pipeline.read.spacing_cut import Cut
from pipeline.read.spacing_years import year_of

_APART = 2  # lines from one line of a cell to the next
_ERA_YEAR = r"[^\W\d_]{1,2}\.? ?(?:[0-9]{1,2}|元) ?年?度?"
_WESTERN = r"[12][0-9]{3} ?年?度?"
YEAR = re.compile(rf"[(]?(?:{_ERA_YEAR}|{_WESTERN})[)]?(?: ?[(]?(?:{_ERA_YEAR}|{_WESTERN})[)]? ?年?)?")
MONTH = re.compile(r"[0-9]{1,2} ?月?")
_BRACKETED = re.compile(r"[(].*[)]")
_UNIT = re.compile(r"[年月]度?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a date column: its lines, each with nothing but this cell."""

    cuts: tuple[Cut, ...]
    column: int

    @property
    def text(self) -> str:
        """All it says."""
        return plain(" ".join(cut.text(self.column) for cut in self.cuts))

    @property
    def lines(self) -> list[float]:
        """The numbers of its lines."""
        return [cut.row.number for cut in self.cuts]


def find_cells(blocks: Sequence[Block], column: int) -> list[Cell]:
    """The cells of a column, the lines of one cell together."""
    found: list[Cell] = []
    for block in blocks:
        open_cell: Cell | None = None
        for cut in block.cuts:
            if column not in cut.cells:
                continue
            line = only(cut, column)
            if open_cell is not None and _goes_on(open_cell, line):
                open_cell = replace(open_cell, cuts=(*open_cell.cuts, line))
                found[-1] = open_cell
            else:
                open_cell = Cell((line,), column)
                found.append(open_cell)
    return found


def _goes_on(cell: Cell, line: Cut) -> bool:
    """Whether the line is one more of the cell: (1955) or 1955 below 昭和30年, 年 below 昭和30."""
    if line.row.number - cell.cuts[-1].row.number > _APART:
        return False
    above, text = cell.text, plain(line.text(cell.column))
    if not any(sign.isdigit() for sign in above) and (
        _UNIT.fullmatch(above) or not YEAR.fullmatch(above + text)
    ):
        return False
    if MONTH.fullmatch(above):
        return bool(_UNIT.fullmatch(text)) and not _UNIT.search(above)
    if _BRACKETED.fullmatch(text) or _UNIT.fullmatch(text):
        return not _BRACKETED.search(above) or not _BRACKETED.fullmatch(text)
    is_other = bool(re.match(_WESTERN, above)) != bool(re.match(_WESTERN, text))
    if is_other and YEAR.fullmatch(above) and YEAR.fullmatch(text) and year_of(above) and year_of(text):
        return year_of(above) == year_of(text) and len(cell.cuts) == 1
    if YEAR.fullmatch(above) and above.rstrip(")").endswith(("年", "度", ")")):
        return is_other and bool(YEAR.fullmatch(text)) and len(cell.cuts) == 1 and not text.endswith("年")
    return bool(YEAR.fullmatch(above + text)) and not YEAR.fullmatch(text)
