"""The sign of the sixty-year cycle behind a year: 慶長六年辛丑, 元和元年（乙卯）, 慶長六辛丑九月, 寛永十六卯年.

Takes folded text, a Year and where it ends. Gives the Year with its sign, which stands for a unit left out.
Reads rules/dates.toml [cycle] and [not_after] cycle through date_forms.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from pipeline.parse.date_forms import Forms
from pipeline.parse.eras import year_of
from pipeline.rules.eras import Era

_FIRST = 4  # a year that opens the cycle
_STEMS, _BRANCHES, _WHOLE = 10, 12, 60


class Sign(NamedTuple):
    """A place in the cycle: `place` of `length` years (60, or 12 where only the branch is written)."""

    place: int
    length: int

    def fits(self, year: int) -> bool:
        """Whether the calendar year bears this sign: 1601 bears 辛丑, and 丑."""
        return (year - _FIRST - self.place) % self.length == 0

    def nearest(self, year: int) -> int:
        """The year nearest to this one that bears the sign."""
        later = (self.place - (year - _FIRST)) % self.length
        return year + (later if 2 * later <= self.length else later - self.length)


def read_sign(
    text: str, number: int, era: Era | None, carried: bool, place: int, forms: Forms
) -> tuple[Sign, int] | None:
    """The sign that stands at `place` behind this year, and its end; None where it is a word of the text.

    Where text is glued to the sign, or the branch stands alone, the year must bear it: 慶応四年戊辰戦争 does, but
    戦争 makes it a word.
    """
    found = forms.cycle.match(text, place)
    sign = _tell(found, forms) if found else None
    if found is None or sign is None:
        return None
    bears = not carried and sign.fits(year_of(era, number) if era else number)
    if sign.length == _BRANCHES and not (bears or carried):
        return None
    if found.group("open") or forms.cycle_ends.match(text, found.end()):
        return sign, found.end()
    behind = found.end("branch")
    if found.group("blank") or not bears or forms.cycle_word.match(text, behind):
        return None
    return sign, found.end()


def _tell(found: regex.Match[str], forms: Forms) -> Sign | None:
    """The sign written there; None for a stem and a branch that never meet (甲丑)."""
    branch = _place(found.group("branch"), forms.rules.branches)
    if not found.group("stem"):
        return Sign(branch, _BRANCHES)
    stem = _place(found.group("stem"), forms.rules.stems)
    if (stem - branch) % 2:
        return None
    return Sign(next(n for n in range(stem, _WHOLE, _STEMS) if n % _BRANCHES == branch), _WHOLE)


def _place(sign: str, listed: tuple[str, ...]) -> int:
    return next(place for place, written in enumerate(listed) if sign in written)
