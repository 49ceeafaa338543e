"""Which pairs of entries are worth comparing: the pairs that share something telling.

Takes the faces left over on each side. Gives pairs of indexes, a few for each entry, so that the
work grows with the number of entries and not with its square.
Two entries meet over a date, a month, details, a headline, or a run of characters that few share.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from pipeline.editions.faces import Face

Pair = tuple[int, int]
Keys = Callable[[Face], Iterable[str]]
NEAREST = 4  # on each side of the date, where many share a key
GRAM = 3
RARE_GRAMS = 8
READ = 50  # characters of the headline and of the details


def find_candidates(old: Sequence[Face], new: Sequence[Face]) -> list[Pair]:
    """Pairs that share a date, a month, a headline or a detail; indexes into both, sorted, each once."""
    pairs: set[Pair] = set()
    for keys in (_day, _month, _headline, _form, _details):
        pairs |= _meet(old, new, keys)
    return sorted(pairs)


def _day(face: Face) -> Iterable[str]:
    return (face.when, str(face.start)) if face.start else (face.when,)


def _month(face: Face) -> Iterable[str]:
    """The month, and the day in any year: what a slip in the day or the year leaves standing."""
    return (f"{face.start:%Y-%m}", f"{face.start:%m-%d}") if face.start else ()


def _headline(face: Face) -> Iterable[str]:
    return (face.head,) if face.head else ()


def _form(face: Face) -> Iterable[str]:
    return (face.form,) if face.form else ()


def _details(face: Face) -> Iterable[str]:
    return {line for line in face.lines[1:] if len(line) >= 6}


def _meet(old: Sequence[Face], new: Sequence[Face], keys: Keys) -> set[Pair]:
    """Pairs that share a key; of many that do, those nearest in date, and in place."""
    sides = [_postings(old, keys), _postings(new, keys)]
    pairs: set[Pair] = set()
    for key, lefts in sides[0].items():
        rights = sides[1].get(key)
        if not rights:
            continue
        if len(lefts) * len(rights) <= 4 * NEAREST * NEAREST:
            pairs.update((left, right) for left in lefts for right in rights)
            continue
        pairs |= _nearest(lefts, old, rights, new)
        pairs |= {(left, right) for right, left in _nearest(rights, new, lefts, old)}
    return pairs


def _postings(faces: Sequence[Face], keys: Keys) -> dict[str, list[int]]:
    postings: dict[str, list[int]] = defaultdict(list)
    for index, face in enumerate(faces):
        for key in dict.fromkeys(keys(face)):
            postings[key].append(index)
    return postings


def _nearest(lefts: list[int], old: Sequence[Face], rights: list[int], new: Sequence[Face]) -> set[Pair]:
    """For each left the rights that are nearest to it in date."""
    ranked = sorted((_ordinal(new[right]), right) for right in rights)
    pairs: set[Pair] = set()
    for left in lefts:
        middle = bisect_left(ranked, (_ordinal(old[left]), left))
        pairs.update((left, right) for _, right in ranked[max(0, middle - NEAREST) : middle + NEAREST])
    return pairs


def _ordinal(face: Face) -> int:
    return face.start.toordinal() if face.start else 0


def find_by_wording(old: Sequence[Face], new: Sequence[Face]) -> list[Pair]:
    """Pairs that share a run of characters which few entries on either side have."""
    grams = [[_grams(face) for face in side] for side in (old, new)]
    counts = [Counter(gram for found in side for gram in found) for side in grams]
    shared = {gram: times + counts[1][gram] for gram, times in counts[0].items() if gram in counts[1]}
    few = {gram: times for gram, times in shared.items() if times <= 2 * NEAREST}
    rarest = [[_rarest(found, few) for found in side] for side in grams]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, found in enumerate(rarest[0]):
        for gram in found:
            holders[gram].append(index)
    return sorted(
        {
            (left, right)
            for right, found in enumerate(rarest[1])
            for gram in found
            for left in holders.get(gram, ())
        }
    )


def _grams(face: Face) -> set[str]:
    text = face.head[:READ] + "\n" + face.body[:READ]
    return {text[start : start + GRAM] for start in range(len(text) - GRAM + 1)}


def _rarest(found: set[str], few: dict[str, int]) -> list[str]:
    return [gram for _, gram in sorted([(few[gram], gram) for gram in found & few.keys()])[:RARE_GRAMS]]
