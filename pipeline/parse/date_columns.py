"""Dates whose parts stand in columns of their own, where only blanks are left of the columns.

Takes a line and what was said before. Gives what was found: `1954 昭和29 4 1 開所`. Reads rules/eras.csv.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline import chars
from pipeline.parse.dates import Found, Said, find_date, parse_date
from pipeline.parse.eras import count_of, era_counting
from pipeline.rules.load import Rules

PARTS = re.compile(
    r"(?:([12][0-9]{3})年?(?: +| ?\())?([^\W\d_]{1,2}(?= ?[0-9元])|(?<=[0-9年] )) ?([0-9]{1,2}|元)年?\)? +(0?[1-9]|1[0-2])"
    r"(?:(?: +| ?[./] ?)(0?[1-9]|[12][0-9]|3[01]))?\.?(?=$| +[^0-9 ]| +[0-9]+[^0-9 ./])"
)
_CARRIED = re.compile(
    r"(?:(?:(?P<year>[0-9]{1,2}|元)年? +)?(?P<month>0?[1-9]|1[0-2])月? +)?(?P<day>0?[1-9]|[12][0-9]|3[01])日?(?=$| +[^0-9 ])"
)
_JAPANESE = re.compile(
    r"[^\W\d_]{1,2} ?(?:[0-9]{1,2}|元)年? +(?P<western>[12][0-9]{3}年?)(?= +[0-9]{1,2} ?[月./])"
)
_WESTERN = re.compile(r"([12][0-9]{3}|[3-9][0-9]{2})年? +(?=[^\W\d_])")


def find_parts(text: str, said: Said, rules: Rules) -> Found | None:
    """A date whose parts stand side by side, parted by blanks alone: `1954 昭和29 4 1 開所`.

    The era may stand only where it changes: `1955 30 8 25` is read where both years are the same.
    """
    folded = chars.fold(text).text
    if said.spaced and not said.blocked and (carried := _find_carried(folded, said, rules)) is not None:
        return carried
    parts = PARTS.match(folded)
    if not parts:
        return _find_both(text, folded, said, rules) or _find_both_behind(text, folded, said, rules)
    western, era, year, month, day = parts.groups()
    era = era or _era_of_both(int(western), year, bool(day), rules)
    if not era:
        return None
    written = f"{era}{year}年{int(month)}月" + (f"{int(day)}日" if day else "")
    found = parse_date(
        f"{western}年（{era}{year}年）{written[len(era + year) + 1 :]}" if western else written,
        said,
        rules.dates,
    )
    if found is None or found.value.edtf is None:
        return None
    return _spaced(found, parts.end())


def _spaced(found: Found, end: int) -> Found:
    return replace(found, start=0, end=end, findings=(), weekdays=(), said=found.said.but(spaced=True))


def _find_carried(folded: str, said: Said, rules: Rules) -> Found | None:
    """The day, the month and day, or these with the year as the era counts it, below a date with all parts: `31 8 15`."""
    parts = _CARRIED.match(folded)
    if parts is None or said.year is None or (parts["year"] and said.era is None):
        return None
    if not parts["month"]:
        return _find_day(parts, said, rules)
    year = f"{said.era.name}{parts['year']}年" if parts["year"] and said.era else ""
    found = parse_date(f"{year}{int(parts['month'])}月{int(parts['day'])}日", said, rules.dates)
    return _spaced(found, parts.end()) if found is not None and found.value.edtf is not None else None


def _find_day(parts: re.Match[str], said: Said, rules: Rules) -> Found | None:
    """The day alone, where it comes behind that of the date above: `20` below `8 15`."""
    if said.day is None or int(parts["day"]) < said.day.day:
        return None
    found = parse_date(f"{int(parts['day'])}日", said, rules.dates)
    return _spaced(found, parts.end()) if found is not None and found.value.edtf is not None else None


def _find_both(text: str, folded: str, said: Said, rules: Rules) -> Found | None:
    """A date behind its western year, in a column of its own before: `1873 明治6年 10月 開校`."""
    western = _WESTERN.match(folded)
    found = find_date(text, said, rules.dates, western.end()) if western else None
    if western is None or found is None or not found.year_said or found.said.year != int(western[1]):
        return None
    return replace(found, start=0)


def _find_both_behind(text: str, folded: str, said: Said, rules: Rules) -> Found | None:
    """A date with its western year in a column behind the year: `昭和30年 1955 4月1日 開校`."""
    both = _JAPANESE.match(folded)
    if both is None:
        return None
    start, end = both.span("western")
    found = find_date(text[:start] + " " * (end - start) + text[end:], said, rules.dates)
    if found is None or found.end <= end or found.said.year != int(both["western"][:4]):
        return None
    return found


def _era_of_both(western: int, year: str, has_day: bool, rules: Rules) -> str:
    """The era in which the western year is this one; nothing for three numbers that may be year, month and day."""
    number = count_of(year)
    if number <= 12 and year != "元" and not has_day:
        return ""
    era = era_counting(number, western, rules.dates.eras)
    return era.name if era is not None else ""
