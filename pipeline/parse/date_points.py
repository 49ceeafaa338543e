"""One date as written: its parts, before anything is taken from the context.

Takes folded text and a place in it. Gives a Point, or None where no date starts there.
Reads rules/dates.toml through date_forms; years are read in date_years.
"""

from __future__ import annotations

import regex

from pipeline.parse.date_cycle import read_sign
from pipeline.parse.date_dotted import read_behind_step, read_dotted, read_season
from pipeline.parse.date_forms import Forms, read_number
from pipeline.parse.date_tails import read_tail
from pipeline.parse.date_written import COUNTED, DITTO, MD, YM, Point
from pipeline.parse.date_years import Year, read_gloss, read_year


def read_point(text: str, place: int, forms: Forms) -> Point | None:
    """The date that starts at `place`, as far as it goes; None where there is none."""
    point = _read_year_part(text, place, forms)
    if not point.dotted:
        point = _read_month(text, point, forms)
        point = _read_day(text, point, forms)
        point = read_season(text, point, forms)
    if point.empty and point.bare is None:
        point = _read_short(text, place, forms)
    if point.empty and point.bare is None:
        return None
    return point if point.unfinished else read_tail(text, point, forms)


def _read_year_part(text: str, place: int, forms: Forms) -> Point:
    """The year and, where it is written 2019.5.1 or S60.4.1, the month and day with it."""
    point = Point(place, place)
    step = forms.step_year.match(text, place) or forms.year_word.match(text, place)
    if step:
        year_step = _count(step)
        fiscal = Year(0, unit="fiscal") if step.group("fiscal") else None
        point = point._replace(end=step.end(), year_step=year_step, year=fiscal)
        gloss = read_gloss(text, step.end(), forms)
        signed = None if gloss else read_sign(text, 0, None, True, step.end(), forms)
        point = point._replace(end=(gloss or signed or (0, step.end()))[1])
        return point if fiscal else read_behind_step(text, point, forms)
    read = read_year(text, place, forms) or _read_named_next(text, place, forms)
    if not read:
        return point
    year, end = read
    if not year.unit and not year.era and forms.month_beside.match(text, end):  # 1946 10月
        year = year._replace(unit="year")
    point = point._replace(end=end, year=year)
    point = point if year.unit else read_dotted(text, point, forms)
    is_parted = bool(point.dotted and point.year and point.year.unit)  # 平29.4月10日
    return _read_day(text, point, forms) if is_parted else point


def _read_named_next(text: str, place: int, forms: Forms) -> tuple[Year, int] | None:
    """The year that says its number behind the word for the next one: 翌1924年（大正13年）, 翌平成元年."""
    word = forms.carry.match(text, place)
    read = read_year(text, word.end(), forms) if word and word.group("next") else None
    return read if read and read[0].unit == "year" and not read[0].carried else None


def _read_month(text: str, point: Point, forms: Forms) -> Point:
    """The month behind a year (or alone), 同月, 翌月, 〃 9月."""
    if point.year and point.year.unit not in ("year", "fiscal"):
        return point
    step = forms.step_month.match(text, point.end)
    if step:
        return point._replace(end=step.end(), month_step=_count(step))
    if not point.has_year:
        carry = forms.carry.match(text, point.end)
        found = forms.month.match(text, carry.end() if carry else point.end)
        ahead = bool(carry and found and carry.group("next"))
    else:
        found, ahead = forms.month_named.match(text, point.end), False
    if found:
        name = found.groupdict().get("name")
        month = (
            forms.rules.months[name]
            if name
            else 1
            if found.group("new")
            else read_number(found, "m", forms.rules)
        )
        if (
            month is None
            or month > 99
            or _is_blank(month, found)
            or (point.has_year and _is_month_name(text, point, found, forms))
        ):
            return point
        leap = found.group("leap") is not None
        again = forms.month_again.match(text, found.end())  # 4月 4月10日: a month, then the whole date
        end = again.end() if again and read_number(again, "m", forms.rules) == month else found.end()
        return point._replace(end=end, month=month, ahead=ahead, leap=leap)
    return _read_month_and_day(text, point, forms) if point.has_year else point


def _is_blank(number: int | None, unit: regex.Match[str]) -> bool:
    """Whether the number stands for one that nobody knows: 〇月〇日."""
    return number == 0 and not unit.group().strip().isascii() and "0" not in unit.group()


def _is_month_name(text: str, point: Point, month: regex.Match[str], forms: Forms) -> bool:
    """Whether what looks like a month opens a name: `平成27年 三月堂`, but `昭和29年 4月町制施行`.

    A blank parts it from its year, and it is in kanji behind a year in digits, with text glued to it.
    """
    number = month.group("m")
    if not number or number[0].isascii() or month.start("m") == point.end:
        return False
    in_digits = any(sign.isdecimal() for sign in text[point.start : point.end])
    glued = forms.stop_or_sign.match(text, month.end()) is None and forms.day.match(text, month.end()) is None
    return in_digits and glued


def _read_month_and_day(text: str, point: Point, forms: Forms) -> Point:
    """Month and day with a sign between them behind a year with its unit: 平成27年 5/20."""
    start = forms.join.match(text, point.end).end()
    found = forms.bare_dotted.match(text, start)
    if not found or found.group("c"):
        return _read_bare_number(text, point, forms) if point.year and point.year.unit else point
    month, day = read_number(found, "a", forms.rules), read_number(found, "b", forms.rules)
    if month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return point
    if forms.counts.match(text, found.end()):  # 平成27年 7.18メートルの横断幕
        return point
    return point._replace(end=found.end(), month=month, day=day, dotted=MD)


def _read_day(text: str, point: Point, forms: Forms) -> Point:
    """The day behind a month (or alone), 末日, 同日, 翌12日, or the bare number of 30、31日."""
    if point.year and not point.has_month:
        return point
    if point.month is not None and point.dotted == MD:
        return point
    step = forms.step_day.match(text, point.end)
    if step and (point.has_month or not point.has_year):
        return point._replace(end=step.end(), day_step=_count(step))
    if point.has_month:
        found, ahead = forms.day_named.match(text, point.end), point.ahead
        if found and _is_name(text, point, found, forms):
            return point
    elif point.has_year:
        return point
    else:
        carry = forms.carry.match(text, point.end)
        found = forms.day.match(text, carry.end() if carry else point.end)
        ahead = bool(carry and carry.group("next"))
    if found:
        day = read_number(found, "d", forms.rules)
        day = 1 if found.group("first") else day
        if (day is None and not found.group("last")) or _is_blank(day, found):
            return point
        return point._replace(end=found.end(), day=day, last_day=day is None, ahead=ahead)
    bracketed = forms.day_in_brackets.match(text, point.end) if point.month is not None else None
    if bracketed:  # 6月(25日)
        return point._replace(end=bracketed.end(), day=read_number(bracketed, "d", forms.rules))
    return _read_bare_number(text, point, forms) if point.has_month else point


def _is_name(text: str, point: Point, day: regex.Match[str], forms: Forms) -> bool:
    """Whether what looks like a day in kanji opens a name: `4月 四日市工場`, but `四月 四日 開校`.

    A name stands where month and day are not written in the same numerals and text is glued to the day.
    """
    number = day.group("d")
    if not number or number[0].isascii():
        return False
    if forms.name_behind.match(text, day.end()):
        return True
    in_digits = bool(forms.digit_before_month.search(text, point.start, point.end))
    return in_digits and forms.word.match(text, day.end()) is not None


def _read_bare_number(text: str, point: Point, forms: Forms) -> Point:
    """A number that waits for its unit behind a year or month, where a range or list sign follows it."""
    bare = forms.bare_number.match(text, point.end)
    value = read_number(bare, "n", forms.rules) if bare else None
    if bare and value is not None and forms.row_sign.match(text, bare.end()):
        return point._replace(end=bare.end(), bare=value, solid=point.end)
    return point


def _read_short(text: str, place: int, forms: Forms) -> Point:
    """A date that leans on the context: 〃, 〃. 9, 同, 4. 7, or a number that waits for its unit."""
    point = Point(place, place)
    empty = forms.empty_before.match(text, place)
    if empty:
        return _read_after_empty(text, point, empty.end(), forms)
    ditto = forms.ditto.match(text, place)
    if ditto:
        return _read_after_ditto(
            text, point._replace(end=ditto.end(), repeats=True), bool(ditto.group("dot")), forms
        )
    same = forms.same.match(text, place)
    if same:
        return point._replace(end=same.end(), repeats=True)
    part = forms.part_of_month.match(text, place)
    if part:
        return point._replace(end=place, month_step=0)
    # 12.上旬, 02/市立図書館
    month = forms.dotted_part.match(text, place) or forms.padded_month.match(text, place)
    number = read_number(month, "m", forms.rules) if month else None
    if month and number is not None and number <= 12:
        return point._replace(end=month.end(), month=number)
    opening = forms.first_dotted.match(text, place)
    if opening:  # 元. 2.24, the era said before
        month, day = (read_number(opening, name, forms.rules) for name in "bc")
        year = Year(1, carried=True)
        return point._replace(
            end=opening.end(), year=year, month=month, day=day, dotted=YM if day is None else COUNTED
        )
    dotted = (
        forms.bare_dotted.match(text, place)
        or forms.middle_dotted.match(text, place)
        or forms.middle_day.match(text, place)
    )
    if dotted:
        numbers = [read_number(dotted, name, forms.rules) for name in "abc" if dotted.groupdict().get(name)]
        if None in numbers:
            return point
        values = tuple(number for number in numbers if number is not None)
        if len(values) == 2 and forms.cell and (dash := forms.dash_day.match(text, dotted.end())):
            return point._replace(end=dash.end(), numbers=values, dotted="?")  # 9. 4.―: no day
        form = COUNTED if len(values) == 3 else MD if dotted.group("sep") in "/・" else "?"
        return point._replace(end=dotted.end(), numbers=values, dotted=form)
    if (bare := forms.bare_number.match(text, place)) and (
        value := read_number(bare, "n", forms.rules)
    ) is not None:
        season = forms.dotted_season.match(text, bare.end())
        if season:  # 20.秋, the era said before
            year = Year(value, carried=True, unit="year")
            return point._replace(end=season.end(), year=year, season=forms.rules.seasons[season.group("s")])
        if forms.about_number.match(text, bare.end()):  # 14 頃 below 12. 6
            return point._replace(end=bare.end(), numbers=(value,), dotted="?")
        return point._replace(end=bare.end(), bare=value)
    return point


def _read_after_empty(text: str, point: Point, place: int, forms: Forms) -> Point:
    """The month and day behind dots that stand for the cells left empty: `. . 9. 1`, `・ ・ 3月30日`."""
    rest = read_point(text, place, forms)
    if rest is None or rest.has_year or rest.repeats or len(rest.numbers) > 2:
        return point
    if rest.bare is not None:
        return rest._replace(start=point.start, numbers=(rest.bare,), bare=None, dotted="?")
    return rest._replace(start=point.start, dotted=MD if rest.numbers else rest.dotted)


def _read_after_ditto(text: str, point: Point, dot: bool, forms: Forms) -> Point:
    """What follows 〃: more of them, or the numbers that change (〃. 9; 〃 3. 1)."""
    start, end = point.start, point.end
    dittos = 1
    while (more := forms.ditto.match(text, end)) and dittos < 3:
        dittos, end, dot = dittos + 1, more.end(), dot or bool(more.group("dot"))
    rest = read_point(text, end, forms) if not dot else None
    if rest and not rest.repeats and not rest.unfinished and not rest.has_year:
        return rest._replace(start=start)
    found = forms.after_ditto.match(text, end) if dot or dittos > 1 or forms.cell else None
    if found:
        numbers = [read_number(found, name, forms.rules) for name in "ab" if found.group(name)]
        if numbers and None not in numbers:
            values = tuple(n for n in numbers if n is not None)
            form = DITTO if dittos == 1 and (dot or len(values) == 1) else "?"
            return point._replace(end=found.end(), repeats=False, numbers=values, dotted=form)
    if dot and dittos > 1 and forms.part_behind.match(text, end):  # 〃 . 〃 .末
        return point._replace(end=end, repeats=False, month_step=0)
    if forms.stop.match(text, end - 1) or forms.stop.match(text, end):
        return point._replace(end=start + len(text[start:end].rstrip(" \n")))
    return point._replace(repeats=False)


def _count(step: regex.Match[str]) -> int:
    """How many steps a word goes: 同 none, 翌 one, 翌々 two."""
    return len(step.groupdict().get("next") or "")
