"""What stands on one page of a PDF: glyphs with their places, ruling lines, pictures.

Takes what a PDF library reads, in the PDF's own coordinates. Gives a `PageInk` whose text runs upright
from left to right, its corner at the top left, fake bold taken back, ligatures as letters.
Both readers (pdf_pdfium, pdf_plumber) end here, so that they agree.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from pipeline.read.pdf_dots import Box, is_dot, join_dots
from pipeline.read.pdf_fills import find_edges

ASCENT, DESCENT = 0.88, 0.12  # of the em, as Japanese fonts have them: the box of a glyph on its line
MOST_EM = 1.05  # no character is wider; what its advance has more is spacing
UNREADABLE = "\ufffd"
_SAME_PLACE = 0.15  # of the em: a glyph drawn again nearer than this is fake bold or a shadow
_CELL = 4.0  # points: glyphs are looked for again by the cell of the page that they start in
_NO_WIDTH = frozenset("\u200b\u2060\ufeff")  # signs that show nothing and part nothing
_THIN = 3.0  # points: a filled box thinner than this is a ruling line
_SHORT = 2.0  # points: a ruling line shorter than this is a dot


class Glyph(NamedTuple):
    """One character: its ends on the line, the height of its line, the size of its font, in points."""

    text: str
    x0: float
    x1: float
    base: float
    size: float


class Rule(NamedTuple):
    """A ruling line, horizontal (top == bottom) or vertical (x0 == x1), in points."""

    x0: float
    top: float
    x1: float
    bottom: float


class RawGlyph(NamedTuple):
    """A character as a PDF library tells it: origin and end of its advance, angle, in PDF coordinates."""

    text: str  # UNREADABLE where the font does not say which character it is
    x: float
    y: float
    x1: float
    y1: float
    size: float
    angle: int  # degrees counter-clockwise, as drawn


class RawPath(NamedTuple):
    """A drawn path in PDF coordinates: its subpaths as points, and how it is painted."""

    subpaths: tuple[tuple[tuple[float, float], ...], ...]
    is_stroked: bool
    is_filled: bool


class PageInk(NamedTuple):
    """One page as it is read further; `turned` is text that runs in another direction than the page's."""

    number: int  # from 1
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Rule, ...]
    unreadable: int = 0
    picture_share: float = 0.0  # of the page, covered by its largest picture
    is_vertical: bool = False
    turned: tuple[Glyph, ...] = ()


def make_ink(
    number: int,
    view: tuple[float, float, float, float],
    raw: Sequence[RawGlyph],
    paths: Iterable[RawPath],
    picture_share: float,
) -> PageInk:
    """The page turned so that most of its text runs from left to right; `view` is left, bottom, right, top."""
    angles = Counter(glyph.angle for glyph in raw if not glyph.text.isspace())
    angle = max(angles, key=lambda one: (angles[one], one == 0), default=0)
    turn = 90 * (round(angle / 90) % 4)
    upright = _drop_doubles(_place(raw, view, turn, angle, upright=True))
    width, height = view[2] - view[0], view[3] - view[1]
    if turn in (90, 270):
        width, height = height, width
    return PageInk(
        number,
        width,
        height,
        upright,
        _find_rules(paths, view, turn),
        sum(1 for glyph in upright if is_unreadable(glyph.text)),
        picture_share,
        _is_vertical(upright),
        _drop_doubles(_place(raw, view, turn, angle, upright=False)) if len(angles) > 1 else (),
    )


def is_unreadable(text: str) -> bool:
    """Whether the sign says nothing: no character, a control sign, or one of a font's private signs."""
    return text == UNREADABLE or unicodedata.category(text[0]) in ("Cc", "Co", "Cn", "Cs")


def turn_point(x: float, y: float, view: tuple[float, float, float, float], turn: int) -> tuple[float, float]:
    """The point seen from the top left corner of the page, text of that angle running to the right."""
    left, bottom, right, top = view
    if turn == 90:
        return y - bottom, x - left
    if turn == 180:
        return right - x, y - bottom
    if turn == 270:
        return top - y, right - x
    return x - left, top - y


def _place(
    raw: Sequence[RawGlyph], view: tuple[float, float, float, float], turn: int, angle: int, upright: bool
) -> list[Glyph]:
    glyphs: list[Glyph] = []
    for glyph in raw:
        if (abs(glyph.angle - angle) <= 5 or glyph.text.isspace()) != upright or glyph.text in _NO_WIDTH:
            continue
        x0, base = turn_point(glyph.x, glyph.y, view, turn)
        x1, _ = turn_point(glyph.x1, glyph.y1, view, turn)
        letters = _letters(glyph.text)
        step = (max(x1, x0) - x0) / len(letters)
        for place, letter in enumerate(letters):
            glyphs.append(Glyph(letter, x0 + place * step, x0 + (place + 1) * step, base, glyph.size))
    return glyphs


def _letters(text: str) -> str:
    """The letters of a ligature; any other sign as it is, what cannot be read as UNREADABLE."""
    if len(text) == 1 and "\ufb00" <= text <= "\ufb06":
        return unicodedata.normalize("NFKC", text)
    if not text or (len(text) == 1 and unicodedata.category(text) in ("Cc", "Cs") and not text.isspace()):
        return UNREADABLE
    return text


def _drop_doubles(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """The glyphs without those drawn again at almost the same place (fake bold, shadows)."""
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    kept: list[Glyph] = []
    for glyph in glyphs:
        if not glyph.size:
            continue
        text, x0, _, base, size = glyph
        near = _SAME_PLACE * size
        columns = range(int((x0 - near) // _CELL), int((x0 + near) // _CELL) + 1)  # the cells it can touch
        rows = range(int((base - near) // _CELL), int((base + near) // _CELL) + 1)
        around = [seen[place] for place in product((text,), columns, rows) if place in seen]
        if around and any(
            abs(other.x0 - x0) < near and abs(other.base - base) < near for cell in around for other in cell
        ):
            continue
        seen.setdefault((text, int(x0 // _CELL), int(base // _CELL)), []).append(glyph)
        kept.append(glyph)
    return tuple(kept)


def _is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Whether most characters stand below the one before them, as in vertical writing."""
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    below = sum(
        1
        for before, after in pairwise(inked)
        if abs(after.x0 - before.x0) < 0.3 * before.size
        and 0.7 * before.size < after.base - before.base < 1.6 * before.size
    )
    return len(inked) >= 20 and below > 0.4 * len(inked)


def _find_rules(
    paths: Iterable[RawPath], view: tuple[float, float, float, float], turn: int
) -> tuple[Rule, ...]:
    """The ruling lines: edges of what is stroked, the middle line of what is filled and thin, or of a row of dots."""
    found: list[Rule] = []
    dots: list[Box] = []
    fills: list[Box] = []
    for path in paths:
        for subpath in path.subpaths:
            points = [turn_point(x, y, view, turn) for x, y in subpath]
            if path.is_stroked:
                for (xa, ya), (xb, yb) in pairwise(points):
                    found += _straight(Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)), 0.6)
            elif path.is_filled and points:
                across, down = [x for x, _ in points], [y for _, y in points]
                box = Box(min(across), min(down), max(across), max(down))
                if is_dot(box):
                    dots.append(box)
                else:
                    found += thin if (thin := _straight(box, _THIN)) else ()
                    fills += () if thin else (box,)
    lines, single = join_dots(dots)
    found += (rule for box in (*single, *lines) for rule in _straight(box, _THIN))
    return (*found, *(Rule(*edge) for edge in find_edges(fills, [Box(*rule) for rule in found])))


def _straight(box: Box, thin: float) -> list[Rule]:
    x0, top, x1, bottom = box
    if bottom - top <= thin and x1 - x0 > max(_SHORT, bottom - top):
        middle = (top + bottom) / 2
        return [Rule(x0, middle, x1, middle)]
    if x1 - x0 <= thin and bottom - top > max(_SHORT, x1 - x0):
        middle = (x0 + x1) / 2
        return [Rule(middle, top, middle, bottom)]
    return []
