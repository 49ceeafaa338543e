"""Whether a line was broken where it ends: by the column's edge, and by what would not have fitted on it."""

from __future__ import annotations

import pytest

from pipeline.model import FULL, HARD, OPEN
from pipeline.read.wraps import _OPENS_IN_CELL, wrap_by_width

EDGE = 20.0


@pytest.mark.parametrize(
    ("width", "after", "wrap", "why"),
    [
        (20.0, "を開始", FULL, "the line reaches the edge"),
        (12.0, "を開始", HARD, "it had room for what follows"),
        (20.0, "（第1回海外研修）", FULL, "a bracket that had no room goes on"),
        (18.0, "（24日まで）", OPEN, "the bracket had room: it may be a note of its own"),
        (20.0, "（1）会場", OPEN, "a number in brackets opens a line of a list"),
        (20.0, "・会場", OPEN, "a marker opens a detail"),
    ],
)
def test_the_wrap_of_a_line(width: float, after: str, wrap: str, why: str) -> None:
    lines = [("町立中学校の生徒を派遣", width), (after, 5.0)]
    assert wrap_by_width(lines, EDGE, _OPENS_IN_CELL)[0] == wrap, why
