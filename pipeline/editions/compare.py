"""What changed in one event: date, parent, headline, details, people.

Takes the old and the new event of a link. Gives its changes (numbered from 1) and its details side by side.
One true change is one row: what follows from it (bounds of a date, the event's whole text, sequence
numbers, a numbering that counts on) is no change of its own. A person that changed with a detail
says which change it follows from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.editions.align import align_details
from pipeline.editions.faces import fold, loosen
from pipeline.editions.people import compare_people
from pipeline.editions.records import Aligned, Change, Detail, EventRecord

_COUNTED = re.compile(r"[0-9①-⑳⑴-⒇ⅰ-ⅻⅠ-Ⅻa-zア-ン一二三四五六七八九十]")


@dataclass(frozen=True, slots=True)
class Compared:
    """The changes of one pair and its details side by side."""

    changes: tuple[Change, ...]
    aligned: tuple[Aligned, ...]


NO_CHANGE = Compared((), ())


def compare_events(old: EventRecord, new: EventRecord) -> Compared:
    """Every field that changed between the two, each once; none where they say the same."""
    base = Change(0, old.event_id, new.event_id, "events", "", None, None, "")
    found = [*_compare_date(base, old, new)]
    if fold(old.parent) != fold(new.parent):
        found.append(
            replace(base, field="parent", old=old.parent or None, new=new.parent or None, cause="text")
        )
    headline, skip = _compare_headline(base, old, new)
    found += headline
    aligned = _align_from(old.details, new.details, skip)
    if _says_same(old, new):
        aligned = tuple(_calm(row) for row in aligned)
    else:
        found += _compare_details(replace(base, table="details"), old, new, aligned)
    found = [replace(change, number=number) for number, change in enumerate(found, start=1)]
    people = compare_people(replace(base, table="people"), old, new, found) if found else []
    return Compared(tuple(found + people), aligned)


def _calm(row: Aligned) -> Aligned:
    return row if row.kind == "same" else replace(row, kind="recut")


def _compare_date(base: Change, old: EventRecord, new: EventRecord) -> list[Change]:
    if old.edtf == new.edtf and (old.edtf is not None or fold(old.date_text) == fold(new.date_text)):
        return []
    if old.edtf is None and new.edtf is None:
        return [replace(base, field="date_text", old=old.date_text, new=new.date_text, cause="date")]
    return [replace(base, field="date_edtf", old=old.edtf, new=new.edtf, cause="date")]


def _says_same(old: EventRecord, new: EventRecord) -> bool:
    """Whether both say the same, cut into paragraphs in another way."""
    pieces = len(old.details), len(new.details)
    labels = [[bool(detail.label) for detail in event.details] for event in (old, new)]
    if pieces[0] == pieces[1] and labels[0] == labels[1]:
        return False  # cut alike: whatever differs was changed
    return _said(old.headline, old.details) == _said(new.headline, new.details)


def _said(headline: str, details: Sequence[Detail]) -> str:
    return loosen(fold(headline) + "".join(fold(detail.shown) for detail in details))


def _compare_headline(
    base: Change, old: EventRecord, new: EventRecord
) -> tuple[list[Change], tuple[int, int]]:
    """The headline's change, and how many details of each side one reading took into it."""
    if fold(old.headline) == fold(new.headline):
        return [], (0, 0)
    for count in range(1, 6):
        for left in range(min(count, len(old.details)) + 1):
            right = count - left
            if right <= len(new.details) and _said(old.headline, old.details[:left]) == _said(
                new.headline, new.details[:right]
            ):
                return [], (left, right)
    row = replace(base, field="headline", old=old.headline or None, new=new.headline or None, cause="text")
    return [row], (0, 0)


def _align_from(old: Sequence[Detail], new: Sequence[Detail], skip: tuple[int, int]) -> tuple[Aligned, ...]:
    """The details side by side, without those that one of the headlines holds."""
    rows = align_details(old[skip[0] :], new[skip[1] :])
    shifted = [
        replace(row, old=row.old + skip[0] if row.old else None, new=row.new + skip[1] if row.new else None)
        for row in rows
    ]
    held = [Aligned(at + 1, None, "recut") for at in range(skip[0])]
    held += [Aligned(None, at + 1, "recut") for at in range(skip[1])]
    return (*held, *shifted)


def _compare_details(
    base: Change, old: EventRecord, new: EventRecord, rows: Sequence[Aligned]
) -> list[Change]:
    counted_on = any(row.kind in ("added", "removed", "moved", "recut") for row in rows)
    found: list[Change] = []
    for row in rows:
        left = old.details[row.old - 1] if row.old else None
        right = new.details[row.new - 1] if row.new else None
        at = replace(base, old_place=row.old, new_place=row.new)
        if row.kind == "added" and right:
            found.append(
                replace(at, field="text", new=right.shown, cause="detail_added", record=detail_record(right))
            )
        elif row.kind == "removed" and left:
            found.append(
                replace(at, field="text", old=left.shown, cause="detail_removed", record=detail_record(left))
            )
        elif row.kind in ("same", "changed", "moved") and left and right:
            found += _compare_fields(at, left, right, counted_on)
    return found + _compare_order(base, rows)


def _compare_fields(base: Change, old: Detail, new: Detail, counted_on: bool) -> list[Change]:
    found = []
    for field in ("label", "text", "marker"):
        before, after = getattr(old, field), getattr(new, field)
        if fold(before) == fold(after) or (field == "marker" and counted_on and _is_counted(before, after)):
            continue
        found.append(
            replace(base, field=field, old=before or None, new=after or None, cause="detail_changed")
        )
    return found


def _is_counted(old: str, new: str) -> bool:
    """Whether both markers count (① (2) ３．): they shift when a detail above comes or goes."""
    return all(_COUNTED.search(fold(marker)) for marker in (old, new))


def _compare_order(base: Change, rows: Sequence[Aligned]) -> list[Change]:
    """One row for all details of the event that changed places among each other."""
    moved = [(row.old, row.new) for row in rows if row.kind == "moved" and row.old and row.new]
    if not moved:
        return []
    places = sorted((row.new, row.old) for row in rows if row.old and row.new)
    return [
        replace(
            base,
            field="sequence",
            old=" ".join(str(old) for old, _ in sorted(moved)),
            new=" ".join(str(new) for new in sorted(new for _, new in moved)),
            cause="detail_reordered",
            record=json.dumps({"order": [old for _, old in places]}),
        )
    ]


def detail_record(detail: Detail) -> str:
    """A detail as JSON: all that it takes to put it back."""
    said = {"level": detail.level, "marker": detail.marker, "label": detail.label, "text": detail.text}
    return json.dumps(said, ensure_ascii=False)
