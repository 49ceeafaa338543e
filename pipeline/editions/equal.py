"""Pairs entries that say the same on the same date, and tells where an entry stands among those paired.

Takes the faces and ids of both sides. Gives pairs of indexes. Of several equal entries, those are
paired that keep the order of the edition; then the id and the neighbours decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from pipeline.editions.assign import assign
from pipeline.editions.faces import Face
from pipeline.editions.order import heaviest_run

Pairs = dict[int, int]
Said = tuple[float, str]  # score and reason of a pair
_PLACES = 10**12  # room below a score for the distance of two places, squared
_LARGEST_GROUP = 1600  # pairs


def pair_equal(
    old: Sequence[Face], new: Sequence[Face], old_ids: Sequence[str], new_ids: Sequence[str], fixed: Pairs
) -> Pairs:
    """Pairs of equal entries, none of which stands in `fixed`; those keep their order with the rest."""
    groups: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, (faces, used) in enumerate(((old, set(fixed)), (new, set(fixed.values())))):
        for index, face in enumerate(faces):
            if index not in used:
                groups[face.when, face.whole][side].append(index)
    met = [group for group in groups.values() if all(group)]
    if all(len(lefts) == len(rights) == 1 for lefts, rights in met):
        return {lefts[0]: rights[0] for lefts, rights in met}

    def sign(left: int, right: int) -> int:
        return 2 * (old[left].exact == new[right].exact) + (old_ids[left] == new_ids[right])

    # One pair more outweighs all signs, and one pair equal to the sign outweighs all ids: where an alike
    # entry is put in front, the ids of all behind it count on by one. What is left falls to the nearer
    # pairs, and at last to the ids, the same whichever edition is the old one.
    most = max(len(old), len(new))
    exact, each = most + 1, most * (most + 2) + 1
    far, ties = most * most + 1, (most + 1) << 32

    def weight(left: int, right: int) -> int:
        both = sorted((old_ids[left], new_ids[right]))
        signs = exact * (old[left].exact == new[right].exact) + (old_ids[left] == new_ids[right])
        return ((each + signs) * far - abs(left - right)) * ties + crc32(" ".join(both).encode())

    points = [(*pair, weight(*pair)) for group in met for pair in _possible(*group)]
    points += [(*pair, each * far * ties) for pair in fixed.items()]
    pairs = {left: right for left, right in heaviest_run(points) if left not in fixed}
    return pairs | _pair_rest(met, pairs, make_places(len(old), len(new), pairs | fixed), sign)


def _pair_rest(
    groups: Sequence[tuple[list[int], list[int]]],
    pairs: Pairs,
    places: Places,
    sign: Callable[[int, int], int],
) -> Pairs:
    """The equal entries that do not keep the order: by neighbours, by id, by distance."""
    taken = set(pairs.values())
    weights = {}
    for lefts, rights in groups:
        free = (
            [left for left in lefts if left not in pairs],
            [right for right in rights if right not in taken],
        )
        for left, right in _possible(*free):
            weights[left, right] = weigh(1 + 4 * places.score(left, right) + sign(left, right), left, right)
    return dict(assign(weights))


def _possible(lefts: Sequence[int], rights: Sequence[int]) -> list[tuple[int, int]]:
    """All pairs of a group of equal entries; of a very large group first with first and last with last."""
    if len(lefts) * len(rights) <= _LARGEST_GROUP:
        return [(left, right) for left in lefts for right in rights]
    ends = zip(reversed(lefts), reversed(rights), strict=False)
    return list(dict.fromkeys([*zip(lefts, rights, strict=False), *ends]))


def is_equal(old: Face, new: Face) -> bool:
    """Whether both say the same on the same date."""
    return old.when == new.when and old.whole == new.whole


def uncross(
    old: Sequence[Face], new: Sequence[Face], said: Mapping[tuple[int, int], Said]
) -> dict[tuple[int, int], Said]:
    """The pairs with the partners of entries that are equal to each other put in order, so that none cross."""
    for side, faces in ((0, old), (1, new)):
        alike: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for pair in said:
            alike[faces[pair[side]].when, faces[pair[side]].whole].append(pair)
        turned = dict(said)
        for several in (pairs for pairs in alike.values() if len(pairs) > 1):
            groups: dict[Face, list[tuple[int, int]]] = defaultdict(list)
            for pair in several:
                groups[faces[pair[side]]].append(pair)
                del turned[pair]
            for pairs in groups.values():
                own = sorted(pair[side] for pair in pairs)
                partners = sorted(pairs, key=lambda pair: pair[1 - side])
                for mine, pair in zip(own, partners, strict=True):
                    turned[(mine, pair[1]) if side == 0 else (pair[0], mine)] = said[pair]
        said = turned
    return dict(said)


@dataclass(frozen=True, slots=True)
class Places:
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


def make_places(old_count: int, new_count: int, pairs: Mapping[int, int]) -> Places:
    """The places of all entries among these pairs."""
    back = {right: left for left, right in pairs.items()}
    return Places(pairs, _gaps(old_count, pairs), _gaps(new_count, back))


def weigh(score: int, left: int, right: int) -> int:
    """A score as a weight in which, of equal scores, nearer places count more."""
    return score * _PLACES - min((left - right) ** 2, _PLACES // 2)


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
