"""Periods whose end stands at the beginning of the next line, with more of the text behind both: 3月14日～ 博覧会（大 / 9月13日 阪）を開催.

Takes the steps of a walk. Gives them with such an end as the end of the date above. Reads rules/dates.toml (waves).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import chars
from pipeline.model import Text
from pipeline.parse.dates import Found, Said, find_date
from pipeline.parse.sheet import Sheet
from pipeline.parse.steps import START, TEXT, Step
from pipeline.rules.load import Rules

_OPEN = "/.."  # what an EDTF interval without an end ends in
_CODE = "date_in_text"  # of the finding that the end was read as text
_WITHIN = ("day", "month")


def close_periods(sheet: Sheet, steps: Sequence[Step], rules: Rules) -> tuple[Step, ...]:
    """The steps; where a line right below an open period opens with the day it ends on, the period with its end."""
    closed: list[Step] = []
    for step in steps:
        above = closed[-1] if closed else None
        found = _find_end(sheet, above, step, rules) if above is not None else None
        if above is not None and found is not None:
            closed[-1], step = _close(sheet, above, step, found)
        closed.append(step)
    return tuple(closed)


def _find_end(sheet: Sheet, above: Step, step: Step, rules: Rules) -> Found | None:
    """The date that the line opens with, where it may end the period above; None where nothing is open."""
    date, is_refused = above.date, any(finding.code == _CODE for finding in step.findings)
    if above.kind != START or step.kind != TEXT or not is_refused or not (date and above.fragments):
        return None
    waves = tuple(rules.dates.signs["waves"])
    if date.start is None or not (date.edtf or "").endswith(_OPEN) or not date.text.value.endswith(waves):
        return None
    day = date.start
    said = Said(year=day.year, month=(day.year, day.month), day=day, last=date, heading=day.year)
    span = step.fragments[0].span
    text = sheet.source[span.start : span.end]
    found = find_date(text, said, rules.dates)
    if found is None or found.start or found.kind not in _WITHIN or text[found.end : found.end + 1].strip():
        return None
    edtf, end = found.value.edtf or "", found.value.end
    is_plain = edtf.replace("-", "").isdecimal()
    return found if is_plain and end is not None and end > day else None


def _close(sheet: Sheet, above: Step, step: Step, found: Found) -> tuple[Step, Step]:
    """Both steps with the end moved from the text of the second into the date of the first."""
    date, (first, *others) = above.date, step.fragments
    assert date is not None
    end = chars.trim(sheet.source, replace(first.span, end=first.span.start + found.end))
    rest = chars.trim(sheet.source, replace(first.span, start=first.span.start + found.end))
    text = Text(date.text.value + sheet.source[end.start : end.end], (*date.text.spans, end))
    whole = replace(
        date, edtf=f"{(date.edtf or '').removesuffix('..')}{found.value.edtf}", end=found.value.end, text=text
    )
    kept = tuple(finding for finding in step.findings if finding.code != _CODE)
    shown = (replace(first, span=rest), *others) if rest.start < rest.end else tuple(others)
    return (
        replace(above, date=whole, lines=(*above.lines, *step.lines)),
        replace(step, fragments=shown, findings=kept, reasons=()),
    )
