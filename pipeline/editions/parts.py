"""Entries that were split into several, or joined from several.

Takes the faces of both sides, the pairs found so far and the entries left over.
Gives `Parts`: one whole on one side, its parts on the other, the first of them the one it was paired with.
A part's text must stand in the whole, be gone from the entry the whole goes on in, and all parts
together must cover the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.editions.faces import Face, loosen

COVERED = 0.8
STANDS_IN = 80  # partial ratio from which a line stands in a text
DAYS = 31
SHORTEST = 8
ALIKE_HEADS = 60


@dataclass(frozen=True, slots=True)
class Parts:
    """`whole` on one side, `parts` on the other (indexes); `score` is the share of it they cover."""

    whole: int
    parts: tuple[int, ...]
    score: float


def find_parts(
    wholes: Sequence[Face],
    parts: Sequence[Face],
    paired: Mapping[int, int],
    open_wholes: set[int],
    free: Iterable[int],
) -> list[Parts]:
    """Wholes among `open_wholes` (paired but not equal, or unpaired) whose text went to `free` parts.

    `paired` says with which part a whole is paired already.
    """
    near = _index_lines(wholes, open_wholes)
    claims: dict[int, list[int]] = defaultdict(list)
    for part in sorted(free):
        best = _find_whole(parts[part], near, wholes, parts, paired)
        if best is not None:
            claims[best].append(part)
    found = []
    for whole, claimed in sorted(claims.items()):
        chain = ([paired[whole]] if whole in paired else []) + claimed
        score = _cover(wholes[whole].lines, "".join(parts[part].whole for part in chain))
        if len(chain) > 1 and score >= COVERED:
            found.append(Parts(whole, tuple(chain), round(score, 4)))
    return found


def _index_lines(wholes: Sequence[Face], open_wholes: Iterable[int]) -> dict[str, list[int]]:
    near: dict[str, list[int]] = defaultdict(list)
    for whole in sorted(open_wholes):
        for key in {wholes[whole].when, *wholes[whole].lines}:
            near[key].append(whole)
    return near


def _find_whole(
    part: Face,
    near: Mapping[str, list[int]],
    wholes: Sequence[Face],
    parts: Sequence[Face],
    paired: Mapping[int, int],
) -> int | None:
    """The whole that this part's text was cut from, or None."""
    best: tuple[float, int] | None = None
    for whole in sorted({whole for key in {part.when, *part.lines} for whole in near.get(key, ())[:50]}):
        face = wholes[whole]
        if not _may_hold(face, part):
            continue
        score = _cover(_lines_cut_from(face, part), face.whole)
        if score < COVERED or (best and score <= best[0]):
            continue
        if whole in paired and _cover(part.lines, parts[paired[whole]].whole) >= 0.5:
            continue
        best = (score, whole)
    return best[1] if best else None


def _lines_cut_from(whole: Face, part: Face) -> tuple[str, ...]:
    """What of the part must stand in the whole: a new headline of the same day may say a word more.

    区長会総会 is cut into 区長会総会 and 区長会総会（臨時）: the second says its own details of the first.
    """
    body = "".join(part.lines[1:])
    is_named_after = part.when == whole.when and fuzz.ratio(part.head, whole.head) >= ALIKE_HEADS
    return part.lines[1:] if is_named_after and len(body) >= SHORTEST else part.lines


def _may_hold(whole: Face, part: Face) -> bool:
    """Whether the part is near in date and says less; a short one must be the whole's own headline."""
    if len(whole.whole) <= len(part.whole):
        return False
    if len(part.whole) < SHORTEST and (part.when, part.head) != (whole.when, whole.head):
        return False
    if part.start is None or whole.start is None:
        return True
    return abs((part.start - whole.start).days) <= DAYS


def _cover(lines: Iterable[str], text: str) -> float:
    """The share of the lines' characters that stand in the text."""
    total = held = 0
    for line in lines:
        bare = loosen(line)
        total += len(bare)
        if bare in text or (len(bare) <= len(text) and fuzz.partial_ratio(bare, text) >= STANDS_IN):
            held += len(bare)
    return held / total if total else 0.0
