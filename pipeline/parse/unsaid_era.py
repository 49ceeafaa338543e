"""A column of dates in numbers whose era is written nowhere beside them: 7.12.27, 8.9.21, 10.4.1.

Takes a Sheet and the steps of a first way through it that met no date. Gives what such a column says: the era,
where the title names one; else that years are counted by some era, so that its lines are entries without a date.
Reads eras.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline import chars
from pipeline.parse.dates import Said
from pipeline.parse.sheet import Sheet
from pipeline.parse.steps import START, TEXT, Step
from pipeline.rules.load import Rules

_NUMBERS = re.compile(
    r" ?(?P<y>[0-9]{1,2}) ?(?P<sign>[.．/／]) ?(?P<m>[0-9]{1,2}) ?(?P=sign) ?(?P<d>[0-9]{1,2})(?![.．/／]?[0-9])"
)
_PARTS = re.compile(r"([0-9]{1,2})\s+[0-9]{1,2}\s+[0-9]{1,2}$")
_FEW = 3  # dates from which on a column is no chance
_SHARE = 0.3  # of all lines that begin with one
_SECTION = (1, 1, 1)  # headings are numbered so; no era has this day
_NAMED_ALONE = r"(?=[ )）〕】]|$|の部|時代|年間|年表)"


def find_unsaid_era(sheet: Sheet, steps: Sequence[Step], rules: Rules) -> Said | None:
    """What holds above the first such date; None where no date is written so, or numbers count something else."""
    texts = [_opening(sheet, step) for step in steps if step.kind in (START, TEXT)]
    found = [(place, match) for place, text in enumerate(texts) if (match := _NUMBERS.match(text))]
    dates = [tuple(int(match.group(name)) for name in "ymd") for _, match in found]
    if len(dates) < _FEW or len(dates) < _SHARE * len(texts) or not _is_column(dates):
        return None
    eras = set(_named_eras(texts[: found[0][0]], rules))
    era = next((era for era in rules.dates.eras if {era.name} == eras), None)
    return Said(era=era, dotted="ymd", era_leads=era is not None)


def find_mentioned_era(sheet: Sheet, steps: Sequence[Step], rules: Rules) -> Said | None:
    """The era by which the texts count years of a column that leaves it out: 27 | 9 25 beside 平成27年第3回定例会."""
    dates = [step.date for step in steps if step.kind == START and step.date]
    said = (
        " ".join(sheet.source[span.start : span.end] for span in date.text.spans)
        for date in dates
        if date.edtf is None
    )
    opened = (_PARTS.match(chars.fold(text).text) for text in said)
    years = {int(match[1]) for match in opened if match}
    text = chars.fold(sheet.source).text if years else ""
    eras = {
        era.name
        for era in rules.dates.eras
        if era.start is not None
        for found in re.finditer(rf"{re.escape(era.name)} ?([0-9]{{1,2}}) ?年", text)
        if int(found[1]) in years
    }
    era = next((era for era in rules.dates.eras if {era.name} == eras), None)
    return Said(era=era, era_leads=True) if era is not None else None


def _opening(sheet: Sheet, step: Step) -> str:
    """What the step begins with: its date as it stands, or its text."""
    if step.date is not None:
        return chars.fold(step.date.text.value).text
    span = step.fragments[0].span if step.fragments else None
    return chars.fold(sheet.source[span.start : span.end]).text if span else ""


def _is_column(dates: Sequence[tuple[int, ...]]) -> bool:
    """Whether these are days of an era, from old to new or the other way round, and no numbers of headings."""
    if not all(1 <= y <= 64 and 1 <= m <= 12 and 1 <= d <= 31 for y, m, d in dates):
        return False
    in_order = sorted(dates)
    return (
        list(dates) in (in_order, in_order[::-1])
        and in_order[0] != _SECTION
        and any(max(date) > 12 for date in dates)
    )


def _named_eras(texts: Sequence[str], rules: Rules) -> Iterator[str]:
    """The eras from 明治 on that these lines name without a year behind them: （昭和）, 昭和の部."""
    for era in rules.dates.eras:
        pattern = re.compile(re.escape(era.name) + _NAMED_ALONE)
        if era.start is not None and any(pattern.search(text) for text in texts):
            yield era.name
