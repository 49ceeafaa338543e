"""What changed in annex tables that no recipe reads, cell by cell.

Takes `annex_cells` of two editions and the changes of the typed tables. Gives changes.
Rows and columns pair by their names, tables by caption and names. A table whose cells stand in a
typed table is compared there; of it only other numbers (a change column, a sum) are compared here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.editions.assign import assign
from pipeline.editions.bundles import bare, dump
from pipeline.editions.faces import fold, loosen
from pipeline.editions.records import Change, EditionTables, Row, as_text

ALIKE = 0.5
TYPED = ("agreements", "company_agreements", "partner_counts")

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One annex table: its cells by the keys of row and column, each key once."""

    table_id: str
    caption: str
    rows: Mapping[str, str]  # key -> name as shown
    columns: Mapping[str, str]
    cells: Mapping[Place, Row]
    is_typed: bool

    @property
    def said(self) -> str:
        """All of its text, however it is cut into cells."""
        return loosen("".join(fold(str(row["text"] or "")) for row in self.cells.values()))


def compare_cells(old: EditionTables, new: EditionTables, found: Iterable[Change]) -> list[Change]:
    """Changes of the other tables, and of other numbers in the typed ones."""
    sheets = _make_sheets(old), _make_sheets(new)
    told = {(change.old, change.new) for change in found}
    pairs = _pair_sheets(*sheets)
    changes: list[Change] = []
    for left, right in pairs:
        one, other = sheets[0][left], sheets[1][right]
        if one.is_typed or other.is_typed:
            changes += [
                change for change in _compare_numbers(one, other) if (change.old, change.new) not in told
            ]
        elif one.said != other.said:
            changes += _compare_sheets(one, other)
    used = {left for left, _ in pairs}, {right for _, right in pairs}
    changes += [_whole(s, True) for at, s in enumerate(sheets[1]) if at not in used[1] and not s.is_typed]
    return changes + [
        _whole(s, False) for at, s in enumerate(sheets[0]) if at not in used[0] and not s.is_typed
    ]


def _make_sheets(edition: EditionTables) -> list[Sheet]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in edition.rows["annex_cells"]:
        grouped[str(row["table_id"])].append(row)
    typed = {str(row.get("table_id")) for table in TYPED for row in edition.rows[table]}
    return [_make_sheet(table_id, rows, table_id in typed) for table_id, rows in grouped.items()]


def _make_sheet(table_id: str, cells: Sequence[Row], is_typed: bool) -> Sheet:
    row_keys = _name_lines(cells, "row", "row_name")
    column_keys = _name_lines(cells, "column", "column_name")
    return Sheet(
        table_id,
        str(cells[0].get("caption") or ""),
        dict(row_keys.values()),
        dict(column_keys.values()),
        {(row_keys[cell["row"]][0], column_keys[cell["column"]][0]): cell for cell in cells},
        is_typed,
    )


def _name_lines(cells: Sequence[Row], axis: str, name: str) -> dict[int, tuple[str, str]]:
    """A key of its own, and the name, for each row or column; a nameless one goes by its first cell."""
    shown: dict[int, str] = {}
    for cell in cells:
        if not shown.get(cell[axis]):
            shown[cell[axis]] = str(cell[name] or (cell["text"] if axis == "row" else "") or "")
    keys: dict[int, tuple[str, str]] = {}
    taken: set[str] = set()
    for at, text in sorted(shown.items()):
        key, number = fold(text), 1
        while (unique := key if number == 1 else f"{key}#{number}") in taken:
            number += 1
        taken.add(unique)
        keys[at] = (unique, text)
    return keys


def _pair_sheets(old: Sequence[Sheet], new: Sequence[Sheet]) -> list[tuple[int, int]]:
    weights = {}
    for left, one in enumerate(old):
        for right, other in enumerate(new):
            score = _likeness(one, other)
            if score >= ALIKE:
                weights[left, right] = round(score * 10**6) * 1000 - min(999, (left - right) ** 2)
    return assign(weights)


def _likeness(old: Sheet, new: Sheet) -> float:
    if old.is_typed != new.is_typed:
        return 0.0
    caption = bool(old.caption) and fold(old.caption) == fold(new.caption)
    names = old.rows.keys() | old.columns.keys(), new.rows.keys() | new.columns.keys()
    shared = len(names[0] & names[1]) / max(1, min(len(names[0]), len(names[1])))
    return 0.5 * caption + 0.5 * max(shared, fuzz.ratio(old.said[:2000], new.said[:2000]) / 100)


def _compare_numbers(old: Sheet, new: Sheet) -> list[Change]:
    """Numbers that stand under the same names of row and column in both and differ."""
    changes = []
    for place in sorted(old.cells.keys() & new.cells.keys()):
        cells = old.cells[place], new.cells[place]
        named = all(cell["row_name"] and cell["column_name"] for cell in cells)
        values = [cell.get("value") for cell in cells]
        if named and None not in values and values[0] != values[1]:
            changes.append(_cell(old, place, *cells))
    return changes


def _compare_sheets(old: Sheet, new: Sheet) -> list[Change]:
    changes = []
    rows = _pair_lines(old, new, 0)
    columns = _pair_lines(old, new, 1)
    for axis, pairs in ((0, rows), (1, columns)):
        names = (old.rows, new.rows) if axis == 0 else (old.columns, new.columns)
        changes += [_line(new, axis, key, True) for key in names[1] if key not in pairs.values()]
        changes += [_line(old, axis, key, False) for key in names[0] if key not in pairs]
    for (row, column), cell in old.cells.items():
        if row not in rows or column not in columns:
            continue
        other = new.cells.get((rows[row], columns[column]))
        if other and fold(str(cell["text"] or "")) != fold(str(other["text"] or "")):
            changes.append(_cell(old, (row, column), cell, other))
    return changes


def _pair_lines(old: Sheet, new: Sheet, axis: int) -> dict[str, str]:
    """Rows (or columns) by name; those left over by likeness of what stands in them."""
    names = (old.rows, new.rows) if axis == 0 else (old.columns, new.columns)
    pairs = {key: key for key in names[0] if key in names[1]}
    gone = [key for key in names[0] if key not in pairs]
    come = [key for key in names[1] if key not in pairs]
    weights = {}
    for left, key in enumerate(gone):
        for right, other in enumerate(come):
            ratio = fuzz.ratio(_said(old, axis, key), _said(new, axis, other)) / 100
            if ratio >= ALIKE + 0.2:
                weights[left, right] = round(ratio * 10**6)
    return pairs | {gone[left]: come[right] for left, right in assign(weights)}


def _said(sheet: Sheet, axis: int, key: str) -> str:
    return fold(
        " ".join(str(cell["text"] or "") for place, cell in sheet.cells.items() if place[axis] == key)
    )


def _line(sheet: Sheet, axis: int, key: str, came: bool) -> Change:
    cells = [cell for place, cell in sheet.cells.items() if place[axis] == key]
    shown = " | ".join(str(cell["text"]) for cell in cells if cell["text"])
    cause = f"annex_{'column' if axis else 'row'}_{'added' if came else 'removed'}"
    return _change(
        sheet, "text", cause, {"new" if came else "old": shown}, {"cells": [bare(cell) for cell in cells]}
    )


def _whole(sheet: Sheet, came: bool) -> Change:
    shown = sheet.caption or " | ".join(str(cell["text"]) for cell in sheet.cells.values() if cell["text"])
    cause = "annex_table_added" if came else "annex_table_removed"
    cells = [bare(cell) for cell in sheet.cells.values()]
    return _change(sheet, "caption", cause, {"new" if came else "old": shown}, {"cells": cells})


def _cell(sheet: Sheet, place: Place, old: Row, new: Row) -> Change:
    key = " / ".join(part for part in (sheet.caption, sheet.rows[place[0]], sheet.columns[place[1]]) if part)
    values = {"old": as_text(old["text"]) or "", "new": as_text(new["text"]) or ""}
    at = [[side["table_id"], side["row"], side["column"]] for side in (old, new)]
    return _change(
        sheet,
        "text",
        "annex",
        values,
        {"key": key, "old_cell": at[0], "new_cell": at[1], "value": new.get("value")},
    )


def _change(
    sheet: Sheet, field: str, cause: str, sides: Mapping[str, str], record: Mapping[str, object]
) -> Change:
    said = {"table_id": sheet.table_id, "caption": sheet.caption, **record}
    sided = (sides.get("old"), sides.get("new"))
    return Change(0, None, None, "annex_cells", field, *sided, cause, record=dump(said))
