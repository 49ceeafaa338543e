"""Cuts the lines of a document into entries: a date and the text below it up to the next date.

Takes a Reading with furniture roles. Gives regions, edition, entries, marks and findings.
Reads rules/layout.toml and, through parse/dates, rules/dates.toml. RECORDS, Entry and event, Date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Mark, Reading
from pipeline.parse.broken_rows import mend_rows
from pipeline.parse.columns import read_columns
from pipeline.parse.edition import find_edition, is_head_line
from pipeline.parse.first_entry import is_title, step_text
from pipeline.parse.gather import gather_entries
from pipeline.parse.numbered_details import part_numbered
from pipeline.parse.open_periods import close_periods
from pipeline.parse.regions import find_regions, name_regions
from pipeline.parse.running_numbers import part_numbers
from pipeline.parse.scattered_dates import join_scattered
from pipeline.parse.sections import set_aside
from pipeline.parse.sheet import Piece, Sheet, make_sheet
from pipeline.parse.short_rows import shift_short_rows
from pipeline.parse.steps import HEAD, HEADING, Step
from pipeline.parse.torn_days import move_days
from pipeline.parse.unfold import unfold_tables
from pipeline.parse.untear import untear
from pipeline.parse.walk import walk
from pipeline.rules.layout import LayoutRules
from pipeline.rules.load import Rules


def cut_entries(reading: Reading, rules: Rules) -> Reading:
    """The reading with its entries in document order, a region for every line, and the edition."""
    sheet = make_sheet(reading)
    sheet = part_numbers(shift_short_rows(join_scattered(sheet, rules), rules))
    tables = read_columns(sheet, rules)
    sheet = move_days(mend_rows(unfold_tables(sheet, tables, rules), tables, rules), tables)
    chronologies = frozenset(number for number, columns in tables.items() if columns.is_chronology)
    steps = close_periods(sheet, untear(sheet, walk(sheet, tables, rules), rules), rules)
    steps = set_aside(sheet, steps, rules.layout)
    regions = find_regions(sheet, steps, chronologies, rules)
    body = [steps[place] for place in range(regions.first, regions.note) if place not in regions.inside]
    gathered = gather_entries(body)
    entries, parents = part_numbered(sheet.source, gathered.entries, rules)
    above, below = steps[: regions.first], steps[regions.note : regions.annex]
    marks = (*_mark_above(sheet, above, rules.layout), *_mark_notes(below), *gathered.marks, *parents)
    return replace(
        reading,
        regions=name_regions(sheet, steps, regions),
        edition=find_edition(reading, _pieces(sheet, above), _pieces(sheet, below), rules),
        entries=tuple(entries),
        marks=(*reading.marks, *sorted(marks, key=lambda mark: mark.span)),
        findings=(*reading.findings, *gathered.findings),
    )


def _mark_above(sheet: Sheet, steps: Sequence[Step], rules: LayoutRules) -> tuple[Mark, ...]:
    """What stands above the first entry: the title, or notes (a preface); years and heads as they are."""
    marks: list[Mark] = []
    for step in steps:
        marks.extend(step.marks)
        role = "year" if step.kind == HEADING else "title" if is_title(sheet, step) else "note"
        role = "furniture" if is_head_line(step_text(sheet, step), rules) else role
        if step.kind != HEAD:
            marks.extend(Mark(span, role) for span in step.spans)
    return tuple(marks)


def _mark_notes(steps: Sequence[Step]) -> tuple[Mark, ...]:
    return tuple(
        mark for step in steps for mark in (*step.marks, *(Mark(span, "note") for span in step.spans))
    )


def _pieces(sheet: Sheet, steps: Sequence[Step]) -> tuple[Piece, ...]:
    """The whole lines of these steps."""
    pieces: list[Piece] = []
    for index in sorted({line for step in steps for line in step.lines}):
        line = sheet.document.lines[index]
        piece = Piece(index, line.span, sheet.source[line.span.start : line.span.end]).cut(sheet.source, 0)
        pieces.append(piece)
    return tuple(pieces)
