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
from pipeline.parse.annex_counts import Made, body_rows, count_rows, find_years_in_rows, unread
from pipeline.parse.annex_draft import Draft
from pipeline.parse.annex_heads import caption_score, head_words, roles_in
from pipeline.parse.annex_values import find_dates, is_missing
from pipeline.rules.annex import AnnexRules, Recipe
from pipeline.rules.load import Rules

_FORMER = regex.compile(
    r"[(（](?:旧社名|旧称|旧名|旧)[ :：]*([^()（）]+(?:[(（][^()（）]*[)）])?[^()（）]*)[)）]"
)


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
    recipe = recipe or find_years_in_rows(draft, cells, said, rules)
    if recipe is None or not _holds(recipe, draft, cells, said):
        return Typed()
    roles = roles_in(recipe, draft.heads, head_words(rules.annex, rules.dates.eras))
    if any(column.kind == "years" for column in recipe.columns):
        made, findings = count_rows(draft, cells, roles, said, rules, latest)
    else:
        made, findings = _agreement_rows(draft, cells, roles, recipe, rules)
    rows = tuple(MappingProxyType(row) for row, _ in made)
    return Typed(recipe.kind, rows, tuple(places for _, places in made), tuple(findings))


def _holds(recipe: Recipe, draft: Draft, cells: Sequence[Cell], said: str) -> bool:
    """Whether what the table says around and in it lets it be of this kind."""
    score = caption_score(recipe, said)
    if score or not recipe.row_words:
        return score >= 0
    names = [chars.key(cells[places[0]].text.value) for places in body_rows(draft, cells) if 0 in places]
    return any(word in name for name in names for word in recipe.row_words)


def _agreement_rows(
    draft: Draft, cells: Sequence[Cell], roles: Sequence[str], recipe: Recipe, rules: Rules
) -> tuple[list[Made], list[Finding]]:
    made: list[Made] = []
    findings: list[Finding] = []
    signed_above: date | None = None
    for places in body_rows(draft, cells):
        found = {
            role: cells[places[column]] for column, role in enumerate(roles) if role and column in places
        }
        name_cell = found.get(recipe.name)
        if name_cell is None or not name_cell.text.value:
            continue
        if chars.key(name_cell.text.value) in rules.annex.total_rows:
            continue
        name, signed, former = _read_name(name_cell.text.value, rules)
        if "signed_on" in found:
            signed = _read_date(found["signed_on"].text.value, rules) or signed
            if signed is None and not is_missing(found["signed_on"].text.value, rules.annex):
                findings.append(unread("annex_date_unread", found["signed_on"], "a date"))
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
) -> dict[str, object]:
    row: dict[str, object] = {recipe.name: name}
    kinds = {column.role: column.kind for column in recipe.columns}
    if "list" in kinds.values():
        row["former_name"] = former
    row["signed_on"] = signed
    for role, kind in kinds.items():
        cell = found.get(role)
        if kind == "count":
            row[role] = int(cell.value) if cell is not None and cell.value is not None else None
            if cell is not None and cell.value is None and not is_missing(cell.text.value, rules.annex):
                findings.append(unread("annex_number_unread", cell, "a number"))
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
