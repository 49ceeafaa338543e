"""Parts a text into pages and pages at gaps and titles, and finds the columns that the pages of a text share.

Takes the rows of a text, or of its pages. Gives pages, parts, or the grid that holds for all. Reads no rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.read.rows import Row
from pipeline.read.spacing_columns import Grid, Measure, drop_heads, find_grid
from pipeline.read.spacing_cut import cut_row
from pipeline.read.spacing_edges import Written, is_dated

_LONGEST_TITLE = 30  # characters of a line that heads a table
GAP = re.compile(r"\S[\s\u3000]{2,}+\S")
_FITTING = 0.8  # of the rows, and of their texts, that stand in the columns of another page


def find_shared_grid(pages: Sequence[Sequence[Row]], usual: int, measure: Measure) -> Grid | None:
    """The columns that all pages show together, where these are more than each shows and every page stands in them."""
    rows = [row for page in pages for row in page]
    grid = find_grid(rows, measure, max(2, int(0.1 * len(rows))))
    if grid is None or grid.columns <= usual:
        return None
    return grid if all(fits(page, grid, measure) for page in pages) else None


def _usual(indents: Sequence[float]) -> float:
    """The indent that most texts of a column have: a page may be set a place to the right of the others."""
    return Counter(indents).most_common(1)[0][0]


def fits(rows: Sequence[Row], grid: Grid, measure: Measure) -> bool:
    """Whether the rows stand in these columns too: none runs over a gutter, and texts start where columns do."""
    cuts = [cut_row(row, grid, measure) for row in drop_heads(rows)]
    known = [cut for cut in cuts if cut is not None]
    indents = [(column, indent) for cut in known for column, indent in cut.indents.items() if column]
    usual = {column: _usual([indent for at, indent in indents if at == column]) for column, _ in indents}
    flush = sum(usual[column] <= indent < usual[column] + 1.0 for column, indent in indents)
    filled = {column for cut in known for column in cut.cells}
    return (
        len(known) >= _FITTING * len(cuts)
        and flush >= _FITTING * len(indents)
        and len(filled) >= grid.columns - 1
    )


def split_pages(rows: Sequence[Row]) -> list[list[tuple[Row, int]]]:
    """The written rows of each page, each with the number of blank rows above it."""
    pages: dict[int, list[tuple[Row, int]]] = {}
    gap = 0
    for row in rows:
        if row.is_blank:
            gap += 1
            continue
        pages.setdefault(row.page, []).append((row, gap))
        gap = 0
    return list(pages.values())


def split_at_gaps(page: Sequence[Written]) -> Iterator[list[Written]]:
    """The parts of a page that two blank lines or more keep apart."""
    part: list[Written] = []
    for pair in page:
        if pair[1] > 1 and part:
            yield part
            part = []
        part.append(pair)
    if part:
        yield part


def split_at_titles(part: Sequence[Written]) -> Iterator[list[Written]]:
    """The parts that lines by themselves head: below a blank line, without gaps and without a date."""
    piece: list[Written] = []
    for row, gap in part:
        is_title = gap and not GAP.search(row.text.strip()) and not is_dated(row)
        if is_title and len(row.text.strip()) <= _LONGEST_TITLE and piece:
            yield piece
            piece = []
        piece.append((row, gap))
    yield piece
