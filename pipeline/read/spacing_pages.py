"""Finds the columns that the pages of a text share, where a page by itself shows too few of them.

Takes the rows of pages. Gives the grid that holds for all. Reads no rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.read.rows import Row
from pipeline.read.spacing_columns import Grid, Measure, drop_heads, find_grid
from pipeline.read.spacing_cut import cut_row

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
