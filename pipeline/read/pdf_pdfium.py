"""Reads one page with PDFium: the quick reader.

Takes an open pypdfium2 document and a page's index. Gives its `PageInk`.
PDFium adds blanks and line ends of its own making: they are left out, the places of glyphs say more.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any, NamedTuple
from unicodedata import east_asian_width

import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.read.pdf_clips import address, find_clipped
from pipeline.read.pdf_ink import MOST_EM, UNREADABLE, PageInk, RawGlyph, RawPath, make_ink

_HYPHEN = 0x02  # what PDFium writes for a hyphen at a line's end
_MADE_UP = frozenset((0x20, 0x0D, 0x0A, 0x2D, 0x02))  # signs that PDFium adds at gaps and line ends
_DEEPEST = 8  # forms inside forms
# Of the em: a box that starts so far behind its glyph's origin is that of the ink alone. PDFium knows no
# advance where a sign comes from /ActualText, as browsers write it for a glyph that two signs share (・ ‧).
_OFF_ORIGIN = 0.05
_LIGATURE_LETTERS = frozenset("filts")


class _Matrix(NamedTuple):
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """The point, moved."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, inner: _Matrix) -> _Matrix:
        """The matrix that moves by `inner` first, then by this one."""
        return _Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )


_READ = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_TEXT)
_UNMOVED = _Matrix(1, 0, 0, 1, 0, 0)


def read_page(document: pypdfium2.PdfDocument, index: int) -> PageInk:
    """What stands on the page; PdfiumError where the page is damaged."""
    page = document[index]
    try:
        view = tuple(page.get_cropbox())
        text_page = page.get_textpage()
        try:
            paths, blanks, picture = _read_elements(page.raw)
            glyphs = list(_read_glyphs(text_page.raw, find_clipped(page.raw)))
        finally:
            text_page.close()
        area = max((view[2] - view[0]) * (view[3] - view[1]), 1.0)
        return make_ink(index + 1, view, [*glyphs, *blanks], paths, picture / area)
    finally:
        page.close()


def _read_glyphs(text_page: Any, clipped: frozenset[int]) -> Iterator[RawGlyph]:
    """Every character of the page but those that PDFium made up; each costs as few calls as can be.

    `clipped` are pieces of text that show nothing.
    """
    across, up, box, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    tell_code, tell_origin, tell_box, tell_matrix, tell_size, is_unmapped = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetCharOrigin,
        pdfium.FPDFText_GetLooseCharBox,
        pdfium.FPDFText_GetMatrix,
        pdfium.FPDFText_GetFontSize,
        pdfium.FPDFText_HasUnicodeMapError,
    )
    before: RawGlyph | None = None
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = tell_code(text_page, index)
        if code in _MADE_UP and pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        if clipped and address(pdfium.FPDFText_GetTextObject(text_page, index)) in clipped:
            continue
        tell_origin(text_page, index, across, up)
        tell_box(text_page, index, box)
        tell_matrix(text_page, index, matrix)
        points = tell_size(text_page, index)
        text = UNREADABLE if is_unmapped(text_page, index) == 1 else "-" if code == _HYPHEN else chr(code)
        size, em = points * matrix.d, points * matrix.a
        x, y, angle = across.value, up.value, 0
        if matrix.b or matrix.c or size <= 0 or em <= 0:  # turned, slanted or mirrored
            angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
            size, em = points * math.hypot(matrix.c, matrix.d), points * math.hypot(matrix.a, matrix.b)
        if not angle and box.left - x > _OFF_ORIGIN * em and east_asian_width(text) in "WF":
            box.right = x + em
        glyph = RawGlyph(text, x, y, *_advance_end(angle, x, y, box, MOST_EM * em), size, angle)
        if before and _is_one_ligature(before, glyph):
            before = before._replace(text=before.text + text)
            continue
        if before:
            yield before
        before = glyph
    if before:
        yield before


def _advance_end(angle: int, x: float, y: float, box: Any, most: float) -> tuple[float, float]:
    """Where the glyph ends: the far side of its box in the direction it is written, added spacing left out."""
    if angle < 45 or angle >= 315:
        return min(max(box.right, x), x + most), y
    if angle < 135:
        return x, min(max(box.top, y), y + most)
    if angle < 225:
        return max(min(box.left, x), x - most), y
    return x, max(min(box.bottom, y), y - most)


def _is_one_ligature(before: RawGlyph, after: RawGlyph) -> bool:
    """Whether PDFium took one sign apart: it gives its letters the same place."""
    return (
        after.x == before.x
        and after.text in _LIGATURE_LETTERS
        and before.text[-1] in _LIGATURE_LETTERS
        and (before.y, before.x1, before.size) == (after.y, after.x1, after.size)
    )


def _read_elements(page: Any) -> tuple[list[RawPath], list[RawGlyph], float]:
    """The drawn paths of the page, blanks that stand alone, and the area of the largest picture."""
    paths: list[RawPath] = []
    blanks: list[RawGlyph] = []
    largest = 0.0
    for element, matrix in _walk(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, _UNMOVED, 0):
        kind = pdfium.FPDFPageObj_GetType(element)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            path = _read_path(element, matrix)
            if path:
                paths.append(path)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            blanks += _read_blank(element, matrix)
        else:
            largest = max(largest, _area(element, matrix))
    return paths, blanks, largest


def _read_blank(element: Any, outer: _Matrix) -> list[RawGlyph]:
    """A piece of text without ink, which PDFium leaves out of its characters; nothing for any other."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if (
        not pdfium.FPDFPageObj_GetBounds(element, left, bottom, right, top)
        or right.value - left.value >= 0.01
    ):
        return []
    matrix, size = outer.after(_matrix_of(element)), ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(element, size)
    angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) % 360
    em = size.value * math.hypot(matrix.c, matrix.d)
    return [RawGlyph(" ", matrix.e, matrix.f, matrix.e, matrix.f, em, angle)]


def _walk(holder: Any, count: Any, get: Any, matrix: _Matrix, depth: int) -> Iterator[tuple[Any, _Matrix]]:
    """Paths, pictures and pieces of text, those inside forms too, each with the matrix of its form."""
    for index in range(max(count(holder), 0)):
        element = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(element)
        if kind in _READ:
            yield element, matrix
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = matrix.after(_matrix_of(element))
            yield from _walk(
                element, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1
            )


def _matrix_of(element: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(element, found):
        return _UNMOVED
    return _Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _area(element: Any, outer: _Matrix) -> float:
    matrix = outer.after(_matrix_of(element))
    return abs(matrix.a * matrix.d - matrix.b * matrix.c)


def _read_path(element: Any, outer: _Matrix) -> RawPath | None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(element, fill, stroke) or not (fill.value or stroke.value):
        return None
    matrix = outer.after(_matrix_of(element))
    subpaths: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFPath_CountSegments(element)):
        segment = pdfium.FPDFPath_GetPathSegment(element, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = matrix.apply(x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not subpaths:
            subpaths.append([])
        subpaths[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            subpaths[-1].append(subpaths[-1][0])
    return RawPath(tuple(tuple(points) for points in subpaths), bool(stroke.value), bool(fill.value))
