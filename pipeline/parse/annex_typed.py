"""Typed rows of the annex tables that a recipe knows: agreements, company agreements, partner counts.

Takes a draft, its cells, and what caption and notes say. Gives rows as mappings (columns of TABLES.md),
the cells each was read from, and findings. Reads rules/annex.toml and rules/eras.csv.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import regex

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import Cell
from pipeline.parse.annex_draft import Draft
from pipeline.parse.annex_heads import head_words, roles_in
from pipeline.parse.annex_values import find_dates, is_missing, make_date, parse_year_head, resolve_years
from pipeline.rules.annex import AnnexRules, Recipe
from pipeline.rules.load import Rules

Row = dict[str, object]
_FORMER = regex.compile(r"[(（](?:旧社名|旧称|旧名|旧)[ :：]*([^()（）]+(?:[(（][^()（）]*[)）])?[^()（）]*)[)）]")
_EACH_YEAR = regex.compile(r"各年度? *(?:末|([0-9]{1,2})月 *([0-9]{1,2}|末) *日?) *(?:現在|時点)")
_THAT_DAY = regex.compile(r"(?:現在|時点)")


@dataclass(frozen=True, slots=True)
class Typed:
    """The typed rows of one table; `row_cells` names the cells of each."""

    kind: str | None = None
    rows: tuple[Mapping[str, object], ...] = ()
    row_cells: tuple[tuple[int, ...], ...] = ()
    findings: tuple[Finding, ...] = ()


def type_rows(draft: Draft, cells: Sequence[Cell], said: str, rules: Rules, latest: int) -> Typed:
    """The typed rows of the draft's kind; nothing where no recipe knows it. `said`: its caption and notes."""
    recipe = next((recipe for recipe in rules.annex.recipes if recipe.kind == draft.kind), None)
    if recipe is None:
        return Typed()
    roles = roles_in(recipe, draft.heads, head_words(rules.annex, rules.dates.eras))
    if any(column.kind == "years" for column in recipe.columns):
        made, findings = _count_rows(draft, cells, roles, said, rules, latest)
    else:
        made, findings = _agreement_rows(draft, cells, roles, recipe, rules)
    rows = tuple(MappingProxyType(row) for row, _ in made)
    return Typed(recipe.kind, rows, tuple(places for _, places in made), tuple(findings))


def _body_rows(draft: Draft, cells: Sequence[Cell]) -> list[dict[int, int]]:
    """For each row below the heads the index of the cell in each column."""
    rows: dict[int, dict[int, int]] = {}
    for index, cell in enumerate(cells):
        if cell.row >= draft.head_rows and cell.row not in draft.repeated:
            rows.setdefault(cell.row, {})[cell.column] = index
    return [rows[row] for row in sorted(rows)]


def _agreement_rows(
    draft: Draft, cells: Sequence[Cell], roles: Sequence[str], recipe: Recipe, rules: Rules
) -> tuple[list[tuple[Row, tuple[int, ...]]], list[Finding]]:
    made: list[tuple[Row, tuple[int, ...]]] = []
    findings: list[Finding] = []
    signed_above: date | None = None
    for places in _body_rows(draft, cells):
        found = {role: cells[places[column]] for column, role in enumerate(roles) if role and column in places}
        name_cell = found.get(recipe.name)
        if name_cell is None or not name_cell.text.value:
            continue
        if chars.key(name_cell.text.value) in rules.annex.total_rows:
            continue
        name, signed, former = _read_name(name_cell.text.value, rules)
        if "signed_on" in found:
            signed = _read_date(found["signed_on"].text.value, rules) or signed
            if signed is None and not is_missing(found["signed_on"].text.value, rules.annex):
                findings.append(_unread("annex_date_unread", found["signed_on"], "a date"))
        elif "signed_on" in roles and signed is None:
            signed = signed_above  # one cell for several rows
        signed_above = signed
        row = _make_row(recipe, name, former, signed, found, rules, findings)
        made.append((row, tuple(sorted(places.values()))))
    return made, findings


def _make_row(
    recipe: Recipe,
    name: str,
    former: str | None,
    signed: date | None,
    found: Mapping[str, Cell],
    rules: Rules,
    findings: list[Finding],
) -> Row:
    row: Row = {recipe.name: name}
    kinds = {column.role: column.kind for column in recipe.columns}
    if "list" in kinds.values():
        row["former_name"] = former
    row["signed_on"] = signed
    for role, kind in kinds.items():
        cell = found.get(role)
        if kind == "count":
            row[role] = int(cell.value) if cell is not None and cell.value is not None else None
            if cell is not None and cell.value is None and not is_missing(cell.text.value, rules.annex):
                findings.append(_unread("annex_number_unread", cell, "a number"))
        elif kind == "list":
            row[role] = split_list(cell.text.value, rules.annex) if cell is not None else ()
    return row


def _read_name(text: str, rules: Rules) -> tuple[str, date | None, str | None]:
    """Name, date in brackets, former name in brackets: A社（旧：B社）, 北海道町村会（平成28年4月26日）."""
    folded = text
    former = _FORMER.search(folded)
    if former:
        folded = (folded[: former.start()] + folded[former.end() :]).strip()
    dates = find_dates(folded, rules.dates.eras)
    signed = dates[0][2] if dates else None
    if dates:
        start, end, _ = dates[0]
        folded = regex.sub(r"[(（][ ]*(?:締結)?[ ]*[)）]", "", folded[:start] + folded[end:]).strip()
    return folded, signed, former[1].strip() if former else None


def _read_date(text: str, rules: Rules) -> date | None:
    dates = find_dates(text, rules.dates.eras)
    return dates[0][2] if dates else None


def split_list(text: str, rules: AnnexRules) -> tuple[str, ...]:
    """The items of a cell without their marks: 〇A 〇B gives A and B."""
    marks = "".join(regex.escape(mark) for mark in rules.list_marks if len(mark) == 1)
    parts = regex.split(rf"(?:^|(?<= ))[{marks}①-⑳] ?", text)
    return tuple(part.strip() for part in parts if part.strip())


def _unread(code: str, cell: Cell, wanted: str) -> Finding:
    span = cell.text.spans
    return Finding(
        code,
        f"{cell.column_name or 'column'} of {cell.row_name or 'a row'}: expected {wanted}, read {cell.text.value}; left empty",
        span[0].start if span else None,
        span[-1].end if span else None,
    )


def _count_rows(
    draft: Draft, cells: Sequence[Cell], roles: Sequence[str], said: str, rules: Rules, latest: int
) -> tuple[list[tuple[Row, tuple[int, ...]]], list[Finding]]:
    columns = [column for column, role in enumerate(roles) if role == "fiscal_year"]
    names = ["".join(piece.text for piece in draft.heads[column].pieces) for column in columns]
    years = _fiscal_years(names, rules, latest)
    made: list[tuple[Row, tuple[int, ...]]] = []
    findings: list[Finding] = []
    name_column = roles.index("category")
    for places in _body_rows(draft, cells):
        if name_column not in places:
            continue
        category = _category(cells[places[name_column]], rules)
        for column in columns:
            if column not in places:
                continue
            cell, year = cells[places[column]], years[columns.index(column)]
            if cell.value is None and not is_missing(cell.text.value, rules.annex):
                findings.append(_unread("annex_number_unread", cell, "a number"))
            count = None if cell.value is None else int(cell.value)
            row: Row = {"category": category, "fiscal_year": year, "as_of": as_of(said, year, rules), "count": count}
            made.append((row, (places[name_column], places[column])))
    return made, findings


def _category(cell: Cell, rules: Rules) -> str:
    text = cell.text.value
    known = rules.annex.row_names.get(chars.key(text))
    if known:
        return known
    return text.replace(" ", "") if chars.key(text) in rules.annex.total_rows else text


def _fiscal_years(names: Sequence[str], rules: Rules, latest: int) -> list[int | None]:
    heads = [parse_year_head(name, rules.dates.eras) for name in names]
    known = [head for head in heads if head is not None]
    years = iter(resolve_years(known, rules.dates.eras, latest))
    return [next(years) if head is not None else None for head in heads]


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
