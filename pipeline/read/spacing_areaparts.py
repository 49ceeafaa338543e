"""The columns left of the texts, with the heads above them, for each page of a text.

Takes the written rows of all pages and where matter stands around the table. Gives the parts of dates. Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.read.rows import Row
from pipeline.read.spacing_area import Area, find_areas
from pipeline.read.spacing_columns import Measure, has_number, indent_of
from pipeline.read.spacing_tight import WORD

_LEAST = 4  # rows with a date
_HEADS = 3  # rows above the first date among which the heads of the columns stand
_LONGEST_HEAD = 8  # characters
_NEAR = 3  # places between the texts of two rows of one table
_HEAD = re.compile(r"[年月日時期暦号]")  # a head of dates, or of a part of them
_SECTION = re.compile(r"[ \u3000]*[0-9０-９]{1,2}[ \u3000][^\d\s]")  # １ 策定の経過, above the table

Spans = Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class AreaParts:
    """The dates of a page: for each row with one the place of its parts by column, and where its text begins."""

    left: int
    parts: Mapping[int, Spans]
    texts: Mapping[int, int]
    heads: frozenset[int]  # where head lines start
    below: frozenset[int]  # where their second lines start
    around: frozenset[int] = frozenset()  # where rows start that are of no table


def find_area_parts(
    pages: Sequence[Sequence[Row]], edges: frozenset[int], outside: frozenset[int], measure: Measure
) -> tuple[tuple[str, ...], list[AreaParts]] | None:
    """What each column of dates holds, and the dates of all pages; None where no columns of dates show."""
    found = find_areas(_without(pages, edges), measure)
    if found is None:
        return None
    texts = {row.start: row for page in pages for row in page}
    with_texts = {
        start
        for area in found[1]
        for start, place in area.texts.items()
        if place < len(texts[start].text) and abs(measure(texts[start].text)[place] - area.left) <= _NEAR
        if start not in outside or not _SECTION.match(texts[start].text)
    }
    begin = min(with_texts, default=0)
    around = edges | frozenset(
        start for start in outside - with_texts if start < begin and not _may_be_head(texts[start])
    )
    inner = _without(pages, around)
    found = found if around == edges else find_areas(inner, measure)
    if found is None:
        return None
    kinds, areas = found
    made = [_make(page, area, measure) for page, area in zip(inner, areas, strict=True)]
    made = [replace(one, around=around) for one in made]
    return (kinds, made) if sum(len(one.parts) for one in made) >= _LEAST else None


def _without(pages: Sequence[Sequence[Row]], starts: frozenset[int]) -> list[list[Row]]:
    """The pages without the rows that start there."""
    return [[row for row in page if row.start not in starts] for page in pages]


def _make(page: Sequence[Row], area: Area, measure: Measure) -> AreaParts:
    parts: dict[int, Spans] = {}
    for start, pieces in area.pieces.items():
        spans: dict[int, tuple[int, int]] = {}
        for column, piece in sorted(pieces, key=lambda each: each[1].start):
            spans[column] = (spans.get(column, (piece.start, 0))[0], piece.end)
        parts[start] = dict(sorted(spans.items()))
    texts = dict(area.texts)
    first = next(_heads(page, area, measure), None)
    heads = [first, *_heads_again(page, first[0], area, measure)] if first else []
    below = _below_heads(page, area, [start for start, *_ in heads], measure)
    for start, own, text in heads:
        parts[start], texts[start] = own, text
    return AreaParts(area.left, parts, texts, frozenset(start for start, *_ in heads), below)


def _below_heads(page: Sequence[Row], area: Area, heads: Sequence[int], measure: Measure) -> frozenset[int]:
    """The second lines of heads that a narrow column broke (元号年(西 above 暦)): words left of the texts that are no date."""
    first = next((row.start for row in page if row.start in area.pieces and has_number(row)), 0)
    return frozenset(
        row.start
        for row in page
        if heads and heads[-1] < row.start < first and row.start not in area.pieces and not has_number(row)
        if indent_of(row, measure) < area.left - _NEAR
    )


def _heads(page: Sequence[Row], area: Area, measure: Measure) -> Iterator[tuple[int, Spans, int]]:
    """The head lines above the first date: their words left of the texts, each above the nearest column of dates."""
    first = next((place for place, row in enumerate(page) if row.start in area.pieces and has_number(row)), 0)
    for row in page[max(0, first - _HEADS) : first]:
        yield from _head(row, area, measure)


def _head(row: Row, area: Area, measure: Measure) -> Iterator[tuple[int, Spans, int]]:
    words = [(found.start(), found.end()) for found in WORD.finditer(row.text)]
    if (
        not area.spans
        or has_number(row)
        or len(words) < 2
        or any(end - start > _LONGEST_HEAD for start, end in words)
    ):
        return
    places = measure(row.text)
    over = [word for word in words if places[word[0]] < area.left and _HEAD.search(row.text[slice(*word)])]
    held: dict[int, tuple[int, int]] = {}
    for place, (start, end) in enumerate(over):
        nearest = min(area.spans, key=lambda at: abs(sum(area.spans[at]) - places[start] - places[end]))
        column = sorted(area.spans)[place] if len(over) == len(area.spans) else nearest
        held[column] = (min(start, held.get(column, (start, 0))[0]), end)
    if over and list(held) == sorted(held):
        yield row.start, held, words[len(over)][0] if len(over) < len(words) else len(row.text)


def _heads_again(
    page: Sequence[Row], first: int, area: Area, measure: Measure
) -> Iterator[tuple[int, Spans, int]]:
    """The head lines that say the same as the one that starts there."""
    said = {_key(row) for row in page if row.start == first}
    for row in page:
        if row.start != first and _key(row) in said:
            yield from _head(row, area, measure)


def _may_be_head(row: Row) -> bool:
    """Whether these may be heads of columns: several short words, no number among them."""
    words = WORD.findall(row.text)
    return len(words) > 2 and max(map(len, words)) <= _LONGEST_HEAD and not has_number(row)


def _key(row: Row) -> str:
    return "".join(row.text.split())
