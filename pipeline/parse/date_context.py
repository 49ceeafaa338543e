"""What a date leaves out, taken from what was said before it, or an Unreadable that says why not.

Takes one Point as written and Said. Gives year, month and day; nothing older serves where a date
could not be read. Reads eras.csv through the points' eras.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from pipeline.findings import Finding
from pipeline.parse.date_said import Said
from pipeline.parse.date_written import COUNTED, DITTO, MD, WHOLE, YM, Point
from pipeline.parse.date_years import Year
from pipeline.parse.eras import year_of
from pipeline.rules.eras import Era

_LONGEST_PAUSE = 20  # years between two entries: beyond it, two numbers are rather a month and a day


class Unreadable(Exception):  # noqa: N818 - caught by date_resolve, never seen outside
    """A date that cannot be completed: the finding's code and message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def read_numbers(point: Point, said: Said, *, inside: bool = False) -> Point:
    """4. 7 without units: year and month, or month and day, as the dates before it were written.

    `inside`: a day stands before it in the same expression (6. 7.15～10. 5), which ends with a day as well.
    """
    numbers = point.numbers
    if not numbers:
        return _read_both_years(point, said) if point.beside else point
    form = said.dotted
    if len(numbers) == 3:
        return point._replace(
            year=Year(numbers[0], carried=True), month=numbers[1], day=numbers[2], dotted=COUNTED
        )
    if len(numbers) == 2 and inside and said.day is not None and _may_be_day(numbers):
        return point._replace(month=numbers[0], day=numbers[1], dotted=form if form in WHOLE else MD)
    if len(numbers) == 2 and point.dotted == DITTO:  # 〃. 4. 1 below 2. 2: the sign stands for the year
        return point._replace(month=numbers[0], day=numbers[1], dotted=form if form in WHOLE else COUNTED)
    if len(numbers) == 2:
        as_year = point.dotted != MD and (
            (form == YM and numbers[1] <= 12) or (not form and said.year is None) or numbers[0] > 12
        )
        if as_year:
            return point._replace(year=Year(numbers[0], carried=True), month=numbers[1], dotted=YM)
        if form in WHOLE and _fits_as_month_alone(numbers, said, form):
            return point._replace(year=Year(numbers[0], carried=True), month=numbers[1], dotted=form)
        return point._replace(month=numbers[0], day=numbers[1], dotted=form if form in WHOLE else MD)
    if (form == YM or point.inexact) and numbers[0] > 12 and is_next_year(numbers[0], said):
        # 14 頃 below 12. 6, or below 12. 6. 1
        return point._replace(year=Year(numbers[0], carried=True, unit="year"), dotted=form)
    if form == YM or (point.dotted == DITTO and form in WHOLE):  # 〃. 5 below 27. 2.10: year and month
        return point._replace(month=numbers[0], dotted=form)
    if said.month is not None and said.day is None and form in WHOLE:  # 38. 1～2: the months of a year
        return point._replace(month=numbers[0], dotted=form)
    return point._replace(day=numbers[0], dotted=form)


def _may_be_day(numbers: tuple[int, ...]) -> bool:
    return 1 <= numbers[0] <= 12 and 1 <= numbers[1] <= 31


def is_next_year(number: int, said: Said) -> bool:
    """Whether it counts a year of the era said last that is not before the year said, nor long after it."""
    if said.era is None or said.year is None or said.heading is not None:
        return False
    return 0 <= year_of(said.era, number) - said.year <= _LONGEST_PAUSE


def _read_both_years(point: Point, said: Said) -> Point:
    """1871 / 4 below 1868 / 明治 1: the fourth year of that era, and no month."""
    year = point.year
    if (
        year is None
        or said.era is None
        or point.month is None
        or year_of(said.era, point.month) != year.number
    ):
        return point
    return point._replace(
        year=year._replace(others=((said.era, year.number),), unit="year"), month=None, dotted=""
    )


def _fits_as_month_alone(numbers: tuple[int, ...], said: Said, form: str) -> bool:
    """Whether 4.11 below 2. 4.12 is the era's year and a month: as month and day it would go back.

    Where other lines count the years with the era left out (8. 9.21), it is so wherever that goes forward.
    """
    last = said.last.start if said.last else None
    if said.era is None or last is None or said.year is None or not 1 <= numbers[1] <= 12:
        return False
    year = year_of(said.era, numbers[0])
    if form == COUNTED and year - last.year > _LONGEST_PAUSE:
        return False
    goes_back = (said.year, *numbers) < (last.year, last.month, last.day)
    return (form == COUNTED or goes_back) and (year, numbers[1]) >= (last.year, last.month)


def find_year(
    point: Point, said: Said, findings: list[Finding], written: str
) -> tuple[int | None, Era | None]:
    """The calendar year that the date says itself, and its era; None where it says none."""
    year = point.year
    if point.year_step is not None:
        base = _said_fiscal(said) if year else said.year
        if base is None:
            raise _missing(said, "the year")
        return base + point.year_step, None
    if year is None:
        return None, None
    return _calendar_year(year, point, said, findings, written)


def _calendar_year(
    year: Year, point: Point, said: Said, findings: list[Finding], written: str
) -> tuple[int, Era | None]:
    era = year.era
    if year.unknown:
        raise Unreadable("date_unreadable", f"{year.unknown} is no era known here; no date given")
    if year.unit == "century":
        return 100 * (year.number - 1) + 1, None
    if year.two_digits or (year.carried and not (said.era or year.guess) and said.year is not None):
        return _near(year.number, said.year), None
    if year.carried:
        era = said.era or year.guess
        if era is None:
            raise _missing(said, "the era")
    value = year_of(era, year.number) if era else year.number
    western = [number for other, number in year.others if other is None]
    if year.carried and year.guess and western and value not in western:
        return western[0], year.guess
    if year.others and all(other != value for _, other in year.others):
        others = ", ".join(str(other) for _, other in year.others)
        message = f"{written}: the calendars disagree ({value} and {others}); the one written first, {value}, stands"
        findings.append(Finding("date_calendars_disagree", message, point.start, point.end))
    if year.sign and not year.sign.fits(value):
        message = f"{written}: the sign of the cycle is that of {year.sign.nearest(value)}, not of {value}; {value} stands"
        findings.append(Finding("date_calendars_disagree", message, point.start, point.end))
    eras = [other for other, number in year.others if other and number == value]
    return value, era or (eras[-1] if eras else None)


def _said_fiscal(said: Said) -> int | None:
    """The fiscal year that the date said last lies in."""
    if said.fiscal is not None or said.month is None:
        return said.fiscal if said.fiscal is not None else said.year
    return said.month[0] - (said.month[1] <= 3)


def _near(number: int, year: int | None) -> int:
    """The year with these last two digits that is nearest to the year said last."""
    if number >= 100:
        return number
    if year is None:
        return number + (1900 if number >= 50 else 2000)
    return min((century + number for century in range(0, 2300, 100)), key=lambda one: (abs(one - year), one))


def find_year_and_month(
    point: Point, said: Said, year: int | None, *, inside: bool
) -> tuple[int, int | None]:
    """Year and month, each from the date itself or from what was said last."""
    if point.month is None and (point.month_step is not None or (point.has_day and year is None)):
        if said.month is None:
            raise _missing(said, "the month")
        before, month = shift_month(*said.month, point.month_step or 0)
        return (year if year is not None else before), month
    if year is not None:
        late = (
            point.year is not None
            and point.year.unit == "fiscal"
            and point.month is not None
            and point.month <= 3
        )
        return year + late, point.month
    return _said_year(point, said, inside=inside), point.month


def _said_year(point: Point, said: Said, *, inside: bool) -> int:
    """The year of a month or season that says none."""
    month = point.month or 0
    if point.ahead:
        if said.month is None:
            raise _missing(said, "the month")
        return said.month[0] + (inside or month <= said.month[1])  # 9月～翌11月: of the next year
    if said.fiscal is not None:
        return said.fiscal + (point.season is None and month <= 3)
    if said.year is None:
        raise _missing(said, "the year")
    crosses = inside and said.month is not None and month < said.month[1] and point.season is None
    return said.year + crosses


def _missing(said: Said, what: str) -> Unreadable:
    if said.blocked:
        return Unreadable(
            "date_context_blocked",
            f"leaves out {what}, and the date before it could not be read; no date given",
        )
    return Unreadable(
        "date_without_context", f"leaves out {what}, and no date before it says it; no date given"
    )


def shift_month(year: int, month: int, steps: int) -> tuple[int, int]:
    """Year and month, so many months later."""
    whole = year * 12 + month - 1 + steps
    return whole // 12, whole % 12 + 1


def find_day(point: Point, said: Said, year: int, month: int | None) -> int | None:
    """The day of the month: as written, the last one (末日), or the day said last; None where it says none."""
    if point.last_day and month and 1 <= month <= 12:
        return monthrange(year, month)[1]
    if point.day_step is None:
        return point.day
    if said.day is None:
        raise _missing(said, "the day")
    return said.day.day


def find_stepped_day(point: Point, said: Said) -> date:
    """翌日, and 翌12日: the next twelfth that comes."""
    if said.day is None:
        raise _missing(said, "the day")
    day = said.day + timedelta(days=point.day_step or 1)
    while point.day is not None and day.day != point.day:
        day += timedelta(days=1)
        if (day - said.day).days > 62:
            raise Unreadable("date_does_not_exist", f"there is no day {point.day}; no date given")
    return day


def check_day(year: int, month: int, day: int) -> None:
    """Raises Unreadable where the month has no such day."""
    if not 1 <= day <= monthrange(year, month)[1]:
        raise Unreadable("date_does_not_exist", f"{year:04}-{month:02} has no day {day}; no date given")
