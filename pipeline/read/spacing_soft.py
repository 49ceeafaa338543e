"""Marks the lines of cells that the typesetter broke: what follows had no room behind them.

Takes the lines of a table whose columns are known, and its text. Gives them with wrap=SOFT where a cell's next line goes
on. A column is as wide as its widest line that another one follows in its cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline import chars
from pipeline.model import SOFT, Line
from pipeline.read.wraps import UNIT_OF_LINE

_LEAST = 3  # lines that another one follows in its cell
_NARROWEST = 6.0  # full-width characters of a column whose lines are told so
_NEAR = 1.0  # full-width characters
_SLACK = 0.5  # of a character, by which a line in a proportional font is shorter
_SPREAD = 1.5  # full-width characters by which such lines differ in a proportional font
_RAGGED = 0.15  # of the column, by which they may stop short there
_FEWEST, _MOSTLY = (
    4,
    0.6,
)  # lines that another one follows, and the share of them that end near the column's edge
_CLOSES = tuple("）)」』】")
_ENDS = tuple("。．！？")
_OPENS = re.compile(r"\s*(?:\S{1,6}[：:]|[①-⑳(（［\[<＜【・･●○◎〇■□◆◇★☆※〃*]|[0-9０-９]{1,2}[.．)）])")


def mark_broken(text: str, lines: Sequence[Line], first: int) -> list[Line]:
    """The lines, those of the columns from `first` on that were broken marked."""
    columns: dict[int, list[int]] = {}
    for place, line in enumerate(lines):
        if line.cell and line.cell[2] >= first:
            columns.setdefault(line.cell[2], []).append(place)
    marked = list(lines)
    for places in columns.values():
        places.sort(key=lambda place: lines[place].cell or ())
        pairs = [(one, other) for one, other in pairwise(places) if lines[one].cell == lines[other].cell]
        shown = {place: text[lines[place].span.start : lines[place].span.end] for place in places}
        widths = [lines[one].indent + chars.width(shown[one]) for one, _ in pairs]
        width = _width(widths)
        full = [one for one in widths if one >= (1 - _RAGGED) * width]
        is_ragged = len(full) >= max(_FEWEST, _MOSTLY * len(widths)) and width - median(full) > _SPREAD
        for one, other in pairs:
            unit = UNIT_OF_LINE.match(shown[other].lstrip())
            room = width - lines[one].indent - chars.width(shown[one])
            need = max(1.0, chars.width(unit.group()) if unit else 0.0)
            is_near = is_ragged and room < _RAGGED * width and not shown[one].endswith(_CLOSES)
            has_room = room >= need + _SLACK and not is_near
            ends = shown[one].endswith(_ENDS) or _OPENS.match(shown[other]) is not None
            if width >= _NARROWEST and len(pairs) >= _LEAST and not has_room and not ends:
                marked[one] = replace(lines[one], wrap=SOFT)
    return marked


def _width(widths: Sequence[float]) -> float:
    """The widest of them that has another one near it; one alone may hold more than its column."""
    ordered = sorted(widths, reverse=True)
    return next((one for one, below in pairwise(ordered) if one - below <= _NEAR), max(ordered, default=0.0))
