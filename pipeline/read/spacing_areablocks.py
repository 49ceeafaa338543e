"""The blocks of a text whose dates stand in an area of their own, left of all texts.

Takes the written rows of all pages, page edges and what stands around the table. Gives blocks, or None.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.read.rows import Row
from pipeline.read.spacing_areaedges import find_edge
from pipeline.read.spacing_areaparts import AreaParts, find_area_parts
from pipeline.read.spacing_areatexts import cut_texts, find_categories, join_signs
from pipeline.read.spacing_areawords import opens_month, plain
from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_columns import Measure, indent_of
from pipeline.read.spacing_cut import Cut
from pipeline.read.spacing_edges import Written
from pipeline.read.spacing_tight import FIELD, WORD

_CLOCK = re.compile(r"(?:午[前後] ?)?[0-9]{1,2} ?[:時]")
_LEAST, _OPENED = 3, 0.25  # texts of a second column that open with a month, and the share of them
_TIMED = 0.1  # of the texts that open with a clock time
_SHIFTED = 0.5  # of the way to where texts begin, of a text right below another one
_FAR = 4  # places right of where texts begin, of a last line that is of the page
_NEAR = 2  # places left of the texts where a text may begin


def cut_by_area(
    pages: Sequence[Sequence[Written]], edges: frozenset[int], outside: frozenset[int], measure: Measure
) -> list[Block] | None:
    """The pages cut into dates and texts; None where no area of dates shows."""
    inner = [[row for row, _ in page] for page in pages]
    found = find_area_parts(inner, edges, outside, measure)
    if found is None:
        return None
    names, areas = found
    if _is_log(pages, areas):
        return None
    cut = _cut_pages(pages, areas, len(names), measure)
    if len(names) > 1 and _say_months(cut, len(names)):
        areas = [_only_years(page, area, measure) for page, area in zip(inner, areas, strict=True)]
        return _make(_cut_pages(pages, areas, 1, measure), 1, is_yearly=True)
    return _make(cut, len(names), is_yearly=False)


def _is_log(pages: Sequence[Sequence[Written]], areas: Sequence[AreaParts]) -> bool:
    """Whether texts open with clock times, which are a column of their own."""
    rows = {row.start: row.text for page in pages for row, _ in page}
    texts = [rows[start][place:] for area in areas for start, place in area.texts.items()]
    return sum(_CLOCK.match(plain(text)) is not None for text in texts) >= max(_LEAST, _TIMED * len(texts))


def _make(cut: Sequence[Sequence[Cut]], first: int, is_yearly: bool) -> list[Block]:
    size = 1 + max((column for page in cut for each in page for column in each.cells), default=first)
    size = max(size, first + 1)
    return [Block(size, tuple(page), dated=first, is_told=True, is_yearly=is_yearly) for page in cut]


def _cut_pages(
    pages: Sequence[Sequence[Written]], areas: Sequence[AreaParts], first: int, measure: Measure
) -> list[list[Cut]]:
    inner = [list(_inner(page, area, measure)) for page, area in zip(pages, areas, strict=True)]
    behind = find_categories(
        [(rows, area.texts, area.left) for rows, area in zip(inner, areas, strict=True)], measure
    )

    edge = find_edge((rows, area.texts) for rows, area in zip(inner, areas, strict=True))

    def cut_page(place: int, least: int) -> dict[int, dict[int, tuple[int, int]]]:
        area = areas[place]
        return cut_texts(inner[place], area.texts, area.left, area.heads, measure, behind, least, edge)

    texts = [cut_page(place, 0) for place in range(len(areas))]
    counts = Counter(_count(own) for own, rows in zip(texts, inner, strict=True) for _ in rows)
    usual = counts.most_common(1)[0][0] if counts else 0
    # a page with few rows has the columns of the others
    texts = [own if _count(own) >= usual else cut_page(place, usual) for place, own in enumerate(texts)]
    cut: list[list[Cut]] = []
    for page, rows, area, cells in zip(pages, inner, areas, texts, strict=True):
        cells.update(_heads(rows, area.texts, area.heads, _count(cells)))
        held = {row.start for row in rows}
        cut.append(
            [
                _cut(
                    row,
                    gap,
                    area.parts.get(row.start, {}),
                    cells.get(row.start, {}),
                    first,
                    row.start in held,
                )
                for row, gap in page
            ]
        )
    return cut


def _count(cells: Mapping[int, Mapping[int, tuple[int, int]]]) -> int:
    return 1 + max((column for own in cells.values() for column in own), default=0)


def _say_months(cut: Sequence[Sequence[Cut]], first: int) -> bool:
    """Whether a second column of texts has months of its own, so that each year is one row."""
    texts = [plain(each.text(first + 1)) for page in cut for each in page if first + 1 in each.cells]
    return sum(opens_month(text) != 0 for text in texts) >= max(_LEAST, _OPENED * len(texts))


def _only_years(page: Sequence[Row], area: AreaParts, measure: Measure) -> AreaParts:
    """The page with its years alone in the area; texts begin with what stands behind them."""
    rows = {row.start: row.text for row in page}
    behind = [
        measure(rows[at])[start]
        for at, spans in area.parts.items()
        for column, (start, _) in spans.items()
        if column == 1
    ]
    parts = {start: {0: spans[0]} for start, spans in area.parts.items() if 0 in spans}
    texts = {
        start: next((begin for column, (begin, _) in spans.items() if column), area.texts[start])
        for start, spans in area.parts.items()
    }
    return replace(area, left=min(behind, default=area.left), parts=parts, texts=texts)


def _inner(page: Sequence[Written], area: AreaParts, measure: Measure) -> Iterator[Row]:
    """The rows of the table: those with a date, and those whose text begins where texts do."""
    above: Row | None = None
    top = min(area.heads, default=0)
    for place, (row, gap) in enumerate(page):
        begin = indent_of(row, measure)
        near = begin >= area.left - _NEAR or (above is not None and not gap and begin >= _SHIFTED * area.left)
        is_below = place + 1 == len(page) and gap and begin > area.left + _FAR
        if (
            row.start in area.parts
            or row.start in area.texts
            or (
                row.start not in area.around
                and near
                and row.start > top
                and not is_below
                and row.start not in area.below
            )
        ):
            yield row
            above = row
        else:
            above = None


def _heads(
    rows: Sequence[Row], begins: Mapping[int, int], heads: frozenset[int], count: int
) -> Iterator[tuple[int, dict[int, tuple[int, int]]]]:
    """The words of head lines above the columns of texts, where there is one for each."""
    for row in rows:
        if row.start in heads:
            for pattern in (FIELD, WORD):
                words = join_signs([found.span() for found in pattern.finditer(row.text, begins[row.start])])
                if len(words) == count:
                    yield row.start, dict(enumerate(words))
                    break


def _cut(
    row: Row,
    gap: int,
    parts: Mapping[int, tuple[int, int]],
    texts: Mapping[int, tuple[int, int]],
    first: int,
    is_held: bool,
) -> Cut:
    if not is_held:
        return Cut(row, {}, {}, gap)
    cells = {**parts, **{column + first: span for column, span in texts.items()}}
    spans = {column: (row.start + start, row.start + end) for column, (start, end) in sorted(cells.items())}
    return Cut(row, spans, dict.fromkeys(spans, 0.0), gap)
