"""Counts by fiscal year: the rows of a table whose columns, or whose rows, are years.

Takes a draft, its cells, and what caption and notes say. Gives a row a category and year, the day it
stands for where a note says it (※各年8月1日現在), and findings. Reads rules/annex.toml and rules/eras.csv.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import regex

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import Cell
from pipeline.parse.annex_draft import Draft
from pipeline.parse.annex_heads import caption_score, head_day
from pipeline.parse.annex_values import find_dates, is_missing, make_date, parse_year_head, resolve_years
from pipeline.rules.annex import Recipe
from pipeline.rules.load import Rules

Row = dict[str, object]
Made = tuple[Row, tuple[int, ...]]  # a typed row and the cells it was read from
_EACH_YEAR = regex.compile(r"各年度? *(?:末|([0-9]{1,2}) *月 *([0-9]{1,2}|末) *日?) *(?:現在|時点)")
_THAT_DAY = regex.compile(r"(?:現在|時点)")


def body_rows(draft: Draft, cells: Sequence[Cell]) -> list[dict[int, int]]:
    """For each row below the heads the index of the cell in each column."""
    rows: dict[int, dict[int, int]] = {}
    for index, cell in enumerate(cells):
        if cell.row >= draft.head_rows and cell.row not in draft.repeated:
            rows.setdefault(cell.row, {})[cell.column] = index
    return [rows[row] for row in sorted(rows)]


def unread(code: str, cell: Cell, wanted: str) -> Finding:
    """A finding on a cell that could not be read: its row and column, what was wanted, what stands there."""
    span = cell.text.spans
    return Finding(
        code,
        f"{cell.column_name or 'column'} of {cell.row_name or 'a row'}: expected {wanted}, read {cell.text.value}; left empty",
        span[0].start if span else None,
        span[-1].end if span else None,
    )


def find_years_in_rows(draft: Draft, cells: Sequence[Cell], said: str, rules: Rules) -> Recipe | None:
    """The recipe of counts by year for a table whose row names are years and whose caption speaks of it."""
    recipe = next(
        (known for known in rules.annex.recipes if any(c.kind == "years" for c in known.columns)), None
    )
    if draft.kind is not None or recipe is None or caption_score(recipe, said) <= 0 or not draft.head_rows:
        return None
    names = [cells[places[0]].text.value for places in body_rows(draft, cells) if 0 in places]
    years = [parse_year_head(name, rules.dates.eras) for name in names]
    return recipe if sum(1 for year in years if year and year.until is None) > 1 else None


def count_rows(
    draft: Draft, cells: Sequence[Cell], roles: Sequence[str], said: str, rules: Rules, latest: int
) -> tuple[list[Made], list[Finding]]:
    """A row for each category and year; ― is a row without a count. A change column (27→5年度) gives none."""
    counts = _by_column(draft, cells, roles) if "category" in roles else _by_row(draft, cells)
    names = list(dict.fromkeys(year for year, _, _, _ in counts))
    years = dict(zip(names, _fiscal_years(names, rules, latest), strict=True))
    made: list[Made] = []
    findings: list[Finding] = []
    for name, category, index, places in counts:
        cell, year = cells[index], years[name]
        if year is None:
            continue
        if cell.value is None and not is_missing(cell.text.value, rules.annex):
            findings.append(unread("annex_number_unread", cell, "a number"))
        row: Row = {
            "category": _category(category, rules),
            "fiscal_year": year,
            "as_of": head_day(name, rules.dates.eras) or as_of(said, year, rules),
            "count": None if cell.value is None else int(cell.value),
        }
        made.append((row, places))
    return made, findings


Count = tuple[str, str, int, tuple[int, ...]]  # year as written, category, cell of the count, all cells


def _by_column(draft: Draft, cells: Sequence[Cell], roles: Sequence[str]) -> list[Count]:
    name = roles.index("category")
    heads = {
        at: "".join(piece.text for piece in draft.heads[at].pieces)
        for at, role in enumerate(roles)
        if role == "fiscal_year"
    }
    return [
        (heads[column], cells[places[name]].text.value, places[column], (places[name], places[column]))
        for places in body_rows(draft, cells)
        if name in places
        for column in heads
        if column in places
    ]


def _by_row(draft: Draft, cells: Sequence[Cell]) -> list[Count]:
    heads = {cell.column: cell.text.value for cell in cells if cell.row < draft.head_rows and cell.column > 0}
    rows = [places for places in body_rows(draft, cells) if 0 in places]
    return [
        (cells[places[0]].text.value, heads[column], places[column], (places[0], places[column]))
        for column in heads
        for places in rows
        if column in places
    ]


def _category(text: str, rules: Rules) -> str:
    known = rules.annex.row_names.get(chars.key(text))
    if known:
        return known
    return text.replace(" ", "") if chars.key(text) in rules.annex.total_rows else text


def _fiscal_years(names: Sequence[str], rules: Rules, latest: int) -> list[int | None]:
    days = [head_day(name, rules.dates.eras) for name in names]
    if any(days):
        return [day.year - (day.month < 4) if day else None for day in days]
    heads = [parse_year_head(name, rules.dates.eras) for name in names]
    known = [head for head in heads if head is not None and head.until is None]
    years = iter(resolve_years(known, rules.dates.eras, latest))
    return [next(years) if head is not None and head.until is None else None for head in heads]


def as_of(said: str, fiscal_year: int | None, rules: Rules) -> date | None:
    """The day that a fiscal year's count stands for: ※各年8月1日現在 gives 1 August of it; None where none is said."""
    if fiscal_year is None:
        return None
    text = chars.fold(said).text
    each = _EACH_YEAR.search(text)
    if each:
        month = int(each[1]) if each[1] else 3
        year = fiscal_year + (month < 4)
        if each[2] and each[2] != "末":
            return make_date(year, month, int(each[2]))
        return next((day for last in (31, 30, 29, 28) if (day := make_date(year, month, last))), None)
    for _, end, day in find_dates(text, rules.dates.eras):
        in_year = day is not None and date(fiscal_year, 4, 1) <= day < date(fiscal_year + 1, 4, 1)
        if in_year and _THAT_DAY.match(text[end:].lstrip()):
            return day
    return None
