"""What stands behind a date and belongs to it.

Takes a Point and the folded text. Gives the Point with 頃 and 上旬, 以降, its other calendar, its weekday.
Reads rules/dates.toml through date_forms.
"""

from __future__ import annotations

import regex

from pipeline.parse.date_forms import Forms, read_number
from pipeline.parse.date_written import Point
from pipeline.parse.date_years import read_gloss


def read_tail(text: str, point: Point, forms: Forms) -> Point:
    """頃 and 上旬, 以降, the same date by another calendar in brackets, the weekday, and 付, （予定）, 月日不詳."""
    if point.year and point.year.part:
        point = point._replace(inexact=True)
    if not point.has_day and point.season is None:
        found = forms.inexact.match(text, point.end)
        if found:
            point = point._replace(end=found.end(), inexact=found.group("within") is None)
    else:
        found = forms.about.match(text, point.end)
        if found:
            point = point._replace(end=found.end(), inexact=True)
    doubt = forms.doubt.match(text, point.end) if point.has_year else None
    if doubt:  # 寛永五年？
        point = point._replace(end=doubt.end(), inexact=True)
    if point.year and (point.has_month or point.season is not None):
        gloss = read_gloss(text, point.end, forms)
        if gloss:
            others = point.year.others + gloss[0]
            point = point._replace(end=gloss[1], year=point.year._replace(others=others))
    if point.has_day or point.repeats or point.dotted:
        point = _read_weekdays(text, point, forms)
    behind = (
        forms.behind.match(text, point.end) if point.has_year or point.has_month or point.has_day else None
    )
    if behind:
        return point._replace(end=behind.end())
    opens = forms.opens.match(text, point.end)
    if opens:
        point = point._replace(end=opens.end(), opens="after" if opens.group("after") else "before")
    return point


def _read_weekdays(text: str, point: Point, forms: Forms) -> Point:
    """The weekday signs behind a day, with their places; holidays (祝, 休) are passed over."""
    found = forms.weekday.match(text, point.end)
    if not found:
        return point
    signs = tuple(
        (sign.group()[0], sign.start(), sign.end())
        for sign in forms.weekday_sign.finditer(text, found.start("days"), found.end("days"))
        if sign.group()[0] in forms.rules.weekdays
    )
    return point._replace(end=found.end(), weekdays=signs)


def read_part_of_year(text: str, year: Point, forms: Forms) -> tuple[Point, Point] | None:
    """平成29年度第1四半期, 2017年上半期: the first and last month of that part of the year; None where none is said."""
    if year.year is None or year.has_month or year.season is not None:
        return None
    found = forms.part_of_year.match(text, year.end) if year.year.unit in ("year", "fiscal") else None
    if not found:
        return None
    sign = forms.range_sign.match(text, found.end())
    last = (forms.part_of_year.match(text, sign.end()) if sign else None) or found
    begin = 3 if year.year.unit == "fiscal" else 0
    months = (begin + _months(found, forms)[0], begin + _months(last, forms)[1])
    begin_at, end_at = (year._replace(month=month % 12 + 1, end=last.end()) for month in months)
    return begin_at, end_at


def _months(part: regex.Match[str], forms: Forms) -> tuple[int, int]:
    """The first and last month of a quarter or half, counted from 0."""
    half = part.group("half")
    number = forms.rules.halves[half] if half else read_number(part, "quarter", forms.rules)
    length = 6 if half else 3
    return length * ((number or 1) - 1), length * (number or 1) - 1
