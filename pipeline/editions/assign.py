"""Pairs one to one so that the sum of weights is the largest there is.

Takes a sparse graph of possible pairs with whole-number weights. Gives the pairs chosen.
Exact within each connected part (shortest augmenting paths with potentials); a part that
would take too many steps is paired heaviest first instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

Pair = tuple[int, int]
MOST_STEPS = 2_000_000


def assign(weights: Mapping[Pair, int]) -> list[Pair]:
    """The pairs of the heaviest one-to-one pairing; only weights above 0 are worth a pair.

    `{(0, 0): 5, (0, 1): 9, (1, 1): 8}` gives `[(0, 0), (1, 1)]`.
    """
    chosen: list[Pair] = []
    for part in _parts({pair: weight for pair, weight in weights.items() if weight > 0}):
        if len(part) == 1:
            chosen.extend(part)
        else:
            chosen.extend(_pair_exactly(part) or _pair_heaviest_first(part))
    return sorted(chosen)


def _parts(weights: Mapping[Pair, int]) -> list[dict[Pair, int]]:
    """The graph cut into connected parts, in order of their first pair."""
    root: dict[int, int] = {}

    def find(node: int) -> int:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for left, right in weights:
        root[find(left)] = find(-1 - right)
    parts: dict[int, dict[Pair, int]] = defaultdict(dict)
    for pair in sorted(weights):
        parts[find(pair[0])][pair] = weights[pair]
    return list(parts.values())


def _pair_heaviest_first(weights: Mapping[Pair, int]) -> list[Pair]:
    lefts: set[int] = set()
    rights: set[int] = set()
    chosen = []
    for left, right in sorted(weights, key=lambda pair: (-weights[pair], pair)):
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            chosen.append((left, right))
    return chosen


def _pair_exactly(weights: Mapping[Pair, int]) -> list[Pair] | None:
    """The heaviest pairing, or None where it would take too many steps."""
    costs: dict[int, list[Pair]] = defaultdict(list)  # left -> (right, cost); -1 - left: stays alone
    for (left, right), weight in weights.items():
        costs[left].append((right, -weight))
    for left, listed in costs.items():
        listed.append((-1 - left, 0))
    search = _Search({}, defaultdict(int), {}, {})
    steps = 0
    for left in costs:
        steps += _augment(left, costs, search)
        if steps > MOST_STEPS:
            return None
    return [(left, right) for right, left in search.owner.items() if right >= 0]


@dataclass(frozen=True, slots=True)
class _Search:
    """Prices of the two sides, and who is paired with whom so far."""

    left_price: dict[int, int]
    right_price: dict[int, int]
    owner: dict[int, int]  # right -> left
    held: dict[int, int]  # left -> right


def _augment(start: int, costs: Mapping[int, list[Pair]], search: _Search) -> int:
    """Adds one left node along the cheapest path (Dijkstra on reduced costs); the steps it took."""
    search.left_price[start] = min(cost - search.right_price[right] for right, cost in costs[start])
    distance: dict[int, int] = {}
    came_from: dict[int, int] = {}
    done: dict[int, int] = {}
    heap: list[Pair] = []
    left, reached, steps = start, 0, 0
    while True:
        base = reached - search.left_price[left]
        for right, cost in costs[left]:
            steps += 1
            there = base + cost - search.right_price[right]
            if right not in done and (right not in distance or there < distance[right]):
                distance[right], came_from[right] = there, left
                heappush(heap, (there, right))
        reached, right = heappop(heap)
        while right in done:
            reached, right = heappop(heap)
        done[right] = reached
        if right not in search.owner:
            break
        left = search.owner[right]
    _reprice(start, done, reached, search)
    _take_path(start, right, came_from, search)
    return steps


def _reprice(start: int, done: Mapping[int, int], reached: int, search: _Search) -> None:
    for right, there in done.items():
        search.right_price[right] += there - reached
        if right in search.owner:
            search.left_price[search.owner[right]] += reached - there
    search.left_price[start] += reached


def _take_path(start: int, right: int, came_from: Mapping[int, int], search: _Search) -> None:
    while True:
        left = came_from[right]
        before = search.held.get(left)
        search.owner[right], search.held[left] = left, right
        if left == start or before is None:
            return
        right = before
