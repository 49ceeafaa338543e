"""PDFs that cannot be read, or not wholly: one clear sentence, or the rest with a finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import SourceError
from pipeline.model import Document
from pipeline.read.pdf import read_pdf
from pipeline.read.source import open_source
from tests.pdf_editions.trouble import (
    ROWS,
    break_page,
    drawn,
    encrypted,
    endless,
    many_pages,
    other_font,
    picture,
    without_map,
    words,
)
from tests.pdf_readings import found_rows, needs_font

pytestmark = pytest.mark.pdf
PASSWORD = "open-sesame"


def read_bytes(folder: Path, data: bytes, **options: object) -> Document:
    path = folder / "edition.pdf"
    path.write_bytes(data)
    return read_pdf(path, **options)  # type: ignore[arg-type]


def codes(document: Document) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.page) for finding in document.findings]


@needs_font
@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_encrypted_asks_for_the_password_and_never_says_it(tmp_path: Path, reader: str) -> None:
    data = encrypted(PASSWORD)
    with pytest.raises(SourceError, match="--password"):
        read_bytes(tmp_path, data, reader=reader)
    with pytest.raises(SourceError, match="does not fit") as refused:
        read_bytes(tmp_path, data, password="not-this-one", reader=reader)
    assert "not-this-one" not in str(refused.value)
    document = read_bytes(tmp_path, data, password=PASSWORD, reader=reader)
    assert [date for date, _ in found_rows(document)] == [
        "".join(row.date).replace(" ", "").replace("２６", "26") for row in ROWS
    ]
    assert PASSWORD not in repr(document)


@needs_font
def test_a_scan_is_called_one_and_names_its_pages(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"a scan: pages 1-3 of 3 hold pictures and no text"):
        read_bytes(tmp_path, drawn(picture, picture, picture))


@needs_font
def test_a_scan_among_pages_of_text_is_told_and_the_rest_read(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, drawn(words("9月10日 総会"), picture, words("9月16日 会議")))
    assert document.text == "9月10日 総会\n9月16日 会議\n"
    assert [line.page for line in document.lines] == [1, 3]
    assert codes(document) == [("pdf_page_scanned", 2)]


@needs_font
def test_a_page_without_anything_is_noted(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, drawn(words("9月10日 総会"), lambda paper: None))
    assert codes(document) == [("pdf_page_empty", 2)]


@needs_font
@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9])
def test_a_file_cut_off_is_refused(tmp_path: Path, keep: float) -> None:
    data = many_pages(3)
    with pytest.raises(SourceError, match="damaged or cut off"):
        read_bytes(tmp_path, data[: int(len(data) * keep)])


@needs_font
def test_a_file_without_its_end_mark_is_read_with_a_warning(tmp_path: Path) -> None:
    data = many_pages(1)
    document = read_bytes(tmp_path, data[: data.rindex(b"%%EOF")])
    assert codes(document) == [("pdf_cut_off", None)]
    assert found_rows(document)[1] == ("9月10日", "区長会総会・会場:東京区政会館")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty file"),
        (b"<!DOCTYPE html>\n<html><body>%PDF</body></html>", r"a web page \(HTML\)"),
        (b"%PDF-1.4\n", "damaged or cut off"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 40, "damaged or cut off"),
        (b"no PDF at all", "without the opening of a PDF"),
    ],
    ids=["zero_bytes", "html", "head_only", "noise", "text"],
)
def test_what_is_no_pdf_is_refused_in_one_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "edition.pdf"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=said) as refused:
        open_source(path)
    assert "\n" not in str(refused.value)
    assert str(tmp_path) not in str(refused.value)


@needs_font
@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_damaged_page_leaves_the_others_and_their_numbers(tmp_path: Path, number: int) -> None:
    """PDFium takes the next page for a damaged one: the same text must not come twice."""
    data = drawn(*(words(f"{month}月1日 総会 {month}") for month in range(1, 6)), compress=0)
    document = read_bytes(tmp_path, break_page(data, number))
    left = [month for month in range(1, 6) if month != number]
    assert document.text == "".join(f"{month}月1日 総会 {month}\n" for month in left)
    assert [line.page for line in document.lines] == left
    assert codes(document) == [("pdf_page_damaged", number)]
    assert document.page_count == 5


@needs_font
def test_equal_pages_are_not_taken_for_damage(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, drawn(words("9月10日 総会"), words("9月10日 総会")))
    assert document.text == "9月10日 総会\n" * 2
    assert document.findings == ()


@pytest.mark.slow
def test_a_page_that_takes_forever_is_given_up_and_the_next_one_read(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, endless(), page_seconds=1)
    assert [line.page for line in document.lines] == [1, 3]
    assert codes(document) == [("pdf_page_slow", 2)]


@needs_font
def test_text_in_fonts_without_a_map_cannot_be_trusted(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"\d+ of \d+ characters \(\d+%\) on pages? 1.* cannot be trusted"):
        read_bytes(tmp_path, without_map(many_pages(2)))


@needs_font
@pytest.mark.parametrize("reader", ["pdfium", "pdfplumber"])
def test_a_few_characters_without_a_map_are_told_with_page_and_share(tmp_path: Path, reader: str) -> None:
    """One font of two has no map: its signs stand as U+FFFD where pdfplumber can do no better."""
    name = other_font(tmp_path)

    def draw(paper: Any) -> None:
        words("平成26年9月10日 区長会総会を開催し、意見を交換した")(paper)
        paper.setFont(name, 12)
        paper.drawString(40, 200, "外字")

    data = without_map(drawn(words("9月1日 会議"), draw), only=1)
    document = read_bytes(tmp_path, data, reader=reader)
    assert document.text == "9月1日 会議\n平成26年9月10日 区長会総会を開催し、意見を交換した\n\ufffd\ufffd\n"
    assert codes(document) == [("pdf_unreadable_characters", 2)]
    assert "2 of 30 characters (7%)" in document.findings[0].message
