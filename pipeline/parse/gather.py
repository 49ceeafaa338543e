"""Gathers steps into entries: a date, and the fragments below it up to the next one.

Takes the steps of the chronology. Gives entries, the marks of what no record says, and findings.
Reads no rules. A year that text follows at once, with no date of its own, is that text's date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.findings import Finding
from pipeline.model import DateValue, Entry, Fragment, Mark, Span, Spans, Text
from pipeline.parse.steps import ASIDE, HEADING, START, Step

_WAVES = ("~", "～", "〜")
_WHOLE_YEARS = ("year", "fiscal_year")


@dataclass(slots=True)
class _Open:
    """An entry that is being gathered."""

    step: Step
    fragments: list[Fragment]
    spans: list[Span]


@dataclass(slots=True)
class Gathered:
    """What the steps came to, in document order."""

    entries: list[Entry] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def gather_entries(steps: Sequence[Step]) -> Gathered:
    """The entries of these steps."""
    gathered = Gathered()
    entry: _Open | None = None
    year: Step | None = None
    for step in steps:
        gathered.marks.extend(step.marks)
        gathered.findings.extend(step.findings)
        if step.kind == HEADING:
            _close(entry, step, gathered)
            _mark_year(year, gathered)
            entry, year = None, step
        elif step.kind == START and entry is not None and (whole := _with_end(entry.step, step)):
            entry.step = whole
            entry.spans.extend(step.spans)
        elif step.kind == START and entry is not None and (whole := _with_last(entry, step)):
            entry.step = whole
            entry.fragments.extend(step.fragments)
            entry.spans.extend(step.spans)
        elif step.kind == START:
            _close(entry, step, gathered)
            _mark_year(year, gathered)
            entry, year = _open(step), None
        elif step.kind == ASIDE or not step.fragments:
            gathered.marks.extend(Mark(fragment.span, "title") for fragment in step.fragments)
        elif entry is not None:
            entry.fragments.extend(step.fragments)
            entry.spans.extend(fragment.span for fragment in step.fragments)
        elif year is not None and year.unit in _WHOLE_YEARS:
            entry, year = _open(year, step.fragments), None
        else:
            gathered.marks.extend(Mark(fragment.span, "title") for fragment in step.fragments)
    _close(entry, None, gathered)
    _mark_year(year, gathered)
    return gathered


def _open(step: Step, fragments: Sequence[Fragment] = ()) -> _Open:
    every = [*step.fragments, *fragments]
    return _Open(step, every, [*step.spans, *(fragment.span for fragment in fragments)])


def _with_end(step: Step, after: Step) -> Step | None:
    """The entry's start with the end of its period, which stands alone below its text: 14. 7 | … | ～15. 1."""
    first, last = step.date, after.date
    if after.fragments or first is None or last is None or first.start is None or last.end is None:
        return None
    if first.edtf is None or last.edtf is None or "/" in first.edtf or not last.edtf.startswith("../"):
        return None
    if last.precision != first.precision or last.end <= first.start or last.text.value[:1] not in _WAVES:
        return None
    return replace(step, date=_period(first, last, f"{first.edtf}/{last.edtf.removeprefix('../')}"))


def _with_last(entry: _Open, after: Step) -> Step | None:
    """The start of a period whose end stands on a line of its own below it: 4月1日～ | 9月30日 | text."""
    first, last = entry.step.date, after.date
    if entry.fragments or first is None or last is None or first.start is None or last.end is None:
        return None
    opens = (first.edtf or "").endswith("/..") and first.text.value.rstrip()[-1:] in _WAVES
    whole = first.precision == last.precision and last.edtf is not None and "/" not in last.edtf
    if not opens or not whole or not after.fragments or last.end <= first.start:
        return None
    edtf = f"{(first.edtf or '').removesuffix('..')}{last.edtf}"
    return replace(entry.step, date=_period(first, last, edtf))


def _period(first: DateValue, last: DateValue, edtf: str) -> DateValue:
    """The period from one date to the other, its text that of both."""
    text = Text(first.text.value + last.text.value, (*first.text.spans, *last.text.spans))
    return DateValue(edtf, first.start, last.end, first.precision, text)


def _mark_year(step: Step | None, gathered: Gathered) -> None:
    if step is not None and step.date is not None:
        gathered.marks.extend(Mark(span, "year") for span in step.date.text.spans)


def _close(entry: _Open | None, after: Step | None, gathered: Gathered) -> None:
    """Adds the entry that ends here; a date without text that only opens what follows is no entry."""
    if entry is None:
        return
    date = entry.step.date or DateValue(None, None, None, None)
    if not entry.fragments and _opens_what_follows(entry.step, after):
        gathered.marks.extend(Mark(span, "year") for span in date.text.spans)
        return
    if not entry.fragments:
        gathered.findings.append(
            _finding("entry_without_text", entry.step, f"{date.text.value}: no text follows the date")
        )
    gathered.entries.append(
        Entry(date, tuple(entry.fragments), entry.step.parent, entry.step.number, tuple(sorted(entry.spans)))
    )


def _opens_what_follows(step: Step, after: Step | None) -> bool:
    """Whether a date without text is a heading: of years, of a month above its days, of a day told by the clock."""
    if step.unit in ("season", "decade", "era", *_WHOLE_YEARS):
        return True
    if after is None or after.kind != START:
        return False
    about = (
        after.date is not None and (after.date.edtf or "").endswith("~") and "月" not in after.date.text.value
    )
    return after.unit == "clock" or (
        step.unit == "month" and (after.unit == "day" or about)
    )  # 6月 above 中旬


def _finding(code: str, step: Step, message: str) -> Finding:
    spans: Spans = step.spans
    return Finding(code, message, spans[0].start if spans else None, spans[-1].end if spans else None)
