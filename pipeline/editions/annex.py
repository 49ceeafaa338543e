"""What changed in the annex: typed tables by their natural keys, other tables cell by cell.

Takes the tables of two editions. Gives changes: a new fiscal-year column or a new agreement is one
row, a changed number one row. Rows that only stand elsewhere are no change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz

from pipeline.editions.assign import assign
from pipeline.editions.bundles import WHOSE, bare, dump
from pipeline.editions.cells import compare_cells
from pipeline.editions.faces import fold
from pipeline.editions.records import Change, EditionTables, Row, Rows, as_text

ALIKE = 0.6
# Natural key of a typed table: the column that names a row.
NAMES = {"agreements": "organisation", "company_agreements": "company"}


def compare_annex(old: EditionTables, new: EditionTables) -> list[Change]:
    """All changes of the annex, typed tables first."""
    found: list[Change] = []
    for table, name in NAMES.items():
        found += compare_named(table, name, old.rows[table], new.rows[table])
    found += compare_counts(old.rows["partner_counts"], new.rows["partner_counts"])
    return found + compare_cells(old, new, found)


def compare_named(table: str, name: str, old: Rows, new: Rows) -> list[Change]:
    """Changes of a table whose rows are named by one column: rows that came, went, changed."""
    base = Change(0, None, None, table, name, None, None, "annex")
    lefts, rights = _by_key(old, lambda row: row[name]), _by_key(new, lambda row: row[name])
    pairs = [(lefts[key], rights[key]) for key in lefts if key in rights]
    gone = [lefts[key] for key in sorted(lefts) if key not in rights]
    come = [rights[key] for key in sorted(rights) if key not in lefts]
    renamed = _pair_renamed(gone, come, name)
    found: list[Change] = []
    for left, right in sorted([*pairs, *renamed], key=lambda pair: fold(str(pair[0][name]))):
        found += _compare_values(base, left, right, str(left[name]))
    kept_old, kept_new = [left for left, _ in renamed], [right for _, right in renamed]
    found += [_row_came(base, [row], row[name]) for row in come if row not in kept_new]
    return found + [_row_went(base, [row], row[name]) for row in gone if row not in kept_old]


def compare_counts(old: Rows, new: Rows) -> list[Change]:
    """Changes of partner_counts: years are columns, categories rows, counts the numbers."""
    base = Change(0, None, None, "partner_counts", "count", None, None, "annex")
    renamed, found = _rename_categories(base, old, new)
    lefts = {
        (renamed.get(fold(row["category"]), fold(row["category"])), row["fiscal_year"]): row for row in old
    }
    rights = {(fold(row["category"]), row["fiscal_year"]): row for row in new}
    years = {year for _, year in lefts}, {year for _, year in rights}
    names = {name for name, _ in lefts}, {name for name, _ in rights}
    for year in sorted(years[1] - years[0], key=str):
        found.append(_column(base, year, [row for key, row in rights.items() if key[1] == year], came=True))
    for year in sorted(years[0] - years[1], key=str):
        found.append(_column(base, year, [row for key, row in lefts.items() if key[1] == year], came=False))
    both = years[0] & years[1]
    for name in sorted(names[1] - names[0]):
        rows = [row for key, row in rights.items() if key[0] == name and key[1] in both]
        found += [_row_came(base, rows, rows[0]["category"], "category")] if rows else []
    for name in sorted(names[0] - names[1]):
        rows = [row for key, row in lefts.items() if key[0] == name and key[1] in both]
        found += [_row_went(base, rows, rows[0]["category"], "category")] if rows else []
    for key in sorted(
        (key for key in {**lefts, **rights} if key[0] in names[0] & names[1] and key[1] in both), key=str
    ):
        found += _compare_count(base, lefts.get(key), rights.get(key))
    return found + _compare_days(base, old, new, both)


def _compare_count(base: Change, old: Row | None, new: Row | None) -> list[Change]:
    values = [as_text(side["count"]) if side else None for side in (old, new)]
    if old and new:
        if values[0] == values[1]:
            return []
        said = {"key": new["category"], "fiscal_year": new["fiscal_year"], "value": new["count"]}
    else:
        said = {"put": [bare(new)]} if new else {"drop": [bare(old or {})]}
    return [replace(base, old=values[0], new=values[1], record=dump(said))]


def _compare_days(base: Change, old: Rows, new: Rows, years: set[Any]) -> list[Change]:
    """The as-of days of a year's column, one row a year."""
    days = [{row["fiscal_year"]: as_text(row.get("as_of")) for row in rows} for rows in (old, new)]
    return [
        replace(
            base,
            field="as_of",
            old=days[0][year],
            new=days[1][year],
            record=dump({"fiscal_year": year, "value": days[1][year]}),
        )
        for year in sorted(years, key=str)
        if days[0][year] != days[1][year]
    ]


def _rename_categories(base: Change, old: Rows, new: Rows) -> tuple[dict[str, str], list[Change]]:
    """Categories with another name and the same numbers: old key to new key, and their changes."""
    counts = [_counts_by_category(rows) for rows in (old, new)]
    gone = [name for name in counts[0] if name not in counts[1]]
    come = [name for name in counts[1] if name not in counts[0]]
    weights = {}
    for left, name in enumerate(gone):
        for right, other in enumerate(come):
            shared = counts[0][name].keys() & counts[1][other].keys()
            equal = sum(counts[0][name][year] == counts[1][other][year] for year in shared)
            if shared and equal / len(shared) + fuzz.ratio(name, other) / 200 >= 1:
                weights[left, right] = 1000 * equal + round(fuzz.ratio(name, other))
    shown = [{fold(row["category"]): row["category"] for row in rows} for rows in (old, new)]
    pairs = {gone[left]: come[right] for left, right in assign(weights)}
    found = [
        replace(
            base,
            field="category",
            old=shown[0][name],
            new=shown[1][other],
            record=dump({"key": shown[0][name], "value": shown[1][other]}),
        )
        for name, other in sorted(pairs.items())
    ]
    return pairs, found


def _counts_by_category(rows: Rows) -> dict[str, dict[Any, Any]]:
    counts: dict[str, dict[Any, Any]] = {}
    for row in rows:
        counts.setdefault(fold(row["category"]), {})[row["fiscal_year"]] = row["count"]
    return counts


def _column(base: Change, year: Any, rows: Sequence[Row], came: bool) -> Change:
    shown = " / ".join(f"{row['category']} {as_text(row['count'])}" for row in rows)
    value = f"{year}: {shown}"
    record = dump({"fiscal_year": year, "rows": [bare(row) for row in rows]})
    if came:
        return replace(base, field="fiscal_year", new=value, cause="annex_column_added", record=record)
    return replace(base, field="fiscal_year", old=value, cause="annex_column_removed", record=record)


def _by_key(rows: Iterable[Row], name: Callable[[Row], Any]) -> dict[str, Row]:
    """Rows by folded name; equal names told apart by a counter."""
    found: dict[str, Row] = {}
    for row in rows:
        key = fold(str(name(row) or ""))
        number = 1
        while (unique := key if number == 1 else f"{key}#{number}") in found:
            number += 1
        found[unique] = row
    return found


def _pair_renamed(gone: Sequence[Row], come: Sequence[Row], name: str) -> list[tuple[Row, Row]]:
    """Rows whose name was corrected: alike in name, or in all else and still a little in name."""
    weights = {}
    for left, old in enumerate(gone):
        for right, new in enumerate(come):
            ratio = fuzz.ratio(fold(str(old[name])), fold(str(new[name]))) / 100
            shared = [column for column in _said_columns(old) if column in new and column != name]
            equal = [column for column in shared if _is_equal(old[column], new[column])]
            score = ratio + (0.5 * len(equal) / len(shared) if shared else 0)
            if score >= 2 * ALIKE and ratio >= ALIKE - 0.1:
                weights[left, right] = round(score * 1000)
    return [(gone[left], come[right]) for left, right in assign(weights)]


def _compare_values(base: Change, old: Row, new: Row, key: str) -> list[Change]:
    fields = [field for field in _said_columns(old) if field in new and not _is_equal(old[field], new[field])]
    fields.sort(key=lambda field: field == base.field)  # the row is found by its old name until the last
    return [
        replace(
            base,
            field=field,
            old=as_text(old[field]),
            new=as_text(new[field]),
            record=dump({"key": key, "value": new[field]}),
        )
        for field in fields
    ]


def _said_columns(row: Row) -> list[str]:
    """The columns that say something of the row's subject: not ids, not whose edition it is."""
    return [name for name in row if name not in WHOSE and not name.endswith("_id")]


def _is_equal(old: Any, new: Any) -> bool:
    if not any(isinstance(value, (str, list, tuple)) for value in (old, new)):
        return bool(old == new)
    return fold(as_text(old) or "") == fold(as_text(new) or "")


def _row_came(base: Change, rows: Sequence[Row], name: Any, field: str = "") -> Change:
    record = dump({"rows": [bare(row) for row in rows]})
    return replace(base, field=field or base.field, new=as_text(name), cause="annex_row_added", record=record)


def _row_went(base: Change, rows: Sequence[Row], name: Any, field: str = "") -> Change:
    record = dump({"rows": [bare(row) for row in rows]})
    return replace(
        base, field=field or base.field, old=as_text(name), cause="annex_row_removed", record=record
    )
