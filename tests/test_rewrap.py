"""The property that matters most: the same document set otherwise gives the same events, details and ids."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from pipeline import chars
from pipeline.build import read_chronology
from pipeline.model import Event, Reading
from pipeline.rules.load import load_rules
from pipeline.tables.ids import make_ids
from tests.rewrap import half_width, paragraphs_of, rewrap, shift_blanks

SOURCE = Path(__file__).parents[1] / "raw" / "zenkoku-renkei" / "2024-03-08.txt"
SETTINGS: dict[str, Callable[[str], str]] = {
    "narrow": lambda text: rewrap(text, 20, 41),
    "rows_broken": lambda text: rewrap(text, 30, 44, keep_rows=False),
    "wide": lambda text: rewrap(text, 44, 60),
    "blanks_and_widths": lambda text: half_width(shift_blanks(rewrap(text, 32, 57), 1)),
    "other_blanks": lambda text: shift_blanks(rewrap(text, 27, 36), 7),
}


@cache
def original() -> Reading:
    return read_chronology(SOURCE, load_rules())


@cache
def set_again(name: str, folder: Path) -> Reading:
    path = folder / "2024-03-08.txt"
    path.write_text(SETTINGS[name](SOURCE.read_text("utf-8")), "utf-8")
    return read_chronology(path, load_rules())


def folded(event: Event) -> tuple[object, ...]:
    details = tuple(
        (
            detail.level,
            chars.key(detail.marker.value) if detail.marker else None,
            chars.key(detail.label.value) if detail.label else None,
            chars.key(detail.text.value),
        )
        for detail in event.details
    )
    people = tuple((person.name, chars.key(person.affiliation or ""), person.role) for person in event.people)
    return event.date.edtf, chars.key(event.headline.value), event.event_type, details, people


@pytest.mark.slow
@pytest.mark.parametrize("name", SETTINGS)
def test_same_events(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Events with details and people are the same, and so are all ids."""
    again = set_again(name, tmp_path_factory.mktemp(name))
    assert [folded(event) for event in again.events] == [folded(event) for event in original().events]
    assert make_ids(again).events == make_ids(original()).events
    assert make_ids(again).details == make_ids(original()).details


@pytest.mark.slow
@pytest.mark.parametrize("name", SETTINGS)
def test_same_annex(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The typed rows of the annex tables are the same."""
    again = set_again(name, tmp_path_factory.mktemp(name))
    rows = [[dict(row) for row in table.rows] for table in again.tables]
    assert rows == [[dict(row) for row in table.rows] for table in original().tables]


def test_rewrap_moves_lines_and_nothing_else() -> None:
    """The typesetter of this test keeps every paragraph, and does move the lines."""
    text = SOURCE.read_text("utf-8")
    again = rewrap(text, 20, 41)
    assert paragraphs_of(again) == paragraphs_of(text)
    assert again.count("\n") != text.count("\n")
