"""Glyphs to lines: what stands on one height and close together, with a blank where the page shows a gap.

Takes glyphs. Gives `Ink` pieces (glyphs with nothing wide between them) and lines, which are pieces joined.
A run of blanks of any width becomes one space: PDFium drops some of them, and no field keeps them.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.read.pdf_ink import ASCENT, DESCENT, Glyph

GAP = 0.45  # of the em: an inkless gap as wide as that parts two pieces of a line
_BLANK = 0.35  # of the em, beside a Japanese character; the quarter em between scripts is no blank
_LATIN_BLANK = 0.18  # of the em, between two Latin characters that touch otherwise
_SAME_LINE = 0.45  # of the em: how far the heights of glyphs of one line may differ
# What no line break parts: brackets with what they open, a Latin word, signs that must not open a line.
_UNBROKEN = re.compile(
    r"[「『【（(〔［\[〈《＜“‘]*(?:[!-~]+|.)[、。，．,.・：；:;！？!?ー々」』】）)〕］\]〉》＞”’ぁぃぅぇぉっゃゅょァィゥェォッャュョ]*"
)
_LOOSE = 5  # gaps a line needs before its own spacing is told from blanks


@dataclass(frozen=True, slots=True)
class Ink:
    """A line or a part of one: a text without blanks at its ends, and the ends of each character."""

    page: int
    text: str
    left: array[float]
    right: array[float]
    base: float
    size: float
    parts: tuple[
        tuple[int, int, int], ...
    ] = ()  # of a date: column, start and end of each that has one of its own

    @property
    def x0(self) -> float:
        """Where its first character starts."""
        return self.left[0]

    @property
    def x1(self) -> float:
        """Where its last character ends."""
        return self.right[-1]

    @property
    def top(self) -> float:
        """The upper end of its characters' boxes."""
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """The lower end of its characters' boxes."""
        return self.base + DESCENT * self.size

    @property
    def first_width(self) -> float:
        """How much room it takes up to the first place where it could have been broken."""
        found = _UNBROKEN.match(self.text)
        return self.right[found.end() - 1] - self.left[0] if found else 0.0


def cut_heights(glyphs: Iterable[Glyph], reach: float = _SAME_LINE) -> list[list[Glyph]]:
    """Glyphs in groups of one height, from the top down, each from left to right."""
    groups: list[list[Glyph]] = []
    base, size = 0.0, 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if groups and glyph.base - base <= reach * max(size, glyph.size):
            groups[-1].append(glyph)
            size = max(size, glyph.size)
        else:
            groups.append([glyph])
            base, size = glyph.base, glyph.size
    for group in groups:
        group.sort(key=lambda glyph: (glyph.x0, glyph.x1))
    return groups


def make_lines(page: int, glyphs: Iterable[Glyph]) -> list[Ink]:
    """The lines of a cell or of a column, whatever gaps they have inside."""
    lines = (make_ink_line(page, group) for group in cut_heights(glyphs))
    return [line for line in lines if line]


def make_pieces(page: int, glyphs: Iterable[Glyph]) -> list[list[Ink]]:
    """For each height of the page its pieces, parted where a gap is wider than GAP."""
    rows: list[list[Ink]] = []
    for group in cut_heights(glyphs, 0.2):
        cuts: list[list[Glyph]] = [[]]
        end = None
        for glyph in group:
            if glyph.text.isspace():
                cuts[-1].append(glyph)
                continue
            if end is not None and glyph.x0 - end > GAP * glyph.size:
                cuts.append([])
            cuts[-1].append(glyph)
            end = glyph.x1 if end is None else max(end, glyph.x1)
        pieces = [piece for cut in cuts if (piece := make_ink_line(page, cut))]
        if pieces:
            rows.append(pieces)
    return rows


def make_ink_line(page: int, glyphs: Sequence[Glyph]) -> Ink | None:
    """One line of these glyphs, which stand from left to right; None where there is no ink."""
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not inked:
        return None
    spaced = _spacing(inked)
    text: list[str] = []
    left, right = array("f"), array("f")
    blank = False
    before: Glyph | None = None
    for glyph in glyphs:
        if glyph.text.isspace():
            blank = True
            continue
        if before and (blank or _shows_blank(before, glyph, spaced)):
            text.append(" ")
            left.append(min(before.x1, glyph.x0))
            right.append(glyph.x0)
        text.append(glyph.text)
        left.append(glyph.x0)
        right.append(glyph.x1)
        blank, before = False, glyph
    size = median(glyph.size for glyph in inked)
    base = median(glyph.base for glyph in inked)
    return Ink(page, *_spell(text, left, right), base, size)


def join_pieces(pieces: Sequence[Ink]) -> Ink:
    """Pieces of one height as one line, a blank between two of them."""
    if len(pieces) == 1:
        return pieces[0]
    text = pieces[0].text
    left, right = array("f", pieces[0].left), array("f", pieces[0].right)
    for before, after in pairwise(pieces):
        left.append(min(before.x1, after.x0))
        right.append(after.x0)
        text += " " + after.text
        left.extend(after.left)
        right.extend(after.right)
    widest = max(pieces, key=lambda piece: len(piece.text))
    return Ink(widest.page, text, left, right, widest.base, widest.size)


def split_ink(ink: Ink, at: int) -> tuple[Ink, Ink]:
    """The ink before and after this character, without the blanks between."""
    end = len(ink.text[:at].rstrip())
    start = len(ink.text) - len(ink.text[at:].lstrip())
    halves = ((0, end), (start, len(ink.text)))
    first, second = (slice_ink(ink, a, b) for a, b in halves)
    return first, second


def slice_ink(ink: Ink, start: int, end: int) -> Ink:
    """The ink from one character to another."""
    return Ink(ink.page, ink.text[start:end], ink.left[start:end], ink.right[start:end], ink.base, ink.size)


def _spell(
    text: list[str], left: array[float], right: array[float]
) -> tuple[str, array[float], array[float]]:
    """The text and the ends of each of its characters, where a glyph has several."""
    if all(len(sign) == 1 for sign in text):
        return "".join(text), left, right
    starts, ends = array("f"), array("f")
    for sign, x0, x1 in zip(text, left, right, strict=True):
        step = (x1 - x0) / len(sign)
        starts.extend(x0 + place * step for place in range(len(sign)))
        ends.extend(x0 + (place + 1) * step for place in range(len(sign)))
    return "".join(text), starts, ends


def _spacing(inked: Sequence[Glyph]) -> float:
    """How far the characters of the line are spread anyway (justified lines), in em."""
    gaps = [(after.x0 - before.x1) / after.size for before, after in pairwise(inked)]
    return max(0.0, median(gaps)) if len(gaps) >= _LOOSE else 0.0


def _shows_blank(before: Glyph, after: Glyph, spaced: float) -> bool:
    gap = (after.x0 - before.x1) / max(after.size, before.size)
    latin = _is_latin(before.text) and _is_latin(after.text)
    return gap > (_LATIN_BLANK if latin else _BLANK) + min(spaced, 1.0)


def _is_latin(sign: str) -> bool:
    return "!" <= sign[0] <= "~" or "\xa1" <= sign[0] <= "\u024f"
