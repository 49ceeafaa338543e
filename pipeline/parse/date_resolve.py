"""An expression completed: every date of it, its value, and what holds for the dates after it.

Takes a Phrase and Said. Gives the DateValue, the new Said and findings; nothing older is handed
on where a date could not be read. Reads eras.csv through the points' eras.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace

from pipeline.findings import Finding
from pipeline.model import DateValue
from pipeline.parse.date_context import (
    Unreadable,
    check_day,
    find_day,
    find_stepped_day,
    find_year,
    find_year_and_month,
    read_numbers,
    shift_month,
)
from pipeline.parse.date_phrases import Item, Phrase
from pipeline.parse.date_said import Said
from pipeline.parse.date_values import Resolved, Stretch, make_value
from pipeline.parse.date_written import COUNTED, DITTO, MIXED, WHOLE, YMD, Point
from pipeline.parse.eras import LUNAR_UNTIL, is_past, year_of
from pipeline.rules.eras import Era


@dataclass(frozen=True, slots=True)
class Outcome:
    """The value of a phrase, the context after it, what was found, and its day points in order."""

    value: DateValue
    said: Said
    findings: tuple[Finding, ...] = ()
    days: tuple[tuple[Point, Resolved], ...] = ()


def resolve(phrase: Phrase, said: Said, written: str) -> Outcome:
    """The phrase completed from the context; `written` is its text, for messages."""
    findings: list[Finding] = []
    only = phrase.items[0].first
    if only.repeats or _is_same_day(phrase):
        return _repeat(phrase, said, written)
    stretches: list[Stretch] = []
    days: list[tuple[Point, Resolved]] = []
    here = said
    try:
        for item in phrase.items:
            stretch, here = _resolve_item(item, here, findings, written, is_first=not stretches)
            days.append((item.first, stretch.first))
            if item.last and stretch.last:
                days.append((item.last, stretch.last))
            stretches.append(stretch)
        value = make_value(stretches)
    except Unreadable as reason:
        finding = Finding(reason.code, f"{written}: {reason}", phrase.start, phrase.end)
        return Outcome(DateValue(None, None, None, None), said.block(), (*findings, finding))
    return Outcome(value, _said_after(said, here, days, value), tuple(findings), tuple(days))


def _is_same_day(phrase: Phrase) -> bool:
    point = phrase.items[0].first
    plain = point.day_step == 0 and not (point.has_year or point.has_month)
    return plain and len(phrase.items) == 1 and phrase.items[0].last is None and not phrase.items[0].opens


def _repeat(phrase: Phrase, said: Said, written: str) -> Outcome:
    """同日, 〃: the date of the entry before, all of it."""
    last = said.last
    if last is not None and last.edtf is not None:
        return Outcome(replace(last, text=DateValue(None, None, None, None).text), said)
    code = "date_context_blocked" if said.blocked else "date_without_context"
    why = "the date before it could not be read" if said.blocked else "no date stands before it"
    finding = Finding(code, f"{written}: {why}; no date given", phrase.start, phrase.end)
    return Outcome(DateValue(None, None, None, None), said.block(), (finding,))


def _resolve_item(
    item: Item, said: Said, findings: list[Finding], written: str, *, is_first: bool
) -> tuple[Stretch, Said]:
    """One date or period, and the context for the next one of the same expression."""
    first, era = _resolve_point(item.first, said, findings, written, inside=not is_first)
    here = _said_inside(said, first, item.first, era)
    if item.last is None:
        return Stretch(first, opens=item.opens), here
    last, era = _resolve_point(item.last, here, findings, written, inside=True)
    if last.last() < first.first():
        last = _next_month(item, first, last, findings, written)
    return Stretch(first, last), _said_inside(here, last, item.last, era)


def _next_month(
    item: Item, first: Resolved, last: Resolved, findings: list[Finding], written: str
) -> Resolved:
    """The end of 28日～3日: in the month after; any other period that runs backwards has no date."""
    if not item.last or item.last.has_month or item.last.has_year or not first.month or last.day is None:
        raise Unreadable(
            "date_period_backwards",
            f"ends on {last.last()} before it starts on {first.first()}; no date given",
        )
    year, month = shift_month(first.year, first.month, 1)
    check_day(year, month, last.day)
    message = f"{written}: ends before it starts; its end is read as {year:04}-{month:02}-{last.day:02}"
    findings.append(Finding("date_period_backwards", message, item.first.start, item.last.end))
    return replace(last, year=year, month=month)


def _resolve_point(
    point: Point, said: Said, findings: list[Finding], written: str, *, inside: bool
) -> tuple[Resolved, Era | None]:
    """One date, complete; `inside` says that the context is an earlier date of the same expression."""
    point = read_numbers(point, said, inside=inside)
    written_year, era = find_year(point, said, findings, written)
    year, month = find_year_and_month(point, said, written_year, inside=inside)
    day = find_day(point, said, year, month)
    if not point.has_month and (point.day_step or point.ahead):
        stepped = find_stepped_day(point, said)
        year, month, day = stepped.year, stepped.month, stepped.day
    if month is not None and not 1 <= month <= 12:
        raise Unreadable("date_does_not_exist", f"there is no month {month}; no date given")
    if not 1 <= year <= 9990:
        raise Unreadable("date_does_not_exist", f"there is no year {year}; no date given")
    resolved = Resolved(year, month, day, point.season, point.inexact, *_span_of_years(point, month))
    resolved = _check_days(point, resolved, findings, written)
    _check_era(
        point, resolved, era if point.year else (said.era if said.era_leads else None), findings, written
    )
    return resolved, era


def _span_of_years(point: Point, month: int | None) -> tuple[bool, int]:
    unit = point.year.unit if point.year else ""
    era = point.year.era if point.year else None
    until = (point.year.until if point.year else None) or era
    if unit == "era" and era and until and until.last_year:
        return False, max(1, until.last_year - era.first_year + 1)
    if month is not None or point.season is not None:
        return False, 1
    return unit == "fiscal", {"decade": 10, "century": 100}.get(unit, 1)


def _check_days(point: Point, one: Resolved, findings: list[Finding], written: str) -> Resolved:
    """The date if it exists; a lunar one is reported, and is its month where only the lunar month has the day."""
    lunar = one.year < LUNAR_UNTIL.year and one.month is not None
    if lunar:
        message = (
            f"{written}: before 1873 months are lunar; month and day are given as written, not converted"
        )
        if point.leap:
            message += f"; the intercalary month is given as month {one.month}"
        if one.month == 2 and one.day in (29, 30) and one.day > monthrange(one.year, 2)[1]:
            message += f"; only the month, because no solar February has a day {one.day} that year"
            one = replace(one, day=None)
        findings.append(Finding("date_lunar", message, point.start, point.end))
    if one.month is not None and one.day is not None:
        check_day(one.year, one.month, one.day)
    return one


def _check_era(point: Point, one: Resolved, era: Era | None, findings: list[Finding], written: str) -> None:
    """Reports a date that its era does not have, unless another era that is written with it has it."""
    eras = [era] if era else []
    eras += [other for other, year in (point.year.others if point.year else ()) if other and year == one.year]
    if not eras or not all(is_past(each, one.first(), one.last()) for each in eras):
        return
    bounds = f"{eras[0].start or eras[0].first_year} to {eras[0].end or eras[0].last_year or 'today'}"
    message = f"{written}: {eras[0].name} has no such date ({bounds}); read as {one.bounds()[0]}"
    findings.append(Finding("date_past_era", message, point.start, point.end))


def _said_inside(said: Said, one: Resolved, point: Point, era: Era | None) -> Said:
    """The context that one date makes for the rest of its expression."""
    month = (one.year, one.month) if one.month else None
    day = one.first() if one.day is not None else None
    keeps = point.dotted in ("", "?", DITTO) or (point.dotted in WHOLE and said.dotted in (COUNTED, MIXED))
    dotted = said.dotted if keeps else point.dotted
    if len(point.numbers) == 2 and one.day is not None and dotted == YMD:
        dotted = MIXED
    said = said.but(year=one.year, month=month, day=day, dotted=dotted, blocked=False, fiscal=None)
    if point.year and not point.year.carried:
        leads = point.year.era is not None and all(other in (None, era) for other, _ in point.year.others)
        return said.but(era=era, era_leads=leads)
    if point.year and era is not None and era != said.era:  # told by the calendar year beside it
        return said.but(era=era, era_leads=True)
    return said


def _said_after(said: Said, here: Said, days: list[tuple[Point, Resolved]], value: DateValue) -> Said:
    """The context after the whole expression.

    A year that nobody wrote (12月26日～1月5日) is not handed on: the next month counts from the year said.
    """
    first, last = days[0][1], days[-1][1]
    stays = said.heading is not None and len(days) > 1  # 9月～翌3月 below a year: that year holds on
    year_said = [
        one.year
        for point, one in (days[:1] if stays else days)  # 11月20日～2022年1月16日 below a year: it holds on
        if point.has_year
        or point.numbers
        or ((point.ahead or point.month_step or point.day_step) and not stays)
    ]
    year = year_said[-1] if year_said else (said.year if said.fiscal is None and said.year else first.year)
    fiscal = said.fiscal
    if last.fiscal and last.years == 1:
        fiscal = last.year
    elif (said_fiscal := _fiscal_of_month(days[-1][0])) is not None:  # 昭和22年度 4月1日: as a heading would
        fiscal = said_fiscal
    elif year_said and fiscal is not None and _ends_fiscal(fiscal, said, days):
        fiscal = None
    heading = said.heading if not year_said or year == said.heading else None
    many = last.years > 1
    return here.but(year=None if many else year, fiscal=fiscal, heading=heading, last=value, blocked=False)


def _fiscal_of_month(point: Point) -> int | None:
    """The fiscal year that a date says together with its month."""
    year = point.year
    if year is None or year.unit != "fiscal" or point.month is None or year.carried:
        return None
    return year_of(year.era, year.number) if year.era else year.number


def _ends_fiscal(fiscal: int, said: Said, days: list[tuple[Point, Resolved]]) -> bool:
    """Whether a year ends the 年度 above: outside of it always, inside where it is written below an entry's 年度."""
    first = days[-1][1].first()
    is_written = any(point.year is not None or point.numbers for point, _ in days)
    return first.year - (first.month <= 3) != fiscal or (said.heading is None and is_written)
