"""Small documents made by hand for the tests of entries, columns and regions."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import chars
from pipeline.model import FULL, OPEN, Document, Line, Reading, Source, Span
from pipeline.parse.entries import cut_entries
from pipeline.rules.load import load_rules

RULES = load_rules()


def plain(text: str, wraps: Sequence[str] = (), roles: Sequence[str] = (), kind: str = "text") -> Reading:
    """A reading of plain lines; a form feed opens a page; blank lines are no lines."""
    lines: list[Line] = []
    place, page = 0, 1
    for number, row in enumerate(text.split("\n"), 1):
        page += row.count("\f")
        body = row.replace("\f", "")
        start = place + len(row) - len(body)
        if body.strip():
            wrap = wraps[len(lines)] if len(lines) < len(wraps) else OPEN
            indent = chars.width(body[: len(body) - len(body.lstrip())])
            lines.append(Line(Span(start, start + len(body)), number, page, wrap, indent))
        place += len(row) + 1
    document = Document(text, tuple(lines), page, Source("made.txt", "", kind))
    return Reading(document, tuple(roles) or ("",) * len(lines))


def table(rows: Sequence[Sequence[str]], kind: str = "pdf", number: int = 0) -> Reading:
    """A reading of one table; a cell's lines are parted by line ends, empty cells are no lines.

    A line with ⇥ at its end reaches the edge of its column.
    """
    lines: list[Line] = []
    text = ""
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            for part in cell.split("\n") if cell else ():
                body = part.removesuffix("⇥")
                span, wrap = Span(len(text), len(text) + len(body)), FULL if part.endswith("⇥") else OPEN
                lines.append(Line(span, len(lines) + 1, 1, wrap, 0.0, (number, row, column)))
                text += body + "\n"
    return Reading(Document(text, tuple(lines), 1, Source("made", "", kind)), ("",) * len(lines))


def cut(reading: Reading) -> Reading:
    return cut_entries(reading, RULES)


def entries(reading: Reading) -> list[tuple[str | None, str]]:
    """Each entry's date and its text, fragments parted by a slash."""
    source = reading.document.text
    return [
        (
            entry.date.edtf,
            "/".join(chars.clean(source[part.span.start : part.span.end]) for part in entry.fragments),
        )
        for entry in cut(reading).entries
    ]
