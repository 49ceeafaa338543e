"""Made-up chronologies in many layouts: every one must come out as a careful reader would read it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.build import read_chronology
from pipeline.model import Reading
from pipeline.parse.entries import cut_entries
from pipeline.parse.events import make_events
from pipeline.parse.furniture import find_furniture
from pipeline.read.text import read_text
from pipeline.rules.load import load_rules
from pipeline.tables.account import cut_account
from pipeline.tables.ids import make_ids

FOLDER = Path(__file__).parent / "chronologies"
TRUTHS = sorted(FOLDER.glob("*.toml"))
RULES = load_rules()


def read(path: Path) -> Reading:
    document = read_text(path.read_bytes(), path.name)
    return cut_entries(find_furniture(Reading(document=document), RULES), RULES)


def source_of(truth: Path) -> Path:
    return next(path for path in sorted(FOLDER.glob(f"{truth.stem}.*")) if path.suffix != ".toml")


def headlines(reading: Reading) -> list[tuple[str | None, str]]:
    """The date of each event and its headline."""
    events = make_events(reading, RULES).events
    return [(event.date.edtf, event.headline.value) for event in events]


def f1(found: list[Any], expected: list[Any]) -> float:
    """Agreement of two lists in which each item counts as often as it stands."""
    left = list(expected)
    hits = 0
    for item in found:
        if item in left:
            left.remove(item)
            hits += 1
    return 2 * hits / (len(found) + len(expected)) if found or expected else 1.0


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.stem)
def test_dates_and_headlines(truth: Path) -> None:
    expected = [
        (edtf or None, headline) for edtf, headline in tomllib.loads(truth.read_text("utf-8"))["entries"]
    ]
    found = headlines(read(source_of(truth)))
    missing = [item for item in expected if item not in found]
    wrong = [item for item in found if item not in expected]
    assert f1([date for date, _ in found], [date for date, _ in expected]) >= 0.98, (missing, wrong)
    assert f1(found, expected) >= 0.95, (missing, wrong)


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.stem)
def test_every_character_is_read(truth: Path) -> None:
    reading = read_chronology(source_of(truth), RULES)
    account = cut_account(reading, make_ids(reading))
    assert [finding.message for finding in account.findings] == []
