"""Which characters of a changed text were taken out and which put in.

Takes an old and a new text. Gives runs of both. Widths, waves and blanks are no change, as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from pipeline.editions.faces import fold

LITTLE_IN_COMMON = 0.35
SHORT = 1  # an equal run this short between two changes reads better as changed


@dataclass(frozen=True, slots=True)
class Run:
    """A run of characters; `is_changed`: only one of the two texts has it."""

    text: str
    is_changed: bool


Runs = tuple[Run, ...]


def mark_changes(old: str, new: str) -> tuple[Runs, Runs]:
    """The old text in runs and the new one: `区長会` and `区会長` give 区長(会) and 区(会)長."""
    signs = [_fold_signs(text) for text in (old, new)]
    if Indel.normalized_similarity(*signs) < LITTLE_IN_COMMON:
        return _whole(old), _whole(new)
    steps = [
        (step.tag == "equal", step.src_start, step.src_end, step.dest_start, step.dest_end)
        for step in Indel.opcodes(*signs)
    ]
    kept = [
        is_equal and (end - start > SHORT or at in (0, len(steps) - 1))
        for at, (is_equal, start, end, _, _) in enumerate(steps)
    ]
    return (
        _join([(old[start:end], same) for same, (_, start, end, _, _) in zip(kept, steps, strict=True)]),
        _join([(new[start:end], same) for same, (_, _, _, start, end) in zip(kept, steps, strict=True)]),
    )


def _fold_signs(text: str) -> list[str]:
    """Each character folded by itself; a blank is the empty text."""
    return [fold(sign) for sign in text]


def _whole(text: str) -> Runs:
    return (Run(text, True),) if text else ()


def _join(pieces: Sequence[tuple[str, bool]]) -> Runs:
    runs: list[Run] = []
    for text, was_kept in pieces:
        if not text:
            continue
        is_same = was_kept or not fold(text)  # a blank more or less is no change
        if runs and runs[-1].is_changed != is_same:
            runs[-1] = Run(runs[-1].text + text, not is_same)
        else:
            runs.append(Run(text, not is_same))
    return tuple(runs)
