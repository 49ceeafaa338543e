"""Mends a table that came column by column: several dates in a row, then as many texts.

Takes the steps of a walk. Gives them with each text behind its date again; where the counts do not
agree, the steps as they were. Reads rules/layout.toml (heads) and rules/paragraphs.toml (continuing_starts).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import chars
from pipeline.model import BROKEN
from pipeline.parse.sheet import Sheet
from pipeline.parse.steps import ASIDE, START, TEXT, Step
from pipeline.rules.load import Rules

_LEAST = 3  # dates in a row without a text; two may be a misprint


def untear(sheet: Sheet, steps: Sequence[Step], rules: Rules) -> tuple[Step, ...]:
    """The steps, dates and texts that stand in two runs put together one to one."""
    mended: list[Step] = []
    place = 0
    while place < len(steps):
        dates = _run(steps, place, START)
        texts = _run(steps, place + len(dates), TEXT) if len(dates) >= _LEAST else []
        joined = _pair(sheet, dates, texts, rules) if texts else None
        if joined is None:
            taken = max(1, len(dates))
            mended.extend(steps[place : place + taken])
            place += taken
        else:
            mended.extend(joined)
            place += len(dates) + len(texts)
    return tuple(mended)


def _run(steps: Sequence[Step], place: int, kind: str) -> list[Step]:
    """Plain lines of one kind from here on; of dates only those with no text on their line."""
    run: list[Step] = []
    for step in map(steps.__getitem__, range(place, len(steps))):
        if step.kind != kind or step.table is not None or (kind == START and step.fragments):
            break
        run.append(step)
    return run


def _pair(sheet: Sheet, dates: Sequence[Step], texts: Sequence[Step], rules: Rules) -> list[Step] | None:
    """Head words, then each date with its text; None where there are more or fewer texts than dates."""
    heads = [step for step in texts if _is_head(sheet, step, rules)]
    paragraphs: list[list[Step]] = []
    for step in texts[len(heads) :] if texts[: len(heads)] == heads else texts:
        if paragraphs and _goes_on(sheet, paragraphs[-1][-1], step, rules):
            paragraphs[-1].append(step)
        else:
            paragraphs.append([step])
    if len(paragraphs) != len(dates):
        return None
    pairs = [step for date, text in zip(dates, paragraphs, strict=True) for step in (date, *text)]
    return [*(replace(step, kind=ASIDE) for step in heads), *pairs]


def _is_head(sheet: Sheet, step: Step, rules: Rules) -> bool:
    """A word that heads a column, or one sign of it where the head was set with wide gaps (事 / 項)."""
    text = chars.key(_text(sheet, step))
    return len(text) <= 1 or text in rules.layout.heads


def _goes_on(sheet: Sheet, above: Step, step: Step, rules: Rules) -> bool:
    if above.fragments and above.fragments[-1].wrap in BROKEN:
        return True
    return _text(sheet, step).startswith(rules.paragraphs.continuing_starts)


def _text(sheet: Sheet, step: Step) -> str:
    return "".join(sheet.source[fragment.span.start : fragment.span.end] for fragment in step.fragments)
