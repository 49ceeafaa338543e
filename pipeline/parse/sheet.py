"""The lines of a document that hold content, as entries are cut from them.

Takes a Reading with furniture roles. Gives a `Sheet`: content lines trimmed of blanks, in rows of tables
where they have cells; and `Joined`, several lines as one text whose offsets lead back to the source.
Reads rules/eras.csv and rules/dates.toml (signs).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pipeline import chars
from pipeline.model import BROKEN, Document, Fragment, Line, Reading, Span
from pipeline.rules.load import Rules

_DIGITS_LAST, _DIGITS_FIRST = re.compile(r"\d{1,3}\Z"), re.compile(r"\d{1,3}")
_DAY = re.compile(r" ?[0-9一二三四五六七八九十〇]{1,3} ?[月日]")
_YEAR = re.compile(r"1[89]\d\d|20\d\d")


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one content line (or of a part of it): `text` is `source[span.start:span.end]`."""

    line: int  # index into Document.lines
    span: Span
    text: str

    def cut(self, source: str, start: int, end: int | None = None) -> Piece:
        """The part of it from offset `start` to `end` of its text, trimmed of blanks."""
        stop = self.span.end if end is None else self.span.start + end
        span = chars.trim(source, Span(self.span.start + start, stop))
        return Piece(self.line, span, source[span.start : span.end])


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells by column, each a tuple of pieces from top to bottom."""

    table: int
    row: int
    cells: tuple[tuple[int, tuple[Piece, ...]], ...]

    def cell(self, column: int) -> tuple[Piece, ...]:
        """The pieces of this column, none where it is empty."""
        return next((pieces for place, pieces in self.cells if place == column), ())

    def without_bullet(self, source: str, bullets: frozenset[str]) -> tuple[Row, Span | None]:
        """The row without the bullet that its first cell begins with, and where that stands; None without one."""
        column, pieces = self.cells[0] if self.cells else (0, ())
        text = pieces[0].text if pieces else ""
        if text[:1] not in bullets or not text[1:].strip() or text[1] in "年月日":  # 〇月〇日
            return self, None
        rest = pieces[0].cut(source, 1)
        cells = ((column, (rest, *pieces[1:])), *self.cells[1:])
        return Row(self.table, self.row, cells), Span(pieces[0].span.start, pieces[0].span.start + 1)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces, column by column."""
        return tuple(piece for _, pieces in self.cells for piece in pieces)


Unit = Piece | Row


@dataclass(frozen=True, slots=True)
class Joined:
    """Pieces joined by line ends; positions in `text` lead back to the source."""

    text: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]  # where each piece starts in `text`

    @property
    def seams(self) -> tuple[int, ...]:
        """The pieces that a line end stands before."""
        return tuple(
            place for place, start in enumerate(self.starts) if place and self.text[start - 1] == "\n"
        )

    def spans(self, source: str, start: int, end: int) -> tuple[Span, ...]:
        """The places of `text[start:end]`, one a piece, each trimmed of blanks."""
        found = []
        for piece, begin in zip(self.pieces, self.starts, strict=True):
            left, right = max(start, begin), min(end, begin + len(piece.text))
            if left < right:
                span = chars.trim(
                    source, Span(piece.span.start + left - begin, piece.span.start + right - begin)
                )
                if span.start < span.end:
                    found.append(span)
        return tuple(found)

    def place(self, offset: int) -> int:
        """Where in the source this offset of the text is."""
        for piece, begin in reversed(tuple(zip(self.pieces, self.starts, strict=True))):
            if offset >= begin:
                return piece.span.start + min(offset - begin, len(piece.text))
        return self.pieces[0].span.start

    def rest(self, source: str, offset: int) -> tuple[Piece, ...]:
        """The pieces behind the offset, trimmed; none of them blank."""
        found = []
        for piece, begin in zip(self.pieces, self.starts, strict=True):
            cut = piece.cut(source, min(max(offset - begin, 0), len(piece.text)))
            if cut.text:
                found.append(cut)
        return tuple(found)


def join_pieces(pieces: Sequence[Piece]) -> Joined:
    """These pieces as one text, a line end between two; a 度 that a narrow column left alone goes to its 年."""
    starts, text = [], ""
    for place, piece in enumerate(pieces):
        text += "\n" if place and not _is_fiscal(text, piece.text) else ""
        starts.append(len(text))
        text += piece.text
    return Joined(text, tuple(pieces), tuple(starts))


def _is_fiscal(before: str, after: str) -> bool:
    return after == "度" and before.endswith("年")


def join_cell(sheet: Sheet, pieces: Sequence[Piece], rules: Rules) -> Joined:
    """A cell's pieces as one text; what its narrow column parted (平成２ / ６年, 平 / 成5年, 日 / ～) is put together."""
    starts, text = [], ""
    for place, piece in enumerate(pieces):
        is_full = place > 0 and sheet.line(pieces[place - 1]).wrap in BROKEN
        is_one = (is_full and _is_torn(text, piece.text)) or _is_one_date(text, piece.text, rules)
        if place and not is_one and not _is_fiscal(text, piece.text):
            text += "\n"
        starts.append(len(text))
        text += piece.text
    return Joined(text, tuple(pieces), tuple(starts))


def _is_one_date(before: str, after: str, rules: Rules) -> bool:
    """Whether an era's name is parted here (～平 / 成8年), or a sign goes on that no date begins with (～, ・17日)."""
    if any(before[-1:] + after[:1] == era.name for era in rules.dates.eras):
        return True
    signs = rules.dates.signs
    rest = after.strip("".join(signs["waves"]) + chars.BLANKS)
    if not rest:
        return before[-1:] in ("年", "月", "日")
    return (
        after[:1] in signs["joins"] and bool(_DAY.match(chars.fold(after[1:]).text)) and before[-1:] == "日"
    )


def _is_torn(before: str, after: str) -> bool:
    """Whether the digits on both sides make a year, a month or a day: one and one, or four of 1850 to 2099."""
    upper, lower = _DIGITS_LAST.search(before), _DIGITS_FIRST.match(after)
    if not upper or not lower:
        return False
    return len(upper[0] + lower[0]) == 2 or bool(_YEAR.fullmatch(str(int(upper[0] + lower[0]))))


@dataclass(frozen=True, slots=True)
class Sheet:
    """The content of a document: `units` in document order, plain lines and rows of tables."""

    document: Document
    units: tuple[Unit, ...]

    @property
    def source(self) -> str:
        """The source text."""
        return self.document.text

    def tables(self) -> dict[int, list[Row]]:
        """The rows of each table, by the table's number, in document order."""
        found: dict[int, list[Row]] = {}
        for unit in self.units:
            if isinstance(unit, Row):
                found.setdefault(unit.table, []).append(unit)
        return found

    def map_rows(self, change: Callable[[Row], Row]) -> Sheet:
        """The sheet with what `change` gives in the place of each row; lines outside tables stay as they are."""
        return Sheet(
            self.document, tuple(change(unit) if isinstance(unit, Row) else unit for unit in self.units)
        )

    def line(self, piece: Piece) -> Line:
        """The line the piece stands in."""
        return self.document.lines[piece.line]

    def text_of(self, fragments: Iterable[Fragment]) -> str:
        """The text of the fragments as it stands, side by side."""
        return "".join(self.source[fragment.span.start : fragment.span.end] for fragment in fragments)

    def fragment(self, piece: Piece, column: int = 0) -> Fragment:
        """The piece as the fragment of an entry."""
        line = self.line(piece)
        lead = self.source[line.span.start : piece.span.start]
        indent = line.indent if chars.is_blank(lead) else line.indent + chars.width(lead.lstrip())
        return Fragment(piece.span, piece.line, line.wrap, indent, column)


def make_sheet(reading: Reading) -> Sheet:
    """The content lines of the reading; furniture and blank lines are left out."""
    document, roles = reading.document, reading.roles or ("",) * len(reading.document.lines)
    plain: list[Piece] = []
    for index, (line, role) in enumerate(zip(document.lines, roles, strict=True)):
        span = chars.trim(document.text, line.span)
        if not role and span.start < span.end and not chars.is_blank(document.text[span.start : span.end]):
            plain.append(Piece(index, span, document.text[span.start : span.end]))
    return Sheet(document, tuple(_make_units(document, plain)))


def _make_units(document: Document, pieces: Iterable[Piece]) -> list[Unit]:
    """Plain lines as they are, lines of one table row as one Row where its first line stands."""
    units: list[Unit] = []
    places: dict[tuple[int, int], int] = {}
    rows: dict[tuple[int, int], dict[int, list[Piece]]] = {}
    for piece in pieces:
        cell = document.lines[piece.line].cell
        if cell is None:
            units.append(piece)
            continue
        key = cell[0], cell[1]
        if key not in places:
            places[key] = len(units)
            rows[key] = {}
            units.append(piece)  # the place is held; the row comes when all its lines are known
        rows[key].setdefault(cell[2], []).append(piece)
    for key, place in places.items():
        cells = tuple((column, tuple(found)) for column, found in sorted(rows[key].items()))
        units[place] = Row(key[0], key[1], cells)
    return units
