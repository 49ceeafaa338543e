"""Sets chronologies as PDF: a small typesetter with every layout the reader must know.

Full-width characters are an em wide, half-width ones half of it (IPA Gothic), so that widths are known.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from tests.pdf_editions.breaking import width, wrap
from tests.pdf_editions.chronology import Row
from tests.pdf_editions.paper import Paper, find_font


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
    underline: bool = False  # headlines
    rotate: int = 0
    justify: bool = False
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
        self.paper = Paper(self.canvas, layout.page[1], layout.blanks == "glyph")
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
            self.paper.draw(
                self.layout.title, middle - width(self.layout.title, size) / 2, self.y + size, size
            )
            self.y += 2 * size
            self.top_of_up = self.y
        self._header()
        for one in self._set_rows(rows):
            self._put(one)
        self._close_page()

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
            self.paper.draw(layout.head, layout.margin[0], layout.margin[1] - 22, layout.size * 0.8)

    def _stamp(self) -> None:
        layout = self.layout
        wide = max(width(line, layout.size) for line in layout.stamp) + 20
        tall = layout.leading * len(layout.stamp) + 8
        left = layout.page[0] - layout.margin[2] - wide
        top = layout.margin[1] - 30
        if layout.stamp_box:
            self.paper.box(left, top, wide, tall)
        for place, line in enumerate(layout.stamp):
            self.paper.draw(line, left + 10, top + layout.leading * (place + 0.8), layout.size)
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
        self.paper.draw(number, place, base, size)
        if layout.foot:
            self.paper.draw(layout.foot, layout.margin[0], base, size)
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
                self.paper.draw(line.text, start, base, layout.size, line.spread)
                if layout.bold and line.bold:
                    self.paper.draw(line.text, start + layout.bold, base, layout.size, line.spread)
                if layout.underline and line.bold:
                    self.paper.line(start, base + 2, start + width(line.text, layout.size), base + 2)
            x += wide
        self._rules(row, left, tall)
        self.y += tall

    def _rules(self, row: _Set, left: float, tall: float) -> None:
        kind, right = self.layout.rules, left + self.table_width
        if kind == "none":
            return
        if kind in ("all", "open", "across"):
            self.paper.line(left, self.y, right, self.y)
            self.paper.line(left, self.y + tall, right, self.y + tall)
        if kind in ("all", "frame"):
            self.paper.line(left, self.y, left, self.y + tall)
            self.paper.line(right, self.y, right, self.y + tall)
        if kind in ("all", "open", "frame") and not row.is_span:
            x = left
            for wide in self.widths[: len(row.cells) - 1]:
                x += wide
                self.paper.line(x, self.y, x, self.y + tall)
