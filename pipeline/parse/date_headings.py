"""Year headings: a line that is a year, a fiscal year, a decade or an era and nothing else.

Takes a line, the context and the date rules. Gives a Found whose context holds for the dates below.
Reads rules/dates.toml and eras.csv.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from pipeline.model import DateValue, Text
from pipeline.parse.date_forms import forms
from pipeline.parse.date_phrases import read_phrase
from pipeline.parse.date_reading import make_found
from pipeline.parse.date_said import ERA, FISCAL, YEAR, Found, Said
from pipeline.parse.date_view import View
from pipeline.parse.date_years import is_plausible_year
from pipeline.rules.dates import DateRules

_DAY_OR_MONTH = regex.compile("[月日⽉⽇]")
EARLIEST_HEADING = 1800  # of four digits alone on a line
LONGEST_BARE = 20  # characters of a heading without 年: 2019, 【昭和】
LONGEST = 80  # characters: a longer line is no heading


def find_year_heading(text: str, said: Said, rules: DateRules) -> Found | None:
    """The year, fiscal year, decade or era that is all there is on the line: `【平成元年】`, `2014年（平成26年）`.

    The context it gives holds for every date below it, up to the next heading.
    """
    if len(text) > LONGEST or _DAY_OR_MONTH.search(text):
        return None
    if "年" not in text and len(text.strip()) > LONGEST_BARE:
        return None
    pattern = forms(rules, cell=True)
    if not pattern.first.match(text, pattern.decoration.match(text).end()):
        return None
    view = View(text, 0, pattern)
    return _find_heading(view, view.forms.decoration.match(view.text).end(), said)


def _find_heading(view: View, begin: int, said: Said) -> Found | None:
    if era := _find_era_heading(view, begin):
        return era
    phrase = read_phrase(view.text, begin, view.forms)
    if phrase is None:
        return None
    point = phrase.items[0].first
    if (
        len(phrase.items) > 1
        or point.has_month
        or not point.has_year
        or point.season is not None
        or point.inexact
    ):
        return None
    behind = view.forms.era_behind.match(view.text, phrase.end).end()  # 1952(昭和27)【昭和】 壬辰
    if view.forms.decoration.match(view.text, behind).end() != len(view.text) or phrase.items[0].opens:
        return None
    if not phrase.closed and not is_plausible_year(point.year, EARLIEST_HEADING):
        return None
    if point.year and point.year.carried and said.era is None and not said.blocked:
        return None
    found = make_found(view, phrase, said, confidence=1.0 if phrase.closed else 0.6, glued=False)
    if found.value.edtf is None or found.value.start is None:
        return replace(found, is_heading=True)
    year = found.value.start.year
    single = phrase.items[0].last is None and found.kind in (YEAR, FISCAL)
    after = Said(
        era=found.said.era,
        year=year if single else None,
        fiscal=year if found.kind == FISCAL and single else None,
        heading=year if single else None,
        era_leads=found.said.era_leads,
        dotted="",
    )
    return replace(found, said=after, is_heading=True)


def _find_era_heading(view: View, begin: int) -> Found | None:
    """昭和 alone: the era of the numbers below it (7年12月27日)."""
    found = view.forms.era_alone.match(view.text, begin)
    if not found or view.forms.decoration.match(view.text, found.end()).end() != len(view.text):
        return None
    name = "".join(found.group("name").split())
    raw = view.raw(begin, found.end())
    value = DateValue(None, None, None, None, Text(raw))
    after = Said(era=view.forms.era_of_form[name], era_leads=True)
    return Found(
        view.place(begin), view.place(found.end()), value, after, ERA, is_heading=True, year_said=True
    )
