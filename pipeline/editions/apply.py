"""Applies links and changes to the old edition's tables: what comes out are the new edition's tables.

Takes the old tables, links, changes, and `carried`: what differs in the files though nothing
changed in the document (pages, lines, ids, spaces, columns derived from others). Gives rows a table.
Links and changes alone give the new tables as far as the document says; `carried` does the rest,
character by character. It holds no change: tests compare what is left to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.editions.apply_annex import apply_annex
from pipeline.editions.bundles import PARTS, Bundle, bundle_events, dump, group_rows, load_row
from pipeline.editions.records import Change, EditionTables, Link, Row

Tables = dict[str, list[Row]]
# How rows of a table are grouped when what is left over is counted by place.
GROUPS = {"events": "event_id", **dict.fromkeys(PARTS, "event_id"), "annex_cells": "table_id"}


@dataclass(frozen=True, slots=True)
class Carried:
    """Values of one row that changes do not give: row `row` (from 0) of its group in the table.

    `values` is JSON; None: the group ends before this row. `row` -1: the columns of the table.
    """

    table: str
    group: str
    row: int
    values: str | None


def apply_diff(
    old: EditionTables,
    links: Iterable[Link],
    changes: Iterable[Change],
    carried: Iterable[Carried],
    new_edition: str,
) -> Tables:
    """The new edition's tables, row by row, as `read_edition` would give them."""
    return _add_carried(apply_changes(old, links, changes, new_edition), carried)


def apply_changes(
    old: EditionTables, links: Iterable[Link], changes: Iterable[Change], new_edition: str
) -> Tables:
    """The new edition's tables as far as links and changes say them."""
    by_event: dict[tuple[str | None, str | None], list[Change]] = {}
    loose: list[Change] = []
    for change in changes:
        ids = (change.old_event_id, change.new_event_id)
        by_event.setdefault(ids, []).append(change) if any(ids) else loose.append(change)
    whole = _read_bundles(change for listed in by_event.values() for change in listed)
    bundles = bundle_events(old)
    tables: Tables = {table: [] for table in old.rows}
    for link in _in_new_order(links):
        new_id = link.new_event_id or ""
        if new_id in whole:
            bundle = whole[new_id]
        else:
            own = by_event.get((link.old_event_id, link.new_event_id), [])
            bundle = _change_event(bundles[link.old_event_id or ""], own, link)
        for table, rows in bundle.items():
            tables[table] += rows
    for table, rows in apply_annex(old, loose).items():
        tables[table] += rows
    for row in (row for rows in tables.values() for row in rows):
        row.update(series=old.series, edition=new_edition)
    return tables


def _in_new_order(links: Iterable[Link]) -> list[Link]:
    """One link for each event of the new edition, in its order."""
    first: dict[str, Link] = {}
    for link in links:
        if link.new_event_id is not None:
            first.setdefault(link.new_event_id, link)
    return sorted(first.values(), key=lambda link: link.new_sequence or 0)


def _read_bundles(changes: Iterable[Change]) -> dict[str, Bundle]:
    """The whole events that were added, split or merged, by their new id."""
    found: dict[str, Bundle] = {}
    for change in changes:
        if change.cause in ("event_added", "event_split", "event_merged") and change.record:
            for said in json.loads(change.record)["events"]:
                bundle = {table: [load_row(row) for row in rows] for table, rows in said.items()}
                found[bundle["events"][0]["event_id"]] = bundle
    return found


def _change_event(bundle: Bundle, changes: Sequence[Change], link: Link) -> Bundle:
    event = dict(bundle["events"][0], event_id=link.new_event_id, sequence=link.new_sequence)
    for change in changes:
        if change.table == "events" and change.cause in ("date", "text"):
            event[change.field] = change.new
    own = {table: [change for change in changes if change.table == table] for table in PARTS}
    details = _change_list(bundle["details"], own["details"])
    people = _change_list(bundle["people"], own["people"])
    changed = {
        "details": details,
        "people": people,
        "municipalities": [dict(row) for row in bundle["municipalities"]],
    }
    for table, rows in changed.items():
        for number, row in enumerate(rows, start=1):
            row["event_id"] = link.new_event_id
            if table != "municipalities":
                row["sequence"] = number
    return {"events": [event], **changed}


def _change_list(rows: Sequence[Row], changes: Sequence[Change]) -> list[Row]:
    """Details or people of one event: fields set, rows dropped, turned around, put in."""
    kept: dict[int, Row] = {place: dict(row) for place, row in enumerate(rows, start=1)}
    order = list(kept)
    added = []
    for change in changes:
        if change.cause.endswith("_added"):
            added.append(change)
        elif change.cause.endswith("_removed") and change.old_place:
            del kept[change.old_place]
        elif change.cause == "detail_reordered" and change.record:
            order = json.loads(change.record)["order"]
        elif change.old_place in kept:
            kept[change.old_place][change.field] = change.new
    listed = [kept[place] for place in order if place in kept]
    for change in sorted(added, key=lambda change: change.new_place or 0):
        values = json.loads(change.record or "{}")
        listed.insert((change.new_place or 1) - 1, {name: value or None for name, value in values.items()})
    return listed


def make_carried(
    old: EditionTables, new: EditionTables, links: Sequence[Link], changes: Sequence[Change]
) -> list[Carried]:
    """What is left to make the new tables exact, by table, group and row."""
    reached = apply_changes(old, links, changes, new.edition)
    carried: list[Carried] = []
    for table, rows in new.rows.items():
        columns = list(rows[0]) if rows else []
        if rows and any(row.keys() - columns for row in reached[table]):
            carried.append(Carried(table, "", -1, dump({"columns": columns})))
        groups = _group(table, rows), _group(table, reached[table])
        for group in {**groups[0], **groups[1]}:
            carried += _carry_group(table, group, groups[1].get(group, []), groups[0].get(group, []))
    return carried


def _group(table: str, rows: Iterable[Row]) -> dict[str, list[Row]]:
    return group_rows(rows, GROUPS[table]) if table in GROUPS else {"": list(rows)}


def _carry_group(table: str, group: str, reached: Sequence[Row], wanted: Sequence[Row]) -> Iterable[Carried]:
    for at, row in enumerate(wanted):
        have = reached[at] if at < len(reached) else {}
        left = {name: value for name, value in row.items() if name not in have or have[name] != value}
        if left:
            yield Carried(table, group, at, dump(left))
    if len(reached) > len(wanted):
        yield Carried(table, group, len(wanted), None)


def _add_carried(tables: Tables, carried: Iterable[Carried]) -> Tables:
    columns: dict[str, list[str]] = {}
    grouped = {table: _group(table, rows) for table, rows in tables.items()}
    for one in carried:
        if one.row < 0:
            columns[one.table] = json.loads(one.values or "{}")["columns"]
            continue
        rows = grouped[one.table].setdefault(one.group, [])
        if one.values is None:
            del rows[one.row :]
            continue
        if one.row == len(rows):
            rows.append({})
        rows[one.row].update(load_row(json.loads(one.values)))
    order = [row["event_id"] for row in tables["events"]]
    return {
        table: _in_columns(_flatten(table, groups, order), columns.get(table))
        for table, groups in grouped.items()
    }


def _flatten(table: str, groups: Mapping[str, list[Row]], order: Sequence[str]) -> list[Row]:
    """The groups one after the other: by event, by table id."""
    if table not in GROUPS:
        return groups.get("", [])
    keys: Sequence[Any] = order if GROUPS[table] == "event_id" else sorted(groups)
    return [row for key in keys for row in groups.get(key, [])]


def _in_columns(rows: list[Row], columns: Sequence[str] | None) -> list[Row]:
    return rows if columns is None else [{name: row.get(name) for name in columns} for row in rows]
