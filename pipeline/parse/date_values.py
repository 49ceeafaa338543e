"""Resolved dates as EDTF with whole-day bounds.

Takes resolved dates, periods and lists of them. Gives EDTF (ISO 8601-2), first and last day, precision.
Reads no rules: seasons are EDTF 21 to 24, spring March to May, winter December to February of the next year.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from pipeline.model import DateValue

DAY, MONTH, YEAR, FISCAL = "day", "month", "year", "fiscal_year"
COARSE = (DAY, MONTH, YEAR, FISCAL)


@dataclass(frozen=True, slots=True)
class Resolved:
    """One date, complete. `years` is the number of years from `year` on that it stands for (昭和20年代: 10)."""

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    inexact: bool = False
    fiscal: bool = False
    years: int = 1

    @property
    def precision(self) -> str:
        """day, month, year or fiscal_year; a season counts as a month."""
        if self.fiscal:
            return FISCAL
        if self.day is not None:
            return DAY
        return MONTH if self.month is not None or self.season is not None else YEAR

    def first(self) -> date:
        """Its first day."""
        if self.season is not None:
            return date(self.year, 3 * (self.season - 20), 1)
        return date(self.year, 4 if self.fiscal else self.month or 1, self.day or 1)

    def last(self) -> date:
        """Its last day."""
        if self.day is not None:
            return self.first()
        if self.season is not None:
            return _month_end(self.year, 3 * (self.season - 20) + 2)
        if self.fiscal:
            return _month_end(self.year + self.years, 3)
        return _month_end(self.year + self.years - 1, self.month or 12)

    def bounds(self) -> tuple[str, str]:
        """EDTF of where it starts and where it ends; equal but for fiscal years and decades."""
        about = "~" if self.inexact else ""
        if self.fiscal:
            return f"{self.year:04}-04{about}", f"{self.year + self.years:04}-03{about}"
        if self.years > 1:
            return f"{self.year:04}{about}", f"{self.year + self.years - 1:04}{about}"
        one = self._plain() + ("" if self.season is not None else about)
        return one, one

    def _plain(self) -> str:
        """Its EDTF without the sign for about, which a season does not take."""
        if self.season is not None:
            return f"{self.year:04}-{self.season}"
        if self.month is None:
            return f"{self.year:04}"
        month = f"{self.year:04}-{self.month:02}"
        return month if self.day is None else f"{month}-{self.day:02}"


def _month_end(year: int, month: int) -> date:
    """The last day of a month; the 13th and 14th are January and February of the next year."""
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Stretch:
    """One item of an expression: a date (`last` is None), a period, or one that is open on a side."""

    first: Resolved
    last: Resolved | None = None
    opens: str = ""

    @property
    def start(self) -> date | None:
        """Its first day, or None where it has no beginning."""
        return None if self.opens == "before" else self.first.first()

    @property
    def end(self) -> date | None:
        """Its last day, or None where it has no end."""
        return None if self.opens == "after" else (self.last or self.first).last()

    @property
    def edtf(self) -> str:
        """Its EDTF, standing alone."""
        start, end = self.first.bounds()
        if self.opens == "after":
            return f"{start}/.."
        if self.opens == "before":
            return f"../{end}"
        if self.last is not None:
            end = self.last.bounds()[1]
        return start if start == end else f"{start}/{end}"


def make_value(stretches: Sequence[Stretch]) -> DateValue:
    """The value of an expression; days, months or years in a row become a period, others a set."""
    stretches = list(dict.fromkeys(stretches))  # 昭和61/1986年: one year, said twice
    points = [point for each in stretches for point in (each.first, each.last) if point]
    precision = max((point.precision for point in points), key=COARSE.index)
    starts = [each.start for each in stretches]
    ends = [each.end for each in stretches]
    start = None if None in starts else min(day for day in starts if day)
    end = None if None in ends else max(day for day in ends if day)
    return DateValue(_edtf(stretches), start, end, precision)


def _edtf(stretches: Sequence[Stretch]) -> str:
    if len(stretches) == 1:
        return stretches[0].edtf
    first, last = stretches[0], stretches[-1]
    if _in_a_row(stretches):
        start, end = first.first.bounds()[0], (last.last or last.first).bounds()[1]
        return start if start == end else f"{start}/{end}"
    return "{" + ",".join(_in_set(each) for each in stretches) + "}"


def _in_a_row(stretches: Sequence[Stretch]) -> bool:
    """Whether each starts on the day after the one before it ends, all written to the same unit."""
    units = {point.precision for each in stretches for point in (each.first, each.last) if point}
    if len(units) > 1 or any(each.opens for each in stretches):
        return False
    days = timedelta(days=1)
    pairs = pairwise(stretches)
    return all(one.end and two.start and one.end + days == two.start for one, two in pairs)


def _in_set(stretch: Stretch) -> str:
    """A member of a set: a period is written with two dots."""
    return stretch.edtf.replace("/..", "..").replace("../", "..").replace("/", "..")
