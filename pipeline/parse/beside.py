"""What stands behind the text on a date's own line: a marked detail, or a word in a column of its own.

Takes the dates at line beginnings. Gives the places where such details begin, and how usual they are. Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.parse.starts import Start

_FEW = 3  # texts from which on a detail behind them is no chance
_MARKED = re.compile(r"(?<=\S)[ \u3000]+(?=[・･●○◎■□◆◇]\S)")
_APART = re.compile(r"(?<=\S)[ \u3000]{4,}(?=\S{1,8}$)")  # 大雨警報発表        防災課
_LISTED = 0.15  # of the texts, from which on a marked detail behind them is usual
_SET_APART = 0.5  # the same for a word far behind the text


def share_listed(beside: Sequence[Start]) -> float:
    """The share of texts beside dates with a marked detail behind them (総会 ・会場); 0 for a few."""
    return _share(_MARKED, beside)


def share_apart(beside: Sequence[Start]) -> float:
    """The share of texts beside dates with a word far behind them, as a column of remarks has it; 0 for a few."""
    return _share(_APART, beside)


def _share(pattern: re.Pattern[str], beside: Sequence[Start]) -> float:
    found = sum(pattern.search(start.rest[0].text) is not None for start in beside)
    return found / len(beside) if found >= _FEW else 0.0


def find_detail(start: Start, listed: float, apart: float) -> int:
    """Where a detail stands behind the text on the date's line, by the shares of those; 0 where there is none."""
    text = start.rest[0].text if start.rest else ""
    marked = _MARKED.search(text) if listed >= _LISTED else None
    found = marked or (_APART.search(text) if apart >= _SET_APART else None)
    return found.end() if found else 0
