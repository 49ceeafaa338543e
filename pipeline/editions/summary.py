"""Counts a diff and says it in one line.

Takes a Diff. Gives counts by kind of link and kind of change, and the line for the terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipeline.editions.records import ADDED, EDITED, MERGED, MOVED, REMOVED, SPLIT, Change

if TYPE_CHECKING:
    from pipeline.editions.diff import Diff

# Cause of a change -> what it is counted as, one and several.
COUNTED = {
    "date": ("date", "dates"),
    "text": ("text", "texts"),
    "order": ("place", "places"),
    "detail_added": ("detail added", "details added"),
    "detail_removed": ("detail removed", "details removed"),
    "detail_changed": ("detail changed", "details changed"),
    "detail_reordered": ("order of details", "orders of details"),
    "person_added": ("person added", "people added"),
    "person_removed": ("person removed", "people removed"),
    "person_changed": ("person changed", "people changed"),
    "annex": ("value changed", "values changed"),
    "annex_row_added": ("row added", "rows added"),
    "annex_row_removed": ("row removed", "rows removed"),
    "annex_column_added": ("column added", "columns added"),
    "annex_column_removed": ("column removed", "columns removed"),
    "annex_table_added": ("table added", "tables added"),
    "annex_table_removed": ("table removed", "tables removed"),
}
NUMBER = ("number changed", "numbers changed")


def count_links(diff: Diff) -> dict[str, int]:
    """How many entries were added, edited … ; a split or a merge counts once."""
    counts = Counter(link.kind for link in diff.links)
    counts[SPLIT] = sum(change.cause == "event_split" for change in diff.changes)
    counts[MERGED] = sum(change.cause == "event_merged" for change in diff.changes)
    return {kind: counts[kind] for kind in (ADDED, EDITED, MOVED, SPLIT, MERGED, REMOVED)}


def count_causes(changes: Iterable[Change]) -> Counter[str]:
    """How many changes there are of each cause, without those that follow from another one."""
    return Counter(change.cause for change in changes if change.follows is None)


def summarise(diff: Diff) -> str:
    """The diff in one line; says so when nothing changed and when nothing is in common."""
    if diff.is_same:
        return "no change"
    links = count_links(diff)
    edited = {(link.old_event_id, link.new_event_id) for link in diff.links if link.kind == EDITED}
    changes = [change for change in diff.changes if (change.old_event_id, change.new_event_id) in edited]
    inside = _list_counts(count_causes(changes), COUNTED)
    said = [f"{links[ADDED]} added", f"{links[EDITED]} changed" + (f" ({inside})" if inside else "")]
    said.append(f"{links[REMOVED]} removed")
    said += [f"{links[kind]} {kind}" for kind in (MOVED, SPLIT, MERGED) if links[kind]]
    if diff.is_reversed:
        said.append("order reversed")
    annex = _summarise_annex(diff)
    line = ", ".join(said) + (f", annex: {annex}" if annex else "")
    return f"nothing in common: {line}" if diff.has_nothing_in_common else line


def _summarise_annex(diff: Diff) -> str:
    changes = [change for change in diff.changes if change.cause.startswith("annex")]
    causes = count_causes(change for change in changes if not is_number(change))
    numbers = sum(is_number(change) for change in changes)
    said = [f"{numbers} {NUMBER[numbers != 1]}"] if numbers else []
    rest = _list_counts(causes, COUNTED)
    return ", ".join([*said, rest] if rest else said)


def is_number(change: Change) -> bool:
    """Whether a single number of the annex changed."""
    values = [value for value in (change.old, change.new) if value is not None]
    return change.cause == "annex" and bool(values) and all(_reads_as_number(value) for value in values)


def _reads_as_number(value: str) -> bool:
    bare = value.replace(",", "").lstrip("+-＋－−▲△ ")
    return bare.replace(".", "", 1).isdigit()


def _list_counts(counts: Mapping[str, int], names: Mapping[str, tuple[str, str]]) -> str:
    return ", ".join(
        f"{counts[cause]} {name[counts[cause] != 1]}" for cause, name in names.items() if counts.get(cause)
    )
