"""A phrase completed: value, context, findings and weekdays, at offsets of the text that was given.

Takes a View of the text, a Phrase in it and the context. Gives a Found.
Reads nothing of its own.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from pipeline.findings import Finding
from pipeline.model import Text
from pipeline.parse.date_forms import read_number
from pipeline.parse.date_phrases import Phrase
from pipeline.parse.date_resolve import Outcome, resolve
from pipeline.parse.date_said import DAY, DECADE, FISCAL, MONTH, SEASON, UNKNOWN, YEAR, Found, Said, Weekday
from pipeline.parse.date_values import Resolved
from pipeline.parse.date_view import View
from pipeline.parse.date_written import Point


def find_reach(view: View, phrase: Phrase) -> tuple[int, bool]:
    """Where the phrase ends with the clock time behind it, and whether hours of an event are glued to it.

    4月16日14時46分 is when it happened; 10月7日（土）10:00-18:00 is when something was held.
    """
    only = phrase.items[0] if len(phrase.items) == 1 else None
    if only is None or not (only.first.has_day or only.first.repeats) or only.opens or not phrase.closed:
        return phrase.end, False
    clock = clock_end(view, phrase.end, allow_join=True)
    if clock is None:
        return phrase.end, False
    held = view.forms.wave.search(view.text, phrase.end, clock + 1) or view.forms.clock_held.search(
        view.text, phrase.end, clock
    )
    return clock, bool(held) and view.text[phrase.end : phrase.end + 1] != " "


def make_found(
    view: View, phrase: Phrase, said: Said, *, confidence: float, glued: bool, end: int = 0
) -> Found:
    """The reading of a phrase, completed from the context; `end` is where its clock time ends, if it has one."""
    end = end or phrase.end
    raw = view.raw(phrase.start, end)
    outcome = resolve(phrase, said, raw)
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
    if point.year and point.year.unit in ("decade", "century", "era"):
        return DECADE
    if point.year and point.year.unit == "fiscal":
        return FISCAL
    return YEAR if point.has_year else UNKNOWN


def _weekdays(view: View, days: tuple[tuple[Point, Resolved], ...]) -> tuple[Weekday, ...]:
    """Each weekday sign with its day: of several signs behind one date, the last belongs to the last date."""
    found: list[Weekday] = []
    for index, (point, _) in enumerate(days):
        for back, (sign, start, end) in enumerate(reversed(point.weekdays)):
            if index - back >= 0 and days[index - back][1].day is not None:
                found.append(Weekday(days[index - back][1].first(), sign, view.place(start), view.place(end)))
    return tuple(sorted(found, key=lambda one: one.start))


def _at(finding: Finding, view: View) -> Finding:
    if finding.start is None or finding.end is None:
        return finding
    return replace(finding, start=view.place(finding.start), end=view.place(finding.end))


def clock_end(view: View, place: int, *, allow_join: bool) -> int | None:
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
    open_end = view.forms.clock_open.match(view.text, end)
    return int(open_end.end() if open_end else end)


def _is_clock(found: regex.Match[str], view: View) -> bool:
    hour, minute = read_number(found, "h", view.forms.rules), read_number(found, "mi", view.forms.rules)
    if found.group("word"):
        return True
    if found.group("again"):  # 同50分: the hour is that of the time above
        return minute is not None and minute <= 59
    return hour is not None and hour <= 30 and (minute is None or minute <= 59)
