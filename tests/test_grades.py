"""Grades of a reading: A for one that is beyond doubt, D for one whose layout was read wrongly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.summary import Summary

WHOLE = Summary("a.txt", "s", events=50, characters=1000)
GRADES = [
    ("A", {}, "all is read and dated"),
    ("B", {"severities": {"warning": 1}}, "one warning"),
    ("B", {"severities": {"error": 1}}, "one error"),
    ("B", {"unread": 10}, "a hundredth unread"),
    ("C", {"unread": 50}, "a twentieth unread"),
    ("D", {"unread": 51}, "more than a twentieth unread"),
    ("C", {"undated": 5}, "one entry in ten without a date"),
    ("D", {"undated": 6}, "more of them"),
    ("D", {"findings": {"dates_left_in_text": 1}}, "dates open lines and started nothing"),
    ("B", {"findings": {"entry_without_text": 10}, "severities": {"warning": 10}}, "a fifth are dates alone"),
    ("D", {"findings": {"entry_without_text": 11}, "severities": {"warning": 11}}, "more of them"),
    ("E", {"events": 0}, "no entry"),
    ("E", {"error": "a.txt: …"}, "it could not be read"),
]


@pytest.mark.parametrize(("grade", "counts", "why"), GRADES, ids=[why for _, _, why in GRADES])
def test_grade(grade: str, counts: dict[str, object], why: str) -> None:
    assert replace(WHOLE, **counts).grade == grade, why  # type: ignore[arg-type]
