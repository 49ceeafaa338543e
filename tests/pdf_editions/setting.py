"""Sets chronologies as PDF: a small typesetter with every layout the reader must know.

Full-width characters are an em wide, half-width ones half of it (IPA Gothic), so that widths are known.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from tests.pdf_editions.chronology import Row

FONTS = (
    Path("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"),
    Path("/usr/share/fonts/truetype/fonts-japanese-gothic.ttf"),
)
_NO_LINE_START = "、。，．）」』】・：；！？ー々ゃゅょっぁぃぅぇぉャュョッァィゥェォ,.)]"
_NO_LINE_END = "（「『【([＜"


def find_font() -> Path | None:
    """A Japanese TrueType font of this machine, or None."""
    return next((path for path in FONTS if path.exists()), None)


@dataclass(frozen=True)
class Layout:
    """How an edition is set; lengths in points."""

    page: tuple[float, float] = (595.3, 841.9)
    margin: tuple[float, float, float, float] = (46, 60, 46, 70)  # left, top, right, bottom
    columns: tuple[float, ...] = (107, 0)  # widths of the table's columns, 0 for what is left
    ups: int = 1  # table columns on a page
    gutter: float = 24
    size: float = 12
    leading: float = 18
    padding: float = 5
    row_gap: float = 2  # above and below the lines of a row
    rules: str = "all"  # all | none | open (no outer sides) | across (horizontal lines only) | frame
    place: str = "middle"  # of the date: middle | top
    year: str = "row"  # row | cell (inside the first date cell of a year) | centred
    splits: bool = True  # a row may run over the end of a page or column
    split_date: str = (
        "first"  # the part of a split row that holds its date: first | last | top (of the first part) | whole
    )
    date_align: str = "left"
    stamp: tuple[str, ...] = ()
    stamp_box: bool = True
    title: str = ""
    number: str = "{page}"  # page number; {page} and {pages}
    head: str = ""
    foot: str = ""
    header_row: tuple[str, ...] = ()  # head line of the table, again on each page
    blanks: str = "glyph"  # glyph | gap: blanks are drawn, or left as gaps
    bold: float = 0.0  # headlines drawn again this far to the right
    rotate: int = 0
    justify: bool = False
    annex: tuple[tuple[str, ...], ...] = ()
    number_place: str = "centre"


@dataclass
class _Line:
    text: str
    indent: float = 0.0
    bold: bool = False
    spread: float = 0.0


@dataclass
class _Set:
    """A row set into lines: for each column its lines."""

    cells: list[list[_Line]]
    is_span: bool = False
    align: str = "left"
    down: float | None = None  # lines above the date, where it stands neither at the top nor in the middle


def width(text: str, size: float) -> float:
    return sum(size if unicodedata.east_asian_width(sign) in "WFA" else size / 2 for sign in text)


def wrap(text: str, room: float, size: float, indent: float = 0.0) -> list[str]:
    """Lines no wider than the room; no line starts or ends with what must not, no Latin word is parted."""
    lines: list[str] = []
    rest, whole = text, room
    while width(rest, size) > (room := whole - (0.0 if lines else indent)) + 0.01:
        end = 0
        while width(rest[: end + 1], size) <= room + 0.01:
            end += 1
        start = end
        while end > 1 and (
            rest[end] in _NO_LINE_START or rest[end - 1] in _NO_LINE_END or _parts_word(rest, end)
        ):
            end -= 1
        end = end if end > 1 else start
        lines.append(rest[:end].rstrip(" "))
        rest = rest[end:].lstrip(" ")
    return [*lines, rest]


def _parts_word(text: str, at: int) -> bool:
    return all("!" <= sign <= "~" for sign in text[at - 1 : at + 1])


def set_pdf(rows: tuple[Row, ...], layout: Layout, **encryption: str) -> bytes:
    """The edition as a PDF."""
    return _Setter(layout, encryption).run(rows)


class _Setter:
    def __init__(self, layout: Layout, encryption: dict[str, str]) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen import canvas

        self.layout = layout
        font = find_font()
        assert font is not None
        pdfmetrics.registerFont(TTFont("test-gothic", str(font)))
        self.out = io.BytesIO()
        options: dict[str, object] = {"pagesize": layout.page, "invariant": 1}
        if encryption:
            from reportlab.lib.pdfencrypt import StandardEncryption

            options["encrypt"] = StandardEncryption(encryption["password"], canPrint=0)
        self.canvas = canvas.Canvas(self.out, **options)
        self.pages = 0
        self.y = 0.0
        self.up = 0
        self.total = "?"
        left, _, right, _ = layout.margin
        room = layout.page[0] - left - right - layout.gutter * (layout.ups - 1)
        self.table_width = room / layout.ups
        fixed = sum(layout.columns)
        self.widths = [one or self.table_width - fixed for one in layout.columns]

    def run(self, rows: tuple[Row, ...]) -> bytes:
        self.total = str(self._count(rows)) if "{pages}" in self.layout.number else "?"
        self._body(rows)
        self.canvas.save()
        return self.out.getvalue()

    def _count(self, rows: tuple[Row, ...]) -> int:
        from dataclasses import replace

        counter = _Setter(replace(self.layout, number="{page}"), {})
        counter._body(rows)
        return counter.pages

    def _body(self, rows: tuple[Row, ...]) -> None:
        self._open_page()
        if self.layout.title:
            size = self.layout.size * 1.15
            middle = self.layout.page[0] / 2
            self._draw(self.layout.title, middle - width(self.layout.title, size) / 2, self.y + size, size)
            self.y += 2 * size
            self.top_of_up = self.y
        self._header()
        for one in self._set_rows(rows):
            self._put(one)
        for lines in self.layout.annex:
            self._put_annex(lines)
        self._close_page()

    # rows to lines

    def _set_rows(self, rows: tuple[Row, ...]) -> list[_Set]:
        found: list[_Set] = []
        year: tuple[str, ...] = ()
        for row in rows:
            if row.is_year:
                if self.layout.year == "cell":
                    year = row.date
                    continue
                found.append(_Set([[_Line(row.date[0])]], True, self.layout.year))
                continue
            texts = (
                [row.name, *row.paragraphs] if len(self.widths) == 2 and row.name else list(row.paragraphs)
            )
            cells = [self._lines((*year, *row.date), 0)]
            year = ()
            if len(self.widths) == 3:
                cells.append(self._lines((row.name,) if row.name else (), 1))
                cells.append(self._lines(row.paragraphs, 2))
            elif len(self.widths) == 2:
                cells.append(self._lines(texts, 1))
            else:
                cells = [[*cells[0], *self._lines([f"　{text}" for text in texts], 0)]]
            found.append(_Set(cells))
        return found

    def _lines(self, texts, column: int) -> list[_Line]:
        room = self.widths[column] - 2 * self.layout.padding
        size = self.layout.size
        lines: list[_Line] = []
        for place, text in enumerate(texts):
            body = text.lstrip(" ")
            indent = (len(text) - len(body)) * size / 2
            parts = wrap(body, room, size, indent)
            for at, part in enumerate(parts):
                used = indent if at == 0 else 0.0
                spread = 0.0
                if self.layout.justify and at < len(parts) - 1 and len(part) > 1:
                    spread = (room - used - width(part, size)) / (len(part) - 1)
                lines.append(_Line(part, used, place == 0 and column == len(self.widths) - 1, spread))
        return lines

    # pages

    def _open_page(self) -> None:
        layout = self.layout
        self.pages += 1
        self.up = 0
        if layout.rotate:
            self.canvas.setPageRotation(layout.rotate)
        self.y = self.top_of_up = layout.margin[1]
        if self.pages == 1 and layout.stamp:
            self._stamp()
        if layout.head:
            self._draw(layout.head, layout.margin[0], layout.margin[1] - 22, layout.size * 0.8)

    def _stamp(self) -> None:
        layout = self.layout
        wide = max(width(line, layout.size) for line in layout.stamp) + 20
        tall = layout.leading * len(layout.stamp) + 8
        left = layout.page[0] - layout.margin[2] - wide
        top = layout.margin[1] - 30
        if layout.stamp_box:
            self._box(left, top, wide, tall)
        for place, line in enumerate(layout.stamp):
            self._draw(line, left + 10, top + layout.leading * (place + 0.8), layout.size)
        self.y = self.top_of_up = top + tall + 16

    def _close_page(self) -> None:
        layout = self.layout
        number = layout.number.format(page=self.pages, pages=self.total)
        size = layout.size * 0.9
        base = layout.page[1] - 36
        middle = layout.page[0] / 2 - width(number, size) / 2
        place = (
            middle
            if layout.number_place == "centre"
            else layout.page[0] - layout.margin[2] - width(number, size)
        )
        self._draw(number, place, base, size)
        if layout.foot:
            self._draw(layout.foot, layout.margin[0], base, size)
        self.canvas.showPage()

    def _next_column(self) -> None:
        self.up += 1
        if self.up == self.layout.ups:
            self._close_page()
            self._open_page()
        self.y = self.top_of_up
        self._header()

    def _header(self) -> None:
        if self.layout.header_row:
            self._put_lines(_Set([[_Line(text)] for text in self.layout.header_row]))

    def _put(self, row: _Set) -> None:
        layout = self.layout
        bottom = layout.page[1] - layout.margin[3]
        while True:
            count = max(len(cell) for cell in row.cells)
            room = int((bottom - self.y - 2 * layout.row_gap) / layout.leading)
            if count <= room:
                self._put_lines(row)
                return
            longest = len(row.cells[-1])
            dates = len(row.cells[0]) if len(row.cells) > 1 else 1
            if layout.splits and not row.is_span and room >= max(2, dates) and longest - room >= 1:
                row = self._put_first(row, room)
            self._next_column()

    def _put_first(self, row: _Set, room: int) -> _Set:
        """Puts the lines of a row that there is room for, and gives the rest of it."""
        dates, texts = row.cells[0], row.cells[1:]
        if not texts:
            self._put_lines(_Set([dates[:room]]))
            return _Set([dates[room:]])
        count, kind = max(len(text) for text in texts), self.layout.split_date
        is_last = kind == "last" and count - room >= len(dates)
        down: float | None = 0.0 if kind == "top" else None
        if kind == "whole" and dates:  # where the middle of the whole row is
            down = (count - len(dates)) / 2
            is_last = down + len(dates) > room
            down = max(0.0, min(down, room - len(dates))) if not is_last else down - room
        first, rest = ([], dates) if is_last else (dates, [])
        self._put_lines(_Set([first, *[text[:room] for text in texts]], down=down))
        left = max(0.0, down) if down is not None and is_last and count - 2 * room < 0 else None
        return _Set([rest, *[text[room:] for text in texts]], down=left)

    def _put_lines(self, row: _Set) -> None:
        layout = self.layout
        count = max(len(cell) for cell in row.cells)
        tall = count * layout.leading + 2 * layout.row_gap
        left = layout.margin[0] + self.up * (self.table_width + layout.gutter)
        x = left
        for column, cell in enumerate(row.cells):
            wide = self.table_width if row.is_span else self.widths[column]
            down = (tall - len(cell) * layout.leading) / 2 if layout.place == "middle" else layout.row_gap
            if column == 0 and row.down is not None:
                down = layout.row_gap + row.down * layout.leading
            for place, line in enumerate(cell):
                base = self.y + down + place * layout.leading + layout.leading * 0.5 + layout.size * 0.38
                start = x + layout.padding + line.indent
                centred = row.align == "centred" or (
                    column == 0 and layout.date_align == "centre" and len(row.cells) > 1
                )
                if centred and not line.spread:
                    start = x + (wide - width(line.text, layout.size)) / 2
                self._draw(line.text, start, base, layout.size, line.spread)
                if layout.bold and line.bold:
                    self._draw(line.text, start + layout.bold, base, layout.size, line.spread)
            x += wide
        self._rules(row, left, tall)
        self.y += tall

    def _rules(self, row: _Set, left: float, tall: float) -> None:
        kind, right = self.layout.rules, left + self.table_width
        if kind == "none":
            return
        if kind in ("all", "open", "across"):
            self._line(left, self.y, right, self.y)
            self._line(left, self.y + tall, right, self.y + tall)
        if kind in ("all", "frame"):
            self._line(left, self.y, left, self.y + tall)
            self._line(right, self.y, right, self.y + tall)
        if kind in ("all", "open", "frame") and not row.is_span:
            x = left
            for wide in self.widths[: len(row.cells) - 1]:
                x += wide
                self._line(x, self.y, x, self.y + tall)

    def _put_annex(self, lines: tuple[str, ...]) -> None:
        """A ruled table after the chronology: a caption, then rows with cells parted by |."""
        layout = self.layout
        caption, *rows = lines
        if self.y + layout.leading * (len(rows) + 3) > layout.page[1] - layout.margin[3]:
            self._next_column()
        self.y += layout.leading * 2
        self._draw(caption, layout.margin[0], self.y, layout.size)
        self.y += 6
        for row in rows:
            cells = row.split("|")
            wide = self.table_width / len(cells)
            texts = [cell.split("/") for cell in cells]
            tall = layout.leading * max(len(text) for text in texts) + 2
            for column, text in enumerate(texts):
                left = layout.margin[0] + column * wide
                self._box(left, self.y, wide, tall)
                for place, line in enumerate(text):
                    self._draw(line, left + 4, self.y + layout.leading * (place + 0.8), layout.size)
            self.y += tall

    # ink

    def _draw(self, text: str, x: float, base: float, size: float, spread: float = 0.0) -> None:
        self.canvas.setFont("test-gothic", size)
        for word, start in self._words(text, x, size, spread):
            self.canvas.drawString(start, self.layout.page[1] - base, word, charSpace=spread)

    def _words(self, text: str, x: float, size: float, spread: float) -> list[tuple[str, float]]:
        """The text whole, or its words when blanks are left as gaps."""
        if self.layout.blanks == "glyph":
            return [(text, x)]
        words, at = [], 0
        for word in text.replace("　", " ").split(" "):
            start = text.index(word, at) if word else at
            if word:
                words.append((word, x + width(text[:start], size) + spread * start))
            at = start + len(word)
        return words

    def _line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        tall = self.layout.page[1]
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, tall - y0, x1, tall - y1)

    def _box(self, left: float, top: float, wide: float, tall: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.rect(left, self.layout.page[1] - top - tall, wide, tall)
