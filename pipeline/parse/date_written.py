"""One date as it is written, before anything is taken from the context.

Takes nothing. Gives the Point that date_points reads and date_context completes.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.parse.date_years import Year

YMD, YM, MD = "ymd", "ym", "md"  # what the numbers of a dotted date stand for
# As YMD, where the year leaves out its era: such a document says the year on every line.
COUNTED = "ymd counted"
# As YMD, where a month and a day alone stood below: such a document leaves the year out.
MIXED = "ymd mixed"
DITTO = "ditto"  # a number behind signs for as above; what it is the context says
WHOLE = (YMD, COUNTED, MIXED)


class Point(NamedTuple):
    """One date as written. `bare` is a number that still needs the unit of a later one (30、31日).

    A NamedTuple, because it is copied at every step of the reading and copies in a third of the time.
    A step counts from what was said: year_step 0 is 同年, 1 is 翌年, 2 is 翌々年.
    """

    start: int
    end: int
    year: Year | None = None
    month: int | None = None
    day: int | None = None
    year_step: int | None = None
    month_step: int | None = None
    day_step: int | None = None
    ahead: bool = False  # 翌3月, 翌12日: the next one that comes
    last_day: bool = False
    leap: bool = False
    season: int | None = None
    inexact: bool = False
    opens: str = ""  # after | before
    repeats: bool = False  # 〃 or 同 alone: the whole date again
    dotted: str = ""  # ymd | ym | md: written 2019.5.1 and the like
    numbers: tuple[int, ...] = ()  # of a dotted date without a year: 4. 7 (the context says what they are)
    bare: int | None = None
    solid: int = 0  # where it ended before the bare number
    beside: bool = False  # its month may be the era's year beside the calendar year: 1871 / 4
    weekdays: tuple[tuple[str, int, int], ...] = ()

    @property
    def has_year(self) -> bool:
        """Whether it says its year, by itself or as 同年, 翌年."""
        return self.year is not None or self.year_step is not None

    @property
    def has_month(self) -> bool:
        """Whether it says its month."""
        return self.month is not None or self.month_step is not None

    @property
    def has_day(self) -> bool:
        """Whether it says its day."""
        return self.day is not None or self.day_step is not None or self.last_day

    @property
    def unfinished(self) -> bool:
        """Whether it ends in a number without its unit."""
        return self.bare is not None or bool(
            self.year
            and not self.year.unit
            and not self.dotted
            and not self.has_month
            and self.season is None
        )

    @property
    def empty(self) -> bool:
        """Whether nothing was read."""
        return not (
            self.has_year
            or self.has_month
            or self.has_day
            or self.repeats
            or self.numbers
            or self.season is not None
        )
