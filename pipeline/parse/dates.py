"""Dates of entries: the one a line starts with, a year heading, a table cell, a clock time.

Takes text as it stands (line ends may be in it), the context said so far, and the date rules.
Gives a Found (offsets in that text, value, the context after it, findings), or None where there is
no date. Reads rules/dates.toml and eras.csv. RECORDS, Date, decides what is right.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.findings import Finding
from pipeline.model import DateValue, Text
from pipeline.parse.date_cells import parse_date
from pipeline.parse.date_forms import forms
from pipeline.parse.date_headings import find_year_heading
from pipeline.parse.date_phrases import Phrase, read_phrase
from pipeline.parse.date_reading import clock_end, find_reach, make_found
from pipeline.parse.date_said import CLOCK, DAY, MONTH, Found, Said, Weekday
from pipeline.parse.date_view import View
from pipeline.parse.date_weigh import weigh
from pipeline.rules.dates import DateRules

__all__ = [
    "Found", "Said", "Weekday", "find_clock", "find_date", "find_year_heading", "parse_date",
]  # fmt: skip


def find_date(text: str, said: Said, rules: DateRules, start: int = 0) -> Found | None:
    """The date that the line starts with at `start`, blanks skipped: `5月 30、31日 東北六魂祭` gives both days.

    None for a line that only starts like one (四日市, 5年間, 7.18メートル, 2020年を契機とした).
    What is doubtful comes with a low `confidence`; an unreadable date comes with no EDTF.
    """
    pattern = forms(rules)
    if not pattern.first.match(text, start):
        return None
    view = View(text, start, pattern)
    if view.text[view.begin : view.begin + 1] in pattern.opening:
        return _find_bracketed(view, said)
    return _find_plain(view, view.begin, said) or _find_misprint(view, said)


def _find_plain(view: View, begin: int, said: Said) -> Found | None:
    phrase = read_phrase(view.text, begin, view.forms)
    if phrase is None:
        return None
    end, held = find_reach(view, phrase)
    confidence, glued = weigh(view.text, phrase, said, view.forms, end)
    if not confidence:
        return None
    confidence = min(confidence, 0.3) if held else confidence
    return make_found(view, phrase, said, confidence=confidence, glued=glued, end=end)


def _find_bracketed(view: View, said: Said) -> Found | None:
    """【平成3年4月1日】: a date in brackets that open the line and close right behind it."""
    opening = view.text[view.begin : view.begin + 1]
    closing = next((pair[1] for pair in view.forms.rules.brackets if pair[0] == opening), None)
    if closing is None:
        return None
    begin = view.skip(view.begin + 1)
    phrase = read_phrase(view.text, begin, view.forms)
    if not phrase:
        return None
    end = view.skip(phrase.end)
    if view.text[end : end + 1] != closing:
        return None
    if opening in "（(" and (whole := _find_behind_year(view, phrase, end + 1, said)):
        return whole
    point = phrase.items[0].first
    round_bracket = opening in "（("
    confidence = 0.4 if round_bracket or not phrase.closed or point.numbers else 0.9
    found = make_found(view, phrase, said, confidence=confidence, glued=False)
    raw = view.raw(view.begin, end + 1)
    value = replace(found.value, text=Text(raw))
    said = found.said.but(last=value) if found.said.last == found.value else found.said
    return replace(
        found, start=view.place(view.begin), end=view.place(end + 1), value=value, said=said, bracketed=True
    )


def _find_behind_year(view: View, year: Phrase, begin: int, said: Said) -> Found | None:
    """（昭和61年）10月5日: the month and day behind a year in brackets; （1989）昭和64年1月7日: the same year again."""
    point = year.items[0].first
    if len(year.items) > 1 or not point.year or point.has_month:
        return None
    after = make_found(view, year, said, confidence=1.0, glued=False).said
    rest = _find_plain(view, view.skip(begin), after)
    if rest is None or rest.value.edtf is None:
        return None
    if rest.said.year != after.year if rest.year_said else "月" not in rest.value.text.value:
        return None
    value = replace(rest.value, text=Text(view.source[view.place(view.begin) : rest.end]))
    said = rest.said.but(last=value)
    return replace(rest, start=view.place(view.begin), value=value, said=said, year_said=True)


def _find_misprint(view: View, said: Said) -> Found | None:
    """昭和20月09月: 月 where 年 should stand; an entry's date, but which one nobody wrote."""
    found = view.forms.misprint.match(view.text, view.begin)
    if not found or view.forms.word.match(view.text, found.end()):
        return None
    raw = view.raw(found.start(), found.end())
    start, stop = view.place(found.start()), view.place(found.end())
    finding = Finding("date_unreadable", f"{raw}: says no year, but two months; no date given", start, stop)
    value = DateValue(None, None, None, None, Text(raw))
    return Found(start, stop, value, said.block(), MONTH, (finding,), year_said=True, confidence=0.6)


def find_clock(text: str, said: Said, rules: DateRules) -> Found | None:
    """The clock time that a line of a log starts with; its value is the day said last.

    None where no day was said, and for 10時間 and the like.
    """
    pattern = forms(rules)
    if not pattern.first.match(text) or (said.day is None and not said.blocked):
        return None
    view = View(text, 0, pattern)
    end = clock_end(view, view.begin, allow_join=False)
    if end is None:
        return None
    raw = view.raw(view.begin, end)
    glued = view.word_follows(end)
    if said.day is None:
        message = f"{raw}: the date before it could not be read; no date given"
        start, stop = view.place(view.begin), view.place(end)
        value = DateValue(None, None, None, None, Text(raw))
        findings = (Finding("date_context_blocked", message, start, stop),)
        return Found(start, stop, value, said, CLOCK, findings, glued=glued)
    value = DateValue(said.day.isoformat(), said.day, said.day, DAY, Text(raw))
    confidence = 0.6 if glued else 0.8
    return Found(
        view.place(view.begin),
        view.place(end),
        value,
        said.but(last=value),
        CLOCK,
        glued=glued,
        confidence=confidence,
    )
