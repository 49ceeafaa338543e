"""Puts days back into texts that say their own, where a year stands beside several columns of such texts.

Takes the blocks of all pages. Gives them with the column of days joined to the texts behind it:
`昭和 8年   3月3日 津波   3月27日 国際連盟脱退` has a day before each text, not a column of days. Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline import chars
from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_cut import Cut

_LEAST = 4  # texts with a day of their own in a column behind the first
_MOST = 0.6  # of that column's texts that have one, and of the days' column that is nothing else
_FAR = 6.0  # full-width characters by which a day that belongs to the next column is set in
_DAY = re.compile(
    r"(?:[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?|同月 ?[0-9]{1,2} ?日|同[月日]|[0-9]{1,2} ?[/.] ?[0-9]{1,2})"
    r"(?: ?[~〜～、,・-] ?(?:[0-9]{1,2} ?月)? ?[0-9]{1,2} ?日)?(?: ?(?:[上中下初]旬|[頃末]))?"
)


def join_days(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those of a table with days in its texts without the column that parted the first of them."""
    found = {size: _column_of_days(blocks, size) for size in {block.columns for block in blocks}}
    return [block if (column := found[block.columns]) is None else _join(block, column) for block in blocks]


def _column_of_days(blocks: Sequence[Block], size: int) -> int | None:
    """The column of days before the first texts; None where it is one on purpose."""
    cuts = [cut for block in blocks if block.columns == size and not block.dated for cut in block.cuts]
    for column in range(1, size - 2):
        days = [_shown(cut, column) for cut in cuts if column in cut.cells]
        if not days or sum(bool(_DAY.fullmatch(day)) for day in days) < _MOST * len(days):
            continue
        behind = [_shown(cut, column + 2) for cut in cuts if column + 2 in cut.cells]
        dated = [_opens(text) or _is_parted(cut, column) for cut, text in _beside(cuts, column + 2)]
        if sum(dated) >= max(_LEAST, _MOST * len(behind)):
            return column
    return None


def _beside(cuts: Sequence[Cut], column: int) -> list[tuple[Cut, str]]:
    return [(cut, _shown(cut, column)) for cut in cuts if column in cut.cells]


def _shown(cut: Cut, column: int) -> str:
    return chars.fold(cut.text(column)).text


def _opens(text: str) -> bool:
    """Whether a day opens the text and is not all of it."""
    found = _DAY.match(text)
    return found is not None and text[found.end() : found.end() + 1] == " "


def _is_parted(cut: Cut, column: int) -> bool:
    """Whether a day stands alone far inside the column before its text."""
    return cut.indents.get(column + 1, 0.0) >= _FAR and bool(_DAY.fullmatch(_shown(cut, column + 1)))


def _join(block: Block, column: int) -> Block:
    return replace(block, columns=block.columns - 1, cuts=tuple(_joined(cut, column) for cut in block.cuts))


def _joined(cut: Cut, column: int) -> Cut:
    """The cut with one column less: the days before the first texts joined to them, and a day parted off to its text."""
    cells, indents = dict(cut.cells), dict(cut.indents)
    if _is_parted(cut, column) and column + 2 in cells:
        start, _ = cells.pop(column + 1)
        cells[column + 2] = (start, cells[column + 2][1])
        indents.pop(column + 1)
    if column in cells and column + 1 in cells:
        cells[column] = (cells[column][0], cells[column + 1][1])
    elif column + 1 in cells:
        cells[column], indents[column] = cells[column + 1], 0.0
    cells.pop(column + 1, None)
    indents.pop(column + 1, None)
    moved = {place - (place > column): span for place, span in cells.items()}
    return replace(
        cut,
        cells=dict(sorted(moved.items())),
        indents={place - (place > column): indent for place, indent in indents.items()},
    )
