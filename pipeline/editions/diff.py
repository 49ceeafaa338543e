"""Compares two editions: links between their events, and one change a field.

Takes two `EditionTables`. Gives a `Diff`: links, changes, and the details of edited events side by
side. Nothing here makes sentences; report.py and words do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.editions.annex import compare_annex
from pipeline.editions.bundles import Bundle, bundle_events, dump_bundles
from pipeline.editions.compare import NO_CHANGE, compare_events
from pipeline.editions.faces import fold
from pipeline.editions.match import Matching, match_events
from pipeline.editions.parts import Parts
from pipeline.editions.records import (
    ADDED,
    EDITED,
    MERGED,
    MOVED,
    REMOVED,
    SAME,
    SPLIT,
    Aligned,
    Change,
    Detail,
    EditionTables,
    EventRecord,
    Link,
)

Ids = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Diff:
    """What a new edition changed. `aligned` has the details of edited events side by side."""

    old: EditionTables = field(repr=False)
    new: EditionTables = field(repr=False)
    links: tuple[Link, ...]
    changes: tuple[Change, ...]
    aligned: Mapping[Ids, tuple[Aligned, ...]] = field(repr=False)
    is_reversed: bool = False

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return not self.changes

    @property
    def has_nothing_in_common(self) -> bool:
        """Whether both editions have events and none of them goes on."""
        return bool(self.links) and {link.kind for link in self.links} == {ADDED, REMOVED}

    @property
    def summary(self) -> str:
        """The change in one line: `14 added, 3 changed (2 dates, 1 text), 0 removed, annex: 5 numbers changed`."""
        from pipeline.editions.summary import summarise

        return summarise(self)


def compare_editions(old: EditionTables, new: EditionTables) -> Diff:
    """Links and changes from the old edition to the new one."""
    matching = match_events(old.events, new.events)
    work = _Work(old.events, new.events, matching, bundle_events(old), bundle_events(new))
    told = [*_tell_pairs(work), *_tell_parts(work), *_tell_alone(work)]
    told.sort(key=lambda one: one.place)
    changes = [change for one in told for change in _shift_all(one.changes)]
    if matching.is_reversed:
        count = len(new.events)
        changes.append(
            Change(0, None, None, "events", "sequence", f"1-{len(old.events)}", f"{count}-1", "order")
        )
    changes += compare_annex(old, new)
    return Diff(
        old=old,
        new=new,
        links=tuple(link for one in told for link in one.links),
        changes=_number(changes),
        aligned={ids: one.aligned for one in told for ids in one.edited},
        is_reversed=matching.is_reversed,
    )


@dataclass(frozen=True, slots=True)
class _Work:
    old: Sequence[EventRecord]
    new: Sequence[EventRecord]
    matching: Matching
    old_bundles: Mapping[str, Bundle]
    new_bundles: Mapping[str, Bundle]


@dataclass(frozen=True, slots=True)
class _Told:
    """Links with their changes, and where in the report they belong."""

    place: tuple[int, int, int]
    links: tuple[Link, ...]
    changes: tuple[Change, ...] = ()
    aligned: tuple[Aligned, ...] = ()

    @property
    def edited(self) -> list[Ids]:
        return [(link.old_event_id, link.new_event_id) for link in self.links if link.kind == EDITED]


def _shift_all(changes: Sequence[Change]) -> Sequence[Change]:
    """Changes of one link; `follows` counts back within them, so that numbering them all keeps it."""
    return [
        replace(change, follows=change.follows - change.number) if change.follows else change
        for change in changes
    ]


def _number(changes: Sequence[Change]) -> tuple[Change, ...]:
    return tuple(
        replace(change, number=number, follows=number + change.follows if change.follows else None)
        for number, change in enumerate(changes, start=1)
    )


def _tell_pairs(work: _Work) -> Iterable[_Told]:
    matching = work.matching
    in_parts = {split.whole for split in matching.splits} | {
        at for merge in matching.merges for at in merge.parts
    }
    for left, right in matching.pairs.items():
        if left in in_parts:
            continue
        old, new = work.old[left], work.new[right]
        compared = NO_CHANGE if left in matching.unchanged else compare_events(old, new)
        changes = list(compared.changes)
        is_moved = left in matching.moved and not any(change.cause == "date" for change in changes)
        kind = EDITED if changes else MOVED if is_moved else SAME
        if is_moved:
            changes.append(_order(old, new, len(changes) + 1))
        score, reason = matching.reasons[left]
        if old.event_id == new.event_id:
            reason = f"same id, {reason}"
        link = Link(old.event_id, new.event_id, kind, score, reason, old.sequence, new.sequence)
        yield _Told((right, 1, left), (link,), tuple(changes), compared.aligned)


def _order(old: EventRecord, new: EventRecord, number: int) -> Change:
    """The change of place of an entry that moved among its neighbours."""
    return Change(
        number,
        old.event_id,
        new.event_id,
        "events",
        "sequence",
        str(old.sequence),
        str(new.sequence),
        "order",
    )


def _tell_alone(work: _Work) -> Iterable[_Told]:
    for at in work.matching.added:
        event = work.new[at]
        link = Link(
            None, event.event_id, ADDED, 0.0, "no entry of the old edition is like it", None, event.sequence
        )
        record = dump_bundles([work.new_bundles[event.event_id]])
        change = Change(
            1, None, event.event_id, "events", "headline", None, event.headline, "event_added", record=record
        )
        yield _Told((at, 1, 0), (link,), (change,))
    removed = set(work.matching.removed)
    before = -1
    for at, event in enumerate(work.old):
        before = work.matching.pairs.get(at, before)
        if at not in removed:
            continue
        link = Link(
            event.event_id, None, REMOVED, 0.0, "no entry of the new edition is like it", event.sequence, None
        )
        record = dump_bundles([work.old_bundles[event.event_id]])
        change = Change(
            1,
            event.event_id,
            None,
            "events",
            "headline",
            event.headline,
            None,
            "event_removed",
            record=record,
        )
        yield _Told((before, 2, at), (link,), (change,))


def _tell_parts(work: _Work) -> Iterable[_Told]:
    for split in work.matching.splits:
        old, parts = work.old[split.whole], [work.new[at] for at in sorted(split.parts)]
        reason = f"its text went to {len(parts)} entries"
        links = tuple(_part_link(old, part, SPLIT, split, reason) for part in parts)
        first = work.new[split.parts[0]]
        row = Change(
            1,
            old.event_id,
            first.event_id,
            "events",
            "headline",
            old.headline,
            _headlines(parts),
            "event_split",
        )
        record = dump_bundles([work.new_bundles[part.event_id] for part in parts])
        others = _other_changes(old, _join(parts, first.event_id))
        yield _Told((min(split.parts), 1, split.whole), links, (replace(row, record=record), *others))
    for merge in work.matching.merges:
        new, parts = work.new[merge.whole], [work.old[at] for at in sorted(merge.parts)]
        reason = f"it holds the text of {len(parts)} entries"
        links = tuple(_part_link(part, new, MERGED, merge, reason) for part in parts)
        first = work.old[merge.parts[0]]
        row = Change(
            1,
            first.event_id,
            new.event_id,
            "events",
            "headline",
            _headlines(parts),
            new.headline,
            "event_merged",
        )
        record = dump_bundles([work.new_bundles[new.event_id]])
        others = _other_changes(_join(parts, first.event_id), new)
        yield _Told((merge.whole, 1, min(merge.parts)), links, (replace(row, record=record), *others))


def _part_link(old: EventRecord, new: EventRecord, kind: str, parts: Parts, reason: str) -> Link:
    return Link(old.event_id, new.event_id, kind, parts.score, reason, old.sequence, new.sequence)


def _headlines(parts: Sequence[EventRecord]) -> str:
    return " / ".join(part.headline for part in parts)


def _join(parts: Sequence[EventRecord], event_id: str) -> EventRecord:
    """The parts as one event: the later headlines stand among its details."""
    details = list(parts[0].details)
    for part in parts[1:]:
        if fold(part.headline) != fold(parts[0].headline):
            details.append(Detail(0, 1, "", "", part.headline))
        details += part.details
    numbered = tuple(replace(detail, place=place) for place, detail in enumerate(details, start=1))
    people = tuple(person for part in parts for person in part.people)
    return replace(parts[0], event_id=event_id, details=numbered, people=people)


def _other_changes(old: EventRecord, new: EventRecord) -> list[Change]:
    """What changed beside the cut itself: words that came, went or changed."""
    found = [
        change
        for change in compare_events(old, new).changes
        if change.table == "details" and change.field == "text" and change.cause.startswith("detail_")
    ]
    return [
        replace(change, number=number, old_place=None, new_place=None)
        for number, change in enumerate(found, 2)
    ]
