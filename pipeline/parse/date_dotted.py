"""What stands behind a year without its unit: months and days with dots between them, a season, 以降.

Takes folded text and the Point read so far. Gives the Point with what was read.
Reads rules/dates.toml through date_forms.
"""

from __future__ import annotations

from pipeline.parse.date_forms import Forms, read_number
from pipeline.parse.date_written import YM, YMD, Point


def read_dotted(text: str, point: Point, forms: Forms) -> Point:
    """Month and day behind a year without its unit: 2019.5.1, S60/4/1, 大正 2. 3, 平29.4月."""
    found = forms.dotted.match(text, point.end)
    year = point.year
    doubt = forms.doubt.match(text, point.end)
    if doubt and year is not None:  # 1641？
        return point._replace(end=doubt.end(), year=year._replace(unit="year"), inexact=True)
    empty = None if found else forms.empty_behind.match(text, point.end)
    if empty and year is not None:  # H 5. . . : cells for a month and a day that are empty
        return point._replace(end=empty.end(), year=year._replace(unit="year"))
    season = None if found else forms.dotted_season.match(text, point.end)
    if season and year is not None:  # S48.秋
        return point._replace(
            end=season.end(), year=year._replace(unit="year"), season=forms.rules.seasons[season.group("s")]
        )
    if not found and year is not None and forms.about_number.match(text, point.end):  # 文化 5 頃
        return point._replace(year=year._replace(unit="year"))
    if not found and year is not None and year.era and forms.year_behind.match(text, point.end):  # 昭23春
        return read_season(text, point._replace(year=year._replace(unit="year")), forms)
    if not found or year is None or (found.group("sep") == "-" and year.era and not year.letter):
        return point
    month, day = read_number(found, "m", forms.rules), read_number(found, "d", forms.rules)
    if found.group("d") == "00":  # 1904.04.00: the day is not known
        day = None
        if found.group("m") == "00" and year.era is None:
            return point._replace(end=found.end(), year=year._replace(unit="year"))
    if month is None or not 1 <= month <= 12 or (found.group("sep") == "・" and day is None):
        return point
    if text[found.end() : found.end() + 1].isdigit():
        return point
    beside = day is None and forms.count_behind.match(text, point.end) is not None
    point = point._replace(
        end=found.end(), month=month, day=day, dotted=YM if day is None else YMD, beside=beside
    )
    if found.group("unit"):
        return point._replace(year=year._replace(unit="year"))
    empty = forms.empty_day.match(text, found.end()) if day is None else None
    return point._replace(end=empty.end()) if empty else point


def read_behind_step(text: str, point: Point, forms: Forms) -> Point:
    """Month and day in dots behind 同年 or 翌年: 翌年. 3, 同年.4. 1."""
    found = forms.dotted.match(text, point.end)
    month = read_number(found, "m", forms.rules) if found else None
    if not found or found.group("sep") != "." or found.group("unit") or not month or month > 12:
        return point
    day = read_number(found, "d", forms.rules)
    return point._replace(end=found.end(), month=month, day=day, dotted=YM if day is None else YMD)


def read_season(text: str, point: Point, forms: Forms) -> Point:
    """The season behind a year, or alone: 昭和58年夏."""
    if point.has_month or point.has_day or (point.year and point.year.unit != "year"):
        return point
    found = forms.season.match(text, point.end)
    if not found:
        return point
    if point.has_year and found.start("s") > point.end and text[found.end() : found.end() + 1] == "の":
        return point  # 平成27年 春の部
    return point._replace(end=found.end(), season=forms.rules.seasons[found.group("s")])
