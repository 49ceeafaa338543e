"""What the pages say of themselves: scans, signs no font explains, vertical text, pages not read.

Takes `Pages`. Gives findings; SourceError where there is no text, or text that cannot be trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from pipeline.errors import SourceError
from pipeline.findings import Finding
from pipeline.read.pdf_child import SLOW, Pages
from pipeline.read.pdf_worker import Facts

_UNTRUSTED = 0.3  # share of unreadable characters from which on the text is worth nothing
_PICTURE = 0.3  # share of the page that a picture covers, on a page without text: a scan
_TAIL = 2048  # bytes at a file's end that hold its end mark


def check_pages(path: Path, pages: Pages) -> tuple[Finding, ...]:
    """Findings for pages that could not be read, or not wholly."""
    _refuse(path, pages)
    findings = [_tell_failure(number, what) for number, what in pages.failed]
    for facts in pages.facts:
        findings += _tell_page(facts)
    if not _has_end(path):
        findings.append(
            Finding(
                "pdf_cut_off", f"{path.name} has no end mark: the file may be cut off; what is there was read"
            )
        )
    return tuple(sorted(findings, key=lambda finding: (finding.page or 0, finding.code)))


def _refuse(path: Path, pages: Pages) -> None:
    glyphs = sum(facts.glyphs for facts in pages.facts)
    unreadable = sum(facts.unreadable for facts in pages.facts)
    if not glyphs:
        scanned = [facts.number for facts in pages.facts if facts.picture_share > _PICTURE]
        if scanned:
            raise SourceError(
                f"{path.name}: expected text, found a scan: {_name_pages(scanned)} of {pages.page_count} hold pictures "
                "and no text; run text recognition (OCR) on it first"
            )
        raise SourceError(
            f"{path.name}: expected text, found none on {_name_pages(range(1, pages.page_count + 1))}"
        )
    if unreadable > _UNTRUSTED * glyphs:
        worst = [facts.number for facts in pages.facts if facts.unreadable]
        raise SourceError(
            f"{path.name}: expected text, found {unreadable} of {glyphs} characters ({unreadable / glyphs:.0%}) "
            f"on {_name_pages(worst)} in fonts that do not say which characters they show: its text cannot be trusted"
        )


def _tell_failure(number: int, what: str) -> Finding:
    if what == SLOW:
        message = (
            f"page {number} took longer than a page may take; it was given up, the other pages were read"
        )
        return Finding("pdf_page_slow", message, page=number)
    return Finding(
        "pdf_page_damaged", f"page {number} is damaged and could not be read; the others were", page=number
    )


def _tell_page(facts: Facts) -> list[Finding]:
    page = facts.number
    found: list[Finding] = []
    if not facts.glyphs and facts.picture_share > _PICTURE:
        message = f"page {page} is a scan: it holds a picture and no text, and was not read"
        found.append(Finding("pdf_page_scanned", message, page=page))
    elif not facts.glyphs:
        found.append(
            Finding("pdf_page_empty", f"page {page} shows no text: it is blank or damaged", page=page)
        )
    if facts.unreadable:
        share = facts.unreadable / facts.glyphs
        message = (
            f"page {page}: {facts.unreadable} of {facts.glyphs} characters ({share:.0%}) are in fonts that do not "
            "say which characters they show; they stand as \ufffd"
        )
        found.append(Finding("pdf_unreadable_characters", message, page=page))
    if facts.is_vertical:
        message = (
            f"page {page} is set in vertical lines; its characters were read as if they ran across the page"
        )
        found.append(Finding("pdf_vertical_text", message, page=page))
    if facts.turned:
        message = (
            f"page {page}: {facts.turned} characters run in another direction than the page's text; set aside"
        )
        found.append(Finding("pdf_turned_text", message, page=page))
    return found


def _name_pages(numbers: Iterable[int]) -> str:
    """`page 3`, `pages 1-27`, `pages 1-3, 7`."""
    listed = sorted(numbers)
    if len(listed) == 1:
        return f"page {listed[0]}"
    return "pages " + ", ".join(_name_run(run) for run in _runs(listed))


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs = [[numbers[0]]]
    for before, after in pairwise(numbers):
        if after == before + 1:
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def _name_run(run: Sequence[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"


def _has_end(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(0, 2)
        stream.seek(max(0, stream.tell() - _TAIL))
        return b"%%EOF" in stream.read()
