"""What is no chronology is refused in one sentence that names the file, the expected and the found."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.read.source import open_source

BAD = {
    "zero_bytes": ("a.txt", b"", "zero bytes"),
    "zero_bytes_pdf": ("a.pdf", b"", "zero bytes"),
    "only_blanks": ("a.txt", " \n　\t\r\n\f".encode(), "nothing but blanks"),
    "only_a_mark": ("a.txt", b"\xef\xbb\xbf", "nothing but blanks"),
    "binary": ("a.txt", b"\x7fELF\x02\x01\x01\x00\x00\x00", "binary"),
    "word": ("a.docx", b"PK\x03\x04\x14\x00\x06\x00", "ZIP archive"),
    "excel_named_csv": ("a.csv", b"PK\x03\x04\x14\x00\x06\x00", "ZIP archive"),
    "old_office": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "old Office"),
    "picture": ("a.txt", b"\x89PNG\r\n\x1a\n", "PNG"),
    "html_named_pdf": ("a.pdf", b"<!DOCTYPE html>\n<html><body>404</body></html>", "web page"),
    "html_named_txt": ("a.txt", "\n<html lang='ja'><p>平成元年</p>".encode(), "web page"),
    "text_named_pdf": ("a.pdf", "平成元年 開設\n".encode(), "without the opening of a PDF"),
    "no_encoding": ("a.txt", b"\x81\x20\xff\xfe\xfd abc", "cannot be told"),
}


@pytest.mark.parametrize(("name", "data", "found"), BAD.values(), ids=BAD)
def test_bad_file_gets_one_sentence(tmp_path: Path, name: str, data: bytes, found: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError, match=found) as caught:
        open_source(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"{name}: ")
    assert "expected" in sentence
    assert "\n" not in sentence
    assert str(tmp_path) not in sentence


def test_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"^b\.txt: expected .*, found no such file$"):
        open_source(tmp_path / "b.txt")


def test_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="found a folder"):
        open_source(tmp_path)


def test_text_is_read_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "沿革.log"
    path.write_bytes("平成元年4月1日 開設\n".encode("cp932"))
    source = open_source(path).source
    assert (source.name, source.kind, source.encoding) == ("沿革.log", "text", "cp932")
    assert len(source.sha256) == 64
