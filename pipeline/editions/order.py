"""Which matched entries changed their place among their neighbours.

Takes the place in the new edition of each matched entry, in the order of the old edition.
Gives those that moved: all but the heaviest run that keeps its order, so that as few as can be moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

ONE = 1 << 40


def find_moved(places: Sequence[int], ties: Sequence[int]) -> set[int]:
    """The indexes whose place is out of order; `ties` (below 2**40) decide between equal choices.

    `find_moved([0, 3, 1, 2], [0, 0, 0, 0])` is `{1}`: the second entry moved to the end.
    """
    if all(before < after for before, after in pairwise(places)):
        return set()
    ranks = {place: rank for rank, place in enumerate(sorted(places))}
    share = max(1, len(places))
    points = [(index, ranks[place], ONE + ties[index] % ONE // share) for index, place in enumerate(places)]
    kept = {index for index, _ in heaviest_run(points)}
    return set(range(len(places))) - kept


def heaviest_run(points: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Of points (left, right, weight) the run that rises on both sides with the largest sum of weights."""
    ordered = sorted(points, key=lambda point: (point[0], -point[1]))
    size = max((right for _, right, _ in ordered), default=-1) + 1
    best: list[tuple[int, int]] = [(0, -1)] * (size + 1)  # a Fenwick tree of (weight, point)
    before: list[int] = []
    top = (0, -1)
    for at, (_, right, weight) in enumerate(ordered):
        so_far, last = _best_below(best, right)
        before.append(last)
        entry = (so_far + weight, at)
        _raise(best, right + 1, entry)
        top = max(top, entry)
    run = []
    at = top[1]
    while at >= 0:
        run.append(ordered[at][:2])
        at = before[at]
    return run[::-1]


def is_reversed(places: Sequence[int]) -> bool:
    """Whether the whole edition was turned around: the longest run of it goes backwards."""
    falls = sum(before > after for before, after in pairwise(places))
    if len(places) < 4 or (falls + 1) ** 2 <= len(places):
        return False  # `falls + 1` rising stretches: no run backwards is longer than their number
    none = [0] * len(places)
    backwards = len(places) - len(find_moved([-place for place in places], none))
    return backwards > 2 and backwards > len(places) - len(find_moved(places, none))


def _best_below(best: list[tuple[int, int]], rank: int) -> tuple[int, int]:
    found = (0, -1)
    while rank:
        found = max(found, best[rank])
        rank -= rank & -rank
    return found


def _raise(best: list[tuple[int, int]], rank: int, entry: tuple[int, int]) -> None:
    while rank < len(best):
        best[rank] = max(best[rank], entry)
        rank += rank & -rank
