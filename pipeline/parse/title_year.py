"""The year that stands in a title or preface alone, and serves the days below, which leave it out.

Takes a Sheet and the steps of a first way through it. Gives what holds above the first entry.
Reads rules/layout.toml (title) and, through parse/dates, rules/dates.toml. RECORDS, Date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import regex

from pipeline import chars
from pipeline.parse.dates import Found, Said
from pipeline.parse.sheet import Sheet
from pipeline.parse.starts import find_dates_inside
from pipeline.parse.steps import HEADING, START, TEXT, Step
from pipeline.rules.load import Rules

# In a title these are no sentence that goes on: 令和5年度の取組, 3月11日の地震に伴う対応.
_OF_DATE = regex.compile(r"(?<=年度?|[月日])(?:の|に|から|より|を)")
# The year in brackets behind the title's words, not the other calendar behind a year: 対応経過（令和2年）.
_IN_BRACKETS = regex.compile(r"(?<!年)[（(]([^（(）)]*)[）)]")
_DAY = regex.compile(
    r"(?P<month>1[0-2]|[1-9]) ?[月/.](?: ?(?P<day>3[01]|[12][0-9]|[1-9]) ?日?)?(?: ?[(（](?P<weekday>[月火水木金土日]))?"
)
_YEAR_COUNTED = regex.compile(r"[\s\p{P}]*(?:[1-9][0-9]?|元|[一二三四五六七八九十]{1,3}) ?年")
# A month and day that are no date where no year is said: 5/18 10:00.
_MONTH_AND_DAY = regex.compile(r"[\s\p{P}]*(?:1[0-2]|[1-9])[/.](?:3[01]|[12][0-9]|[1-9])(?![0-9/.])")


def find_year_above(sheet: Sheet, steps: Sequence[Step], rules: Rules) -> Said:
    """What the lines above the first entry say of the year, where that entry leaves it out: 令和元年台風の記録."""
    first = _find_first_day(sheet, steps)
    if first is None or any(step.kind == HEADING for step in steps[:first]):
        return Said()
    for step in reversed(steps[:first]):
        text = _IN_BRACKETS.sub(r" \1 ", _OF_DATE.sub(" ", sheet.text_of(step.fragments)))
        for found in find_dates_inside(text, rules):
            if found.year_said and found.said.year is not None and not _is_issue(text, found, rules):
                year, fiscal = found.said.year, found.said.year if found.fiscal else None
                return Said(era=found.said.era, year=year, heading=year, fiscal=fiscal)
    return _find_era(sheet, steps[: first + 1], rules)


def find_year_of_issue(sheet: Sheet, steps: Sequence[Step], rules: Rules) -> Said:
    """The year of the last such day before the day of issue, where nothing else says one; weekdays must agree."""
    first = _find_first_day(sheet, steps)
    written = chars.fold(_opening(sheet, steps[first])).text if first is not None else ""
    day = _DAY.search(written)
    if first is None or day is None:
        return Said()
    month, number = int(day["month"]), int(day["day"] or 1)
    for step in reversed(steps[:first]):
        for found in find_dates_inside(sheet.text_of(step.fragments), rules):
            issued = found.value.start
            if not found.year_said or issued is None or found.only_year:
                continue
            year = issued.year - ((month, number) > (issued.month, issued.day))
            if day["weekday"] and day["weekday"] != _weekday(year, month, number):
                return Said()
            return Said(era=found.said.era, year=year, heading=year)
    return Said()


def _opening(sheet: Sheet, step: Step) -> str:
    return step.date.text.value if step.date is not None else sheet.text_of(step.fragments)


def _weekday(year: int, month: int, day: int) -> str:
    try:
        return "月火水木金土日"[date(year, month, day).weekday()]
    except ValueError:
        return ""


def _find_era(sheet: Sheet, steps: Sequence[Step], rules: Rules) -> Said:
    """The era of the nearest date above the first entry, where that counts its year by an era it leaves out: 15年 5月.

    The day of issue says the era, too.
    """
    opening = steps[-1].date
    if opening is None or not _YEAR_COUNTED.match(chars.fold(opening.text.value).text):
        return Said()
    for step in reversed(steps[:-1]):
        for found in find_dates_inside(sheet.text_of(step.fragments), rules):
            if found.said.era is not None and found.year_said:
                return Said(era=found.said.era, era_leads=True)
    return Said()


def _find_first_day(sheet: Sheet, steps: Sequence[Step]) -> int | None:
    """The place of the first entry, where its date lacks the year; None where there is no such entry."""
    for place, step in enumerate(steps):
        if step.kind == START:
            return place if step.date is not None and step.date.edtf is None else None
        if step.kind == TEXT and _MONTH_AND_DAY.match(chars.fold(sheet.text_of(step.fragments)).text):
            return place
    return None


def _is_issue(text: str, found: Found, rules: Rules) -> bool:
    """Whether the date is the day of issue: nothing else stands on its line, or a word that says so does.

    A period and a year alone are none.
    """
    rest = chars.key(text[: found.start] + text[found.end :]).strip("()（）[]【】:：")
    if any(word in rest for word in rules.layout.issued_after):
        return True
    return not rest and not found.only_year and "/" not in (found.value.edtf or "")
