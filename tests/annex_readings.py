"""Small readings whose annex is given as text or as cells, and what an annex table shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pipeline.model import HARD, OPEN, SOFT, AnnexTable, Document, Edition, Line, Reading, Source, Span

ROOT = Path(__file__).parents[1]
REAL = ROOT / "raw" / "zenkoku-renkei" / "2024-03-08.txt"
REAL_ANNEX_LINE = 2044


def text_reading(
    text: str, issued: date | None = date(2024, 3, 8), first: int = 1, wraps: bool = False
) -> Reading:
    """A reading of plain lines, those from line `first` on being the annex.

    With `wraps` a line with a closing blank ends its paragraph, one without goes on.
    """
    lines, place = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        wrap = OPEN if not wraps or not line.strip() else HARD if line.endswith(" ") else SOFT
        lines.append(Line(Span(place, place + len(line)), number, 1, wrap))
        place += len(line) + 1
    return _reading(text, lines, issued, first)


def cell_reading(tables: Sequence[object], issued: date | None = date(2024, 3, 8)) -> Reading:
    """A reading of grids (lists of rows of cell texts) with loose lines (plain strings) between them."""
    lines: list[Line] = []
    text = ""
    for table, part in enumerate(tables):
        cells = [((), part)] if isinstance(part, str) else _cells(table, part)
        for cell, said in cells:
            for line in str(said).split("\n"):
                lines.append(
                    Line(Span(len(text), len(text) + len(line)), len(lines) + 1, 1, cell=cell or None)
                )
                text += line + "\n"
    return _reading(text, lines, issued, 1)


def _cells(table: int, rows: object) -> list[tuple[tuple[int, int, int], str]]:
    assert isinstance(rows, list)
    return [((table, r, c), cell) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell]


def _reading(text: str, lines: list[Line], issued: date | None, first: int) -> Reading:
    document = Document(text, tuple(lines), 1, Source("made.txt", "0" * 64, "text"))
    regions = tuple("annex" if line.number >= first else "chronology" for line in lines)
    return Reading(document, roles=("",) * len(lines), regions=regions, edition=Edition(issued_on=issued))


def real_reading(wraps: bool = True) -> Reading:
    """The annex of the real document."""
    return text_reading(REAL.read_text("utf-8"), first=REAL_ANNEX_LINE, wraps=wraps)


def used_characters(tables: Sequence[AnnexTable]) -> list[int]:
    """Every place of a character that some caption, note or cell holds, as often as it is held."""
    texts = [
        text
        for table in tables
        for text in (table.caption, *table.notes, *(cell.text for cell in table.cells))
    ]
    return [place for text in texts if text for span in text.spans for place in range(span.start, span.end)]
