"""What furniture is looked for in: a line of the page, its table cells taken together.

Takes a Document. Gives Units in reading order, and the edges of pages.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline import chars
from pipeline.model import Document, Line


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of a page: its lines in the Document, and its text folded for comparing.

    `columns` is the number of table cells it is made of; 0 for a line outside of tables.
    """

    lines: tuple[int, ...]
    key: str
    parts: tuple[str, ...]  # the key cut at blanks, tabs and cells
    page: int
    columns: int
    number: int = 0  # line of the file
    cells: tuple[str, ...] = ()  # the key cut at cells alone


def cut_units(document: Document) -> tuple[Unit, ...]:
    """The units of a document: the lines of one file line, and in a PDF the lines of one table row."""
    numbered = enumerate(document.lines)
    units = []
    row_of = _row_of if document.geometry else _line_of
    for _, group in groupby(numbered, key=lambda pair: row_of(pair[1])):
        members = tuple(group)
        texts = [document.text[line.span.start : line.span.end] for _, line in members]
        parts = tuple(key for text in texts for key in map(chars.key, text.split()) if key)
        cells = {line.cell for _, line in members if line.cell}
        units.append(
            Unit(
                lines=tuple(index for index, _ in members),
                key="".join(parts),
                parts=parts,
                page=members[0][1].page,
                columns=len(cells),
                number=members[0][1].number,
                cells=tuple(map(chars.key, texts)),
            )
        )
    return tuple(units)


def _row_of(line: Line) -> tuple[int, int, int]:
    if line.cell:
        return line.page, line.cell[0], line.cell[1]
    return line.page, -1, line.number


def _line_of(line: Line) -> tuple[int, int, int]:
    return line.page, -1, line.number


def by_page(units: Sequence[Unit], left_out: Collection[int] = ()) -> dict[int, list[int]]:
    """The indexes of the units on each page, in order, those left out skipped; only pages with any."""
    pages: dict[int, list[int]] = {}
    for place, unit in enumerate(units):
        if place not in left_out and unit.key:
            pages.setdefault(unit.page, []).append(place)
    return pages
