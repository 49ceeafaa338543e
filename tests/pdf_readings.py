"""What PDF tests share: made editions read back, rows as a reading gives them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline import chars
from pipeline.model import Document
from pipeline.read.pdf import read_pdf
from tests.pdf_editions.chronology import Row
from tests.pdf_editions.paper import find_font
from tests.pdf_editions.setting import Layout, set_pdf

NO_FONT = "no Japanese TrueType font on this machine (Debian: fonts-ipafont-gothic)"
needs_font = pytest.mark.skipif(find_font() is None, reason=NO_FONT)

KeyedRow = tuple[str, ...]


def read_made(folder: Path, rows: Sequence[Row], layout: Layout, **options: str) -> Document:
    """The reading of an edition set in this layout."""
    path = folder / "edition.pdf"
    path.write_bytes(set_pdf(tuple(rows), layout))
    return read_pdf(path, **options)  # type: ignore[arg-type]


def line_text(document: Document, at: int) -> str:
    span = document.lines[at].span
    return document.text[span.start : span.end]


def found_rows(document: Document, columns: int = 2) -> list[KeyedRow]:
    """The rows of all tables in order: what each cell says, blanks and widths folded."""
    rows: dict[tuple[int, int], dict[int, str]] = {}
    for at, line in enumerate(document.lines):
        if line.cell:
            cells = rows.setdefault(line.cell[:2], {})
            cells[line.cell[2]] = cells.get(line.cell[2], "") + line_text(document, at)
    return [tuple(chars.key(cells.get(column, "")) for column in range(columns)) for cells in rows.values()]


def made_rows(rows: Sequence[Row], layout: Layout) -> list[KeyedRow]:
    """The rows as they were set: a year in the cell of the first date below it, or a row of its own."""
    made: list[KeyedRow] = []
    year = ""
    for row in rows:
        if row.is_year and layout.year == "cell":
            year = row.date[0]
            continue
        date, text = chars.key(year + "".join(row.date)), chars.key("".join(row.paragraphs))
        made.append((date, chars.key(row.name), text) if len(layout.columns) == 3 else (date, text))
        year = ""
    return made


def roles(document: Document) -> list[tuple[int, str, str]]:
    """Page, role and text of every line of furniture."""
    return [
        (line.page, line.role, line_text(document, at)) for at, line in enumerate(document.lines) if line.role
    ]


def prose(document: Document) -> list[str]:
    """Lines that are neither furniture nor of a table."""
    return [line_text(document, at) for at, line in enumerate(document.lines) if not (line.role or line.cell)]
