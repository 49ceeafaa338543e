"""Cell texts as values: numbers, dates, fiscal years.

Takes the text of a cell or of a line. Gives int or float, datetime.date, year heads, or None.
Reads rules/annex.toml (signs, units, missing) and rules/eras.csv.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import regex

from pipeline import chars
from pipeline.parse.eras import count_of
from pipeline.rules.annex import AnnexRules
from pipeline.rules.eras import Era

_SPREAD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}](?: [\p{Han}\p{Hiragana}\p{Katakana}])+")
_NUMBER = regex.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_YEAR = r"(?:(?P<era>{eras}) *)?(?P<year>[0-9]{{1,4}}|元) *年?(?P<fiscal> *度)?"


@dataclass(frozen=True, slots=True)
class YearHead:
    """A year that heads a column: `number` of its era, or of our calendar where `era` is None and it is > 200.

    `until` is the second year of a change (27→5年度), else None.
    """

    era: str | None
    number: int
    until: int | None = None


def parse_number(text: str, rules: AnnexRules) -> float | None:
    """The number of a cell, whole numbers as int: ＋241 is 241, ▲3 is -3, 1,200千円 is 1200; None if it is none."""
    if not any(sign.isdecimal() for sign in text):
        return None
    bare = chars.key(text).replace("、", ",")  # a key folds every comma into one
    sign = 1
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    for mark in (*rules.minus, *rules.plus):
        if bare.startswith(mark):
            sign = -1 if mark in rules.minus else 1
            bare = bare[len(mark) :]
            break
    unit = next((unit for unit in rules.units if bare.endswith(unit)), "")
    digits = bare[: len(bare) - len(unit)]
    if not _NUMBER.fullmatch(digits):
        return None
    number = digits.replace(",", "")
    return sign * (float(number) if "." in number else int(number))


def is_counts(text: str, rules: AnnexRules) -> bool:
    """Whether nothing but numbers and signs for a missing one stand here, parted by blanks: 1,234 6,789."""
    fields = text.split()
    rest = [field for field in fields if parse_number(field, rules) is None]
    return len(rest) < len(fields) and all(is_missing(field, rules) for field in rest)


def is_missing(text: str, rules: AnnexRules) -> bool:
    """Whether a cell says that there is no value (―)."""
    return chars.key(text) in rules.missing


@cache
def date_pattern(eras: tuple[str, ...]) -> regex.Pattern[str]:
    """A whole or part date in folded text: 平成30年 8月 23日, 2018年8月23日, H30.8.23, 2018/8/23, 令和4年3月."""
    forms = "|".join(regex.escape(form) for form in sorted(eras, key=len, reverse=True))
    return regex.compile(
        rf"(?:(?P<era>{forms}) *)?(?<![0-9])(?P<year>[0-9]{{1,4}}|元) *"
        r"(?:年 *(?P<month>[0-9]{1,2}) *月(?: *(?P<day>[0-9]{1,2}) *日)?"
        r"|(?P<dot>[./-]) *(?P<month>[0-9]{1,2}) *(?P=dot) *(?P<day>[0-9]{1,2})(?![0-9]))"
    )


def era_forms(eras: Sequence[Era]) -> tuple[str, ...]:
    """Every name and short form of an era that has days, the newest last."""
    return _era_forms(tuple(eras))


@cache
def _era_forms(eras: tuple[Era, ...]) -> tuple[str, ...]:
    return tuple(form for era in eras if era.start for form in (era.name, *era.short))


def find_dates(text: str, eras: Sequence[Era]) -> list[tuple[int, int, date | None]]:
    """Dates with a year in the folded text: start, end, the day (the first where only a month is said)."""
    found = []
    for match in date_pattern(era_forms(eras)).finditer(text):
        year = calendar_year(match["era"], match["year"], eras)
        if year is None:
            continue
        found.append(
            (match.start(), match.end(), make_date(year, int(match["month"]), int(match["day"] or 1)))
        )
    return found


def calendar_year(era: str | None, number: str, eras: Sequence[Era]) -> int | None:
    """The calendar year of 元 or a number in an era; without an era only four digits are a year."""
    count = count_of(number)
    if era is None:
        return count if number != "元" and len(number) == 4 else None
    return next(
        (known.first_year + count - 1 for known in eras if era == known.name or era in known.short), None
    )


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _year_patterns(eras: tuple[str, ...]) -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    forms = "|".join(regex.escape(form) for form in sorted(eras, key=len, reverse=True))
    year = _YEAR.format(eras=forms)
    number = r"[0-9]{1,4}|元"
    era, unit = rf"(?:(?:{forms}) *)?", r" *(?:年 *度?)?"
    change = rf"{era}(?P<year>{number}){unit} *[→⇒➡] *{era}(?P<until>{number}){unit} *(?:増減|比)?"
    return regex.compile(year), regex.compile(change)


def parse_year_head(text: str, eras: Sequence[Era]) -> YearHead | None:
    """The year that a column's head or a row's name says (27 年度, 元年度, 令和5年度, 2015), or a change; else None."""
    bare = chars.fold(text).text.strip()
    single, change = _year_patterns(era_forms(eras))
    match = change.fullmatch(bare)
    if match:
        return YearHead(None, count_of(match["year"]), count_of(match["until"]))
    match = single.fullmatch(bare)
    if not match or not ("年" in bare or match["era"] or 1850 < count_of(match["year"]) < 2200):
        return None
    return YearHead(match["era"], count_of(match["year"]))


def resolve_years(heads: Sequence[YearHead], eras: Sequence[Era], latest: int) -> list[int | None]:
    """The calendar year of each head, in order; heads that leave out their era take one that fits.

    27, 30, 元, 5 with `latest` 2024 give 2015, 2018, 2019, 2023: no year passes the one after it, and none
    `latest`. A series may run either way; the way with the shorter stretch of years is taken.
    """
    upward = _resolve_upward(heads, eras, latest)
    downward = _resolve_upward(heads[::-1], eras, latest)[::-1]
    return min((upward, downward), key=_stretch)


def _stretch(years: Sequence[int | None]) -> tuple[int, int]:
    said = [year for year in years if year is not None]
    return len(years) - len(said), max(said) - min(said) if said else 0


def _resolve_upward(heads: Sequence[YearHead], eras: Sequence[Era], latest: int) -> list[int | None]:
    years: list[int | None] = []
    bound = latest
    for head in reversed(heads):
        if head.era:
            year = calendar_year(head.era, str(head.number), eras)
        else:
            year = head.number if head.number > 200 else _fit(head.number, eras, bound)
        years.append(year)
        bound = year - 1 if year is not None else bound
    return years[::-1]


def _fit(number: int, eras: Sequence[Era], bound: int) -> int | None:
    """The year of this number in the newest era that has it and does not pass the bound."""
    for era in reversed(eras):
        year = era.first_year + number - 1
        if era.start and year <= bound and (era.last_year is None or year <= era.last_year):
            return year
    return None


def close_up(text: str) -> str:
    """A name without the blanks that only spread it: 合 計 is 合計; blanks between words stay."""
    return text.replace(" ", "") if _SPREAD.fullmatch(text) else text
