"""PDF editions: a Document with every line in its cell and every character in its place.

Takes a path. Gives a Document, or a SourceError in one sentence. Pages are read in a process of their own
(pdf_child), then cut into tables and prose (pdf_parts), put in order and cut into rows (pdf_flow), joined
over page ends (pdf_chains) and written out (pdf_text). Pages without ruling lines are read by the columns of their
dates, too (pdf_area); the reading that shows fewer faults stands (spacing_choice).
"""

from __future__ import annotations

from pathlib import Path

from pipeline.model import Document
from pipeline.read.pdf_area import place_by_area
from pipeline.read.pdf_chains import join_tables
from pipeline.read.pdf_child import PDFIUM, read_pages
from pipeline.read.pdf_doubts import check_pages
from pipeline.read.pdf_flow import lay_out
from pipeline.read.pdf_text import place_lines, spell
from pipeline.read.spacing_choice import judge


def read_pdf(
    path: Path, *, password: str | None = None, page_seconds: float = 60, reader: str = PDFIUM
) -> Document:
    """The Document of a PDF; SourceError where it cannot be read.

    `password` opens an encrypted file, `page_seconds` is the longest time one page may take, `reader` is
    `pdfium` or `pdfplumber` (slower by an order; both give the same Document).
    """
    pages = read_pages(path, password, page_seconds, reader)
    findings = check_pages(path, pages)
    placed = place_lines(join_tables(lay_out(pages.drafts)))
    text, lines, geometry = spell(placed)
    if not any(draft.tables for draft in pages.drafts):
        verdict = judge(text, lines)
        by_area = None if verdict.is_good(clearly=0.0) else place_by_area(pages.drafts)
        if by_area is not None:
            other = spell(by_area)
            if judge(other[0], other[1]).is_better(verdict, clearly=0.0):
                text, lines, geometry = other
    return Document(text, lines, pages.page_count, pages.source, geometry, findings)
