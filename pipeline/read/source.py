"""Opens a source and hands it to the reader of its kind.

Takes a path. Gives a Document, or a SourceError in one sentence that names the file, what was
expected and what was found. The kind is told by content: a PDF named .txt is read as a PDF.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.model import Document

EXPECTED = "a chronology as text, CSV, TSV, Markdown or PDF"
_HEAD = 1024  # bytes in which a PDF says that it is one
PDF_HEAD = re.compile(rb"%PDF-\d")
_HTML_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--[^>]{0,400}-->\s*|<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html)\b", re.I
)
# Openings of binary files that people mistake for text or PDF, and what to call them.
_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive (as Word and Excel files are)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (Word or Excel)"),
    (b"{\\rtf", "a Rich Text file"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"PAR1", "a Parquet file"),
)


def open_source(path: Path, *, password: str | None = None, page_seconds: float = 60) -> Document:
    """The Document of a file; SourceError where it cannot be read.

    `password` opens an encrypted PDF, `page_seconds` is the longest time one page of a PDF may take.
    """
    if PDF_HEAD.search(read_bytes(path, _HEAD)):
        from pipeline.read.pdf import read_pdf

        return read_pdf(path, password=password, page_seconds=page_seconds)
    data = read_bytes(path)
    refuse_foreign(data, path)
    from pipeline.read.text import read_text

    return read_text(data, path.name)


def read_bytes(path: Path, most: int = -1) -> bytes:
    """The file's bytes, `most` of them at most (-1: all).

    SourceError where there is no such file, or it cannot be opened, or is empty.
    """
    name = path.name or str(path)
    if path.is_dir():
        raise SourceError(f"{name}: expected a file with {EXPECTED}, found a folder")
    if not path.exists():
        raise SourceError(f"{name}: expected {EXPECTED}, found no such file")
    if not path.is_file():
        raise SourceError(f"{name}: expected a file with {EXPECTED}, found something that is no file")
    try:
        with path.open("rb") as file:
            data = file.read(most)
    except OSError as error:
        raise SourceError(f"{name}: cannot be opened: {error.strerror}") from error
    if not data:
        raise SourceError(f"{name}: expected {EXPECTED}, found an empty file (zero bytes)")
    return data


def refuse_foreign(data: bytes, path: Path) -> None:
    """SourceError where the content is no text, or where a file named .pdf is no PDF."""
    found = next((what for head, what in _SIGNATURES if data.startswith(head)), None)
    if _HTML_HEAD.match(data[:2048]):
        found = "a web page (HTML)"
    is_named_pdf = path.suffix.lower() == ".pdf"
    if found is None and not is_named_pdf:
        return
    expected = "a PDF" if is_named_pdf else EXPECTED
    found = found or "a file without the opening of a PDF (%PDF-)"
    raise SourceError(f"{path.name}: expected {expected}, found {found}")
