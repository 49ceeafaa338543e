"""What the readers of annex tables share: pieces of lines, and a table before its cells are made.

Takes lines of the annex region. Gives `Piece` and `Draft`, and joins pieces to a Text.
Reads rules/annex.toml (list marks).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline import chars
from pipeline.model import SOFT, Document, Span, Text

_NUMBERS = re.compile(r"(?:^| )[―－+-]?[0-9][0-9,]*(?![0-9])")
_ROW_OF_NUMBERS = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one line without blanks at its ends; `text` is folded (`chars.fold`) and as long as `offsets`."""

    line: int  # index into Document.lines
    span: Span
    folded: chars.Folded
    soft: bool  # it ends its line, and the page broke the paragraph there
    x: float = 0.0  # where it starts on its line, in full-width characters

    @property
    def text(self) -> str:
        """The folded text, each blank one space."""
        return self.folded.text

    def cut(self, start: int, end: int) -> Piece:
        """The part of it between two offsets of `text`, trimmed."""
        part = self.text[start:end]
        left = start + len(part) - len(part.lstrip())
        right = start + len(part.rstrip())
        span = self.folded.span(left, max(left, right))
        offsets = self.folded.offsets[left : max(left, right) + 1]
        soft = self.soft and right >= len(self.text)
        x = self.x + chars.width(self.text[:left])
        return Piece(self.line, span, chars.Folded(self.text[left:right], offsets), soft, x)

    @property
    def end(self) -> float:
        """Where it ends on its line, in full-width characters."""
        return self.x + chars.width(self.text)


@dataclass(frozen=True, slots=True)
class Head:
    """A column as its head names it: role and kind of the rules, or nothing and what its cells hold."""

    role: str
    kind: str  # text | date | count | list | years
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A table whose cells are pieces: `slots[row, column]`; the first `head_rows` rows are heads."""

    slots: dict[tuple[int, int], list[Piece]]
    head_rows: int
    heads: tuple[Head, ...] = ()
    kind: str | None = None
    caption: tuple[Piece, ...] = ()
    notes: tuple[tuple[Piece, ...], ...] = ()
    place: int = 0  # line index at which it starts
    repeated: tuple[int, ...] = ()  # rows that say the head again, on a new page


def make_pieces(document: Document, indexes: Iterable[int]) -> list[Piece]:
    """The lines of these indexes that are not blank, trimmed; a row of numbers that the page broke is one."""
    lines = [
        piece for index in indexes if (piece := _make_piece(document, index, document.lines[index].span))
    ]
    pieces: list[Piece] = []
    for piece in lines:
        if pieces and pieces[-1].soft and len(_NUMBERS.findall(pieces[-1].text)) >= _ROW_OF_NUMBERS:
            pieces[-1] = _append(pieces[-1], piece)
        else:
            pieces.append(piece)
    return pieces


def _append(above: Piece, below: Piece) -> Piece:
    """Two lines as one piece; what stands across the break is read with nothing between."""
    folded = chars.Folded(above.text + below.text, (*above.folded.offsets[:-1], *below.folded.offsets))
    return Piece(above.line, Span(above.span.start, below.span.end), folded, below.soft, above.x)


def make_whole_lines(document: Document, indexes: Iterable[int]) -> list[Piece]:
    """The same, but what stands on one line of the source is one piece, whatever cells the reader saw in it."""
    pieces: list[Piece] = []
    for number, group in groupby(indexes, key=lambda index: document.lines[index].number):
        parts = sorted(group, key=lambda index: document.lines[index].span)
        first, last = document.lines[parts[0]], document.lines[parts[-1]]
        span = Span(first.span.start, last.span.end)
        if number and "\n" in document.text[span.start : span.end]:
            pieces.extend(make_pieces(document, parts))
        elif piece := _make_piece(document, parts[0], span):
            pieces.append(piece)
    return pieces


def _make_piece(document: Document, index: int, span: Span) -> Piece | None:
    text = document.text[span.start : span.end]
    if chars.is_blank(text):
        return None
    folded = chars.fold(text, span.start)
    start = document.text.rfind("\n", 0, span.start) + 1
    x = chars.width(document.text[start : span.start])
    return Piece(index, span, folded, document.lines[index].wrap == SOFT, x).cut(0, len(folded.text))


def starts_with(piece: Piece, marks: Sequence[str]) -> bool:
    """Whether the piece opens with one of these signs."""
    return piece.text.startswith(tuple(marks))


def join(source: str, pieces: Sequence[Piece], marks: Sequence[str] = ()) -> Text:
    """The Text of these pieces: pieces of one line with what stands between them, lines as RECORDS joins them.

    Japanese joins with nothing; two Latin words with a space; so does a list mark, and a Latin word that
    the text parts from Japanese by a blank on its other side too (全国連携 HP + 会員登録自治体).
    """
    spans: list[Span] = []
    before: Piece | None = None
    for piece in pieces:
        span = piece.span
        if (
            before
            and spans
            and before.line == piece.line
            and chars.is_blank(source[before.span.end : span.start])
        ):
            spans[-1] = Span(spans[-1].start, span.end)
        elif (
            before
            and spans
            and _needs_space(before.text, piece, marks)
            and chars.is_blank(_next(source, spans))
        ):
            spans[-1] = Span(spans[-1].start, spans[-1].end + 1)
            spans.append(span)
        else:
            spans.append(span)
        before = piece
    return chars.make_text(source, spans)


def _next(source: str, spans: list[Span]) -> str:
    return source[spans[-1].end : spans[-1].end + 1]


def _needs_space(before: str, piece: Piece, marks: Sequence[str]) -> bool:
    if not before or not piece.text:
        return False
    if marks and starts_with(piece, marks):
        return True
    last, first = before[-1], piece.text[0]
    if not (last.isascii() and last.isalnum()):
        return False
    if first.isascii():
        return first.isalnum()
    word = len(before) - len(before.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
    return len(before) > word and before[-word - 1] == " "
