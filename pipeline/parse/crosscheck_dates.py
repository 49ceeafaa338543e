"""Cross-checks of dates: weekdays, days and eras that there are not, fiscal years, dates of decisions.

Each function takes Facts and gives findings. Reads rules/checks.toml, rules/dates.toml, rules/eras.csv.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import regex

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import Spans
from pipeline.parse.annex_values import calendar_year, era_forms
from pipeline.parse.crosscheck_days import Day, find_days, is_countable, period
from pipeline.parse.crosscheck_facts import Facts
from pipeline.parse.eras import find_era, is_past

_SPAN_LABELS = regex.compile(r"日時|期日|期間|会期|開催日")


def check_weekday(facts: Facts) -> Iterator[Finding]:
    """A weekday that its date does not have, in an entry's date and in its text."""
    rules = facts.rules.dates
    for index, event in enumerate(facts.reading.events):
        folded = chars.fold(event.date.text.value).text
        for day in find_days(folded, period(event), rules.eras, rules.weekdays):
            yield from _weekday(facts, day, index, event.date.text.spans, day.year_said)
    for paragraph in facts.paragraphs:
        for day in paragraph.days:
            yield from _weekday(facts, day, paragraph.event, paragraph.text.spans, day.year_said)


def _weekday(facts: Facts, day: Day, event: int, spans: Spans, certain: bool) -> Iterator[Finding]:
    if day.day is None or day.weekday is None or not is_countable(day.day):
        return
    signs = facts.rules.dates.weekdays
    right = signs[day.day.weekday()]
    if right != day.weekday:
        line = facts.line(spans[0].start if spans else None)
        message = f"line {line}: {day.text} names the weekday {day.weekday}; {day.day} is {right}"
        if not certain:
            message += f" (the year is that of the entry on line {facts.event_line(event)})"
        yield facts.find("weekday_disagrees" if certain else "weekday_doubtful", message, spans, event)


def check_days_that_are(facts: Facts) -> Iterator[Finding]:
    """A day inside text that no calendar has, or that its era does not have."""
    eras = facts.rules.dates.eras
    for paragraph in facts.paragraphs:
        for day in paragraph.days:
            spans = paragraph.text.spans
            line = facts.line(spans[0].start if spans else None)
            if day.day is None:
                message = f"line {line}: {day.text} is a day that no calendar has"
                yield facts.find("day_in_text_impossible", message, spans, paragraph.event)
                continue
            era = find_era(day.era, eras) if day.era else None
            if era and is_past(era, day.day, day.day):
                message = f"line {line}: {day.text} is outside {era.name} ({era.start} to {era.end or 'today'}); it is {day.day}"
                yield facts.find("day_in_text_past_era", message, spans, paragraph.event)


def check_fiscal_year(facts: Facts) -> Iterator[Finding]:
    """A headline that opens with a fiscal year which its date is not in (平成30年度 第1回… in May 2017)."""
    eras = facts.rules.dates.eras
    forms = "|".join(regex.escape(form) for form in sorted(era_forms(eras), key=len, reverse=True))
    opening = regex.compile(
        rf"[「『“]?(?:(?P<era>{forms}) *)?(?P<year>[0-9]{{1,4}}|元) *年度 *(?P<counted>第 *[0-9]+ *回)?"
    )
    for index, event in enumerate(facts.reading.events):
        heading = event.parent or event.headline
        match = opening.match(chars.fold(heading.value).text)
        if match is None or event.date.start is None or event.date.precision == "fiscal_year":
            continue
        year = calendar_year(match["era"], match["year"], eras)
        counted = match["counted"] or event.event_type in ("exhibition", "lecture", "promotion")
        if year is None or not counted or _says(chars.key(heading.value), facts.rules.checks.fiscal_not_with):
            continue
        first, last = date(year, 4, 1), date(year + 1, 3, 31)
        if event.date.start > last or (event.date.end or event.date.start) < first:
            message = (
                f"line {facts.line(heading.spans[0].start if heading.spans else None)}: headline says "
                f"{match.group().strip('「『“ ')} ({first} to {last}); the entry's date, line {event.line_first}, "
                f"is {event.date.edtf}"
            )
            yield facts.find("fiscal_year_disagrees", message, heading.spans, index)


def _says(key: str, words: tuple[str, ...]) -> bool:
    return any(word in key for word in words)


def check_decision(facts: Facts) -> Iterator[Finding]:
    """The day of a decision inside a headline (閣議決定（6月21日）, １２月２２日（金）に閣議決定) and the entry's date."""
    words = "|".join(regex.escape(word) for word in facts.rules.checks.decision_words)
    behind = regex.compile(rf"(?:{words}) *(?:[(（] *$)")
    ahead = regex.compile(rf" *(?:付け?)? *(?:に|で|の)? *(?:{words})(?P<rest>.{{0,8}})")
    after = regex.compile(r"^ *[)）](?P<rest>.{0,8})")
    for paragraph in facts.paragraphs:
        event = facts.reading.events[paragraph.event]
        if paragraph.detail is not None or event.date.start is None or event.date.precision != "day":
            continue
        for day in paragraph.days:
            text = paragraph.folded
            rest = (
                after.match(text[day.end : day.end + 30])
                if behind.search(text[max(0, day.start - 12) : day.start])
                else ahead.match(text[day.end : day.end + 40])
            )
            if rest is None or day.day is None:
                continue
            if chars.key(rest["rest"]).startswith(facts.rules.checks.decision_not_behind):
                continue
            if not event.date.start <= day.day <= (event.date.end or event.date.start):
                line = facts.line(paragraph.text.spans[0].start if paragraph.text.spans else None)
                message = (
                    f"line {line}: headline says the decision was on {day.day} ({day.text}); "
                    f"the entry's date, line {event.line_first}, is {event.date.edtf}"
                )
                yield facts.find("decision_date_disagrees", message, paragraph.text.spans, paragraph.event)


def check_date_of_detail(facts: Facts) -> Iterator[Finding]:
    """A detail 日時, 期間 … whose days are all outside the entry's dates."""
    for paragraph in facts.paragraphs:
        event = facts.reading.events[paragraph.event]
        bounds = period(event)
        if paragraph.detail is None or bounds is None or event.date.precision != "day":
            continue
        label = event.details[paragraph.detail].label
        if label is None or not _SPAN_LABELS.search(label.value):
            continue
        days = [day.day for day in paragraph.days if day.day]
        start, end = bounds[0], bounds[1]
        if days and (max(days) < start or (end is not None and min(days) > end)):
            line = facts.line(paragraph.text.spans[0].start if paragraph.text.spans else None)
            message = f"line {line}: {label.value} says {min(days)}; the entry's date, line {event.line_first}, is {event.date.edtf}"
            yield facts.find("detail_date_outside", message, paragraph.text.spans, paragraph.event)
