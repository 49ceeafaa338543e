"""The plain records of a comparison: an edition's events as read back, links and changes.

Takes nothing, gives the frozen types that matching, comparing and reporting share.
Columns are those of finished tables; no Document and no Reading is known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = dict[str, Any]
Rows = tuple[Row, ...]

SAME, EDITED, MOVED = "same", "edited", "moved"
SPLIT, MERGED, ADDED, REMOVED = "split", "merged", "added", "removed"


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail as the table has it; `place` counts from 1 within the event."""

    place: int
    level: int
    marker: str
    label: str
    text: str

    @property
    def shown(self) -> str:
        """Marker, label and text in one line: `・会場：東京区政会館`."""
        return f"{self.marker}{self.label}{'：' if self.label else ''}{self.text}"


@dataclass(frozen=True, slots=True)
class Person:
    """One person as the table has it; `place` counts from 1 within the event."""

    place: int
    name: str
    affiliation: str
    role: str

    @property
    def shown(self) -> str:
        """Name, affiliation and role in one line: `大杉 覚（東京都立大学法学部教授）`."""
        inside = "・".join(part for part in (self.affiliation, self.role) if part)
        return f"{self.name}（{inside}）" if inside else self.name


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event with its details and people, missing text as the empty text."""

    event_id: str
    sequence: int
    start: date | None
    edtf: str | None
    date_text: str
    parent: str
    headline: str
    details: tuple[Detail, ...]
    people: tuple[Person, ...]

    @property
    def date(self) -> str:
        """The date as EDTF; as it stood where it could not be read."""
        return self.edtf if self.edtf is not None else self.date_text


@dataclass(frozen=True, slots=True)
class EditionTables:
    """An edition's tables in canonical order: rows as they stand, and the events read from them."""

    series: str
    edition: str
    rows: Mapping[str, Rows]
    events: tuple[EventRecord, ...]

    @property
    def about(self) -> Row:
        """The edition's own row: title, issued_on, body, label …; empty where there is none."""
        return self.rows["editions"][0] if self.rows["editions"] else {}


@dataclass(frozen=True, slots=True)
class Link:
    """How an event of the old edition goes on in the new one; one side is None for added, removed."""

    old_event_id: str | None
    new_event_id: str | None
    kind: str
    score: float
    reason: str
    old_sequence: int | None = None
    new_sequence: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One changed field. `old` and `new` are values as text; None where there is no such side.

    `old_place` and `new_place` are places within the event (details, people) from 1.
    `record` is JSON with all of what was added, removed, split or merged, else None.
    `follows` is the number of the change this one follows from (a person from a detail), else None.
    """

    number: int
    old_event_id: str | None
    new_event_id: str | None
    table: str
    field: str
    old: str | None
    new: str | None
    cause: str
    old_place: int | None = None
    new_place: int | None = None
    record: str | None = None
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two details side by side, by place from 1; None where a side has none."""

    old: int | None
    new: int | None
    kind: str  # same | changed | moved | recut | added | removed


def as_text(value: Any) -> str | None:
    """A cell as text: dates ISO, whole numbers without a point, lists with ` / ` between; None stays."""
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return " / ".join(str(part) for part in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)
