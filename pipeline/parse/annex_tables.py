"""An annex table from its draft: cells with names and values, typed rows where a recipe knows it.

Takes a draft. Gives AnnexTable and findings. Reads rules/annex.toml and rules/eras.csv.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import AnnexTable, Cell, Reading, Text
from pipeline.parse.annex_draft import Draft, Piece, join
from pipeline.parse.annex_typed import type_rows
from pipeline.parse.annex_values import find_dates, parse_number
from pipeline.rules.load import Rules


def latest_year(reading: Reading, pieces: Sequence[Piece], rules: Rules) -> int:
    """The last year that a year without an era may be: that of issue, else the last that the document says."""
    if reading.edition.issued_on:
        return reading.edition.issued_on.year
    days = [entry.date.start for entry in reading.entries if entry.date.start]
    days += [day for piece in pieces for _, _, day in find_dates(piece.text, rules.dates.eras) if day]
    if days:
        return max(days).year + 1  # tables are often of the year that has just begun
    starts = [era.first_year for era in rules.dates.eras if era.start]
    return max(starts) + 30


def make_table(source: str, draft: Draft, rules: Rules, latest: int) -> tuple[AnnexTable, list[Finding]]:
    """The table of this draft with its findings."""
    cells = make_cells(source, draft, rules)
    notes = tuple(join(source, note) for note in draft.notes)
    caption = join(source, draft.caption) if draft.caption else None
    said = "\n".join(text.value for text in (caption, *notes) if text)
    typed = type_rows(draft, cells, said, rules, latest)
    table = AnnexTable(caption, cells, typed.kind, typed.rows, typed.row_cells, notes)
    return table, list(typed.findings)


def make_cells(source: str, draft: Draft, rules: Rules) -> tuple[Cell, ...]:
    """Every cell of the draft, row by row, with the names of its row and column and its number."""
    texts = {
        place: join(source, found, rules.annex.list_marks) for place, found in sorted(draft.slots.items())
    }
    column_names = _column_names(draft, texts)
    row_names = {row: plain_name(text.value, rules) for (row, column), text in texts.items() if column == 0}
    cells = []
    for (row, column), text in texts.items():
        is_head = row < draft.head_rows or row in draft.repeated
        value = None if is_head else parse_number(text.value, rules.annex)
        row_name = None if is_head or column == 0 else row_names.get(row)
        cells.append(Cell(row, column, text, row_name, column_names.get(column), value))
    return tuple(cells)


def _column_names(draft: Draft, texts: dict[tuple[int, int], Text]) -> dict[int, str]:
    names: dict[int, str] = {}
    for (row, column), text in texts.items():
        if row < draft.head_rows:
            names[column] = f"{names.get(column, '')} {text.value}".strip()
    return names


def plain_name(text: str, rules: Rules) -> str:
    """The name of a row as it stands; one that the rules know is written as they write it."""
    return rules.annex.row_names.get(chars.key(text)) or text
