"""Reads text whose columns are kept apart by blanks (pdftotext -layout, or set by hand).

Takes text and its rows. Gives Lines with cell=(table, row, column), or None where it shows no columns.
A table row may have its date on its first, middle or last line; lines that run over a gutter, that stand
alone at a page's edge or that come back on most pages are in no table. Two tables side by side on a page
are read one after the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.model import OPEN, Line
from pipeline.read.rows import Row
from pipeline.read.spacing_areablocks import cut_by_area
from pipeline.read.spacing_blocks import Block, with_gaps, with_lines_above
from pipeline.read.spacing_choice import Verdict, judge
from pipeline.read.spacing_columns import (
    Grid,
    Measure,
    by_character,
    by_width,
    find_grid,
    has_number,
)
from pipeline.read.spacing_cut import Cut, cut_head, cut_row
from pipeline.read.spacing_dateparts import DateParts, find_date_parts
from pipeline.read.spacing_edges import WIDE_GAP, Written, find_edges
from pipeline.read.spacing_full import part_full_cells
from pipeline.read.spacing_inline import join_days
from pipeline.read.spacing_lost import are_lost
from pipeline.read.spacing_matter import find_matter
from pipeline.read.spacing_pages import (
    GAP,
    find_shared_grid,
    fits,
    split_at_gaps,
    split_at_titles,
    split_pages,
)
from pipeline.read.spacing_parts import part_columns
from pipeline.read.spacing_soft import mark_broken
from pipeline.read.spacing_tables import make_lines
from pipeline.read.spacing_tight import is_date_text
from pipeline.read.spacing_torn import are_torn, find_torn_dates
from pipeline.read.wraps import wrap_cells

_LEAST = 3  # rows of a document with text in several columns
_PARTED = (
    1.2  # by how much the parts of a page must show more columns than the page, to be tables of their own
)
_NUMBERS = re.compile(
    r"[ \u3000]*(?:[^\W\d_]{2} ?[0-9０-９元]{1,2} ?年?|[12][0-9]{3}年?)?[ \u3000]+[0-9０-９]{1,2}[ \u3000]+[0-9０-９]{1,2}[ \u3000]+[^\W\d]"
)  # 昭和29年 4 1 三村が合併: columns of numbers a blank apart
_NUMBERED = 0.3  # of the lines


def read_spaced(text: str, rows: Sequence[Row]) -> tuple[Line, ...] | None:
    """The lines of a text with columns; None where fewer than half of its lines stand in columns."""
    pages = split_pages(rows)
    every = [row for page in pages for row, _ in page]
    if not _may_have_columns([row.text for row in every]) and not find_torn_dates(every, by_character):
        return None
    edges = find_edges(pages)
    outside = edges | find_matter(pages)
    spaced = _read_by(text, pages, outside, join_days(_cut_best(pages, edges, outside)))
    verdict = judge(text, spaced) if spaced is not None else None
    if verdict is not None and verdict.is_good():
        return spaced
    told = _read_by_areas(text, pages, edges, outside)
    if told is None:
        return spaced
    lines, other = told
    return lines if (other.is_sure() if verdict is None else other.is_better(verdict)) else spaced


def read_every_way(text: str, rows: Sequence[Row]) -> Iterator[tuple[Line, ...]]:
    """The lines as blanks part them, then as the columns of dates do: every reading that finds columns at all."""
    pages = split_pages(rows)
    edges = find_edges(pages)
    outside = edges | find_matter(pages)
    spaced = _read_by(text, pages, outside, join_days(_cut_best(pages, edges, outside)))
    if spaced:
        yield spaced
    yield from _read_areas(text, pages, edges, outside)


def _read_by_areas(
    text: str, pages: Sequence[Sequence[Written]], edges: frozenset[int], outside: frozenset[int]
) -> tuple[tuple[Line, ...], Verdict] | None:
    """The lines as the columns of dates part them, by characters or by half-widths, whichever shows fewer faults."""
    read = ((lines, judge(text, lines)) for lines in _read_areas(text, pages, edges, outside))
    return min(read, key=lambda each: each[1].faults, default=None)


def _read_areas(
    text: str, pages: Sequence[Sequence[Written]], edges: frozenset[int], outside: frozenset[int]
) -> Iterator[tuple[Line, ...]]:
    # pdftotext counts characters and ends pages with form feeds, people count half-widths
    for measure in (by_character, by_width) if "\f" in text else (by_width, by_character):
        blocks = cut_by_area(pages, edges, outside, measure)
        lines = _read_by(text, pages, outside, blocks) if blocks is not None else None
        if lines:
            yield lines


def _read_by(
    text: str, pages: Sequence[Sequence[Written]], outside: frozenset[int], best: Sequence[Block]
) -> tuple[Line, ...] | None:
    """The lines of blocks; None where fewer than half of the rows stand in columns."""
    written = sum(len(page) for page in pages) - len(outside)
    inside = sum(1 for block in best for cut in block.cuts if cut.cells)
    if _count_parted(best) < _LEAST or inside < 0.5 * written:
        return None
    lines = make_lines(best)
    if lines and all(block.is_told for block in best):
        lines = tuple(mark_broken(text, lines, 2 if best[0].is_yearly else best[0].dated))
    return wrap_cells(text, lines, OPEN) if lines else None


def _may_have_columns(texts: Sequence[str]) -> bool:
    """Whether lines enough have a gap inside or stand away from the left edge; cheap, for most texts do not."""
    gaps = [bool(GAP.search(text)) for text in texts]
    apart = sum(1 for text, gap in zip(texts, gaps, strict=True) if gap or text[:3].isspace())
    if sum(gaps) >= _LEAST and apart >= 0.4 * len(texts):
        return True
    return sum(1 for text in texts if _NUMBERS.match(text)) >= max(_LEAST, _NUMBERED * len(texts))


def _weigh(blocks: Sequence[Block]) -> int:
    """How well text is in columns: cells behind the first column, less cells that have wide gaps inside."""
    cells = [cut.text(column) for block in blocks for cut in block.cuts for column in cut.cells]
    behind = sum(column > 0 for block in blocks for cut in block.cuts for column in cut.cells)
    return behind - sum(1 for cell in cells if WIDE_GAP.search(cell))


def _count_parted(blocks: Sequence[Block]) -> int:
    return sum(1 for block in blocks for cut in block.cuts if len(cut.cells) > 1)


def _cut_pages(pages: Sequence[Sequence[Written]], outside: frozenset[int], measure: Measure) -> list[Block]:
    """The pages cut by their columns; where a page shows none, by those of most pages, or in blocks."""
    inner = [[pair for pair in page if pair[0].start not in outside] for page in pages]
    grids = [_grid_of(page, measure, max(2, int(0.15 * len(page)))) for page in inner]
    sizes = Counter(grid.columns for grid, page in zip(grids, inner, strict=True) if grid for _ in page)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    shared = (
        find_shared_grid([[row for row, _ in page] for page in inner], usual, measure)
        if len(inner) > 1
        else None
    )
    if shared is not None:
        grids, usual = [shared] * len(inner), shared.columns
    blocks: list[Block] = []
    for page, kept, grid in zip(pages, inner, grids, strict=True):
        if usual and (grid is None or grid.columns != usual):
            grid = _usual_grid(kept, grids, usual, measure) or grid
        whole = _cut_block(page, grid, outside, measure)
        parts = [block for part in split_at_gaps(page) for block in _cut_part(part, outside, measure)]
        is_whole = grid is not None and not _is_torn(whole)
        if is_whole and _weigh(parts) <= _PARTED * _weigh([whole]) + _LEAST:
            blocks.append(whole)
            continue
        for block in with_lines_above(parts, usual) if is_whole else parts:
            goes_on = is_whole and block.columns == usual
            blocks.append(block if goes_on else replace(block, part=len(blocks) + 1))
    return part_full_cells(blocks, outside, measure)


def _cut_best(
    pages: Sequence[Sequence[Written]], edges: frozenset[int], outside: frozenset[int]
) -> list[Block]:
    """The pages cut by their columns, in characters or in half-widths, whichever shows more of them.

    Parts of dates in columns of their own are found first and left out of the grid, where most are bare numbers,
    or where the grid loses rows.
    """
    measures = (by_character, by_width)
    rows = {row.start: row for page in pages for row, _ in page}
    found = [
        parts for measure in measures if (parts := _find_parts(rows, edges, outside, measure)) is not None
    ]
    plain: list[Block] = []
    if not any(parts.is_bare for parts in found):
        plain = max((_cut_pages(pages, outside, measure) for measure in measures), key=_weigh)
    inner = [row for row in rows.values() if row.start not in edges]
    torn = find_torn_dates(inner, by_character) if plain else None
    if torn is not None and are_torn(torn, plain):
        return _cut_texts(pages, outside, rows, torn)
    lost = [parts for parts in found if parts.is_bare or are_lost(parts, plain)]
    if not lost:
        return plain
    best = min(lost, key=lambda parts: parts.misfit)
    own = _find_parts_of_pages(pages, edges, outside, best)
    return [
        block
        for page, parts in (zip(pages, own, strict=True) if own else ((None, best),))
        for block in _cut_texts(pages if page is None else [page], outside, rows, parts)
    ]


def _find_parts_of_pages(
    pages: Sequence[Sequence[Written]], edges: frozenset[int], outside: frozenset[int], whole: DateParts
) -> list[DateParts]:
    """The parts of dates page by page, where each page shows them and they are more than all pages show together.

    So where a page is set further to the right than the one before.
    """
    found = [
        _find_parts({row.start: row for row, _ in page}, edges, outside, whole.measure) for page in pages
    ]
    known = [parts for parts in found if parts is not None]
    more = sum(len(parts.parts) for parts in known) > len(whole.parts)
    if len(known) < 2 or not more or any(set(parts.columns) - set(whole.columns) for parts in known):
        return []
    return [replace(parts or whole, columns=whole.columns) for parts in found]


def _find_parts(
    rows: Mapping[int, Row], edges: frozenset[int], outside: frozenset[int], measure: Measure
) -> DateParts | None:
    """The parts of dates of all rows but those around the table; a row with a text in its column is inside."""
    first = find_date_parts([row for row in rows.values() if row.start not in edges], measure)
    if first is None:
        return None
    around = outside - first.with_texts(rows)
    return find_date_parts([row for row in rows.values() if row.start not in around], measure)


def _cut_texts(
    pages: Sequence[Sequence[Written]], outside: frozenset[int], rows: Mapping[int, Row], parts: DateParts
) -> list[Block]:
    """The pages cut by the columns of their texts, and the parts of the dates before them."""
    texts = [[(parts.without(row), gap) for row, gap in page] for page in pages]
    around = outside - parts.with_texts(rows)
    blocks = _cut_pages(texts, around, parts.measure)
    return [parts.into(block, rows) for block in with_gaps(blocks)]


def _usual_grid(
    page: Sequence[Written], grids: Sequence[Grid | None], usual: int, measure: Measure
) -> Grid | None:
    """The usual number of columns on a page that shows another: told more loosely, or as on another page."""
    for least in (1, 0):
        looser = _grid_of(page, measure, least)
        if looser is not None and looser.columns == usual:
            return looser
    rows = [row for row, _ in page]
    alike = (grid for grid in grids if grid is not None and grid.columns == usual)
    return next((grid for grid in alike if fits(rows, grid, measure)), None)


def _cut_part(part: Sequence[Written], outside: frozenset[int], measure: Measure) -> Iterator[Block]:
    """A part of a page as one block, or where it shows no columns, one for each of the titles in it."""
    block = _cut_block(part, _grid_of(part, measure, 2), outside, measure)
    titled = list(split_at_titles(part)) if not block.columns or _is_torn(block) else [part]
    if len(titled) > 1:
        for piece in titled:
            yield from _cut_part(piece, outside, measure)
    elif _is_torn(block):
        yield Block(0, tuple(replace(cut, cells={}) for cut in block.cuts))
    else:
        yield block


def _is_torn(block: Block) -> bool:
    """Whether the grid misses columns: cells before the last column have wide gaps inside."""
    cells = [cut.text(column) for cut in block.cuts for column in cut.cells if column + 1 < block.columns]
    torn = sum(1 for cell in cells if WIDE_GAP.search(cell) and not is_date_text(cell))
    return torn > 1 and torn > 0.1 * len(cells)


def _grid_of(page: Sequence[Written], measure: Measure, least: int) -> Grid | None:
    return find_grid([row for row, _ in page], measure, least)


def _cut_block(
    page: Sequence[Written], grid: Grid | None, outside: frozenset[int], measure: Measure
) -> Block:
    cuts = []
    for row, gap in page:
        cut = cut_row(row, grid, measure, gap) if grid and row.start not in outside else None
        cuts.append(cut or Cut(row, {}, {}, gap))
    if grid is None:
        return Block(0, tuple(cuts))
    return _cut_heads(part_columns(Block(grid.columns, tuple(cuts)), measure))


def _cut_heads(block: Block) -> Block:
    """The block with its head lines cut word by word, where they stand above the first number."""
    first = next(
        (place for place, cut in enumerate(block.cuts) if cut.cells and has_number(cut.row)), len(block.cuts)
    )
    heads = (cut_head(cut.row, block.columns, cut.blank_before) or cut for cut in block.cuts[:first])
    return replace(block, cuts=(*heads, *block.cuts[first:]))
