"""The date column of a table without ruling lines: which of its lines make one date.

Takes the lines of the date column and the text lines beside them. Gives `DateBlock`s from the top down.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.read.pdf_cues import (
    goes_on_below,
    goes_on_from_above,
    is_date_part,
    is_torn,
    is_year,
    looks_dated,
    number_of,
    opens_paragraph,
    says_year,
)
from pipeline.read.pdf_lines import Ink

_FAR = 1.6  # leadings: lines further apart are not one date
_ROOM = 0.55  # of the em: what a line leaves at least, beyond the room for the next one's first characters
_LEVEL = 0.1  # of the em: a date and a text that near are of one height
_MONTH = re.compile(r"[0-9０-９一二三四五六七八九十]{1,2}月")
_BESIDE = 0.6  # leadings: a text line nearer than that stands beside the line


class DateBlock(NamedTuple):
    """The lines of one date; `is_bare`: a year, or a month, in a row of its own, with no text beside it."""

    lines: tuple[Ink, ...]
    is_bare: bool

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (middle_of(self.lines[0]) + middle_of(self.lines[-1])) / 2


def middle_of(ink: Ink) -> float:
    """The height of a line's middle, whatever its size."""
    return ink.base - 0.38 * ink.size


def group_dates(
    dates: Sequence[Ink], texts: Sequence[Ink], leading: float, right: float = 0.0
) -> list[DateBlock]:
    """Lines of the date column, those of one date together: `11月 15日`, `～`, `12月 26日`.

    `right` is the edge of the main text column: a text that stops short of it ends its row.
    """
    groups: list[list[list[Ink]]] = []
    for unit in _whole(dates, leading):
        if (
            groups
            and not unit[0].parts
            and not groups[-1][-1][-1].parts
            and _joins(groups[-1], unit, texts, leading, right)
        ):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return [
        DateBlock(tuple(ink for unit in group for ink in unit), _is_bare(group, texts, leading))
        for group in groups
    ]


def _whole(dates: Sequence[Ink], leading: float) -> list[list[Ink]]:
    """Lines, those that only together say a year or a date made one: `平成２７`, `年`."""
    units: list[list[Ink]] = []
    for ink in dates:
        before = _say(units[-1]) if units else ""
        is_near = bool(units) and ink.base - units[-1][-1].base <= _FAR * leading
        is_near = is_near and not (ink.parts or units[-1][-1].parts)
        is_part = bool(before) and not (looks_dated(before) or is_year(before) or looks_dated(ink.text))
        is_part = is_part and (is_year(before + ink.text) or looks_dated(before + ink.text))
        if is_near and (is_part or (bool(before) and is_torn(before, ink.text))):
            units[-1].append(ink)
        else:
            units.append([ink])
    return units


def _say(unit: Sequence[Ink]) -> str:
    return "".join(ink.text for ink in unit)


def _is_bare(group: Sequence[Sequence[Ink]], texts: Sequence[Ink], leading: float) -> bool:
    is_heading = len(group) == 1 and (is_year(_say(group[0])) or _MONTH.fullmatch(_say(group[0]).strip()))
    return bool(is_heading) and not _has_beside(group[0], texts, leading)


def _joins(
    group: Sequence[Sequence[Ink]],
    unit: Sequence[Ink],
    texts: Sequence[Ink],
    leading: float,
    right: float,
) -> bool:
    last, text = _say(group[-1]), _say(unit)
    numbers = [number for one in group if (number := number_of(_say(one))) is not None]
    if numbers and number_of(text) == numbers[-1] + 1:  # an entry that numbers its dates, however far apart
        return True
    if unit[0].base - group[-1][-1].base > _FAR * max(leading, 1.2 * unit[0].size):
        return False
    if is_year(text) and unit[0].x0 < group[-1][0].x0 - unit[0].size:
        return False  # a heading, set further to the left than the days below it
    if goes_on_below(last) or goes_on_from_above(text):
        return goes_on_from_above(text) or not _opens_row(group, unit, texts, leading, right)
    if is_year(last) and is_year(text) and _are_calendars(last, text):
        return True  # 1968 above 昭和43年
    if is_year(last):  # in the cell of the date below it, or a row of its own
        return looks_dated(text) and not says_year(text) and _has_beside(group[-1], texts, leading)
    if last.strip().endswith("月") and text.strip().rstrip("~～〜").endswith("日") and "月" not in text:
        return _has_beside(group[-1], texts, leading) or not _is_level(unit, texts)
    if not any(looks_dated(_say(one)) or is_year(_say(one)) for one in group) and not is_date_part(text):
        return False  # a title, and the head of the column below it
    return not (looks_dated(text) or is_year(text))


def _are_calendars(above: str, below: str) -> bool:
    """Whether one of two years is of the calendar and the other of an era, as they stand above each other."""
    return above.strip()[:1].isdecimal() and not below.strip(" (（")[:1].isdecimal()


def _opens_row(
    group: Sequence[Sequence[Ink]],
    unit: Sequence[Ink],
    texts: Sequence[Ink],
    leading: float,
    right: float,
) -> bool:
    """Whether the date below an open one (昭和55年4月1日～) opens a row of its own: it says its year and has a text
    beside it, as the open one has, and that one's last line ended with room for what stands here.
    """
    above = [ink for one in group for ink in one]
    if not says_year(_say(unit)):
        return False
    upper = [text for text in texts if text.x0 < right and _is_beside(text, above, leading)]
    lower = [text for text in texts if text.x0 < right and _is_beside(text, unit, leading)]
    if not upper or not lower or any(text is other for text in upper for other in lower):
        return False
    end = max(upper, key=lambda text: text.base)
    return not opens_paragraph(lower[0].text) and right - end.x1 >= lower[0].first_width + _ROOM * end.size


def _is_beside(text: Ink, unit: Sequence[Ink], leading: float) -> bool:
    return any(abs(text.base - ink.base) < _BESIDE * leading for ink in unit)


def _is_level(unit: Sequence[Ink], texts: Sequence[Ink]) -> bool:
    """Whether a text stands at the very height of the date."""
    return any(abs(text.base - ink.base) < _LEVEL * ink.size for text in texts for ink in unit)


def _has_beside(unit: Sequence[Ink], texts: Sequence[Ink], leading: float) -> bool:
    return any(_is_beside(text, unit, leading) for text in texts)
