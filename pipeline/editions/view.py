"""What a report shows: a block an entry, its lines old and new side by side. No words yet.

Takes a Diff. Gives a `View` that the templates and the terminal form share.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from pipeline.editions.marks import Run, Runs, mark_changes
from pipeline.editions.records import (
    ADDED,
    EDITED,
    MERGED,
    MOVED,
    REMOVED,
    SAME,
    SPLIT,
    Change,
    EventRecord,
    Link,
)
from pipeline.editions.summary import count_links, summarise

if TYPE_CHECKING:
    from pipeline.editions.diff import Diff

MOST = 500  # entries of a kind, changes of the annex: more are counted, and stand in the tables
ORDER = (EDITED, SPLIT, MERGED, MOVED, ADDED, REMOVED)


@dataclass(frozen=True, slots=True)
class Line:
    """One field, old and new side by side; `state` is same, changed, moved, added or removed."""

    field: str  # date | place | parent | headline | detail | person
    state: str
    old: Runs = ()
    new: Runs = ()

    @property
    def old_text(self) -> str:
        """The old side without marks."""
        return "".join(run.text for run in self.old)

    @property
    def new_text(self) -> str:
        """The new side without marks."""
        return "".join(run.text for run in self.new)


@dataclass(frozen=True, slots=True)
class Block:
    """An entry that changed: how it is linked, and its lines."""

    kind: str
    date: str
    headline: str
    links: tuple[Link, ...]
    lines: tuple[Line, ...]

    @property
    def changed(self) -> tuple[Line, ...]:
        """The lines that are not the same."""
        return tuple(line for line in self.lines if line.state != SAME)


@dataclass(frozen=True, slots=True)
class Annex:
    """One change of an annex table: which table, what in it, and the two sides."""

    table: str
    where: str
    cause: str
    line: Line


@dataclass(frozen=True, slots=True)
class View:
    """All that a report shows."""

    series: str
    title: str
    old: Mapping[str, str]  # edition, title, body, label
    new: Mapping[str, str]
    summary: str
    counts: Mapping[str, int]
    same: int
    groups: tuple[tuple[str, tuple[Block, ...]], ...]
    annex: tuple[Annex, ...]
    annex_count: int
    left_out: int  # entries and changes of the annex that are only in the tables
    is_same: bool
    has_nothing_in_common: bool
    is_reversed: bool


def make_view(diff: Diff) -> View:
    """The diff as a report shows it, blocks by kind."""
    blocks, left_out = _make_blocks(diff)
    groups = [(kind, tuple(block for block in blocks if block.kind == kind)) for kind in ORDER]
    annex = [change for change in diff.changes if change.cause.startswith("annex")]
    about = [_about(edition.about, edition.edition) for edition in (diff.old, diff.new)]
    return View(
        series=diff.new.series,
        title=about[1]["title"] or diff.new.series,
        old=about[0],
        new=about[1],
        summary=summarise(diff),
        counts=count_links(diff),
        same=sum(link.kind == SAME for link in diff.links),
        groups=tuple((kind, listed) for kind, listed in groups if listed),
        annex=tuple(_annex(change) for change in annex[:MOST]),
        annex_count=len(annex),
        left_out=left_out + len(annex[MOST:]),
        is_same=diff.is_same,
        has_nothing_in_common=diff.has_nothing_in_common,
        is_reversed=diff.is_reversed,
    )


def _about(row: Mapping[str, object], edition: str) -> dict[str, str]:
    shown = {name: str(row.get(name) or "") for name in ("title", "body", "label")}
    return {"edition": edition, **shown}


def _make_blocks(diff: Diff) -> tuple[list[Block], int]:
    """The blocks to show, and how many more there are."""
    olds = {event.event_id: event for event in diff.old.events}
    news = {event.event_id: event for event in diff.new.events}
    changes: dict[tuple[str | None, str | None], list[Change]] = {}
    for change in diff.changes:
        changes.setdefault((change.old_event_id, change.new_event_id), []).append(change)
    blocks: list[Block] = []
    groups = _group_links(diff.links)
    shown_of = Counter[str]()
    for links in groups:
        shown_of[links[0].kind] += 1
        if shown_of[links[0].kind] > MOST:
            continue
        ids = links[0].old_event_id, links[0].new_event_id
        left = _events(olds, (link.old_event_id for link in links))
        right = _events(news, (link.new_event_id for link in links))
        shown = (right or left)[0]
        lines = _lines(links[0].kind, left, right, changes.get(ids, []), diff)
        blocks.append(Block(links[0].kind, shown.date, shown.headline, tuple(links), tuple(lines)))
    return blocks, len(groups) - len(blocks)


def _group_links(links: Iterable[Link]) -> list[list[Link]]:
    """Links that changed; those of one split or merge together."""
    groups: dict[tuple[str, str | None], list[Link]] = {}
    for link in links:
        if link.kind == SAME:
            continue
        whole = link.new_event_id if link.kind in (MERGED, ADDED) else link.old_event_id
        groups.setdefault((link.kind, whole), []).append(link)
    return list(groups.values())


def _events(events: Mapping[str, EventRecord], ids: Iterable[str | None]) -> list[EventRecord]:
    return [events[event_id] for event_id in dict.fromkeys(ids) if event_id is not None]


def _lines(
    kind: str,
    left: Sequence[EventRecord],
    right: Sequence[EventRecord],
    changes: Sequence[Change],
    diff: Diff,
) -> list[Line]:
    if kind == EDITED:
        return _edited_lines(left[0], right[0], changes, diff)
    if kind == MOVED:
        return [*_place_lines(changes), *_side_by_side(left, right, SAME)]
    state = {ADDED: "added", REMOVED: "removed"}.get(kind, "changed")
    return _side_by_side(left, right, state)


def _side_by_side(left: Sequence[EventRecord], right: Sequence[EventRecord], state: str) -> list[Line]:
    """Whole entries, line by line, without marks."""
    sides = [[line for event in events for line in _whole(event)] for events in (left, right)]
    lines = []
    for old, new in zip_longest(*sides):
        field = (new or old)[0]
        lines.append(Line(field, state, _plain(old[1] if old else None), _plain(new[1] if new else None)))
    return lines


def _whole(event: EventRecord) -> list[tuple[str, str]]:
    parent = [("parent", event.parent)] if event.parent else []
    details = [("detail", "　" * (detail.level - 1) + detail.shown) for detail in event.details]
    return [("date", event.date), *parent, ("headline", event.headline), *details]


def _edited_lines(old: EventRecord, new: EventRecord, changes: Sequence[Change], diff: Diff) -> list[Line]:
    fields = {change.field for change in changes if change.table == "events"}
    lines = _place_lines(changes)
    for field, left, right in (
        ("date", old.date, new.date),
        ("parent", old.parent, new.parent),
        ("headline", old.headline, new.headline),
    ):
        is_changed = field in fields or (field == "date" and bool(fields & {"date_edtf", "date_text"}))
        if left or right:
            lines.append(
                _changed(field, left, right) if is_changed else Line(field, SAME, _plain(left), _plain(right))
            )
    told = {(change.old_place, change.new_place) for change in changes if change.table == "details"}
    for row in diff.aligned.get((old.event_id, new.event_id), ()):
        before = old.details[row.old - 1].shown if row.old else None
        after = new.details[row.new - 1].shown if row.new else None
        state = row.kind if row.kind != "recut" else SAME
        if (row.old, row.new) in told and state in (SAME, "moved"):
            state = "changed"
        lines.append(_line("detail", state, before, after))
    people = [change for change in changes if change.table == "people"]
    return lines + [
        _line("person", change.cause.removeprefix("person_"), change.old, change.new) for change in people
    ]


def _line(field: str, state: str, old: str | None, new: str | None) -> Line:
    if state == "changed":
        return _changed(field, old, new)
    if state in ("added", "removed"):
        return Line(field, state, _marked(old), _marked(new))
    return Line(field, state, _plain(old), _plain(new))


def _place_lines(changes: Sequence[Change]) -> list[Line]:
    """The change of place; where entries that came or went leave its number as it was, the words say so."""
    moves = [change for change in changes if change.cause == "order"]
    same = " (other neighbours)"
    return [
        _changed("place", move.old, f"{move.new}{same}" if move.old == move.new else move.new)
        for move in moves
    ]


def _changed(field: str, old: str | None, new: str | None) -> Line:
    return Line(field, "changed", *mark_changes(old or "", new or ""))


def _plain(text: str | None) -> Runs:
    return (Run(text, False),) if text else ()


def _marked(text: str | None) -> Runs:
    return (Run(text, True),) if text else ()


def _annex(change: Change) -> Annex:
    said = json.loads(change.record or "{}")
    parts = [str(said[name]) for name in ("key", "fiscal_year") if said.get(name) and change.cause == "annex"]
    if change.table == "annex_cells" and change.cause != "annex" and said.get("caption"):
        parts.append(str(said["caption"]))
    state = (
        "changed" if change.cause == "annex" else "added" if change.cause.endswith("_added") else "removed"
    )
    return Annex(
        change.table, " / ".join(parts), change.cause, _line(change.field, state, change.old, change.new)
    )
