"""A whole date expression as written: one date, a period, a list of them.

Takes folded text and a place in it. Gives a Phrase (its items, its end), or None.
Reads rules/dates.toml through date_forms. Nothing is taken from the context here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from pipeline.parse.date_forms import Forms
from pipeline.parse.date_numbers import FIRST_YEAR
from pipeline.parse.date_points import read_point
from pipeline.parse.date_tails import read_part_of_year, read_tail
from pipeline.parse.date_written import Point
from pipeline.parse.date_years import Year

_COLUMN_GAP = 3  # blanks that part columns


@dataclass(frozen=True, slots=True)
class Item:
    """One date (`last` is None) or one period; `opens` says which side of it is open."""

    first: Point
    last: Point | None = None
    opens: str = ""  # after | before


@dataclass(frozen=True, slots=True)
class Phrase:
    """The items of one expression and where it ends.

    `closed` is false where it is a year without its unit (2019; 昭和60).
    """

    start: int
    end: int
    items: tuple[Item, ...]
    closed: bool = True


@lru_cache(maxsize=4096)
def read_phrase(text: str, place: int, forms: Forms) -> Phrase | None:
    """The expression that starts at `place`, as long as it is a date.

    It leans on nothing but its text, so what was read once is kept: a line is looked at several times.
    """
    plain = forms.plain.match(text, place)
    if plain:
        return _make_plain(plain, forms)
    before = forms.open_start.match(text, place)
    if before:
        return _read_open_start(text, place, before.end(), forms)
    items: list[Item] = []
    best: Phrase | None = None
    at = place
    for _ in range(40):
        item, end = _read_item(text, at, forms, best)
        if item is None:
            break
        items.append(item)
        finished = _finish(items)
        if finished:
            best = Phrase(place, end, finished)
        sign = forms.list_sign.match(text, end) or (forms.cell_list.match(text, end) if forms.cell else None)
        if not sign or item.opens:
            break
        at = sign.end()
    return best or _bare_year(place, items) or _without_bare(place, items)


def _make_plain(found: regex.Match[str], forms: Forms) -> Phrase:
    """The commonest form, whole in one match: 9月10日 or 平成26年9月10日 with nothing of a date behind it."""
    year = None
    if found.group("era"):
        count = found.group("n")
        era = forms.era_of_form["".join(found.group("era").split())]
        year = Year(1 if count == FIRST_YEAR else int(count), era, unit="year")
    elif found.group("w"):
        year = Year(int(found.group("w")), unit="year")
    point = Point(found.start(), found.end(), year, int(found.group("m")), int(found.group("d")))
    return Phrase(found.start(), found.end(), (Item(point),))


def _read_item(text: str, place: int, forms: Forms, best: Phrase | None) -> tuple[Item | None, int]:
    """One date or period that starts at `place`, and its end."""
    first = read_point(text, place, forms)
    if first is None or (best and first.repeats):
        return None, place
    if best:
        first = _like(text, first, best.items[-1].last or best.items[-1].first, forms)
    if first.opens:
        return Item(first, opens=first.opens), first.end
    part = read_part_of_year(text, first, forms)
    if part:
        return Item(*part), part[1].end
    if text[first.end : first.end + 1] == "/" and forms.iso_span.match(text, place):
        last = read_point(text, first.end + 1, forms)
        return Item(first, last), last.end if last else first.end
    sign = forms.range_sign.match(text, first.end)
    if sign:
        last = read_point(text, sign.end(), forms)
        last = last and _in_century(_like(text, last, first, forms), first)
        dash = sign.group("dash") is not None and sign.group() != sign.group("dash")
        if last and sign.group("dash") and _are_days(first, last):
            last = None  # 4月 2-6-7号棟
        if last and _may_close(text, first, last, dash, forms):
            until = forms.until.match(text, last.end)
            return Item(first, last), until.end() if until else last.end
        if not first.unfinished and (end := _open_end(text, first, sign.group("word"), forms)):
            return Item(first, opens="after"), end
    elif not first.unfinished and (until := forms.until.match(text, first.end)):
        return Item(first, opens="before"), until.end()
    return Item(first), first.end


def _like(text: str, point: Point, before: Point, forms: Forms) -> Point:
    """The point with a number that needs no unit because the date before it was written without one."""
    if not point.unfinished or forms.word.match(text, point.end):
        return point
    if point.bare is not None and before.dotted:
        point = point._replace(end=point.end + _closes_dotted(text, point, before))
    if point.bare is not None and before.dotted and before.month is not None and before.day is None:
        return read_tail(text, point._replace(month=point.bare, bare=None), forms)  # 38. 1～2
    if point.bare is not None and before.dotted and not point.has_month:
        return read_tail(text, point._replace(numbers=(point.bare,), bare=None, dotted="?"), forms)
    if point.year and before.year and not before.has_month and before.year.unit:
        return point._replace(year=point.year._replace(unit=before.year.unit))
    return point


def _closes_dotted(text: str, point: Point, before: Point) -> bool:
    """Whether a dot ends the number as one ended the date before it: 30. 1.～ 3."""
    behind = text[point.end : point.end + 2]
    return text[before.end - 1] == "." and behind[:1] == "." and not behind[1:].isdigit()


def _in_century(point: Point, first: Point) -> Point:
    """The point with the century of the year before it: 1642 of 1624〜42, 1642年 of 1624〜42年."""
    begin, year = first.year, point.year
    number = point.bare if point.bare is not None else year.number if year and year.carried else None
    if begin is None or number is None or begin.era or begin.number < 1000:
        return point
    if first.has_month or point.has_month:
        return point
    if (
        not begin.number % 100 < number < 100
        or begin.unit not in ("", "year")
        or (year and year.unit != "year")
    ):
        return point
    whole = Year(begin.number // 100 * 100 + number, unit=year.unit if year else begin.unit)
    return point._replace(year=whole, bare=None)


def _may_close(text: str, first: Point, last: Point, dash: bool, forms: Forms) -> bool:
    """Whether `last` can end the period: of the same kind, and no text that only starts like a date."""
    if last.repeats or (last.bare is not None and not forms.row_sign.match(text, last.end)):
        return _are_days(first, last) and forms.stop.match(text, last.end) is not None
    if last.numbers and not first.dotted:
        return False
    whole = first.has_day or first.bare is not None
    if whole and last.year and not last.has_month and not _are_years(first, last.year):
        return False
    if last.unfinished and last.year and not first.unfinished:
        return False
    runs_on = forms.word.match(text, last.end) is not None
    gap = text[last.start - _COLUMN_GAP : last.start]
    if runs_on and gap.isspace() and first.end <= last.start - _COLUMN_GAP:
        return False  # 7月5日～      7月豪雨に伴う警戒: the text of an open period
    return not forms.goes_on.match(text, last.end) and not (dash and runs_on)


def _open_end(text: str, first: Point, word: str | None, forms: Forms) -> int | None:
    """The end of an open period (4月1日～), or None where the wave belongs to the text (～共感～)."""
    if word:
        found = forms.open_word.match(text, first.end)
        return found.end() if found else None
    found = forms.open_wave.match(text, first.end)
    if not found:
        return None
    line_end = text.find("\n", found.end())
    rest = text[found.end() : line_end if line_end >= 0 else len(text)]
    if forms.wave.search(rest) and not found.group("stop"):
        return None
    return int(found.end("sign"))


def _read_open_start(text: str, place: int, start: int, forms: Forms) -> Phrase | None:
    """～3月31日: a period with no beginning; None where the line is a subtitle between waves."""
    point = read_point(text, start, forms)
    if point is None or point.unfinished or point.repeats or not forms.stop_or_sign.match(text, point.end):
        return None
    line_end = text.find("\n", point.end)
    if forms.wave.search(text, point.end, line_end if line_end >= 0 else len(text)):
        return None
    until = forms.until.match(text, point.end)
    return Phrase(place, until.end() if until else point.end, (Item(point, opens="before"),))


def _are_years(first: Point, last: Year) -> bool:
    """Whether a number alone is the first year of a period whose era stands above: 60～61年."""
    alone = first.bare is not None and not (first.has_month or first.has_year)
    return alone and last.carried and (first.bare or 0) < last.number < 100


def _are_days(first: Point, last: Point) -> bool:
    """Whether two numbers behind a month are the days of a period whose 日 nobody wrote."""
    if first.bare is None or last.bare is None or first.month is None:
        return False
    return not (last.has_month or last.has_year) and 1 <= first.bare < last.bare <= 31


def _finish(items: list[Item]) -> tuple[Item, ...] | None:
    """The items with the units of later ones given to the bare numbers before; None where one stays bare."""
    lead: Point | None = None
    done: list[Item] = []
    for item in reversed(items):
        if lead is None and item.last and _are_days(item.first, item.last):  # 8月22～24
            days = [point._replace(day=point.bare, bare=None) for point in (item.first, item.last)]
            item = replace(item, first=days[0], last=days[1])
        last = item.last and _finish_point(item.last, lead)
        first = _finish_point(item.first, last or lead)
        if first is None or (item.last and last is None):
            return None
        done.append(replace(item, first=first, last=last))
        lead = first
    return tuple(reversed(done))


def _finish_point(point: Point, after: Point | None) -> Point | None:
    """The point with its bare number read as the unit that the date after it starts with."""
    if not point.unfinished:
        return point
    if point.bare is not None and point.year and point.year.unit and not point.has_month:
        whole = after is not None and after.month is not None and not after.has_day and not after.has_year
        return point._replace(month=point.bare, bare=None) if whole else None
    if point.bare is not None and point.has_month:
        return point._replace(day=point.bare, bare=None) if after and after.has_day else None
    if after is None or after.numbers or after.dotted:
        return None
    if after.year:
        year = point.year or Year(point.bare or 0, carried=True)
        return (
            point._replace(year=year._replace(unit=after.year.unit), bare=None)
            if not after.has_month
            else None
        )
    if point.bare is None:
        return None
    if after.month is not None:
        return None if after.has_day else point._replace(month=point.bare, bare=None)
    return point._replace(day=point.bare, bare=None) if after.day is not None else None


def _without_bare(place: int, items: list[Item]) -> Phrase | None:
    """The first date without the number that got no unit: 2014年 of `2014年 5・6号機`."""
    if not items or items[0].first.bare is None or items[0].first.solid <= place:
        return None
    point = items[0].first._replace(bare=None, end=items[0].first.solid)
    return Phrase(place, point.end, (Item(point),))


def _bare_year(place: int, items: list[Item]) -> Phrase | None:
    """A year that says no unit, alone: 2019, 昭和60, 2019～2021."""
    if not items:
        return None
    first, last = items[0].first, items[0].last
    if (
        first.year is None
        or first.year.unit
        or first.has_month
        or (last and not (last.year and (last.year.number > 100 or (last.year.era and first.year.era))))
    ):
        return None
    end = last.end if last else first.end
    points = [p._replace(year=p.year._replace(unit="year")) for p in (first, last) if p and p.year]
    return Phrase(place, end, (Item(points[0], points[1] if last else None),), closed=False)
