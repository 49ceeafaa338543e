"""Era and year, both ways, with exact bounds.

Takes an era's name or short form and a year of it, or a day. Gives calendar years and eras.
Reads rules/eras.csv. A day that two eras share (1912-07-30, 1926-12-25) is in both;
`era_of` names the later one, as the edicts do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.rules.eras import Era

LUNAR_UNTIL = date(1873, 1, 1)  # the first day of the solar calendar


def find_era(form: str, eras: Sequence[Era]) -> Era | None:
    """The era of this name or short form (昭和, 昭, S, ㍼), blanks inside dropped."""
    bare = "".join(form.split())
    return next((era for era in eras if bare == era.name or bare in era.short), None)


def year_of(era: Era, number: int) -> int:
    """The calendar year of the era's year, counted on past its end: 平成31 and 平成35 alike."""
    return era.first_year + number - 1


def count_of(number: str) -> int:
    """The number of an era's year as it is written: 元 is 1."""
    return 1 if number == "元" else int(number)


def era_counting(number: int, year: int, eras: Sequence[Era]) -> Era | None:
    """The first era whose year of this number is the calendar year; None where it is of no era."""
    return next((era for era in eras if year_of(era, number) == year), None)


def era_of(day: date, eras: Sequence[Era]) -> tuple[Era, int] | None:
    """The era of a day and the year in it; None before 明治, whose days are lunar."""
    for era in reversed(eras):
        if era.start and era.start <= day:
            return (era, day.year - era.first_year + 1) if era.end is None or day <= era.end else None
    return None


def is_past(era: Era, first: date, last: date) -> bool:
    """Whether the era has no day of this stretch, so that it was counted on (or back).

    Before 1873 days are as written, not Gregorian: only the year is compared.
    """
    if first < LUNAR_UNTIL or era.start is None:
        return first.year < era.first_year or (era.last_year is not None and first.year > era.last_year)
    return last < era.start or (era.end is not None and first > era.end)
