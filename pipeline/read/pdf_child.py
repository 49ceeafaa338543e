"""Starts the process that reads pages, takes what it reads, and ends it where a page takes too long.

Takes a path and a limit of seconds a page. Gives `Pages`. A page at which the process was ended, or which
brought it down, is skipped: a new process goes on behind it.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import BinaryIO, NamedTuple

from pipeline.child import start_child
from pipeline.errors import SourceError
from pipeline.model import Source
from pipeline.read.pdf_parts import PageDraft
from pipeline.read.pdf_worker import (
    BROKEN,
    DAMAGED,
    LOCKED,
    OPENED,
    PAGE,
    PDFIUM,
    PDFPLUMBER,
    Facts,
    Frame,
    Job,
)

__all__ = ["PDFIUM", "PDFPLUMBER", "Pages", "read_pages"]

SLOW = "slow"  # what is wrong with a page, beside DAMAGED
_LEAST_START = 60.0  # seconds: the reader itself may take that long to start
_MOST_FAILURES = 3  # pages in a row that end the process, before the rest is given up
_AHEAD = 64  # pages the worker may be ahead


class Pages(NamedTuple):
    """The pages that could be read, and for the others what is wrong (DAMAGED or SLOW)."""

    page_count: int
    drafts: tuple[PageDraft, ...]
    facts: tuple[Facts, ...]
    failed: tuple[tuple[int, str], ...]
    source: Source


def read_pages(path: Path, password: str | None, page_seconds: float, reader: str) -> Pages:
    """All pages of the file; SourceError where it cannot be opened."""
    drafts: list[PageDraft] = []
    facts: list[Facts] = []
    failed: list[tuple[int, str]] = []
    count, first, in_a_row = None, 0, 0
    while count is None or first < count:
        failure = DAMAGED
        for frame in _frames(Job(str(path), password, first, reader), page_seconds):
            if frame is None:
                failure = SLOW
            elif frame.kind == OPENED:
                count = frame.number
            elif frame.kind in (LOCKED, BROKEN):
                raise SourceError(_refusal(path, frame.kind, password))
            else:
                first, in_a_row = max(first, frame.number), 0
                if frame.kind == PAGE and frame.draft and frame.facts:
                    drafts.append(frame.draft)
                    facts.append(frame.facts)
                else:
                    failed.append((frame.number, frame.kind))
        if count is None:
            raise SourceError(_refusal(path, BROKEN, password))
        if first < count:
            in_a_row += 1
            skipped = range(first, count if in_a_row >= _MOST_FAILURES else first + 1)
            failed += [(page + 1, failure) for page in skipped]
            first = skipped.stop
    lost = {number for number, _ in failed}
    drafts = [draft for draft in drafts if draft.number not in lost]
    facts = [one for one in facts if one.number not in lost]
    return Pages(count, tuple(drafts), tuple(facts), tuple(failed), Source(path.name, _hash(path), "pdf"))


def _refusal(path: Path, kind: str, password: str | None) -> str:
    if kind == LOCKED and password:
        return f"{path.name}: expected a PDF that the password opens, found that it does not fit (--password)"
    if kind == LOCKED:
        return f"{path.name}: expected a PDF that opens, found an encrypted one: give its password with --password"
    return f"{path.name}: expected a whole PDF, found one that is damaged or cut off: no page of it can be opened"


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _frames(job: Job, page_seconds: float) -> Iterator[Frame | None]:
    """The frames of one process; None, and no more, where a page took longer than it may."""
    with _started(job) as stream:
        frames: Queue[Frame | None] = Queue(_AHEAD)
        Thread(target=_receive, args=(stream, frames), daemon=True).start()
        limit = max(page_seconds, _LEAST_START)
        while True:
            try:
                frame = frames.get(timeout=limit)
            except Empty:
                yield None
                return
            if frame is None:
                return
            yield frame
            limit = page_seconds


@contextmanager
def _started(job: Job) -> Iterator[BinaryIO]:
    """The standard output of a worker at this job; the worker is gone afterwards."""
    with start_child("pipeline.read.pdf_worker", "main") as process:
        assert process.stdin is not None and process.stdout is not None
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(pickle.dumps(job))
                process.stdin.close()
            yield process.stdout  # type: ignore[misc]
        finally:
            process.kill()


def _receive(stream: BinaryIO, frames: Queue[Frame | None]) -> None:
    """Frames from the stream into the queue; None at its end, also when it breaks off inside a frame."""
    with suppress(OSError, ValueError, EOFError, pickle.UnpicklingError):
        while len(head := stream.read(8)) == 8:
            size = int.from_bytes(head, "big")
            data = stream.read(size)
            if len(data) < size:
                break
            frames.put(pickle.loads(data))
    frames.put(None)
