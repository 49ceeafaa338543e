"""The date column of a table without ruling lines: which of its lines make one date.

Takes the lines of the date column and the text lines beside them. Gives `DateBlock`s from the top down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.read.pdf_cues import goes_on_below, goes_on_from_above, is_year, looks_dated, number_of
from pipeline.read.pdf_lines import Ink

_FAR = 1.6  # leadings: lines further apart are not one date
_BESIDE = 0.75  # leadings: a text line nearer than that stands beside the line


class DateBlock(NamedTuple):
    """The lines of one date; `is_bare`: a year in a row of its own, with no text beside it."""

    lines: tuple[Ink, ...]
    is_bare: bool

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (middle_of(self.lines[0]) + middle_of(self.lines[-1])) / 2


def middle_of(ink: Ink) -> float:
    """The height of a line's middle, whatever its size."""
    return ink.base - 0.38 * ink.size


def group_dates(dates: Sequence[Ink], texts: Sequence[Ink], leading: float) -> list[DateBlock]:
    """Lines of the date column, those of one date together: `11月 15日`, `～`, `12月 26日`."""
    groups: list[list[Ink]] = []
    for ink in dates:
        if groups and _joins(groups[-1], ink, texts, leading):
            groups[-1].append(ink)
        else:
            groups.append([ink])
    return [DateBlock(tuple(group), _is_bare(group, texts, leading)) for group in groups]


def _is_bare(group: Sequence[Ink], texts: Sequence[Ink], leading: float) -> bool:
    return len(group) == 1 and is_year(group[0].text) and not _has_beside(group[0], texts, leading)


def _joins(group: Sequence[Ink], ink: Ink, texts: Sequence[Ink], leading: float) -> bool:
    last = group[-1]
    numbers = [number for one in group if (number := number_of(one.text)) is not None]
    if (
        numbers and number_of(ink.text) == numbers[-1] + 1
    ):  # an entry that numbers its dates, however far apart
        return True
    if ink.base - last.base > _FAR * max(leading, 1.2 * ink.size):
        return False
    if goes_on_below(last.text) or goes_on_from_above(ink.text):
        return True
    if is_year(last.text):  # in the cell of the date below it, or a row of its own
        return looks_dated(ink.text) and not is_year(ink.text) and _has_beside(last, texts, leading)
    if last.text.strip().endswith("月") and ink.text.strip().endswith("日") and "月" not in ink.text:
        return True
    return not (looks_dated(ink.text) or is_year(ink.text))


def _has_beside(ink: Ink, texts: Sequence[Ink], leading: float) -> bool:
    return any(abs(text.base - ink.base) < _BESIDE * leading for text in texts)
