"""PDFs of other typesetters read as the text they were made from (tests/pdf_editions/foreign)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import chars
from pipeline.build import read_chronology
from pipeline.model import Event, Reading
from pipeline.rules.load import load_rules
from pipeline.tables.ids import make_ids

HERE = Path(__file__).parent / "pdf_editions" / "foreign"
pytestmark = pytest.mark.pdf


def folded(event: Event) -> tuple[object, ...]:
    """What the event says, blanks and widths folded."""
    details = tuple((detail.level, chars.key(detail.text.value)) for detail in event.details)
    return event.date.edtf, chars.key(event.headline.value), details


def said(reading: Reading) -> list[tuple[object, ...]]:
    return [
        (place, *folded(event)) for place, event in zip(make_ids(reading).events, reading.events, strict=True)
    ]


@pytest.mark.parametrize("path", sorted(HERE.glob("*.pdf")), ids=lambda path: path.stem)
def test_events_and_ids_are_those_of_the_text(path: Path) -> None:
    rules = load_rules()
    assert said(read_chronology(path, rules)) == said(read_chronology(HERE / "town.txt", rules))
