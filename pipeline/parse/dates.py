"""Dates of entries: the one a line starts with, a year heading, a table cell, a clock time.

Takes text as it stands (line ends may be in it), the context said so far, and the date rules.
Gives a Found (offsets in that text, value, the context after it, findings), or None where there is
no date. Reads rules/dates.toml and eras.csv. RECORDS, Date, decides what is right.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import DateValue, Text
from pipeline.parse.date_forms import Forms, forms
from pipeline.parse.date_phrases import Phrase, read_phrase
from pipeline.parse.date_points import Point
from pipeline.parse.date_resolve import Outcome, resolve
from pipeline.parse.date_said import CLOCK, DAY, DECADE, ERA, FISCAL, MONTH, SEASON, UNKNOWN, YEAR, Found, Said, Weekday
from pipeline.parse.date_values import Resolved
from pipeline.parse.date_weigh import weigh
from pipeline.rules.dates import DateRules

__all__ = ["Found", "Said", "find_clock", "find_date", "find_year_heading", "parse_date"]

WINDOW = 400  # no date expression is longer
_FOLD = str.maketrans("．／：－，｡＇＂（）［］", "./:-，。'\"（）[]")
_LINE_END = regex.compile(r"[ \t\u3000\xa0]*+[\r\n\f\v]++[ \t\u3000\xa0\r\n\f\v]*+")
_BLANK = regex.compile(r"[ \n]*+")
_DECORATION = regex.compile(r"[ \n\p{P}\p{S}]*+")


def find_date(text: str, said: Said, rules: DateRules, start: int = 0) -> Found | None:
    """The date that the line starts with at `start`, blanks skipped: `5月 30、31日 東北六魂祭` gives both days.

    None for a line that only starts like one (四日市, 5年間, 7.18メートル, 2020年を契機とした).
    What is doubtful comes with a low `confidence`; an unreadable date comes with no EDTF.
    """
    pattern = forms(rules)
    if not pattern.first.match(text, start):
        return None
    view = _View(text, start, pattern)
    found = _find_bracketed(view, said) or _find_plain(view, view.begin, said)
    return found


def find_year_heading(text: str, said: Said, rules: DateRules) -> Found | None:
    """The year, fiscal year, decade or era that is all there is on the line: `【平成元年】`, `2014年（平成26年）`.

    The context it gives holds for every date below it, up to the next heading.
    """
    if len(text) > 80:
        return None
    pattern = forms(rules, cell=True)
    view = _View(text, 0, pattern)
    begin = _DECORATION.match(view.text).end()
    found = _find_heading(view, begin, said)
    if found is None and begin and view.text[begin - 1] in "'’":
        found = _find_heading(view, begin - 1, said)
    return found


def parse_date(text: str, said: Said, rules: DateRules) -> Found | None:
    """The date that a whole table cell is, line ends and brackets included; None where it is none."""
    if len(text) > WINDOW:
        return None
    pattern = forms(rules, cell=True)
    if not pattern.first.match(text):
        return None
    view = _View(text, 0, pattern)
    found = _find_cell(view, said)
    return found


def find_clock(text: str, said: Said, rules: DateRules) -> Found | None:
    """The clock time that a line of a log starts with; its value is the day said last.

    None where no day was said, and for 10時間 and the like.
    """
    pattern = forms(rules)
    if not pattern.first.match(text) or (said.day is None and not said.blocked):
        return None
    view = _View(text, 0, pattern)
    end = _clock_end(view, view.begin, allow_join=False)
    if end is None:
        return None
    raw = _raw(view, view.begin, end)
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
        view.place(view.begin), view.place(end), value, said.but(last=value), CLOCK, glued=glued, confidence=confidence
    )


class _View:
    """Folded text of the window from `start`, line ends kept, and the way back to the source's offsets."""

    def __init__(self, text: str, start: int, pattern: Forms) -> None:
        piece = text[start : start + WINDOW]
        folded = chars.fold(piece, start)
        self.source = text
        self.forms = pattern
        shown = folded.text.translate(_FOLD)
        if "\n" in piece or "\r" in piece or "\f" in piece:
            shown = "".join(
                "\n" if text[place] in "\n\r\f\v" else sign
                for sign, place in zip(shown, folded.offsets, strict=False)
            )
        self.text = shown
        self._offsets = folded.offsets
        blank = _BLANK.match(shown)
        self.begin: int = blank.end()

    def place(self, offset: int) -> int:
        """The offset in the text that was given."""
        return self._offsets[offset]

    def word_follows(self, offset: int) -> bool:
        """Whether a letter or digit stands right there."""
        return bool(self.forms.word.match(self.text, offset))


def _find_plain(view: _View, begin: int, said: Said) -> Found | None:
    phrase = read_phrase(view.text, begin, view.forms)
    while phrase:
        confidence, glued = weigh(view.text, phrase, said, view.forms)
        if confidence:
            return _make_found(view, phrase, said, confidence=confidence, glued=glued)
        phrase = phrase.cut if phrase.cut and _may_cut(view, phrase) else None
    return None


def _may_cut(view: _View, phrase: Phrase) -> bool:
    """A list whose last date starts a sentence (10月5日、6日の…) is no date at all."""
    return False


def _find_bracketed(view: _View, said: Said) -> Found | None:
    """【平成3年4月1日】: a date in brackets that open the line and close right behind it."""
    opening = view.text[view.begin : view.begin + 1]
    closing = next((pair[1] for pair in view.forms.rules.brackets if pair[0] == opening), None)
    if closing is None:
        return None
    begin = _BLANK.match(view.text, view.begin + 1).end()
    phrase = read_phrase(view.text, begin, view.forms)
    if not phrase:
        return None
    end = _BLANK.match(view.text, phrase.end).end()
    if view.text[end : end + 1] != closing:
        return None
    point = phrase.items[0].first
    round_bracket = opening in "（("
    confidence = 0.4 if round_bracket or not phrase.closed or point.numbers else 0.9
    found = _make_found(view, phrase, said, confidence=confidence, glued=False)
    raw = _raw(view, view.begin, end + 1)
    value = replace(found.value, text=Text(raw))
    said = found.said.but(last=value) if found.said.last == found.value else found.said
    return replace(
        found, start=view.place(view.begin), end=view.place(end + 1), value=value, said=said, bracketed=True
    )


def _make_found(view: _View, phrase: Phrase, said: Said, *, confidence: float, glued: bool) -> Found:
    """The reading of a phrase: completed from the context, its clock time taken in."""
    end = phrase.end
    only = phrase.items[0] if len(phrase.items) == 1 else None
    if only and (only.first.has_day or only.first.repeats) and not only.opens and phrase.closed:
        clock = _clock_end(view, end, allow_join=True)
        if clock is not None:
            confidence = confidence if view.text[end : end + 1] == " " and not glued else min(confidence, 0.4)
            end, glued = clock, view.word_follows(clock)
    raw = _raw(view, phrase.start, end)
    outcome = resolve(phrase, said, raw, view.forms.rules)
    value = replace(outcome.value, text=Text(raw))
    after = outcome.said.but(last=value) if value.edtf is not None else outcome.said
    return Found(
        start=view.place(phrase.start),
        end=view.place(end),
        value=value,
        said=after,
        kind=_kind(phrase, outcome),
        findings=tuple(_at(finding, view) for finding in outcome.findings),
        year_said=any(item.first.has_year for item in phrase.items),
        glued=glued,
        confidence=confidence,
        weekdays=_weekdays(view, outcome.days),
    )


def _kind(phrase: Phrase, outcome: Outcome) -> str:
    """What the expression says at its finest."""
    point = phrase.items[0].first
    if point.has_day or point.repeats or (outcome.days and outcome.days[0][1].day is not None):
        return DAY
    if point.has_month or point.month is not None:
        return MONTH
    if point.season is not None:
        return SEASON
    if outcome.days and outcome.days[0][1].month is not None:
        return MONTH
    if point.year and point.year.unit in ("decade", "century"):
        return DECADE
    if point.year and point.year.unit == "fiscal":
        return FISCAL
    return YEAR if point.has_year else UNKNOWN


def _weekdays(view: _View, days: tuple[tuple[Point, Resolved], ...]) -> tuple[Weekday, ...]:
    """Each weekday sign with its day: of several signs behind one date, the last belongs to the last date."""
    found: list[Weekday] = []
    for index, (point, _) in enumerate(days):
        for back, (sign, start, end) in enumerate(reversed(point.weekdays)):
            if index - back >= 0 and days[index - back][1].day is not None:
                found.append(Weekday(days[index - back][1].first(), sign, view.place(start), view.place(end)))
    return tuple(sorted(found, key=lambda one: one.start))


def _at(finding: Finding, view: _View) -> Finding:
    if finding.start is None or finding.end is None:
        return finding
    return replace(finding, start=view.place(finding.start), end=view.place(finding.end))


def _raw(view: _View, start: int, end: int) -> str:
    """The source's characters, line ends (and the blanks around them) dropped."""
    piece = view.source[view.place(start) : view.place(end)]
    return _LINE_END.sub("", piece)


def _clock_end(view: _View, place: int, *, allow_join: bool) -> int | None:
    """Where the clock time (or period of clock times) that stands there ends."""
    found = view.forms.clock.match(view.text, place)
    if not found or not _is_clock(found, view):
        return None
    if not allow_join and found.start() != place:
        return None
    end = found.end()
    last = view.forms.clock_to.match(view.text, end)
    if last and _is_clock(last, view):
        return int(last.end())
    return int(end)


def _is_clock(found: regex.Match[str], view: _View) -> bool:
    from pipeline.parse.date_forms import read_number

    hour, minute = read_number(found, "h", view.forms.rules), read_number(found, "mi", view.forms.rules)
    return hour is not None and hour <= 30 and (minute is None or minute <= 59)


def _find_heading(view: _View, begin: int, said: Said) -> Found | None:
    phrase = read_phrase(view.text, begin, view.forms)
    if phrase is None:
        return _find_era_heading(view, begin, said)
    point = phrase.items[0].first
    if len(phrase.items) > 1 or point.has_month or not point.has_year or point.season is not None or point.inexact:
        return None
    if _DECORATION.match(view.text, phrase.end).end() != len(view.text) or phrase.items[0].opens:
        return None
    if not phrase.closed and not _is_plausible_year(point):
        return None
    found = _make_found(view, phrase, said, confidence=1.0 if phrase.closed else 0.6, glued=False)
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


def _is_plausible_year(point: Point) -> bool:
    year = point.year
    return year is not None and (year.era is not None or 1800 <= year.number <= 2100)


def _find_era_heading(view: _View, begin: int, said: Said) -> Found | None:
    """昭和 alone: the era of the numbers below it (7年12月27日)."""
    found = view.forms.era_alone.match(view.text, begin)
    if not found or _DECORATION.match(view.text, found.end()).end() != len(view.text):
        return None
    name = "".join(found.group("name").split())
    raw = _raw(view, begin, found.end())
    value = DateValue(None, None, None, None, Text(raw))
    after = Said(era=view.forms.era_of_form[name], era_leads=True)
    return Found(view.place(begin), view.place(found.end()), value, after, ERA, is_heading=True, year_said=True)


def _find_cell(view: _View, said: Said) -> Found | None:
    """The whole cell, without brackets around it and words such as 付 behind it."""
    text, begin, stop = view.text, view.begin, len(view.text.rstrip(" \n"))
    opening = text[begin : begin + 1]
    closing = next((pair[1] for pair in view.forms.rules.brackets if pair[0] == opening), None)
    if closing and text[stop - 1 : stop] == closing:
        begin, stop = _BLANK.match(text, begin + 1).end(), stop - 1
    compact = view.forms.compact.match(text, begin)
    phrase = None if compact and compact.end() == stop else read_phrase(text, begin, view.forms)
    if compact and phrase is None and compact.end() == stop:
        from pipeline.parse.date_years import Year

        point = Point(
            begin, stop, Year(int(compact["y"]), unit="year"), int(compact["m"]), int(compact["d"]), dotted="ymd"
        )
        from pipeline.parse.date_phrases import Item

        phrase = Phrase(begin, stop, (Item(point),))
    if phrase is None:
        return None
    confidence, _ = weigh(text, phrase, said, view.forms)
    found = _make_found(view, phrase, said, confidence=max(confidence, 0.5), glued=False)
    end = next(index for index in range(len(text) + 1) if view.place(index) >= found.end)
    tail = view.forms.cell_tail.match(text, end)
    for rest in (end, tail.end() if tail else end):
        if _BLANK.match(text, rest).end() >= stop:
            return found
    return None
