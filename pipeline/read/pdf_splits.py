"""Dates that go over the end of a page or column: told by what their two parts say, and by the table's habit.

Takes the lines of the date cells of a table's rows. Gives yes or no: the cell below goes on with the one above.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.read.pdf_cues import (
    goes_on_below,
    goes_on_from_above,
    is_date_part,
    is_torn,
    is_year,
    looks_dated,
    number_of,
)
from pipeline.read.pdf_lines import Ink

_LEAST_YEARS = (
    2  # cells with a year above their date, before a year alone is taken for such a cell's upper part
)
_RARE = 0.1  # of the periods may be open at their end (4月1日～)

Lines = Sequence[Ink]


class DateHabit(NamedTuple):
    """What a table's date cells show: periods are closed in their cell, years stand above their date."""

    closes_periods: bool
    has_years_inside: bool
    parts_months: bool = False  # 11月 / 14日 on two lines


def find_habit(cells: Iterable[tuple[Lines, bool]]) -> DateHabit:
    """The habit of these date cells, each with whether its row has text and stands inside its part."""
    closed = opened = inside = alone = parted = 0
    for lines, is_whole in cells:
        closed += any(goes_on_below(ink.text) for ink in lines[:-1])
        inside += any(is_year(above.text) and looks_dated(below.text) for above, below in pairwise(lines))
        parted += any(_parts_month(above.text, below.text) for above, below in pairwise(lines))
        opened += is_whole and goes_on_below(lines[-1].text)
        alone += is_whole and is_year("".join(ink.text for ink in lines))
    closes_periods = closed > 0 and opened <= _RARE * closed
    return DateHabit(closes_periods, inside >= _LEAST_YEARS and not alone, parted > 0)


def goes_over(above: Lines, below: Lines, habit: DateHabit) -> bool:
    """Whether the date cell at the top of a part goes on with the one at the end of the part before."""
    upper, lower = above[-1].text, below[0].text
    if below[0].parts:
        return False
    if is_torn(upper, lower) or (goes_on_from_above(lower) and number_of(lower) is None):
        return True
    numbers = [number for ink in above if (number := number_of(ink.text)) is not None]
    if numbers and number_of(lower) == numbers[-1] + 1:
        return True
    if habit.parts_months and _parts_month(upper, lower):
        return True
    if not looks_dated(lower) or is_year(lower):
        return False
    if habit.closes_periods and goes_on_below(upper):
        return True
    return habit.has_years_inside and is_year("".join(ink.text for ink in above))


def _parts_month(upper: str, lower: str) -> bool:
    """Whether a month stands above its day: `11月` and `14日`."""
    return upper.rstrip().endswith("月") and "日" in lower and is_date_part(lower)
