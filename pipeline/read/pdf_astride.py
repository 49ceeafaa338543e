"""Years that stand in the middle of their rows in a table without ruling lines, parted by nothing but the days' order.

Takes the date lines and the text lines of a table's parts, then the rows cut without those years. Gives the date lines
without them, and for each year the date that it stands before, as pdf_centred does where gaps part the years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline import chars
from pipeline.read.pdf_centred import Dates, split_year
from pipeline.read.pdf_cues import is_year
from pipeline.read.pdf_lines import Ink
from pipeline.read.pdf_parts import Row
from pipeline.read.spacing_astride import group_years
from pipeline.read.spacing_merged import MergedRow, day_key

_LEAST = 3  # years of a table
_ALONE = 2  # of them that stand beside no month or day
_BESIDE = 0.5  # leadings: lines nearer than that stand side by side
_MANY = 1.2  # days to a year: a year for each day is in the day's own cell
_MOST = 0.8  # of those that are nearer to the date below them: each heads its cell
_NEARER = 0.25  # leadings
_ROOM = 2.0  # em that a text which goes on below may leave
_NUMBER = re.compile(r"[0-9]+")

Lines = Sequence[Ink]


def strip_years(
    parts: Sequence[tuple[Lines, Lines]], leading: float, rights: Sequence[float]
) -> list[Dates] | None:
    """For each part (its date lines, the lines of its main text) the dates without years, the years with no date yet.

    None where too few years stand alone for them to be in the middle of their rows. `rights` are the texts' edges.
    """
    found: list[Dates] = []
    years = alone = heads = others = 0
    for (dates, texts), right in zip(parts, rights, strict=True):
        split = [part for ink in dates for part in split_year(ink)]
        days = [ink for ink in split if not is_year(ink.text)]
        lifted = [ink for ink in split if is_year(ink.text) and not _is_own(ink, days, texts, leading, right)]
        years, others = years + len(split) - len(days), others + len(days)
        single = [ink for ink in lifted if not _is_beside(ink, days, leading)]
        alone += len(single)
        heads += sum(_heads_its_date(ink, days, leading) for ink in single)
        kept = tuple(ink for ink in split if not any(ink is year for year in lifted))
        found.append(Dates(kept, tuple((year, year) for year in lifted)))
    if years < _LEAST or alone < _ALONE or others < _MANY * years or heads >= _MOST * alone:
        return None
    return found


def _heads_its_date(year: Ink, days: Lines, leading: float) -> bool:
    """Whether the year is clearly nearer to the date below it than to the one above: both stand in one cell."""
    above = min((year.base - day.base for day in days if day.base < year.base), default=float("inf"))
    below = min((day.base - year.base for day in days if day.base > year.base), default=float("inf"))
    return above - below > _NEARER * leading


def _is_beside(ink: Ink, others: Lines, leading: float) -> bool:
    return any(abs(other.base - ink.base) < _BESIDE * leading for other in others)


def _is_own(year: Ink, days: Lines, texts: Lines, leading: float, right: float) -> bool:
    """Whether the year is the date of a text beside it, which does not go on from the line above."""
    beside = [text for text in texts if abs(text.base - year.base) < _BESIDE * leading]
    if _is_beside(year, days, leading) or not beside:
        return False
    above = max(
        (text for text in texts if text.base < beside[0].base), key=lambda text: text.base, default=None
    )
    return above is None or right - above.x1 > _ROOM * above.size


def place_years(parts: Sequence[Dates], rows: Sequence[Sequence[Row]], leading: float) -> list[Dates] | None:
    """The parts with each year before the date of its first row; None where years at the top fit as well."""
    placed: list[Dates] = []
    astride, at_top = 0.0, 0.0
    is_fiscal = any("度" in year.text for part in parts for year, _ in part.years)
    for number, (part, own) in enumerate(zip(parts, rows, strict=True)):
        merged = [
            made
            for place, row in enumerate(own)
            if (made := _merged(row, place, leading, is_fiscal)) is not None
        ]
        marks = [
            MergedRow(-place, 0, _height(year, leading), _height(year, leading), [_height(year, leading)])
            for place, (year, _) in enumerate(part.years, 1)
        ]
        here = sorted((*merged, *marks), key=lambda row: (row.first, row.number))
        groups, price, price_at_top = group_years(here, number > 0)
        astride, at_top = astride + price, at_top + price_at_top
        years: list[tuple[Ink, Ink]] = []
        for cell, first in groups:
            dates = own[first.number].lines(0)
            if cell.number < 0 and dates:
                years.append((part.years[-cell.number - 1][0], dates[0]))
        if len(years) != len(part.years):
            return None
        placed.append(Dates(part.lines, tuple(years)))
    return placed if astride < at_top else None


def _height(ink: Ink, leading: float) -> float:
    """Where the line stands, in lines; to a tenth, so that lines side by side are at one height."""
    return round(ink.base / leading, 1)


def _merged(row: Row, number: int, leading: float, is_fiscal: bool) -> MergedRow | None:
    heights = [_height(ink, leading) for _, lines in row.cells for ink in lines]
    dates = row.lines(0)
    text = " ".join(chars.fold(ink.text).text for ink in dates)
    made = MergedRow(number, 0, min(heights), max(heights), own=[_height(ink, leading) for ink in dates])
    made.key = day_key([int(each) for each in _NUMBER.findall(text)[:2]], is_fiscal)
    made.has_text = any(column for column, _ in row.cells)
    is_year_row = bool(dates) and all(is_year(ink.text) for ink in dates)
    made.outer = list(made.own) if is_year_row else []
    is_head = not made.key and not any(sign in text for sign in "同春夏秋冬〃")
    return None if is_head and not is_year_row else made
