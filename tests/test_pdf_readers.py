"""Both PDF readers give the same Document, and every character of it has its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest

from pipeline import chars
from pipeline.model import Document
from pipeline.read.pdf import read_pdf
from tests.pdf_editions import trouble
from tests.pdf_editions.setting import Layout, set_pdf
from tests.pdf_readings import needs_font
from tests.test_pdf_rows import LAYOUTS, LOOKALIKE, PLAN, SOME, THREE

pytestmark = pytest.mark.pdf

# Sums of spacings are rounded differently; no line is told by so little.
NEAR = 6.0
SEEN = (
    "ruled",
    "bare",
    "bare_blanks_as_gaps",
    "two_up",
    "two_up_bare",
    "lines_across_only",
    "bare_year_centred",
)


def check_same(quick: Document, slow: Document) -> None:
    assert [chars.key(line) for line in quick.text.split("\n")] == [
        chars.key(line) for line in slow.text.split("\n")
    ]
    assert quick.lines == slow.lines
    assert quick.page_count == slow.page_count
    assert quick.findings == slow.findings
    assert quick.geometry and slow.geometry
    for edge in ("x0", "top", "x1", "bottom"):
        pairs = zip(getattr(quick.geometry, edge), getattr(slow.geometry, edge), strict=True)
        assert max(abs(one - other) for one, other in pairs) < NEAR


def test_lookalike_reads_alike() -> None:
    """But for one line, where the file itself gives two signs for one glyph: 〜 and, in its font, ～."""
    quick, slow = read_pdf(LOOKALIKE), read_pdf(LOOKALIKE, reader="pdfplumber")
    check_same(quick, slow)
    lines = zip(quick.text.split("\n"), slow.text.split("\n"), strict=True)
    differing = [(one, other) for one, other in lines if one != other]
    assert [one.replace("〜", "～") for one, _ in differing] == [other for _, other in differing]
    assert len(differing) == 1


@needs_font
@pytest.mark.parametrize("name", SEEN)
def test_made_editions_read_alike(tmp_path: Path, name: str) -> None:
    path = tmp_path / "edition.pdf"
    path.write_bytes(set_pdf(SOME, LAYOUTS[name]))
    quick, slow = read_pdf(path), read_pdf(path, reader="pdfplumber")
    check_same(quick, slow)
    assert quick.text == slow.text


@needs_font
@pytest.mark.parametrize(
    "layout",
    [THREE, replace(THREE, bold=0.4), replace(THREE, rules="none", justify=True), replace(THREE, rotate=90)],
    ids=["three_columns", "bold", "justified", "rotated"],
)
def test_the_plan_reads_alike(tmp_path: Path, layout: Layout) -> None:
    path = tmp_path / "edition.pdf"
    path.write_bytes(set_pdf(PLAN, layout))
    check_same(read_pdf(path), read_pdf(path, reader="pdfplumber"))


@needs_font
def test_a_damaged_page_reads_alike(tmp_path: Path) -> None:
    path = tmp_path / "edition.pdf"
    data = trouble.drawn(
        *(trouble.words(f"{number}月1日 総会 {number}") for number in range(1, 6)), compress=0
    )
    path.write_bytes(trouble.break_page(data, 3))
    check_same(read_pdf(path), read_pdf(path, reader="pdfplumber"))


def check_places(document: Document) -> None:
    """Lines follow one another, one a line of the text; each character has a box on its own page."""
    assert document.geometry
    assert len(document.geometry.x0) == len(document.text) == document.lines[-1].span.end + 1
    for number, (line, text) in enumerate(zip(document.lines, document.text.splitlines(), strict=True), 1):
        assert document.text[line.span.start : line.span.end] == text == text.strip()
        assert line.number == number
        assert 1 <= line.page <= document.page_count
    edges = zip(
        document.geometry.x0,
        document.geometry.x1,
        document.geometry.top,
        document.geometry.bottom,
        strict=True,
    )
    for x0, x1, top, bottom in edges:
        assert 0 <= x0 <= x1 + 0.01 <= 1100
        assert 0 <= top <= bottom <= 1100


def test_every_character_of_the_lookalike_has_its_place() -> None:
    document = read_pdf(LOOKALIKE)
    check_places(document)
    at = document.text.index("区長会総会")
    with pdfplumber.open(LOOKALIKE) as file:
        page = file.pages[0]
        glyphs = "".join(char["text"] for char in page.chars)
        char = page.chars[glyphs.index("区長会総会")]
        base = float(page.height) - char["matrix"][5]
    assert document.geometry
    box = [getattr(document.geometry, edge)[at] for edge in ("x0", "top", "x1", "bottom")]
    expected = [char["x0"], base - 0.88 * char["size"], char["x1"], base + 0.12 * char["size"]]
    assert box == pytest.approx(expected, abs=0.01)


@needs_font
@pytest.mark.parametrize("name", ["bare", "bare_blanks_as_gaps", "two_up_bare"])
def test_every_character_of_made_editions_has_its_place(tmp_path: Path, name: str) -> None:
    path = tmp_path / "edition.pdf"
    path.write_bytes(set_pdf(SOME, LAYOUTS[name]))
    check_places(read_pdf(path))


def test_the_same_file_reads_the_same_twice() -> None:
    assert read_pdf(LOOKALIKE) == read_pdf(LOOKALIKE)
