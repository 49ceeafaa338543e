"""The lines of a source file, as a file has them: where each starts and ends, and on which page.

Takes text. Gives one `Row` a line of the file, or two where a form feed stands inside the line.
A line ends at \\n, \\r\\n or \\r; a form feed opens a page and ends no line. Blank rows are rows too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline import chars
from pipeline.model import Span

_ROW = re.compile(r"([^\n\r\f]*)(\r\n|\n|\r|\f|\Z)")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file without its end; `text` is `source[start:end]`."""

    text: str
    start: int
    number: int  # from 1
    page: int  # from 1
    is_blank: bool = False  # nothing but blanks stands in it
    is_half: bool = False  # of a page in two columns, it is a line of one of them

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        """Its place in the source, line end left out."""
        return Span(self.start, self.end)

    @property
    def indent(self) -> float:
        """Blanks before its text, in full-width characters (a tab counts to the next fourth)."""
        lead = len(self.text) - len(self.text.lstrip())
        return column_of(self.text, lead) if lead else 0.0

    @property
    def width(self) -> float:
        """Where its text ends, in full-width characters from the left edge."""
        return column_of(self.text, len(self.text.rstrip()))


def cut_rows(text: str) -> tuple[Row, ...]:
    """All lines of the text in order; a form feed opens the next page."""
    rows = []
    number, page = 1, 1
    for found in _ROW.finditer(text):
        body, end = found.groups()
        if body or end not in ("", "\f"):
            rows.append(Row(body, found.start(), number, page, not body.strip(chars.BLANKS)))
        if end == "\f":
            page += 1
        elif end:
            number += 1
    return tuple(rows)


def column_of(text: str, offset: int) -> float:
    """Where the character at the offset starts, in full-width characters from the left edge."""
    if "\t" not in text[:offset]:
        return chars.width(text[:offset])
    place = 0.0
    for sign in text[:offset]:
        place = place // 4 * 4 + 4 if sign == "\t" else place + chars.width(sign)
    return place


@dataclass(frozen=True, slots=True)
class Ruler:
    """Tells on which line of the file, and on which page, a character stands."""

    rows: Sequence[Row]

    def place(self, offset: int) -> tuple[int, int]:
        """Line number and page of the character at this offset, both from 1."""
        row = self.rows[bisect_right(self.rows, offset, key=lambda row: row.start) - 1]
        return row.number, row.page
