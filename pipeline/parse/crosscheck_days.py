"""Days that are written inside text, with their weekdays.

Takes folded text and the period of its event. Gives days: where they stand, what they say.
Reads rules/eras.csv and rules/dates.toml (weekdays). A day without a year is of the year that brings it
nearest to the event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import regex

from pipeline.model import Event
from pipeline.parse.annex_values import calendar_year, era_forms, make_date
from pipeline.parse.eras import LUNAR_UNTIL
from pipeline.rules.eras import Era

Period = tuple[date, date | None]  # first and last day

_JOINS = regex.compile(r"[ ・･、,，及びと～〜~－–-]{1,4}")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as text says it. `day` is None where no calendar has it (4月31日); `weekday` is its sign or None."""

    start: int
    end: int
    text: str
    day: date | None
    weekday: str | None
    year_said: bool
    era: str | None = None


@cache
def _pattern(eras: tuple[str, ...], signs: str) -> regex.Pattern[str]:
    forms = "|".join(regex.escape(form) for form in sorted(eras, key=len, reverse=True))
    year = rf"(?:(?P<era>{forms}) *)?(?P<year>[0-9]{{1,4}}|元) *年 *"
    weekday = (
        rf"(?: *[(（] *(?P<weekday>[{signs}]) *(?:曜日?)? *(?:[・･/／、,] *[祝休][^()（）]{{0,3}})?[)）])?"
    )
    body = rf"(?:{year})?(?P<month>[0-9]{{1,2}}) *月 *(?P<day>[0-9]{{1,2}}) *日{weekday}"
    short = rf"(?P<day>[0-9]{{1,2}}) *日{weekday}"
    slash = rf"(?P<month>[0-9]{{1,2}})/(?P<day>[0-9]{{1,2}})(?![0-9/]){weekday}"
    return regex.compile(rf"(?<![0-9.])(?:{body}|(?<![0-9./])(?:{slash})|{short})")


def find_days(text: str, around: Period | None, eras: Sequence[Era], signs: Sequence[str]) -> Iterator[Day]:
    """The days in the text, in order. ８月２４日（木）・２５日（金） gives two; a bare 25日 alone gives none."""
    if "日" not in text and "/" not in text:
        return
    year: int | None = None
    month: int | None = None
    last = -1
    for match in _pattern(era_forms(eras), "".join(signs)).finditer(text):
        linked = 0 <= last <= match.start() and bool(_JOINS.fullmatch(text[last : match.start()]))
        if match["month"] is None and not (linked and month):
            last = -1
            continue
        if match["year"]:
            year = calendar_year(match["era"], match["year"], eras)
        elif not linked:
            year = None
        month = int(match["month"]) if match["month"] else month
        last = match.end()
        if match["year"] and year is None:
            continue  # 29年8月21日: nobody says of which era
        if "/" in match.group()[:3] and make_date(2000, month or 0, int(match["day"])) is None:
            continue  # 4/31 may be a fraction
        found = _resolve(year, month or 0, int(match["day"]), around, bool(match["year"]))
        if found is not None:
            yield Day(
                match.start(),
                match.end(),
                match.group(),
                found[0],
                match["weekday"],
                year is not None,
                match["era"],
            )


def _resolve(
    year: int | None, month: int, day: int, around: Period | None, said: bool
) -> tuple[date | None] | None:
    """The day in a tuple; (None,) where there is no such day; None where nothing says its year."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return (None,) if said and 1 <= month <= 99 else None
    if year is not None:
        return (make_date(year, month, day),)
    if around is None:
        return None
    start, end = around[0], around[1] or around[0]
    near = [make_date(near, month, day) for near in range(max(1, start.year - 1), min(9999, end.year + 2))]
    days = [found for found in near if found is not None]
    if not days:
        return (None,)
    return (min(days, key=lambda found: max((start - found).days, (found - end).days, 0)),)


def period(event: Event) -> Period | None:
    """First and last day of the event; None where it has no date."""
    return (event.date.start, event.date.end) if event.date.start else None


def is_countable(day: date) -> bool:
    """Whether the day is of the solar calendar, so that its weekday is what we count."""
    return day >= LUNAR_UNTIL
