"""Whether a reading looks wrong as a whole, and which of several readings of one source says most.

Takes Readings that went through every stage. A layout told wrongly shows in what it says: entries whose dates cannot be
read, dates left in texts, or no entry at all. That days go back shows it only beside another reading: columns that are
read one after the other go back, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from pipeline.model import Reading

_UNDATED = 0.2  # of the entries
_CLEARLY = 0.08  # of its entries by which another reading must say more
_WORSE = 2.0  # entries that one whose date goes back takes away
_LEFT = "dates_left_in_text"


class _Told(NamedTuple):
    dated: int
    undated: int
    back: int
    is_left: bool

    @property
    def merit(self) -> float:
        """The entries with dates, less those that speak against the reading."""
        return self.dated / (1 + self.is_left) - self.undated - _WORSE * self.back


def is_doubtful(reading: Reading) -> bool:
    """Whether another reading of the source may well say more."""
    told = _tell(reading)
    every = told.dated + told.undated
    return told.is_left or told.undated >= _UNDATED * every


def choose(reading: Reading, others: Iterable[Reading]) -> Reading:
    """The reading, or the best of the others where that one says clearly more."""
    best = max(others, key=lambda other: _tell(other).merit, default=reading)
    own, other = _tell(reading), _tell(best)
    return best if other.merit > own.merit + _CLEARLY * (own.dated + own.undated) else reading


def _tell(reading: Reading) -> _Told:
    dates = [event.date for event in reading.events]
    dated = [date for date in dates if date.edtf is not None]
    days = [date.start for date in dated if date.start]
    steps = list(pairwise(days))
    back = min(sum(after < before for before, after in steps), sum(after > before for before, after in steps))
    is_left = any(finding.code == _LEFT for finding in reading.findings)
    return _Told(len(dated), len(dates) - len(dated), back, is_left)
