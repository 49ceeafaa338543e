"""The process that reads pages, so that a page which takes forever, or brings the reader down, can be ended.

Takes a job on standard input (path, password, first page, reader). Gives frames on standard output: how many
pages there are, then one a page. A frame is its length in eight bytes and a pickle.
Pages are closed as they are read. A page in doubt (damaged, or with signs that its font does not explain)
is read again with pdfplumber, and the better reading stands.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from pipeline.read.pdf_ink import PageInk
from pipeline.read.pdf_parts import PageDraft, draft_page

PDFIUM, PDFPLUMBER = "pdfium", "pdfplumber"
OPENED, PAGE, DAMAGED, LOCKED, BROKEN = "opened", "page", "damaged", "locked", "broken"


_KEPT_PAGES = 50  # pages after which what a reader keeps is let go


class Job(NamedTuple):
    """What to read: pages from the index `first` on."""

    path: str
    password: str | None
    first: int
    reader: str


class Facts(NamedTuple):
    """What a page's reading says of itself."""

    number: int
    glyphs: int
    unreadable: int
    picture_share: float
    is_vertical: bool
    turned: int


class Frame(NamedTuple):
    """One message of the worker: a page (draft and facts), or how many pages there are, or what is wrong."""

    kind: str
    number: int = 0
    draft: PageDraft | None = None
    facts: Facts | None = None


def main() -> None:
    """Reads the job, writes frames until the last page."""
    job: Job = pickle.load(sys.stdin.buffer)
    try:
        for frame in read_frames(job):
            _send(sys.stdout.buffer, frame)
    except BrokenPipeError:
        return


def read_frames(job: Job) -> Iterator[Frame]:
    """A frame that says how many pages there are, then one a page."""
    readers = _Readers(job)
    opened = readers.open()
    yield opened
    if opened.kind != OPENED:
        return
    before: PageInk | None = None
    for index in range(job.first, opened.number):
        if index > job.first and index % _KEPT_PAGES == 0:
            readers.reopen()
        ink = readers.read(index)
        if ink is not None and before is not None and ink.glyphs == before.glyphs != ():
            yield from readers.find_skipped(index)
        before = ink
        if ink is None:
            yield Frame(DAMAGED, index + 1)
            continue
        facts = Facts(
            ink.number, len(ink.glyphs), ink.unreadable, ink.picture_share, ink.is_vertical, len(ink.turned)
        )
        yield Frame(PAGE, index + 1, draft_page(ink), facts)


class _Readers:
    """Both readers of one file; pdfplumber is opened when a page is in doubt."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._quick: Callable[[int], PageInk] | None = None
        self._slow: Callable[[int], PageInk] | None = None
        self._close: Callable[[], None] = lambda: None
        self._close_slow: Callable[[], None] = lambda: None
        self._leaves: list[int | None] = []
        self._count = 0

    def open(self) -> Frame:
        """OPENED with the number of pages, LOCKED or BROKEN."""
        if self._job.reader == PDFPLUMBER:
            return (
                Frame(OPENED, self._count) if self._open_slow() else Frame(LOCKED if self._count else BROKEN)
            )
        import pypdfium2
        from pypdfium2 import raw

        from pipeline.read import pdf_pdfium

        try:
            document = pypdfium2.PdfDocument(Path(self._job.path), password=self._job.password)
        except pypdfium2.PdfiumError as error:
            if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
                return Frame(LOCKED)
            return Frame(OPENED, self._count) if self._open_slow() and self._count else Frame(BROKEN)
        self._count = len(document)
        self._quick = lambda index: pdf_pdfium.read_page(document, index)
        self._close = document.close
        return Frame(OPENED, self._count) if self._count else Frame(BROKEN)

    def reopen(self) -> None:
        """Closes the file and opens it again: PDFium keeps what it has read of fonts until then."""
        self._close()
        self._close_slow()
        self._slow = None
        if self._quick is not None:
            self.open()

    def read(self, index: int) -> PageInk | None:
        """The page, by the reader that understands more of it; None where neither can read it."""
        quick = _try(self._quick, index)
        if quick is not None and quick.glyphs and not quick.unreadable:
            return quick
        if quick is not None and not quick.glyphs and quick.picture_share > 0.3:
            return quick
        slow = _try(self._slow, index) if self._open_slow() else None  # opened anew where it was let go
        if slow is None or (quick is not None and _understood(quick) >= _understood(slow)):
            return quick
        return slow

    def find_skipped(self, index: int) -> Iterator[Frame]:
        """The page before this one as damaged, where PDFium gave the same page for both numbers.

        PDFium passes over a page whose object is damaged and takes the next one for it.
        """
        if self._open_slow() and index <= len(self._leaves) and self._leaves[index - 1] is None:
            yield Frame(DAMAGED, index)

    def _open_slow(self) -> bool:
        """Whether pdfplumber can open the file; a count of one page and no reader mean that it is locked."""
        if self._slow is not None:
            return True
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfplumber.utils.exceptions import PdfminerException

        from pipeline.read import pdf_plumber

        try:
            document = pdfplumber.open(self._job.path, password=self._job.password or "")
            self._leaves = pdf_plumber.find_leaves(document)
            self._count = self._count or len(self._leaves)
        except PdfminerException as error:
            self._count = int(bool(error.args) and isinstance(error.args[0], PDFPasswordIncorrect))
            return False
        except Exception:  # whatever a parser says of a broken file, the file is broken
            return False
        self._slow = lambda index: self._read_leaf(document, index)
        self._close_slow = document.close
        return True

    def _read_leaf(self, document: Any, index: int) -> PageInk:
        from pipeline.read import pdf_plumber

        leaf = self._leaves[index]
        if leaf is None:
            raise LookupError(index)
        return pdf_plumber.read_page(document, leaf)._replace(number=index + 1)


def _try(reader: Callable[[int], PageInk] | None, index: int) -> PageInk | None:
    """The page, or None where this reader fails on it, in whatever way."""
    if reader is None:
        return None
    try:
        return reader(index)
    except MemoryError:
        raise
    except Exception:  # a damaged page may break a parser anywhere; the page is then reported as damaged
        return None


def _understood(ink: PageInk) -> int:
    return len(ink.glyphs) - 2 * ink.unreadable


def _send(stream: BinaryIO, frame: Frame) -> None:
    data: Any = pickle.dumps(frame, pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(8, "big"))
    stream.write(data)
    stream.flush()
