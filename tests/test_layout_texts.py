"""PDF editions as `pdftotext -layout` writes them: read as text with columns, they say what their source says.

The texts in pdf_editions/layout_texts are that program's (poppler 22.12), made from the lookalike PDF and from
editions that pdf_editions/setting.py set, the first three years of the document in each.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import read_chronology
from pipeline.rules.load import load_rules

HERE = Path(__file__).parent
TEXTS = HERE / "pdf_editions" / "layout_texts"
SOURCE = HERE.parent / "raw" / "zenkoku-renkei" / "2024-03-08.txt"
RULES = load_rules()
# The events of the first three years, and how many of their headlines may differ.
YEARS = {
    "ruled_dates_at_top": 0,
    "ruled_narrow_dates": 0,
    "bare_year_centred": 0,
    "bare_narrow_dates": 0,
    "bare_year_in_cell": 6,  # a title right above the first row, and rows that two ways of parting fit
    "bare_small_pages": 2,  # rows that run over two page ends
}


def events(path: Path) -> list[tuple[str | None, str]]:
    return [
        (event.date.edtf, "".join(event.headline.value.split()))
        for event in read_chronology(path, RULES).events
    ]


def test_lookalike() -> None:
    """All 178 events of the document, from a text in which dates stand in the middle of tall rows."""
    assert events(TEXTS / "lookalike.txt") == events(SOURCE)


@pytest.mark.parametrize(("name", "missed"), YEARS.items())
def test_first_years(name: str, missed: int) -> None:
    found = events(TEXTS / f"{name}.txt")
    expected = events(SOURCE)[: len(found)]
    assert len(found) >= 55
    assert [date for date, _ in found] == [date for date, _ in expected]
    assert sum(one != other for one, other in zip(found, expected, strict=True)) <= missed


def test_narrow_columns() -> None:
    """A date, the name of a meeting and its content, all three broken inside words."""
    assert [headline for _, headline in events(TEXTS / "three_narrow.txt")] == [
        "第1回策定委員会",
        "住民アンケート調査",
        "庁内検討会",
        "第2回策定委員会",
        "町長へ中間報告",
        "パブリックコメント",
        "第3回策定委員会",
        "答申",
        "計画決定",
    ]
