"""The date parts of a row, cell by cell, as the expression that a date parser reads.

Takes a Row, its Columns and what was said before. Gives text that parse/dates reads: 1954 | 昭和 | 29 is
1954年（昭和29年）, 4 | 1 is 4月1日. Reads rules/layout.toml (ditto) and rules/dates.toml (inexact).
"""

from __future__ import annotations

import re
from functools import cache

from pipeline import chars
from pipeline.parse.column_roles import YEAR_ROLES
from pipeline.parse.columns import Columns
from pipeline.parse.date_numbers import parse_number
from pipeline.parse.dates import Said
from pipeline.parse.eras import year_of
from pipeline.parse.old_years import spell_years
from pipeline.parse.sheet import Row, join_pieces
from pipeline.rules.load import Rules

DAY_ROLES = ("month", "day")
_COUNTS = (*"0123456789", "元")  # what a year's number, as an era counts it, begins and ends with
_OPENINGS, _CLOSINGS = "(（［[【〔", ")）］]】〕"
_WAVES = "~～〜"
_INTO_ANOTHER_MONTH = re.compile(
    rf"^([0-9]{{1,2}})([{_WAVES}])\s*([0-9]{{1,2}})[/.]([0-9]{{1,2}})$"
)  # 20～8/31
_YEAR_PARTS = re.compile(r"([12][0-9]{3})年?\s+[(（]?([^\s0-9(（年]{1,2})\s*([0-9]{1,2}|元)年?[)）]?")
_BRACKETS = f"{_OPENINGS}{_CLOSINGS} \u3000"


def _cell_text(row: Row, columns: Columns, role: str, rules: Rules) -> str:
    """The text of the one column with this role; nothing where it is empty or a ditto sign."""
    text = "".join(join_pieces(row.cell(column)).text for column in columns.of(role)[:1])
    text = _unbracket(chars.fold(text).text)
    return "" if chars.key(text) in rules.layout.ditto else text


def _unbracket(text: str) -> str:
    """The text without brackets around it: （昭和29年） is 昭和29年, but 1954年（昭和29年） keeps its own."""
    bare = text.strip(_BRACKETS)
    inside = any(sign in bare for sign in _OPENINGS)
    return text.strip() if inside else bare


def _is_ditto(row: Row, columns: Columns, role: str) -> bool:
    """Whether the cell of this role, which has no text of its own, is filled with a sign for `as above`."""
    return any(row.cell(column) for column in columns.of(role)[:1])


@cache
def _inexact_year(words: tuple[str, ...]) -> re.Pattern[str]:
    """A year that is not exact, its unit before or behind the word: 明治27年頃, 明治27頃年."""
    return re.compile(rf"(.+?)年?({'|'.join(map(re.escape, words))})年?")


def year_text(row: Row, columns: Columns, said: Said, rules: Rules) -> str:
    """The year parts as one expression: 1954 | 昭和 | 29 gives 1954年（昭和29年）; an era left out is the one said."""
    western, era, era_year, year = _mixed_years(row, columns, rules) or (
        "".join(_cell_text(row, columns, role, rules).split()) for role in YEAR_ROLES
    )
    about = rules.dates.inexact["anywhere"]
    inexact = _inexact_year(about)
    if inexact.fullmatch(year):
        year = inexact.sub(r"\1年\2", year)
    western = spell_years(western) or western
    if "、" in western or "〜" in western:
        return western  # several years, or a period of them: 2009 / 2013 | 21 / 25
    japanese = _without_ditto(era_year or (era + year if year or era else ""), rules)
    written = inexact.fullmatch(japanese)
    if written and western:  # 1894 | 明治27年頃 is 1894年（明治27年）頃
        return f"{western}（{written[1]}年）{written[2]}"
    if western and japanese in ("", "年", "年度"):  # a unit alone is the rest of a torn cell
        return western
    if "月" in japanese:
        return japanese  # 1600 | 慶長五年九月: more than a year, and read as such
    has_unit = japanese.endswith(("年", "年度", *about)) or (japanese[-1:] in _CLOSINGS and "年" in japanese)
    if not has_unit and (year or era_year or japanese[-1:] in _COUNTS):
        japanese += "年"
    if western and japanese[:1] in (*_COUNTS, *rules.dates.numerals):
        japanese = _with_era(western, japanese, said, rules)
    if western and japanese.endswith("年度"):
        return japanese  # 1984 | 昭和59年度: the fiscal year is what is written
    if western and japanese:
        return f"{western}（{japanese}）" if japanese.endswith("年") else western
    return western or japanese


def _mixed_years(row: Row, columns: Columns, rules: Rules) -> tuple[str, str, str, str] | None:
    """The parts in the order of YEAR_ROLES, where cells hold several of them or those of others: 1973 〃 | 48, 2017 | 〃 | 29, 1911 above 明治44年."""
    cells = [
        chars.fold(join_pieces(row.cell(column)).text).text
        for column in columns.of(*YEAR_ROLES)
        if row.cell(column)
    ]
    found = _YEAR_PARTS.fullmatch(" ".join(cells))
    if found is None:
        return None
    western, era, year = found.groups()
    return western, "" if chars.key(era) in rules.layout.ditto else era, "", year


def _without_ditto(japanese: str, rules: Rules) -> str:
    """The era's year without the sign that repeats its era: 〃4 is 4."""
    sign = next((sign for sign in rules.layout.ditto if japanese.startswith(sign)), "")
    bare = japanese[len(sign) :]
    return bare if bare[:1] in (*_COUNTS, *rules.dates.numerals) else japanese


def _with_era(western: str, japanese: str, said: Said, rules: Rules) -> str:
    """The year with the era in which it is the calendar year beside it; where none fits, with the era said last."""
    number = parse_number(japanese.rstrip("年度頃"), rules.dates.numerals)
    if number is None:
        return japanese  # 元和元年 says its era
    fits = [
        era
        for era in rules.dates.eras
        if western == f"{year_of(era, number)}年" and year_of(era, number) <= (era.last_year or 9999)
    ]
    era = said.era if said.era in fits or not fits else fits[-1]
    return f"{era.name}{japanese}" if era else ""


def day_text(row: Row, columns: Columns, after: Said, before: Said, rules: Rules) -> str:
    """The month and day parts as one expression: 4 | 1 gives 4月1日; a ditto sign says what the row above says.

    `before` is what was said above the row, `after` the same with the row's own year.
    """
    month, day = (_cell_text(row, columns, role, rules) for role in DAY_ROLES)
    if day == "日" and _is_ditto(row, columns, "month") and month in ("", *rules.dates.words["same"]):
        return "同日"  # 同 | 日, spread over both
    if (
        not month
        and before.month
        and before.month[0] == after.year
        and (day or _is_ditto(row, columns, "month"))
    ):
        month = str(before.month[1])
    if (
        not day
        and before.day
        and _is_ditto(row, columns, "day")
        and month.strip("月") == str(before.day.month)
    ):
        day = str(before.day.day)
    day = _INTO_ANOTHER_MONTH.sub(r"\1日\2\3月\4日", day.strip())
    return _with_unit(month, "月", rules) + _with_unit(day, "日", rules)


def _with_unit(cell: str, unit: str, rules: Rules) -> str:
    """The cell's numbers with their unit: 13頃 is 13日頃, 19～20 is 19日～20日, 4～ is 4月～."""
    return _bare_number(tuple(rules.dates.numerals), tuple(rules.dates.inexact["anywhere"])).sub(
        rf"\g<0>{unit}", cell
    )


@cache
def _bare_number(numerals: tuple[str, ...], about: tuple[str, ...]) -> re.Pattern[str]:
    """A number that ends its cell, or stands before a wave or a word that says it is not exact."""
    numbers = f"[0-9{''.join(map(re.escape, numerals))}]"
    behind = "|".join(map(re.escape, about))
    return re.compile(rf"(?<!{numbers}){numbers}+(?=[ \n]*(?:[{_WAVES}]|{behind}|$))")
