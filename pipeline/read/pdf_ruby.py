"""Ruby: kana set small above the kanji whose reading they say.

Takes a page's glyphs. Gives the glyphs without ruby, and the ruby. It says again how a word is read; inside
the line below it would part words and rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.read.pdf_ink import Glyph
from pipeline.read.pdf_lines import Ink, make_pieces

_SMALL = 0.62  # of the size of the text below
_NEAR, _FAR = 0.5, 1.3  # of that size: how far above its line ruby stands
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・ ]{1,16}")
_KANJI = re.compile(r"[㐀-鿿々豈-﫿]")


def part_ruby(page: int, glyphs: Sequence[Glyph]) -> tuple[Sequence[Glyph], tuple[Ink, ...]]:
    """The glyphs that are no ruby, and the ruby, a piece for each word it stands above."""
    most = max((glyph.size for glyph in glyphs), default=0.0)
    small = [glyph for glyph in glyphs if glyph.size <= _SMALL * most and not glyph.text.isspace()]
    if not small:
        return glyphs, ()
    kanji = [glyph for glyph in glyphs if _KANJI.match(glyph.text)]
    found = tuple(
        piece
        for row in make_pieces(page, small)
        for piece in row
        if _KANA.fullmatch(piece.text) and any(_stands_above(piece, one) for one in kanji)
    )
    if not found:
        return glyphs, ()
    taken = [glyph for glyph in glyphs if not (glyph.size <= _SMALL * most and _is_in(glyph, found))]
    return taken, found


def _stands_above(piece: Ink, one: Glyph) -> bool:
    above = (one.base - piece.base) / one.size
    return (
        piece.size <= _SMALL * one.size and _NEAR <= above <= _FAR and one.x0 < piece.x1 and piece.x0 < one.x1
    )


def _is_in(glyph: Glyph, pieces: Sequence[Ink]) -> bool:
    return any(
        abs(glyph.base - piece.base) < 0.2 * piece.size
        and piece.x0 <= glyph.x0
        and glyph.x1 <= piece.x1 + 0.01
        for piece in pieces
    )
