"""Text that a page draws and does not show: what lies outside its own clipping path.

Takes a page of PDFium. Gives the addresses of such pieces of text. A spreadsheet sets the text of a merged
cell on every page that the cell reaches, clipped to the part of the cell that stands there.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.read.pdf_ink import ASCENT, DESCENT

_SHOWN = 0.35  # of a line's height: what shows less of itself stands on another page, with more
_FEW = 0.1  # of the page's pieces of text: where more seem to be clipped, the clipping is not understood


def find_clipped(page: Any) -> frozenset[int]:
    """The addresses of the page's few pieces of text that are clipped away, wholly or for the most part."""
    found: set[int] = set()
    count = 0
    for index in range(max(pdfium.FPDFPage_CountObjects(page), 0)):
        element = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(element) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        count += 1
        if _is_clipped(element):
            found.add(address(element))
    return frozenset(found) if len(found) <= _FEW * count else frozenset()


def address(element: Any) -> int:
    """Where PDFium keeps this object: the same number for the same object."""
    return ctypes.cast(element, ctypes.c_void_p).value or 0


def _is_clipped(element: Any) -> bool:
    clip = pdfium.FPDFPageObj_GetClipPath(element)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    if count <= 0:
        return False
    matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if (
        not pdfium.FPDFPageObj_GetMatrix(element, matrix)
        or matrix.b
        or matrix.c
        or matrix.d <= 0  # turned text is left alone
        or not pdfium.FPDFPageObj_GetBounds(element, left, bottom, right, top)
    ):
        return False
    pdfium.FPDFTextObj_GetFontSize(element, size)
    em = size.value * matrix.d
    middle, low, high = (left.value + right.value) / 2, matrix.f - DESCENT * em, matrix.f + ASCENT * em
    return any(not _shows(_box(clip, place), middle, low, high) for place in range(count))


def _shows(box: tuple[float, float, float, float] | None, x: float, low: float, high: float) -> bool:
    """Whether enough of a line stands in the box; no box shows everything."""
    if box is None:
        return True
    left, bottom, right, top = box
    return left <= x <= right and min(high, top) - max(low, bottom) >= _SHOWN * (high - low)


def _box(clip: Any, place: int) -> tuple[float, float, float, float] | None:
    """Left, bottom, right and top of a clipping path; None where it has no point."""
    across, up = ctypes.c_float(), ctypes.c_float()
    xs: list[float] = []
    ys: list[float] = []
    for index in range(max(pdfium.FPDFClipPath_CountPathSegments(clip, place), 0)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, place, index)
        if pdfium.FPDFPathSegment_GetPoint(segment, across, up):
            xs.append(across.value)
            ys.append(up.value)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None
