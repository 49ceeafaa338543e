"""The tables after the chronology, made tidy.

Takes a Reading with regions. Gives it with `tables`: every table as it stands (cells, caption, notes), and
typed rows where a recipe knows its kind. Reads rules/annex.toml and rules/eras.csv.
Each character of the annex that is no blank and no furniture ends in one cell, caption or note.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.model import AnnexTable, Reading
from pipeline.parse.annex_draft import Draft, Piece, make_pieces, make_whole_lines
from pipeline.parse.annex_grid import read_grids
from pipeline.parse.annex_tables import latest_year, make_table
from pipeline.parse.annex_text import read_text_tables
from pipeline.rules.load import Rules

REGION = "annex"
TEXT = "text"  # the kind of a source whose columns only blanks can tell


def read_annex(reading: Reading, rules: Rules) -> Reading:
    """The reading with its annex tables, in the order of the document."""
    pieces = make_pieces(reading.document, _annex_lines(reading))
    drafts = _read_drafts(reading, pieces, rules)
    latest = latest_year(reading, pieces, rules)
    tables: list[AnnexTable] = []
    findings = list(reading.findings)
    for draft in drafts:
        table, found = make_table(reading.document.text, draft, rules, latest)
        findings.extend(replace(finding, table=len(tables)) for finding in found)
        tables.append(table)
    return replace(reading, tables=tuple(tables), findings=tuple(findings))


def _annex_lines(reading: Reading) -> list[int]:
    """The lines of the annex without furniture."""
    return [
        index
        for index, region in enumerate(reading.regions)
        if region == REGION and not (reading.roles and reading.roles[index])
    ]


def _read_drafts(reading: Reading, pieces: list[Piece], rules: Rules) -> list[Draft]:
    """Tables of cells and tables of plain lines, each read its own way."""
    document = reading.document
    eras = tuple(era for era in rules.dates.eras if era.start)  # those whose years a table may leave out
    if not any(document.lines[piece.line].cell for piece in pieces):
        return read_text_tables(pieces, rules.annex, eras)
    drafts = read_grids(document, pieces, rules.annex, eras)
    if document.source.kind != TEXT or all(draft.kind for draft in drafts):
        return drafts
    # Gaps between words made these cells; lines may tell more.
    lines = read_text_tables(make_whole_lines(document, _annex_lines(reading)), rules.annex, eras)
    return lines if _count_known(lines) > _count_known(drafts) else drafts


def _count_known(drafts: list[Draft]) -> int:
    return sum(1 for draft in drafts if draft.kind)
