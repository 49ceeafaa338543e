"""Lines between entries that belong to none: headings of sections, words between the tables of a page.

Takes the steps through a document. Gives them with such lines set aside.
Reads rules/layout.toml (closing brackets) only; what is set aside is told by where it stands.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline import chars
from pipeline.model import BROKEN
from pipeline.parse.sheet import Sheet
from pipeline.parse.steps import ASIDE, HEAD, HEADING, START, TEXT, Step
from pipeline.rules.layout import LayoutRules

_LONGEST = 30.0  # full-width characters of a section's heading
_LEAST_BACK = 366  # days that the dates go back where a new section begins
_DECORATED = "【〔［[＜〈《■□◆◇●◎▼▽▲△★☆#"


def set_aside(sheet: Sheet, steps: Sequence[Step], rules: LayoutRules) -> tuple[Step, ...]:
    """The steps, with headings of sections and loose lines between tables as asides."""
    loose = _loose_lines(steps) - _below_dates(sheet, steps)
    headed = _section_headings(sheet, steps, rules)
    return tuple(
        replace(step, kind=ASIDE) if place in loose or place in headed else step
        for place, step in enumerate(steps)
    )


def _loose_lines(steps: Sequence[Step]) -> set[int]:
    """Plain lines outside the tables of a document whose entries stand in tables."""
    starts = [step.table is not None for step in steps if step.kind == START]
    if not starts or sum(starts) < 0.8 * len(starts):
        return set()
    above: list[int | None] = []
    last: int | None = None
    for step in steps:
        last = step.table if step.table is not None else last
        above.append(last)
    loose: set[int] = set()
    below: int | None = None
    for place in range(len(steps) - 1, -1, -1):
        step = steps[place]
        if step.table is not None:
            below = step.table
        elif step.kind == TEXT and (above[place] is None or above[place] != below):
            loose.add(place)
    return loose


def _below_dates(sheet: Sheet, steps: Sequence[Step]) -> set[int]:
    """The lines right below a date that stands outside the tables with no text beside it: its text."""
    below: set[int] = set()
    lines = sheet.document.lines
    for place, (above, step) in enumerate(itertools.pairwise(steps), start=1):
        is_date = above.kind == START and above.table is None and not above.fragments
        if step.kind != TEXT or step.table is not None or not (is_date or place - 1 in below):
            continue
        if lines[step.lines[0]].number == lines[above.lines[-1]].number + 1:
            below.add(place)
    return below


def _section_headings(sheet: Sheet, steps: Sequence[Step], rules: LayoutRules) -> set[int]:
    """Short lines right above a year or a date: headings by markup or words, where the dates go back, or
    decorated as only such lines are."""
    candidates = [place for place in range(1, len(steps)) if _stands_above_start(sheet, steps, place)]
    headed = {place for place in candidates if _is_headed(sheet, steps[place], rules)}
    days = [step.date.start if step.date and step.kind in (START, HEADING) else None for step in steps]
    ascends = not _descends(days)
    for place in candidates:
        before = _last_day(steps, days, place)
        after = next((day for day in days[place + 1 : place + 4] if day), None)
        if before and after and (before - after).days >= _LEAST_BACK and ascends:
            headed.add(place)
    signs: dict[str, list[int]] = {}
    for place, step in enumerate(steps):
        text = sheet.text_of(step.fragments)
        if step.kind == TEXT and text and text[0] in _DECORATED and _is_whole(text, rules):
            signs.setdefault(text[0], []).append(place)
    above = set(candidates)
    for sign, places in signs.items():
        if sign == "#" or (len(places) >= 2 and all(place in above for place in places)):
            headed.update(places)
    return headed


def _is_headed(sheet: Sheet, step: Step, rules: LayoutRules) -> bool:
    """Whether a line is a heading by the source's markup, or by its words: 平成の部, 明治・大正時代."""
    if sheet.document.lines[step.lines[0]].is_heading:
        return True
    return bool(rules.section.fullmatch(chars.key(sheet.text_of(step.fragments))))


def _stands_above_start(sheet: Sheet, steps: Sequence[Step], place: int) -> bool:
    step, above = steps[place], steps[place - 1]
    if step.kind != TEXT or len(step.fragments) != 1 or place + 1 >= len(steps):
        return False
    if steps[place + 1].kind not in (START, HEADING, HEAD):
        return False
    is_marked = sheet.document.lines[step.lines[0]].is_heading
    if not is_marked and ((above.kind == START and not above.fragments) or above.kind == HEADING):
        return False
    if above.fragments and above.fragments[-1].wrap in BROKEN:
        return False
    text = sheet.text_of(step.fragments)
    return chars.width(text) <= _LONGEST and not text.endswith(("。", "、", "，"))


def _last_day(steps: Sequence[Step], days: Sequence[date | None], place: int) -> date | None:
    for index in range(place - 1, -1, -1):
        if steps[index].kind == START and days[index]:
            return days[index]
    return None


def _descends(days: Sequence[date | None]) -> bool:
    known = [day for day in days if day]
    down = sum(after < before for before, after in itertools.pairwise(known))
    up = sum(after > before for before, after in itertools.pairwise(known))
    return down > up


def _is_whole(text: str, rules: LayoutRules) -> bool:
    """Whether the decoration takes the whole line: 【合併後】, ■ 第一期."""
    closing = rules.closing.get(text[0])
    return closing is None or text.endswith(closing)
