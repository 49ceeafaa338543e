"""Dates of table cells: a whole cell, line ends included.

Takes a cell's text, the context and the date rules. Gives a Found, or None where the cell is no date.
Reads rules/dates.toml and eras.csv.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.model import Text
from pipeline.parse.date_context import is_next_year
from pipeline.parse.date_forms import forms, read_number
from pipeline.parse.date_phrases import Item, Phrase, read_phrase
from pipeline.parse.date_reading import find_reach, make_found
from pipeline.parse.date_said import Found, Said
from pipeline.parse.date_view import WINDOW, View
from pipeline.parse.date_weigh import weigh
from pipeline.parse.date_written import COUNTED, YM, YMD, Point
from pipeline.parse.date_years import EARLIEST_BARE, Year, is_plausible_year
from pipeline.parse.eras import year_of
from pipeline.rules.dates import DateRules

_WESTERN = re.compile(r"([12][0-9]{3})年?[ \n/・]+(?=[^\W\d_])")


def parse_date(text: str, said: Said, rules: DateRules) -> Found | None:
    """The date that a whole table cell is, line ends and brackets included; None where it is none."""
    if len(text) > WINDOW:
        return None
    pattern = forms(rules, cell=True)
    if not pattern.first.match(text):
        return None
    return _find_cell(View(text, 0, pattern), said)


def _find_cell(view: View, said: Said) -> Found | None:
    """The whole cell, without brackets around it and words such as 付 behind it."""
    text, begin, stop = view.text, view.begin, len(view.text.rstrip(" \n"))
    opening = text[begin : begin + 1]
    closing = next((pair[1] for pair in view.forms.rules.brackets if pair[0] == opening), None)
    if closing and text[stop - 1 : stop] == closing:
        begin, stop = view.skip(begin + 1), stop - 1
    phrase = (
        _read_compact(view, begin, stop)
        or _read_behind_western(view, begin)
        or read_phrase(text, begin, view.forms)
        or _read_number_alone(view, begin, stop, said)
    )
    if phrase is None:
        return None
    point = phrase.items[0].first
    end, _ = find_reach(view, phrase)
    confidence, _ = weigh(text, phrase, said, view.forms, end)
    if (not confidence and point.numbers) or (
        not phrase.closed and not is_plausible_year(point.year, EARLIEST_BARE)
    ):
        return None
    found = make_found(view, phrase, said, confidence=max(confidence, 0.5), glued=False, end=end)
    tail = view.forms.cell_tail.match(text, end)
    if all(view.skip(rest) < stop for rest in (end, tail.end() if tail else end)):
        return None
    return _over_the_cell(view, found)


def _read_behind_western(view: View, begin: int) -> Phrase | None:
    """The date behind its western year, which stands before it without 年: `1923 大正12年 4月 1日`."""
    western = _WESTERN.match(view.text, begin)
    phrase = read_phrase(view.text, western.end(), view.forms) if western else None
    year = phrase.items[0].first.year if phrase else None
    if western is None or year is None or year.era is None:
        return None
    return phrase if year_of(year.era, year.number) == int(western[1]) else None


def _read_number_alone(view: View, begin: int, stop: int, said: Said) -> Phrase | None:
    """The month without its unit below a year and month written so: 6 below S38. 3; the year below whole dates: 12 below 6. 5.10."""
    found = view.forms.bare_number.match(view.text, begin)
    number = read_number(found, "n", view.forms.rules) if found else None
    if not found or number is None:
        return None
    if found.end() + 1 == stop and view.text[found.end()] == "." and said.dotted == YM:  # 9. below 7. 5
        return _year_alone(number, begin, stop, said) if is_next_year(number, said) else None
    if found.end() != stop:
        return None
    if said.dotted == YM and 1 <= number <= 12:
        return Phrase(begin, stop, (Item(Point(begin, stop, month=number, dotted=YM)),))
    if said.dotted in (YMD, COUNTED) and is_next_year(number, said):
        return _year_alone(number, begin, stop, said)
    return None


def _year_alone(number: int, begin: int, stop: int, said: Said) -> Phrase:
    year = Year(number, carried=True, unit="year")
    return Phrase(begin, stop, (Item(Point(begin, stop, year, dotted=said.dotted)),))


def _over_the_cell(view: View, found: Found) -> Found:
    """The reading with its place and text widened to the whole cell: nothing else is in it."""
    stop = len(view.text.rstrip(" \n"))
    value = replace(found.value, text=Text(view.raw(view.begin, stop)))
    said = found.said.but(last=value) if value.edtf is not None else found.said
    return replace(found, start=view.place(view.begin), end=view.place(stop), value=value, said=said)


def _read_compact(view: View, begin: int, stop: int) -> Phrase | None:
    """A date in eight digits: 20190501."""
    found = view.forms.compact.match(view.text, begin)
    if not found or found.end() != stop:
        return None
    year, month, day = (int(found.group(name)) for name in "ymd")
    return Phrase(begin, stop, (Item(Point(begin, stop, Year(year, unit="year"), month, day, dotted="ymd")),))
