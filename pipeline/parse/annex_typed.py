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
from pipeline.parse.annex_values import close_up, find_dates, is_missing
from pipeline.rules.annex import AnnexRules, Recipe
from pipeline.rules.load import Rules

_BRACKETED = regex.compile(r"[(（][^()（）]*[)）]")
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
    """Rows of agreements; tables side by side are read one after the other."""
    made: list[Made] = []
    findings: list[Finding] = []
    names = [column for column, role in enumerate(roles) if role == recipe.name]
    starts = [0, *names[1:]]
    for start, end in zip(starts, [*starts[1:], len(roles)], strict=True):
        signed: date | None = None
        for places in body_rows(draft, cells):
            found = {
                roles[column]: cells[places[column]]
                for column in range(start, end)
                if roles[column] and column in places
            }
            if _is_total(found.get(recipe.name), rules):
                continue
            if "signed_on" in roles and "signed_on" not in found:  # one cell for several rows
                row = _make_row(recipe, found, signed, rules, findings)
            else:
                row = _make_row(recipe, found, None, rules, findings)
            signed = row["signed_on"] if isinstance(row["signed_on"], date) else None
            made.append((row, tuple(places[column] for column in range(start, end) if column in places)))
    return made, findings


def _is_total(name: Cell | None, rules: Rules) -> bool:
    """Whether a row has no name of its own: none at all, or 合計."""
    return name is None or not name.text.value or chars.key(name.text.value) in rules.annex.total_rows


def _make_row(
    recipe: Recipe, found: Mapping[str, Cell], above: date | None, rules: Rules, findings: list[Finding]
) -> dict[str, object]:
    """The typed row of these cells; `above` is the date of the row above where this one has no cell for it."""
    name, signed, former = _read_name(found[recipe.name].text.value, rules)
    kinds = {column.role: column.kind for column in recipe.columns}
    row: dict[str, object] = {recipe.name: name}
    if "list" in kinds.values():
        row["former_name"] = former
    row["signed_on"] = signed or above
    if "signed_on" in found:
        row["signed_on"] = _read_date(found["signed_on"].text.value, rules) or signed
        if row["signed_on"] is None and not is_missing(found["signed_on"].text.value, rules.annex):
            findings.append(unread("annex_date_unread", found["signed_on"], "a date"))
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
    folded = regex.sub(r"[ ]*[※＊][0-9]*$", "", text)
    former = _FORMER.search(folded)
    if former:
        folded = (folded[: former.start()] + folded[former.end() :]).strip()
    dates = find_dates(folded, rules.dates.eras)
    signed = dates[0][2] if dates else None
    if dates:
        start, end, _ = dates[0]
        around = next(
            (match for match in _BRACKETED.finditer(folded) if match.start() < start < match.end()), None
        )
        start, end = around.span() if around else (start, end)
        folded = (folded[:start] + folded[end:]).strip()
    return close_up(folded), signed, former[1].strip() if former else None


def _read_date(text: str, rules: Rules) -> date | None:
    dates = find_dates(text, rules.dates.eras)
    return dates[0][2] if dates else None


def split_list(text: str, rules: AnnexRules) -> tuple[str, ...]:
    """The items of a cell without their marks: 〇A 〇B gives A and B."""
    marks = "".join(regex.escape(mark) for mark in rules.list_marks if len(mark) == 1)
    parts = regex.split(rf"(?:^|(?<= ))[{marks}①-⑳] ?", text)
    return tuple(part.strip() for part in parts if part.strip())
