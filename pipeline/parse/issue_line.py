"""The day of issue above a chronology: a date alone, or beside the body's name, that begins no entry.

Takes the steps of a first way through the sheet and every date that was met at a line's beginning.
Gives the line of the day of issue. Reads rules/layout.toml (title). RECORDS, The document.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date

from pipeline import chars
from pipeline.parse.sheet import Sheet
from pipeline.parse.starts import Start
from pipeline.parse.steps import HEAD, HEADING, START, Step
from pipeline.rules.layout import LayoutRules

_TITLE_LINES = 12  # steps among which it stands
_LONGEST_BODY = 20  # characters of the name of a body
_WHOLE = ("day", "month")


def find_issue_line(
    sheet: Sheet, steps: Sequence[Step], met: Sequence[Start], rules: LayoutRules
) -> int | None:
    """The index of the line, where the first date is none of the chronology's: no later one is below it.

    Entries from new to old begin with the latest date too: there it must be the only date without text.
    """
    place = next((n for n, step in enumerate(steps[:_TITLE_LINES]) if step.kind in (START, HEADING)), None)
    if place is None or not _may_be_issue(sheet, steps[place], met, rules):
        return None
    issued, line = steps[place].date, steps[place].lines[0]
    if not steps[place].fragments and _heads_rows(steps[place], steps[place + 1 :]):
        return line
    below = [*_days_of(steps[place + 1 :]), *(_day(start) for start in met if start.lines[0] > line)]
    days = [day for day in below if day is not None]
    if issued is None or issued.start is None or not days or issued.start < max(days):
        return None
    alone = [start.gap == "line" for start in met if start.lines[0] > line]
    if _ascends(days) or (not steps[place].fragments and sum(alone) < 0.2 * len(alone)):
        return line
    return None


def _may_be_issue(sheet: Sheet, step: Step, met: Sequence[Start], rules: LayoutRules) -> bool:
    """Whether the step is a day or month that says its year, with nothing beside it but the name of a body."""
    if step.kind != START or step.table is not None or step.unit not in _WHOLE or step.marks:
        return False
    if not any(start.lines == step.lines and start.found.year_said for start in met):
        return False
    texts = [chars.key(sheet.source[part.span.start : part.span.end]) for part in step.fragments]
    return all(len(text) <= _LONGEST_BODY and text.endswith(rules.body_words) for text in texts)


def _heads_rows(issue: Step, steps: Sequence[Step]) -> bool:
    """Whether the next date is a row of a table, or an earlier year that heads the rows below it."""
    below = next((step for step in steps if step.kind in (START, HEADING, HEAD)), None)
    if below is None or below.table is not None:
        return below is not None
    year, day = below.date, issue.date
    earlier = year is not None and day is not None and year.end is not None and day.start is not None
    return below.kind == HEADING and earlier and year.end < day.start  # type: ignore[union-attr,operator]


def _days_of(steps: Sequence[Step]) -> list[date | None]:
    """The days of headings and of the rows of tables."""
    return [
        step.date.start
        for step in steps
        if step.date is not None and (step.kind == HEADING or step.table is not None)
    ]


def _day(start: Start) -> date | None:
    return start.date.start if start.found.year_said else None


def _ascends(days: Sequence[date]) -> bool:
    pairs = list(itertools.pairwise(days))
    return sum(after >= before for before, after in pairs) > 0.5 * len(pairs)
