"""The year of a date as written: by era, by calendar, by both.

Takes folded text and a place in it. Gives a Year and where it ends.
Reads rules/dates.toml and eras.csv through date_forms.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from pipeline.parse.date_cycle import Sign, read_sign
from pipeline.parse.date_forms import Forms, read_number
from pipeline.parse.date_numbers import FIRST_YEAR
from pipeline.parse.eras import year_of
from pipeline.rules.eras import Era

Other = tuple[Era | None, int]  # the same year by another calendar, as a calendar year
FROM_JIMMU = 660  # 皇紀2600年 is 1940
_MONTHS = 12
_MISPRINT = 10  # years by which one of two calendars may be misprinted
EARLIEST, LATEST = 1000, 2199  # four digits outside are no year
EARLIEST_BARE, LATEST_BARE = 1200, 2100  # four digits alone in a cell, without their unit


class Year(NamedTuple):
    """A year as written: an era's year, a calendar year, or an era's year with the era left out."""

    number: int
    era: Era | None = None
    carried: bool = False  # the era is to come from the context
    guess: Era | None = None  # the era that counts so, where a calendar year stands beside: 15年 (1926)
    two_digits: bool = False  # '85
    letter: bool = False  # the era is a letter: S60
    others: tuple[Other, ...] = ()
    part: bool = False  # 明治初期: some time in it
    sign: Sign | None = None  # of the sixty-year cycle, beside it
    until: Era | None = None  # the last of several eras: 元禄・宝永年間
    unknown: str = ""  # the era, where nobody knows it: 福徳二年
    unit: str = ""  # year | fiscal | decade | century | era; "" where none is written


def is_plausible_year(year: Year | None, earliest: int) -> bool:
    """Whether a year without its unit may be one: it says its era, or its number is neither too low nor too high."""
    return year is not None and (year.era is not None or earliest <= year.number <= LATEST_BARE)


def read_year(text: str, place: int, forms: Forms) -> tuple[Year, int] | None:
    """The year that starts at `place` and its end. A year that says no era needs its unit."""
    unknown = forms.unknown_year.match(text, place)
    if unknown:
        return _read_unknown(text, unknown, forms)
    following = forms.next_era.match(text, place)  # 翌昭和31年: the era is said again
    named = _read_named(text, following.end() if following else place, forms)
    if named:
        year, end = named
        if year.unit:
            return year, end
        gloss = read_gloss(text, end, forms)
        if gloss:
            year, end = year._replace(others=gloss[0]), gloss[1]
        read = _read_unit(text, year, end, forms)
        if read:
            return _read_signed(text, *_read_beside(text, *read, forms), forms)
        signed = _read_signed(text, year, end, forms)
        if signed[0].sign:
            return signed
        if not gloss and (misprinted := _read_era_behind(text, year, end, forms)):
            return misprinted
        if gloss and not forms.dotted.match(text, end):
            year = year._replace(unit="fiscal" if gloss[2] else "year")
        return year, end
    return _read_carried(text, place, forms)


def read_gloss(text: str, place: int, forms: Forms) -> tuple[tuple[Other, ...], int, bool] | None:
    """The year by other calendars in brackets: years, end, and whether it says 年度."""
    found = forms.gloss.match(text, place)
    if not found:
        return None
    years: list[Other] = []
    fiscal = False
    for each in forms.gloss_year.finditer(text, found.start("in"), found.end("in")):
        other = _other(each, forms)
        if other is None:
            return None
        years.append(other)
        fiscal = fiscal or each.group("fiscal") is not None
    return (tuple(years), found.end(), fiscal) if years else None


def _other(found: regex.Match[str], forms: Forms) -> Other | None:
    if found.group("era"):
        era, count = _era(found, forms), read_number(found, "n", forms.rules)
        return None if count is None else (era, year_of(era, count))
    year = read_number(found, "w", forms.rules)
    return (None, year) if year is not None and 500 <= year <= LATEST else None


def _read_named(text: str, place: int, forms: Forms) -> tuple[Year, int] | None:
    """A year that says its era or is a calendar year, up to the end of its number."""
    found = forms.era_span.match(text, place)
    if found:
        return _read_era_span(text, found, forms)
    found = forms.era_year.match(text, place)
    if found:
        count = read_number(found, "n", forms.rules)
        if count and count < 100:
            letter = found.group("era")[0].isascii()
            return Year(count, _era(found, forms), letter=letter), found.end()
        return None
    found = forms.western.match(text, place)
    if found:
        count = read_number(found, "w", forms.rules)
        if count and _is_imperial(found.group("said"), count, forms):
            count -= FROM_JIMMU
        if count and (found.group("said") or EARLIEST <= count <= LATEST):
            return _with_count_behind(text, count, found.end(), forms)
        return None
    found = forms.quoted.match(text, place)
    return (Year(int(found.group("w")), two_digits=True), found.end()) if found else None


def _read_unknown(text: str, found: regex.Match[str], forms: Forms) -> tuple[Year, int]:
    """The year of an era that nobody knows: that of the calendar in brackets behind it (福徳二年（1491）), or none."""
    gloss = read_gloss(text, found.end(), forms)
    western = [number for era, number in gloss[0] if era is None] if gloss else []
    if gloss and western:
        return Year(western[0], unit="year"), gloss[1]
    return Year(
        read_number(found, "n", forms.rules) or 0, unknown=found.group("era"), unit="year"
    ), found.end()


def _read_era_span(text: str, found: regex.Match[str], forms: Forms) -> tuple[Year, int]:
    """An era's years, or those of several eras, with the same years in brackets behind them: 天保年間（1830〜44）."""
    era = _era(found, forms)
    until = forms.era_of_form["".join(found.group("until").split())] if found.group("until") else None
    year = Year(1, era, part=found.group("part") is not None, until=until, unit="era")
    years = forms.era_years.match(text, found.end())
    last = (until or era).last_year or LATEST
    if years and int(years.group("a")) == era.first_year and (last - int(years.group("b"))) % 100 == 0:
        return year, years.end()
    return year, found.end()


def _with_count_behind(text: str, western: int, end: int, forms: Forms) -> tuple[Year, int]:
    """The calendar year, and the number of the same year in its era, alone in brackets behind it: 1972(47)."""
    found = forms.count_in_brackets.match(text, end)
    count = read_number(found, "n", forms.rules) if found else None
    era = _guess_era(Year(count, others=((None, western),)), forms) if count else None
    if found and era and era.start:
        return Year(western, others=((era, western),)), found.end()
    return Year(western), end


def _is_imperial(said: str | None, count: int, forms: Forms) -> bool:
    """Whether the year counts from the first emperor: 皇紀2600年, and 紀元2600年 for being so late."""
    words = forms.rules.words
    return said in words["imperial"] or (said in words["imperial_if_late"] and count > LATEST)


def _read_unit(text: str, year: Year, end: int, forms: Forms) -> tuple[Year, int] | None:
    found = forms.unit_loose.match(text, end)
    if not found:
        return None
    unit = next((name for name in ("fiscal", "decade", "century") if found.group(name)), "year")
    return year._replace(unit=unit), found.end()


def _read_beside(text: str, year: Year, end: int, forms: Forms) -> tuple[Year, int]:
    """The year by other calendars behind it: in brackets, or beside it where both agree."""
    gloss = read_gloss(text, end, forms)
    if gloss:
        return year._replace(others=year.others + gloss[0]), gloss[1]
    found = forms.beside.match(text, end)
    other = _other(found, forms) if found else None
    is_apart = found is not None and found.end("sep") > end
    is_glued = found is not None and found.group("unit") and year.era is not None  # 平成31年令和元年
    if found and other and (is_apart or (is_glued and other[0])) and year.unit in ("year", "fiscal"):
        both = year._replace(others=(*year.others, other))
        if _is_beside(year, other, found) or (year.carried and not other[0] and _guess_era(both, forms)):
            gloss = read_gloss(text, found.end(), forms)  # 元弘三年/正慶二年（1333）
            return (
                (both._replace(others=(*both.others, *gloss[0])), gloss[1]) if gloss else (both, found.end())
            )
    return year, end


def _is_beside(year: Year, other: Other, found: regex.Match[str]) -> bool:
    """Whether the two are one year, or one of them is misprinted: near each other, and nothing but blanks around.

    Without 年 a number behind an era's year may count something else: 平成10年 2000 人.
    """
    if year.carried or other[0] == year.era or (other[0] and not found.group("unit")):
        return False
    off = abs(other[1] - (year_of(year.era, year.number) if year.era else year.number))
    is_apart = found.group("apart") is not None and not found.group("sep").strip()
    are_both = (other[0] is None) != (year.era is None)
    return off == 0 or (is_apart and are_both and off <= (_MISPRINT if found.group("unit") else 1))


def _read_era_behind(text: str, year: Year, end: int, forms: Forms) -> tuple[Year, int] | None:
    """The calendar year without 年 with an era's year beside it: 1868 / 明治 1, 1889 / 22; or another, 1873 明治5年.

    Where they agree and nothing but a blank parts them, the era's year is the date, read with the column before it.
    """
    count = forms.count_behind.match(text, end) if year.era is None else None
    number = read_number(count, "n", forms.rules) if count else None
    if count and number and (number > _MONTHS or count.group("n") == FIRST_YEAR):
        era = _guess_era(Year(number, others=((None, year.number),)), forms)
        return (year._replace(others=((era, year.number),), unit="year"), count.end()) if era else None
    found = forms.beside.match(text, end) if year.era is None else None
    other = _other(found, forms) if found and found.group("era") else None
    if not found or not other:
        return None
    is_pair = (
        found.group("apart") is not None and found.group("sep").strip() == "/" and other[1] == year.number
    )
    if not is_pair and (other[1] == year.number or not _is_beside(year, other, found)):
        return None
    return year._replace(others=(other,), unit="year"), found.end()


def _read_signed(text: str, year: Year, end: int, forms: Forms) -> tuple[Year, int]:
    """The year with its sign of the sixty-year cycle, and the other calendar behind that: 慶長六年辛丑（1601）."""
    read = read_sign(text, year.number, year.era, year.carried, end, forms)
    if not read or year.unit not in ("", "year"):
        return year, end
    year, end = year._replace(sign=read[0], unit="year"), read[1]
    return (year, end) if year.others else _read_beside(text, year, end, forms)


def _read_carried(text: str, place: int, forms: Forms) -> tuple[Year, int] | None:
    """A year with its era left out, which needs its unit or its sign: 26年, 同二十二年, 同十六己卯; and 701年."""
    found = forms.same_year.match(text, place)
    if found and (unit := forms.unit_loose.match(text, found.end())) and not unit.group("century"):
        return _read_signed(text, *_read_beside(text, *_carried(found, unit, forms), forms), forms)
    count = read_number(found, "n", forms.rules) if found else None
    if (
        found
        and count
        and (signed := _read_signed(text, Year(count, carried=True), found.end(), forms))[0].sign
    ):
        return signed
    dotted = forms.dotted.match(text, found.end()) if found else None
    # 〃 4. 15: the sign stands for the year; 〃 34. 4. 15 for the era, as 同 always does
    if found and count and dotted and (dotted.group("d") or not found.group("sign")):
        return Year(count, carried=True, letter=True), found.end()
    found = forms.old_western.match(text, place)
    if found and (unit := forms.unit.match(text, found.end())):
        year = _carried(found, unit, forms)[0]._replace(carried=False, number=int(found.group("w")))
        return _read_beside(text, year, unit.end(), forms)
    found = forms.bare_year.match(text, place)
    if not found:
        return None
    count = read_number(found, "n", forms.rules)
    if count and (signed := _read_signed(text, Year(count, carried=True), found.end(), forms))[0].sign:
        return signed
    gloss = read_gloss(text, found.end(), forms)
    unit = forms.unit.match(text, gloss[1] if gloss else found.end()) or forms.century.match(
        text, found.end()
    )
    if gloss and not unit and count:
        year = Year(count, carried=True, others=gloss[0], unit="fiscal" if gloss[2] else "year")
        era = _guess_era(year, forms)  # 5（1872）: a year without its unit only where both calendars agree
        return (year._replace(guess=era), gloss[1]) if era else None
    if not unit or not count:
        return None
    year, end = _carried(found, unit, forms)
    if not gloss:
        year, end = _read_signed(text, *_read_beside(text, year, end, forms), forms)
        return year._replace(guess=_guess_era(year, forms)), end
    year = year._replace(others=gloss[0])
    return year._replace(guess=_guess_era(year, forms)), end


def _guess_era(year: Year, forms: Forms) -> Era | None:
    """The era in which the year has this number and is the calendar year that stands beside it."""
    western = [number for other, number in year.others if other is None]
    for era in forms.rules.eras:
        value = year_of(era, year.number)
        if value in western and (era.last_year is None or value <= era.last_year):
            return era
    return None


def _carried(found: regex.Match[str], unit: regex.Match[str], forms: Forms) -> tuple[Year, int]:
    name = next((key for key, value in unit.groupdict().items() if value), "year")
    count = read_number(found, "n", forms.rules) if "n" in found.groupdict() else 0
    return Year(count or 0, carried=name != "century", unit=name), unit.end()


def _era(found: regex.Match[str], forms: Forms) -> Era:
    return forms.era_of_form["".join(found.group("era").rstrip(".").split())]
