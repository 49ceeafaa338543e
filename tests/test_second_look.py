"""A layout told wrongly is read again in every other way, and the reading that says more stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.findings import Finding
from pipeline.model import DateValue, Document, Reading, Source
from pipeline.second_look import choose, is_doubtful


def reading(*years: int | None, left: bool = False) -> Reading:
    """A reading with an event for each year; None is one without a date."""
    events: Any = tuple(
        SimpleNamespace(
            date=DateValue(None, None, None, None)
            if year is None
            else DateValue(str(year), date(year, 1, 1), date(year, 12, 31), "year")
        )
        for year in years
    )
    found = (Finding("dates_left_in_text", "", 0, 0),) if left else ()
    document = Document("", (), 1, Source("", "", "text"))
    return replace(Reading(document=document), events=events, findings=found)


@pytest.mark.parametrize(
    ("found", "doubtful", "why"),
    [
        (reading(*range(1950, 1960)), False, "all dated, in order"),
        (reading(), True, "nothing at all"),
        (reading(*range(1950, 1957), None, None), True, "two of nine without a date"),
        (reading(*range(1950, 1965), None), False, "one of sixteen may be a slip of the source"),
        (reading(*range(1950, 1960), left=True), True, "dates were left in texts"),
        (reading(1950, 1960, 1951, 1961, 1952, 1962), False, "columns read one after the other go back, too"),
    ],
)
def test_what_makes_a_reading_doubtful(found: Reading, doubtful: bool, why: str) -> None:
    assert is_doubtful(found) is doubtful, why


def test_the_reading_that_says_clearly_more_stands() -> None:
    own, more = reading(None, None, None, 1950), reading(1950, 1951, 1952, 1953)
    assert choose(own, [reading(), more]) is more
    assert choose(more, [own, reading(1950, 1951, 1952, 1953)]) is more, "as good is not better"
    torn = reading(1950, 1952, 1951, 1953, 1952, 1954, 1953, 1955)
    assert choose(more, [torn]) is more, "more entries whose days go back say less"
    assert choose(own, []) is own
