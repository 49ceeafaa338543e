"""Puts the details of one event side by side: equal, changed, moved, cut elsewhere, added, removed.

Takes the details of an old and a new event. Gives `Aligned` rows by place.
A paragraph that one reading cut in two and the other did not says the same (`recut`): where a line
ends is the page's doing, and no change of the document.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from pipeline.editions.faces import fold, loosen
from pipeline.editions.records import Aligned, Detail

ALIKE = 0.5  # from this likeness on a detail is the old one changed, below it another one
LONGEST_RUN = 6  # details that one paragraph may have been cut into
MOST_CELLS = 250_000
_ONE = 1 << 40

Pair = tuple[int, int]
Gap = tuple[list[int], list[int]]


@dataclass(frozen=True, slots=True)
class Piece:
    """A detail as aligning sees it."""

    label: str
    text: str
    loose: str
    marker: str = ""

    @property
    def says(self) -> str:
        """What must be equal for two details to be the same: the marker may be counted on."""
        return f"{self.label}:{self.text}"


def make_piece(detail: Detail) -> Piece:
    """The folded fields of a detail."""
    marker, label, text = fold(detail.marker), fold(detail.label), fold(detail.text)
    return Piece(label, text, loosen(marker + label + text), marker)


def align_details(old: Sequence[Detail], new: Sequence[Detail]) -> tuple[Aligned, ...]:
    """The details side by side, in the order of the new ones, what is gone behind what stood before it."""
    pieces = [make_piece(detail) for detail in old], [make_piece(detail) for detail in new]
    kept = _keep_in_order(*pieces)
    rows = [Aligned(left + 1, right + 1, "same") for left, right in kept]
    moved = _pair_moved(*pieces, kept)
    rows += [Aligned(left + 1, right + 1, "moved") for left, right in moved]
    done = {left for left, _ in moved}, {right for _, right in moved}
    for lefts, rights in _gaps(kept, len(old), len(new)):
        gap = [at for at in lefts if at not in done[0]], [at for at in rights if at not in done[1]]
        rows += _align_gap(*pieces, gap)
    return _in_reading_order(rows)


def _keep_in_order(lefts: Sequence[Piece], rights: Sequence[Piece]) -> list[Pair]:
    """The heaviest run of equal lines in both orders; the same from either side.

    Of lines that say the same, one with the same marker is the heavier.
    """
    says = [piece.says for piece in lefts], [piece.says for piece in rights]
    weights = {line: 2 * (_ONE + zlib.crc32(line.encode())) for line in set(says[0]) & set(says[1])}
    if not weights:
        return []
    old, new = (
        [(piece.says, piece.marker) for piece in lefts],
        [(piece.says, piece.marker) for piece in rights],
    )
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    ends = [(at, at) for at in range(head)]
    ends += [(len(old) - 1 - at, len(new) - 1 - at) for at in reversed(range(tail))]
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(middle[0]) * len(middle[1]) > MOST_CELLS:
        blocks = SequenceMatcher(None, *middle, autojunk=False).get_matching_blocks()
        found = [(block.a + at, block.b + at) for block in blocks for at in range(block.size)]
    else:
        found = _heaviest_run(
            len(middle[0]),
            len(middle[1]),
            lambda a, b: _weigh_lines(middle, (a, b), weights),
        )
    return sorted(ends + [(left + head, right + head) for left, right in found])


def _weigh_lines(
    lines: tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]], pair: Pair, weights: Mapping[str, int]
) -> int:
    """The weight of a pair of lines, 0 for two that say different things; of equal runs the later is the
    heavier, so that both directions choose the same."""
    old, new = lines[0][pair[0]], lines[1][pair[1]]
    if old[0] != new[0]:
        return 0
    room = 1 + (len(lines[0]) + len(lines[1])) * min(len(lines[0]), len(lines[1]))
    return (weights[old[0]] + (old[1] == new[1])) * room + sum(pair)


def _heaviest_run(rows: int, columns: int, weigh: Callable[[int, int], int]) -> list[Pair]:
    """Pairs in rising order on both sides with the largest sum of weights; weight 0 is no pair."""
    table = [[0] * (columns + 1) for _ in range(rows + 1)]
    cells = [[weigh(row, column) for column in range(columns)] for row in range(rows)]
    for row in range(rows):
        for column in range(columns):
            weight = cells[row][column]
            paired = table[row][column] + weight if weight else 0
            table[row + 1][column + 1] = max(table[row][column + 1], table[row + 1][column], paired)
    pairs = []
    row, column = rows, columns
    while row and column:
        weight = cells[row - 1][column - 1]
        if weight and table[row][column] == table[row - 1][column - 1] + weight:
            row, column = row - 1, column - 1
            pairs.append((row, column))
        elif table[row][column] == table[row - 1][column]:
            row -= 1
        else:
            column -= 1
    return pairs[::-1]


def _pair_moved(old: Sequence[Piece], new: Sequence[Piece], kept: Sequence[Pair]) -> list[Pair]:
    """Equal details that stand elsewhere, first with first, those with the same marker before others."""
    taken = {left for left, _ in kept}, {right for _, right in kept}
    pairs: list[Pair] = []
    for sign in (lambda piece: (piece.says, piece.marker), lambda piece: piece.says):
        waiting: dict[object, list[int]] = defaultdict(list)
        for at, piece in enumerate(new):
            if at not in taken[1]:
                waiting[sign(piece)].append(at)
        found = [
            (at, waiting[sign(piece)].pop(0))
            for at, piece in enumerate(old)
            if at not in taken[0] and waiting.get(sign(piece))
        ]
        pairs += found
        taken = taken[0] | {left for left, _ in found}, taken[1] | {right for _, right in found}
    return sorted(pairs)


def _gaps(kept: Sequence[Pair], old_count: int, new_count: int) -> Iterator[Gap]:
    """The stretches between kept pairs."""
    left = right = 0
    for next_left, next_right in [*kept, (old_count, new_count)]:
        if left < next_left or right < next_right:
            yield list(range(left, next_left)), list(range(right, next_right))
        left, right = next_left + 1, next_right + 1


def _align_gap(old: Sequence[Piece], new: Sequence[Piece], gap: Gap) -> list[Aligned]:
    rows, (lefts, rights) = _find_recut(old, new, gap)
    pairs = _pair_changed([old[at] for at in lefts], [new[at] for at in rights])
    rows += [Aligned(lefts[left] + 1, rights[right] + 1, "changed") for left, right in pairs]
    rows += [
        Aligned(at + 1, None, "removed") for n, at in enumerate(lefts) if n not in {left for left, _ in pairs}
    ]
    rows += [
        Aligned(None, at + 1, "added")
        for n, at in enumerate(rights)
        if n not in {right for _, right in pairs}
    ]
    return rows


def _pair_changed(old: Sequence[Piece], new: Sequence[Piece]) -> list[Pair]:
    """The details of a gap that were changed, in rising order; in a very long gap by place alone."""
    if len(old) * len(new) > MOST_CELLS // 5:
        places = range(min(len(old), len(new)))
        return [(at, at) for at in places if _weigh(old[at], new[at], 2, 2)]
    return _heaviest_run(len(old), len(new), lambda a, b: _weigh(old[a], new[b], len(old), len(new)))


def _weigh(old: Piece, new: Piece, lefts: int, rights: int) -> int:
    """How alike two details are as a weight; 0 below `ALIKE`."""
    likeness = compare_texts(old.text, new.text)
    if old.label and old.label == new.label:  # 会場：A and 会場：B are one field with another value
        likeness = max(likeness, ALIKE + 0.01)
    elif lefts == rights == 1 and old.label == new.label:
        likeness += 0.1
    if likeness < ALIKE:
        return 0
    tie = zlib.crc32("".join(sorted((old.says, new.says))).encode()) & 0xFFFF
    return (round(likeness * 10**6) << 16) + tie


def compare_texts(old: str, new: str) -> float:
    """How alike two folded texts are, 0 to 1; one that stands whole in the other is alike."""
    ratio = fuzz.ratio(old, new) / 100
    shorter, longer = sorted((old, new), key=len)
    return max(ratio, 0.6) if len(shorter) >= 6 and shorter in longer else ratio


def _find_recut(old: Sequence[Piece], new: Sequence[Piece], gap: Gap) -> tuple[list[Aligned], Gap]:
    """Runs of details that say the same when joined, and what is left of the gap."""
    lefts, rights = gap
    rows: list[Aligned] = []
    left = 0
    while left < len(lefts):
        run = _recut_at(old, new, lefts[left : left + LONGEST_RUN], rights)
        if run is None:
            left += 1
            continue
        count, start, end = run
        rows += _recut_rows(lefts[left : left + count], rights[start:end])
        lefts, rights = lefts[:left] + lefts[left + count :], rights[:start] + rights[end:]
    return rows, (lefts, rights)


def _recut_at(
    old: Sequence[Piece], new: Sequence[Piece], lefts: list[int], rights: list[int]
) -> tuple[int, int, int] | None:
    """How many of the lefts, and which stretch of the rights, say the same when joined."""
    for start in range(len(rights)):
        for count in range(1, len(lefts) + 1):
            said, joined = "".join(old[at].loose for at in lefts[:count]), ""
            if not said:
                continue
            for end in range(start, min(start + LONGEST_RUN, len(rights))):
                joined += new[rights[end]].loose
                if len(joined) > len(said) or not said.startswith(joined):
                    break
                if joined == said and _is_cut_otherwise(old, new, lefts[:count], rights[start : end + 1]):
                    return count, start, end + 1
    return None


def _is_cut_otherwise(
    old: Sequence[Piece], new: Sequence[Piece], lefts: list[int], rights: list[int]
) -> bool:
    """One detail against one is cut otherwise only where one reading saw a label and the other did not."""
    if len(lefts) != 1 or len(rights) != 1:
        return True
    return old[lefts[0]].label != new[rights[0]].label


def _recut_rows(lefts: Sequence[int], rights: Sequence[int]) -> list[Aligned]:
    longer = max(len(lefts), len(rights))
    return [
        Aligned(
            lefts[at] + 1 if at < len(lefts) else None, rights[at] + 1 if at < len(rights) else None, "recut"
        )
        for at in range(longer)
    ]


def _in_reading_order(rows: Sequence[Aligned]) -> tuple[Aligned, ...]:
    """By new place; a row without one behind the row of the old place before it."""
    place = {row.old: row.new for row in rows if row.old and row.new}
    anchors: dict[int, int] = {}
    last = 0
    for old in sorted(row.old for row in rows if row.old):
        last = place.get(old, last)
        anchors[old] = last

    def key(row: Aligned) -> tuple[int, int, int]:
        return (row.new, 0, 0) if row.new else (anchors[row.old or 0], 1, row.old or 0)

    return tuple(sorted(rows, key=key))
