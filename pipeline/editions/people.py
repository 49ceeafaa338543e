"""Which people of an event came, went or changed.

Takes the old and the new event and the changes already found in it. Gives the changes of people,
each following from the change of the text that names the person. A person whom only another reading
of unchanged words names otherwise is no change.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.editions.faces import fold
from pipeline.editions.records import Change, EventRecord, Person

ALIKE = 0.5


def compare_people(base: Change, old: EventRecord, new: EventRecord, found: Sequence[Change]) -> list[Change]:
    """The changes of people, numbered behind `found`."""
    kept, lefts, rights = _pair_people(old.people, new.people)
    renamed, lefts, rights = _pair_renamed(lefts, rights)
    texts = _said(old), _said(new)
    rows: list[Change] = []
    for left, right in [*kept, *renamed]:
        rows += _compare_fields(
            replace(base, old_place=left.place, new_place=right.place), left, right, texts
        )
    for person in lefts:
        if not _stands_in(person.name, texts[1], old):
            gone = replace(base, field="name", old=person.shown, cause="person_removed")
            rows.append(replace(gone, old_place=person.place, record=_record(person)))
    for person in rights:
        if not _stands_in(person.name, texts[0], new):
            come = replace(base, field="name", new=person.shown, cause="person_added")
            rows.append(replace(come, new_place=person.place, record=_record(person)))
    caused = [(row, _find_cause(row, old, new, found)) for row in rows]
    standing = [replace(row, follows=cause) for row, cause in caused if cause]
    return [replace(row, number=number) for number, row in enumerate(standing, start=len(found) + 1)]


def _record(person: Person) -> str:
    """A person as JSON: all that it takes to put it back."""
    said = {"name": person.name, "affiliation": person.affiliation, "role": person.role}
    return json.dumps(said, ensure_ascii=False)


def _pair_people(
    old: Sequence[Person], new: Sequence[Person]
) -> tuple[list[tuple[Person, Person]], list[Person], list[Person]]:
    """People of one name, in order; and those left over."""
    waiting: dict[str, list[Person]] = {}
    for person in new:
        waiting.setdefault(fold(person.name), []).append(person)
    kept, lefts = [], []
    for person in old:
        if waiting.get(fold(person.name)):
            kept.append((person, waiting[fold(person.name)].pop(0)))
        else:
            lefts.append(person)
    rights = sorted(
        (person for listed in waiting.values() for person in listed), key=lambda person: person.place
    )
    return kept, lefts, rights


def _pair_renamed(
    lefts: list[Person], rights: list[Person]
) -> tuple[list[tuple[Person, Person]], list[Person], list[Person]]:
    """A corrected name: nearly the same signs, or the same post."""
    scores = sorted(
        ((_renamed(left, right), left.place, right.place) for left in lefts for right in rights), reverse=True
    )
    by_place = {person.place: person for person in lefts}, {person.place: person for person in rights}
    pairs = []
    for score, left, right in scores:
        if score >= ALIKE and left in by_place[0] and right in by_place[1]:
            pairs.append((by_place[0].pop(left), by_place[1].pop(right)))
    return pairs, list(by_place[0].values()), list(by_place[1].values())


def _renamed(old: Person, new: Person) -> float:
    post = bool(old.affiliation) and fold(old.affiliation) == fold(new.affiliation)
    return fuzz.ratio(fold(old.name), fold(new.name)) / 100 + (0.5 if post else 0.0)


def _said(event: EventRecord) -> str:
    return fold(event.headline + "".join(detail.shown for detail in event.details))


def _stands_in(name: str, text: str, here: EventRecord) -> bool:
    """Whether the other side's words name the person as often: then they were only read otherwise."""
    return text.count(fold(name)) >= Counter(fold(person.name) for person in here.people)[fold(name)]


def _compare_fields(base: Change, old: Person, new: Person, texts: tuple[str, str]) -> list[Change]:
    rows = []
    for field in ("name", "affiliation", "role"):
        before, after = getattr(old, field), getattr(new, field)
        if fold(before) == fold(after) or (fold(before) in texts[1] and fold(after) in texts[0]):
            continue
        rows.append(replace(base, field=field, old=before or None, new=after or None, cause="person_changed"))
    return rows


def _find_cause(row: Change, old: EventRecord, new: EventRecord, found: Sequence[Change]) -> int | None:
    """The number of the change of words that this one follows from; None: only read otherwise."""
    olds = [row.old or "", old.people[row.old_place - 1].name if row.old_place else ""]
    news = [row.new or "", new.people[row.new_place - 1].name if row.new_place else ""]
    for change in found:
        if change.cause == "detail_reordered" and row.field == "role":
            return change.number
        if _holds(change.old, olds) or _holds(change.new, news):
            return change.number
    return None


def _holds(text: str | None, values: Sequence[str]) -> bool:
    """Whether one of the values, or nearly all of it, stands in the changed words."""
    said = fold(text or "")
    keys = [fold(value) for value in values]
    return any(
        key in said or (len(key) > 4 and fuzz.partial_ratio(key, said) >= 85) for key in keys if key and said
    )
