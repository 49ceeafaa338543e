"""Pairs the events of two editions: by what they say and their id first, then by likeness.

Takes two editions' events. Gives a `Matching` of indexes: pairs with score and reason, splits and
merges, what was added and removed, and which pairs changed their place among their neighbours.
One to one and best overall; the same whichever edition is called the old one.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.editions.assign import assign
from pipeline.editions.candidates import find_by_wording, find_candidates
from pipeline.editions.equal import Pairs, is_equal, make_places, pair_equal, uncross, weigh
from pipeline.editions.faces import Face, make_faces
from pipeline.editions.likeness import Likeness, compare_faces, count_wordings
from pipeline.editions.order import find_moved, is_reversed
from pipeline.editions.parts import Parts, find_parts
from pipeline.editions.records import EventRecord

_SCALE = 10**6
SURE = 0.85  # who has a pair this likely is not looked for by wording alone


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
    unchanged: frozenset[int]  # old: every field folds to the same
    is_reversed: bool


def match_events(old: Sequence[EventRecord], new: Sequence[EventRecord]) -> Matching:
    """How the old events go on in the new edition."""
    faces = (make_faces(old), make_faces(new))
    ids = ([event.event_id for event in old], [event.event_id for event in new])
    equal = pair_equal(*faces, *ids, {})
    alike = _pair_alike(*faces, equal)
    if alike:
        equal = pair_equal(*faces, *ids, {left: right for left, (right, _) in alike.items()})
    said = dict.fromkeys(equal.items(), (1.0, "same date, headline and details"))
    said |= {(left, at): (round(found.score, 4), found.reason) for left, (at, found) in alike.items()}
    told = uncross(*faces, said)
    pairs = dict(told.keys())
    reasons = {left: score_and_reason for (left, _), score_and_reason in told.items()}
    equal = {left: right for left, right in pairs.items() if is_equal(faces[0][left], faces[1][right])}
    splits, merges, pairs = _find_parts(*faces, pairs, equal)
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
        unchanged=frozenset(left for left in equal if faces[0][left].exact == faces[1][equal[left]].exact),
        is_reversed=turned,
    )


def _pair_alike(old: Sequence[Face], new: Sequence[Face], equal: Pairs) -> dict[int, tuple[int, Likeness]]:
    """Pairs of those left over, one to one, with the largest sum of likeness."""
    taken = set(equal.values())
    lefts = [index for index in range(len(old)) if index not in equal]
    rights = [index for index in range(len(new)) if index not in taken]
    if not lefts or not rights:
        return {}
    often = count_wordings(old, new)
    places = make_places(len(old), len(new), equal)
    found: dict[tuple[int, int], Likeness] = {}
    for find in (find_candidates, find_by_wording):
        for left, right in find([old[index] for index in lefts], [new[index] for index in rights]):
            pair = lefts[left], rights[right]
            likeness = compare_faces(old[pair[0]], new[pair[1]], often, places.is_same(*pair))
            if likeness:
                found[pair] = likeness
        sure = [pair for pair, likeness in found.items() if likeness.score >= SURE]
        lefts = sorted(set(lefts) - {left for left, _ in sure})
        rights = sorted(set(rights) - {right for _, right in sure})
    weights = {pair: weigh(round(likeness.score * _SCALE), *pair) for pair, likeness in found.items()}
    return {left: (right, found[left, right]) for left, right in assign(weights)}


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
    if all(before < after for before, after in pairwise(places)):
        return frozenset(), False
    turned = is_reversed(places)
    ties = [_tie(old[left], new[pairs[left]]) for left in lefts]
    out = find_moved([-place for place in places] if turned else places, ties)
    return frozenset(lefts[index] for index in out), turned


def _tie(old: Face, new: Face) -> int:
    """A number below 2**40 that both directions of a comparison give to the pair."""
    said = "".join(sorted((old.when + old.whole, new.when + new.whole)))
    return zlib.crc32(said.encode()) << 8
