"""Ruling lines that are drawn as rows of dots or of short dashes, as browsers draw dotted and dashed borders.

Takes small boxes with their places on the page. Gives the lines that they make. Two boxes that touch, where the others
of their row stand apart, are the end of one cell's border and the beginning of the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_LONGEST = 8.0  # points of a dash
_FEWEST = 6  # dots of a line
_APART = 2.0  # times its length that a dash may stand from the next one, and points at the least
_SAME = 0.3  # points: boxes that near are on one height
_TOUCH = 0.1  # points between two boxes that touch


class Box(NamedTuple):
    """A painted box from the page's top left corner, in points."""

    x0: float
    top: float
    x1: float
    bottom: float


def is_dot(box: Box) -> bool:
    """Whether the box is so small that it may be a part of a dotted line."""
    return max(box.x1 - box.x0, box.bottom - box.top) <= _LONGEST


def join_dots(boxes: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """The lines that rows of boxes make, level or upright, and the boxes that make none."""
    level, rest = _join(boxes)
    turned, left = _join([_turn(box) for box in rest])
    return [*level, *map(_turn, turned)], [_turn(box) for box in left]


def _join(boxes: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    found: list[Box] = []
    rest: list[Box] = []
    for height in _heights(boxes):
        for run in _runs(height):
            if len(run) < _FEWEST:
                rest += run
                continue
            found += (
                Box(part[0].x0, part[0].top, part[-1].x1, part[0].bottom) for part in _parts(run) if part
            )
    return found, rest


def _heights(boxes: Iterable[Box]) -> Iterator[list[Box]]:
    """The boxes of each height, from left to right."""
    held: list[Box] = []
    for box in sorted(boxes, key=lambda box: box.top + box.bottom):
        if held and (box.top + box.bottom - held[0].top - held[0].bottom) / 2 > _SAME:
            yield sorted(held)
            held = []
        held.append(box)
    if held:
        yield sorted(held)


def _runs(height: Sequence[Box]) -> Iterator[list[Box]]:
    run = [height[0]]
    for before, box in pairwise(height):
        if box.x0 - before.x1 > _APART * max(1.0, before.x1 - before.x0):
            yield run
            run = []
        run.append(box)
    yield run


def _parts(run: Sequence[Box]) -> Iterator[list[Box]]:
    """The run cut where two boxes touch, where hardly any do."""
    seams = [place for place, (one, other) in enumerate(pairwise(run), start=1) if other.x0 - one.x1 < _TOUCH]
    seams = seams if 2 * len(seams) < len(run) else []
    for start, end in pairwise((0, *seams, len(run))):
        yield list(run[start:end])


def _turn(box: Box) -> Box:
    return Box(box.top, box.x0, box.bottom, box.x1)
