"""Pairs the events of two editions: by what they say and their id first, then by likeness.

Takes two editions' events. Gives a `Matching` of indexes: pairs with score and reason, splits and
merges, what was added and removed, and which pairs changed their place among their neighbours.
One to one and best overall; the same whichever edition is called the old one.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.editions.assign import assign
from pipeline.editions.candidates import find_candidates
from pipeline.editions.faces import Face, loosen, make_faces
from pipeline.editions.likeness import Likeness, compare_faces, count_wordings
from pipeline.editions.order import find_moved, is_reversed
from pipeline.editions.parts import Parts, find_parts
from pipeline.editions.records import EventRecord

Pairs = dict[int, int]
_SCALE = 10**6
_PLACES = 10**12  # room below a score for the distance of two places, squared
_LARGEST_GROUP = 40


@dataclass(frozen=True, slots=True)
class Matching:
    """Indexes of events, old and new. A split's or merge's first part is its pair too."""

    pairs: Mapping[int, int]  # old -> new
    reasons: Mapping[int, tuple[float, str]]  # old -> score, reason
    splits: tuple[Parts, ...]  # whole: old, parts: new
    merges: tuple[Parts, ...]  # whole: new, parts: old
    removed: tuple[int, ...]
    added: tuple[int, ...]
    moved: frozenset[int]  # old
    is_reversed: bool


def match_events(old: Sequence[EventRecord], new: Sequence[EventRecord]) -> Matching:
    """How the old events go on in the new edition."""
    faces = (make_faces(old), make_faces(new))
    ids = ([event.event_id for event in old], [event.event_id for event in new])
    equal = _pair_equal(*faces, *ids)
    alike = _pair_alike(*faces, equal)
    pairs = equal | {old_at: new_at for old_at, (new_at, _) in alike.items()}
    splits, merges, pairs = _find_parts(*faces, pairs, equal)
    reasons: dict[int, tuple[float, str]] = dict.fromkeys(equal, (1.0, "same date, headline and details"))
    reasons |= {at: (round(likeness.score, 4), likeness.reason) for at, (_, likeness) in alike.items()}
    used_old = (
        set(pairs) | {part for merge in merges for part in merge.parts} | {split.whole for split in splits}
    )
    used_new = (
        set(pairs.values()) | {part for split in splits for part in split.parts} | {m.whole for m in merges}
    )
    moved, turned = _find_moved(*faces, pairs)
    return Matching(
        pairs=dict(sorted(pairs.items())),
        reasons=reasons,
        splits=splits,
        merges=merges,
        removed=tuple(at for at in range(len(old)) if at not in used_old),
        added=tuple(at for at in range(len(new)) if at not in used_new),
        moved=moved,
        is_reversed=turned,
    )


def _pair_equal(
    old: Sequence[Face], new: Sequence[Face], old_ids: Sequence[str], new_ids: Sequence[str]
) -> Pairs:
    """Entries that say the same on the same date; among several such, by id, place and neighbours."""
    groups: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, faces in enumerate((old, new)):
        for index, face in enumerate(faces):
            groups[face.when, face.whole][side].append(index)
    pairs: Pairs = {}
    several = []
    for lefts, rights in groups.values():
        if len(lefts) == len(rights) == 1:
            pairs[lefts[0]] = rights[0]
        elif lefts and rights:
            several.append((lefts, rights))
    places = _make_places(len(old), len(new), dict(pairs))
    for lefts, rights in several:
        if max(len(lefts), len(rights)) > _LARGEST_GROUP:
            pairs.update(zip(lefts, rights, strict=False))
            continue
        weights = {}
        for left in lefts:
            for right in rights:
                signs = 16 * (old[left].exact == new[right].exact) + 2 * places.score(left, right)
                weights[left, right] = _weigh(1 + signs + (old_ids[left] == new_ids[right]), left, right)
        pairs.update(assign(weights))
    return pairs


@dataclass(frozen=True, slots=True)
class _Places:
    """How well two entries stand in the same place, by the neighbours that are paired already."""

    pairs: Mapping[int, int]
    old: Sequence[tuple[int, int]]  # for each entry the nearest paired one before and behind it
    new: Sequence[tuple[int, int]]

    def is_same(self, left: int, right: int) -> bool:
        """Whether both lie between the same two paired neighbours (an edition's end is no neighbour)."""
        before, behind = self.old[left], self.new[right]
        return self.pairs.get(before[0], -2) == behind[0] and self.pairs.get(before[1], -2) == behind[1]

    def score(self, left: int, right: int) -> int:
        """0 to 4: the nearest paired entry before and behind, more where it stands next to both."""
        score = 0
        for side, step in ((0, -1), (1, 1)):
            one, other = self.old[left][side], self.new[right][side]
            is_end = one in (-1, len(self.old)) and other in (-1, len(self.new))
            score += is_end or self.pairs.get(one, -2) == other
            score += self.pairs.get(left + step, -2) == right + step
        return score


def _make_places(old_count: int, new_count: int, pairs: Mapping[int, int]) -> _Places:
    back = {right: left for left, right in pairs.items()}
    return _Places(pairs, _gaps(old_count, pairs), _gaps(new_count, back))


def _weigh(score: int, left: int, right: int) -> int:
    """A score as a weight in which, of equal scores, nearer places count more."""
    return score * _PLACES - min((left - right) ** 2, _PLACES // 2)


def _pair_alike(old: Sequence[Face], new: Sequence[Face], equal: Pairs) -> dict[int, tuple[int, Likeness]]:
    """Pairs of those left over, one to one, with the largest sum of likeness."""
    taken = set(equal.values())
    lefts = [index for index in range(len(old)) if index not in equal]
    rights = [index for index in range(len(new)) if index not in taken]
    if not lefts or not rights:
        return {}
    often = count_wordings(old, new)
    places = _make_places(len(old), len(new), equal)
    weights, found = {}, {}
    for left, right in find_candidates([old[index] for index in lefts], [new[index] for index in rights]):
        pair = lefts[left], rights[right]
        likeness = compare_faces(old[pair[0]], new[pair[1]], often, places.is_same(*pair))
        if likeness:
            found[pair] = likeness
            weights[pair] = _weigh(round(likeness.score * _SCALE), *pair)
    return {left: (right, found[left, right]) for left, right in assign(weights)}


def _gaps(count: int, paired: Mapping[int, int]) -> list[tuple[int, int]]:
    """For each index the nearest paired index before and behind it (-1 and `count` where none)."""
    before, last = [], -1
    for index in range(count):
        before.append(last)
        last = index if index in paired else last
    behind, following = [], count
    for index in reversed(range(count)):
        behind.append(following)
        following = index if index in paired else following
    return list(zip(before, reversed(behind), strict=True))


def _find_parts(
    old: Sequence[Face], new: Sequence[Face], pairs: Pairs, equal: Pairs
) -> tuple[tuple[Parts, ...], tuple[Parts, ...], Pairs]:
    """Splits, merges, and the pairs with those that the first parts of them make."""
    back = {right: left for left, right in pairs.items()}
    free_old = set(range(len(old))) - set(pairs)
    free_new = set(range(len(new))) - set(back)
    kept = set(equal.values())
    splits = find_parts(old, new, pairs, set(range(len(old))) - set(equal), free_new) if free_new else []
    merges = find_parts(new, old, back, set(range(len(new))) - kept, free_old) if free_old else []
    joined, cut = _all(merges), _all(splits)
    splits = [split for split in splits if split.whole not in joined]
    merges = [merge for merge in merges if merge.whole not in cut]
    first = {split.whole: split.parts[0] for split in splits} | {
        merge.parts[0]: merge.whole for merge in merges
    }
    return tuple(splits), tuple(merges), pairs | first


def _all(found: Sequence[Parts]) -> set[int]:
    return {part for one in found for part in one.parts}


def _find_moved(old: Sequence[Face], new: Sequence[Face], pairs: Pairs) -> tuple[frozenset[int], bool]:
    """The old indexes of pairs out of order, and whether the whole edition was turned around."""
    lefts = sorted(pairs)
    places = [pairs[left] for left in lefts]
    turned = is_reversed(places)
    ties = [_tie(old[left], new[pairs[left]]) for left in lefts]
    out = find_moved([-place for place in places] if turned else places, ties)
    return frozenset(lefts[index] for index in out), turned


def _tie(old: Face, new: Face) -> int:
    """A number below 2**40 that both directions of a comparison give to the pair."""
    said = loosen("".join(sorted((old.when + old.whole, new.when + new.whole))))
    return zlib.crc32(said.encode()) << 8
