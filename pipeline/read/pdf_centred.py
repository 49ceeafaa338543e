"""Years that stand in the middle of their rows in a table without ruling lines, where gaps part one year's rows from the next.

Takes the date lines and the text lines of a table's parts. Gives the date lines without those years, and for each year
the date that it belongs to, the first of its rows. Such a year is the date of no row of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.read.pdf_cues import is_year, looks_dated
from pipeline.read.pdf_lines import Ink, slice_ink

_GAP = 1.3  # leadings between the lines of two years
_LEAST = 3  # groups of rows between gaps
_MOST = 0.8  # of them that hold one year
_FEWEST = 2  # years that stand below the first date of their group


class Dates(NamedTuple):
    """The date lines of a part that are no lifted years, and each of those with the date that it stands before."""

    lines: tuple[Ink, ...]
    years: tuple[tuple[Ink, Ink], ...] = ()


class _Group(NamedTuple):
    """The years and the other dates of the lines between two gaps."""

    years: tuple[Ink, ...]
    dates: tuple[Ink, ...]

    @property
    def is_centred(self) -> bool:
        """Whether its year stands below its first date."""
        return bool(self.years and self.dates) and self.dates[0].base < self.years[0].base


def lift_years(parts: Sequence[tuple[Sequence[Ink], Sequence[Ink]]], leading: float) -> list[Dates]:
    """For each part (its date lines, its text lines) the dates without years; as they are where years head their rows."""
    groups = [list(_groups(dates, texts, leading)) for dates, texts in parts]
    held = [group for part in groups for group in part if group.years or group.dates]
    single = [group for group in held if len(group.years) == 1]
    below = [group for group in single if group.is_centred]
    if len(held) < _LEAST or len(single) < _MOST * len(held) or len(below) < _FEWEST:
        return [Dates(tuple(dates)) for dates, _ in parts]
    return [_lifted(part) for part in groups]


def _groups(dates: Sequence[Ink], texts: Sequence[Ink], leading: float) -> Iterator[_Group]:
    places = sorted(ink.base for ink in (*dates, *texts))
    ends = [above for above, below in pairwise(places) if below - above > _GAP * leading]
    split = [part for ink in dates for part in split_year(ink)]
    for top, bottom in pairwise([-1.0, *ends, float("inf")]):
        inside = [ink for ink in split if top < ink.base <= bottom]
        years = tuple(ink for ink in inside if is_year(ink.text))
        yield _Group(years, tuple(ink for ink in inside if not is_year(ink.text)))


def split_year(ink: Ink) -> tuple[Ink, ...]:
    """A year and the day beside it as two: 昭和54年(1979) 10月 2日."""
    for place, sign in enumerate(ink.text):
        if sign.isspace() and is_year(ink.text[:place].strip()) and looks_dated(ink.text[place:].strip()):
            return slice_ink(ink, 0, place), slice_ink(ink, place + 1, len(ink.text))
    return (ink,)


def _lifted(groups: Sequence[_Group]) -> Dates:
    lines: list[Ink] = []
    years: list[tuple[Ink, Ink]] = []
    for group in groups:
        if len(group.years) == 1 and group.dates:
            years.append((group.years[0], group.dates[0]))
            lines.extend(group.dates)
        else:
            lines.extend(sorted((*group.years, *group.dates), key=lambda ink: ink.base))
    return Dates(tuple(lines), tuple(years))
