"""The tables of a diff: their columns, and their rows from a Diff.

Takes a Diff. Gives rows in column order for `links`, `changes` and `carried`. The columns of
tables/schema.py come first and keep their meaning; those that only a diff needs stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.editions.apply import make_carried
from pipeline.tables.columns import INTEGER, TEXT, Column, Table
from pipeline.tables.schema import CHANGES, LINKS

if TYPE_CHECKING:
    from pipeline.editions.diff import Diff

_OF = (
    Column("series", TEXT, "the chronology"),
    Column("old_edition", TEXT, "the older edition"),
    Column("new_edition", TEXT, "the newer edition"),
)
LINK_TABLE = Table(
    "links",
    LINKS.about,
    (
        *_OF,
        *LINKS.columns,
        Column("old_sequence", INTEGER, "its place in the old edition", null=True, minimum=1),
        Column("new_sequence", INTEGER, "its place in the new edition", null=True, minimum=1),
        Column("date", TEXT, "its date, in the new edition where it is in it", empty=True),
        Column("headline", TEXT, "its headline, in the new edition where it is in it", empty=True),
    ),
    (),
)
CHANGE_TABLE = Table(
    "changes",
    CHANGES.about,
    (
        *_OF,
        Column("change", INTEGER, "number of the change, from 1", minimum=1),
        *CHANGES.columns,
        Column("old_place", INTEGER, "place of the detail or person in the old event, from 1", null=True),
        Column("new_place", INTEGER, "place of the detail or person in the new event, from 1", null=True),
        Column("follows", INTEGER, "the change that this one follows from", null=True),
        Column("record", TEXT, "JSON: all of what was added, removed, split, merged", null=True),
    ),
    ("change",),
)
CARRIED_TABLE = Table(
    "carried",
    "what differs in the files though nothing changed: pages, lines, ids, spaces, derived columns",
    (
        *_OF,
        Column("table", TEXT, "the table"),
        Column(
            "group",
            TEXT,
            "the event or annex table whose rows are counted; empty: the whole table",
            empty=True,
        ),
        Column("row", INTEGER, "the row of the new table within the group, from 0; -1: the table's columns"),
        Column("values", TEXT, "JSON: the values of the row; null: the group ends before it", null=True),
    ),
    (),
)
Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with its rows, in the order of its columns."""

    table: Table
    rows: Sequence[Row]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.table.names


def link_rows(diff: Diff) -> Filled:
    """One row a link."""
    events = {event.event_id: event for event in diff.old.events}
    news = {event.event_id: event for event in diff.new.events}
    rows: list[Row] = []
    for link in diff.links:
        shown = news[link.new_event_id] if link.new_event_id else events[link.old_event_id or ""]
        said = (link.old_event_id, link.new_event_id, link.kind, link.score, link.reason)
        rows.append((*_of(diff), *said, link.old_sequence, link.new_sequence, shown.date, shown.headline))
    return Filled(LINK_TABLE, rows)


def change_rows(diff: Diff) -> Filled:
    """One row a change."""
    return Filled(
        CHANGE_TABLE,
        [
            (
                *(*_of(diff), one.number, one.old_event_id, one.new_event_id, one.table, one.field),
                *(one.old, one.new, one.cause, one.old_place, one.new_place, one.follows, one.record),
            )
            for one in diff.changes
        ],
    )


def carried_rows(diff: Diff) -> Filled:
    """One row for each row of a table that changes do not give character by character."""
    carried = make_carried(diff.old, diff.new, diff.links, diff.changes)
    return Filled(CARRIED_TABLE, [(*_of(diff), one.table, one.group, one.row, one.values) for one in carried])


def _of(diff: Diff) -> Row:
    return diff.new.series, diff.old.edition, diff.new.edition


FILLERS: tuple[Callable[[Diff], Filled], ...] = (link_rows, change_rows, carried_rows)
