"""The fields of rows right of a date area: texts that two blanks or more keep apart, each month with its text.

Takes rows and where their texts begin. Gives `Fields`. Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.read.rows import Row
from pipeline.read.spacing_areawords import is_month, opens_month, plain
from pipeline.read.spacing_columns import Measure
from pipeline.read.spacing_tight import FIELD

BLANK = re.compile(r"(?<=[^\s\u3000])[ \u3000](?=[^\s\u3000])")
LEAST = 3  # rows that have a field in a column
NARROW = 6  # places from one column to the next at the least
_BEHIND_MONTH = 6  # places between a month and its text
_MONTHS = 0.4  # of the rows that open with a month
_DATED = 0.25  # of the rows whose second text opens with a month

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fields:
    """A row, its fields from left to right, and the place of each of its characters."""

    row: Row
    spans: tuple[tuple[int, int], ...]
    places: Sequence[int]


def make_fields(row: Row, begin: int | None, measure: Measure) -> Fields:
    """The fields of the row from where its text begins."""
    spans: list[Span] = []
    for found in FIELD.finditer(row.text, begin or 0):
        start, end = found.span()
        if spans and start - spans[-1][1] <= _BEHIND_MONTH and is_month(plain(row.text[slice(*spans[-1])])):
            spans[-1] = (spans[-1][0], end)  # 1月     a text that is set right of its month
        else:
            spans.append((start, end))
    return Fields(row, tuple(spans), measure(row.text))


def only_months(fields: Sequence[Fields]) -> list[Fields]:
    """The fields that open with months, where those of both columns do: the others go on with one. Else none."""
    dated = [_dated(one) for one in fields]
    firsts = sum(bool(own) and own[0] == one.spans[0] for own, one in zip(dated, fields, strict=True))
    if firsts < _MONTHS * len(fields) or sum(len(own) > 1 for own in dated) < LEAST:
        return []
    return [Fields(one.row, own, one.places) for own, one in zip(dated, fields, strict=True) if own]


def _dated(one: Fields) -> tuple[Span, ...]:
    return tuple(span for span in one.spans if opens_month(plain(one.row.text[slice(*span)])))


def part_months(fields: list[Fields]) -> list[Fields]:
    """The fields, where those of a second column open with months: without one that a full text before it runs up to."""
    dated = sum(
        any(opens_month(plain(one.row.text[start:end])) for start, end in one.spans[1:]) for one in fields
    )
    if dated < max(LEAST, _DATED * len(fields)):
        return fields
    return [Fields(one.row, tuple(_without_tails(one.row.text, one.spans)), one.places) for one in fields]


def _without_tails(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The fields, a month at the end of one that another follows as the opening of that one: 統合開校 12月     完成."""
    begin = 0
    for (start, end), behind in zip(spans, [*spans[1:], None], strict=True):
        first, begin = begin or start, 0
        tail = next(
            (
                blank.end()
                for blank in BLANK.finditer(text, first, end)
                if is_month(plain(text[blank.end() : end]))
            ),
            None,
        )
        if behind is not None and tail is not None and tail - first > NARROW:
            yield first, tail - 1
            begin = tail
        else:
            yield first, end
