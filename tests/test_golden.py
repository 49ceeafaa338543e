"""The real document against what people read in it.

`zenkoku-renkei-sample.jsonl` was read by hand by two readers who agreed; `zenkoku-renkei-2024-03-08.jsonl`
is the whole document as the pipeline reads it, looked over by hand once (`make golden` writes it anew:
review the lines that moved).
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline import chars
from pipeline.build import read_chronology
from pipeline.model import Event, Reading
from pipeline.rules.load import load_rules

GOLDEN = Path(__file__).parent / "golden"
SOURCE = Path(__file__).parents[1] / "raw" / "zenkoku-renkei" / "2024-03-08.txt"
WHOLE = GOLDEN / "zenkoku-renkei-2024-03-08.jsonl"


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_chronology(SOURCE, load_rules())


def as_row(event: Event) -> dict[str, Any]:
    """The event as a line of the golden file."""
    return {
        "lines": [event.line_first, event.line_last],
        "date_text": event.date.text.value,
        "edtf": event.date.edtf,
        "start_date": str(event.date.start) if event.date.start else None,
        "end_date": str(event.date.end) if event.date.end else None,
        "date_precision": event.date.precision,
        "headline": event.headline.value,
        "parent": event.parent.value if event.parent else None,
        "event_type": event.event_type,
        "details": [
            {
                "level": detail.level,
                "marker": detail.marker.value if detail.marker else None,
                "label": detail.label.value if detail.label else None,
                "text": detail.text.value,
            }
            for detail in event.details
        ],
        "people": [
            {"name": person.name, "affiliation": person.affiliation, "role": person.role}
            for person in event.people
        ],
    }


def load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


FIELDS = (
    "lines",
    "date_text",
    "edtf",
    "start_date",
    "end_date",
    "date_precision",
    "headline",
    "parent",
    "event_type",
    "details",
    "people",
)


def test_sample_of_two_readers(reading: Reading) -> None:
    """Every entry of the sample that two readers agreed on is read as they read it, to the character."""
    rows = {(row["edtf"], chars.key(row["headline"])): row for row in map(as_row, reading.events)}
    for expected in load(GOLDEN / "zenkoku-renkei-sample.jsonl"):
        got = rows[(expected["edtf"], chars.key(expected["headline"]))]
        for field in FIELDS:
            assert got[field] == expected[field], (expected["lines"], field)


def test_whole_document(reading: Reading, request: pytest.FixtureRequest) -> None:
    """Nothing in the reading of the real document moves without being looked at."""
    rows = [as_row(event) for event in reading.events]
    if request.config.getoption("--update-golden"):
        assert not os.environ.get("CI"), "goldens are reviewed by people, not written by CI"
        WHOLE.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    expected = load(WHOLE)
    assert len(rows) == len(expected) == 178
    for got, want in zip(rows, expected, strict=True):
        assert got == want


def test_details_score_counts_what_is_wrong(reading: Reading) -> None:
    """The score used for reports: one wrong text costs a hit on both sides."""
    rows = [as_row(event) for event in reading.events]
    assert score(rows, rows) == 1.0
    broken = [{**row, "details": [{**detail, "text": "x"} for detail in row["details"]]} for row in rows[:10]]
    assert score([*broken, *rows[10:]], rows) < 1.0


def score(got: list[dict[str, Any]], want: list[dict[str, Any]]) -> float:
    """F1 of (event, label, text) over all details."""
    ours, theirs = (
        Counter(
            (row["edtf"], row["headline"], detail["label"], detail["text"])
            for row in rows
            for detail in row["details"]
        )
        for rows in (got, want)
    )
    hits = sum((ours & theirs).values())
    return 2 * hits / (ours.total() + theirs.total())
