"""Parts a text that fills its column from the one a single blank behind it, as pdftotext -layout sets them.

Takes the blocks of all pages. Gives them with such cells parted, and rows that ran over a gutter for this reason cut.
A column is as wide as its fullest cells, which must be two: `… 直轄編入を建設省に 東京都千代田区` above other full lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline import chars
from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_columns import Measure
from pipeline.read.spacing_cut import Cut
from pipeline.read.spacing_tight import is_date_text

_BLANK = re.compile(r"(?<=[^\s\u3000\x00-\x7f]) (?=[^\s\u3000\x00-\x7f])")  # between two full-width signs
_BEHIND_WORD = re.compile(r"(?<=[^\s\u3000\x00-\x7f])[ \u3000]{1,2}(?=\S)")
_GAP = re.compile(r"[ \u3000]{2,}")
_WIDE_GAP = re.compile(r"(?<=[^\s\u3000])[ \u3000]{3,}(?=[^\s\u3000])")
_ASTRAY = 6  # places by which a text may start beside its column
_SET_IN = 2  # places by which a paragraph may begin further right
_NARROWEST = 12.0  # full-width characters of a column whose text is broken at its edge
_SLACK = 1.0  # by which full lines differ, in full-width characters
_SEVERAL = 3  # rows of a page that show a column which others have
_FULL = 2  # cells as wide as the widest


def part_full_cells(blocks: Sequence[Block], outside: frozenset[int], measure: Measure) -> list[Block]:
    """The blocks; those of each number of columns share the widths of their columns. `outside` are rows of none."""
    widths = {size: _widths(blocks, size) for size in {block.columns for block in blocks}}
    parted = [_part_block(block, widths[block.columns], outside, measure) for block in blocks]
    usual = Counter(block.columns for block in blocks for _ in block.cuts).most_common(1)
    size = usual[0][0] if usual else 0
    edge = widths.get(size, {}).get(size - 2, 0.0)
    return [
        _with_last(block, edge, outside) if edge and block.columns == size - 1 else block for block in parted
    ]


def _with_last(block: Block, edge: float, outside: frozenset[int]) -> Block:
    """A block without the last column of the others, where several of its texts are as wide as theirs and go on behind a blank."""
    last = block.columns - 1
    cuts, count = [], 0
    for cut in block.cuts:
        seam = _last_seam(cut, last, edge) if last in cut.cells and cut.row.start not in outside else 0
        cuts.append(_parted(cut, last, seam) if seam else cut)
        count += bool(seam)
    return replace(block, columns=block.columns + 1, cuts=tuple(cuts)) if count >= _SEVERAL else block


def _last_seam(cut: Cut, column: int, edge: float) -> int:
    """Where what belongs to the next column starts in this cell: behind a wide gap, or behind a full text; 0 for nowhere."""
    start, end = (place - cut.row.start for place in cut.cells[column])
    gap = _WIDE_GAP.search(cut.row.text, start, end)
    if gap:
        return gap.end()
    return next(
        (
            blank.end()
            for blank in _BEHIND_WORD.finditer(cut.row.text, start, end)
            if abs(chars.width(cut.row.text[start : blank.start()]) - edge) <= _SLACK
        ),
        0,
    )


def _widths(blocks: Sequence[Block], size: int) -> dict[int, float]:
    """How wide the text columns are that have another one behind them, where full lines show it."""
    cuts = [cut for block in blocks if block.columns == size for cut in block.cuts]
    found = {}
    for column in range(1, size - 1):
        texts = [cut.text(column) for cut in cuts if column in cut.cells]
        sizes = [chars.width(text) for text in texts if not _BLANK.search(text)]
        widest = max(sizes, default=0.0)
        full = sum(one >= widest - _SLACK for one in sizes)
        if widest >= _NARROWEST and full >= _FULL:
            found[column] = widest
    return found


def _part_block(block: Block, widths: dict[int, float], outside: frozenset[int], measure: Measure) -> Block:
    if block.columns < 3:
        return block
    starts = _starts(block, measure)
    parted = (
        cut
        if cut.row.start in outside
        else _part_at_gap(_part_cut(cut, widths, starts, measure), block.columns, starts, measure)
        for cut in block.cuts
    )
    return replace(block, cuts=tuple(parted))


def _part_at_gap(cut: Cut, columns: int, starts: dict[int, int], measure: Measure) -> Cut:
    """The cut with a cell in two at a wide gap, where the next column is empty and starts near what stands behind it."""
    if not cut.cells:
        return _cut_at_gap(cut, columns, starts, measure) or cut
    places = measure(cut.row.text)
    for column in range(1, columns - 1):
        if column not in cut.cells or column + 1 in cut.cells or column + 1 not in starts:
            continue
        start, end = (place - cut.row.start for place in cut.cells[column])
        gap = _WIDE_GAP.search(cut.row.text, start, end)
        if gap and abs(places[gap.end()] - starts[column + 1]) <= _ASTRAY:
            cells = {**cut.cells, column: (cut.row.start + start, cut.row.start + gap.start())}
            cells[column + 1] = (cut.row.start + gap.end(), cut.row.start + end)
            return replace(cut, cells=dict(sorted(cells.items())), indents={**cut.indents, column + 1: 0.0})
    return cut


def _cut_at_gap(cut: Cut, columns: int, starts: dict[int, int], measure: Measure) -> Cut | None:
    """The cells of a row whose last text begins too far to the left: a date, a text and that one, with wide gaps between."""
    text, base = cut.row.text.rstrip(), cut.row.start
    gaps = list(_WIDE_GAP.finditer(text))
    last = columns - 1
    if len(gaps) != 2 or last < 2 or not {last - 1, last} <= starts.keys():
        return None
    places = measure(text)
    begins = (places[gaps[0].end()], places[gaps[1].end()])
    astray = max(abs(begins[0] - starts[last - 1]), abs(begins[1] - starts[last]))
    first = len(text) - len(text.lstrip())
    if astray > _ASTRAY or not is_date_text(text[first : gaps[0].start()]):
        return None
    cells = {
        0: (base + first, base + gaps[0].start()),
        last - 1: (base + gaps[0].end(), base + gaps[1].start()),
        last: (base + gaps[1].end(), base + len(text)),
    }
    return replace(cut, cells=cells, indents=dict.fromkeys(cells, 0.0))


def _starts(block: Block, measure: Measure) -> dict[int, int]:
    """The place where most cells of each column start."""
    places: dict[int, Counter[int]] = {}
    for cut in block.cuts:
        at = measure(cut.row.text)
        for column, (start, _) in cut.cells.items():
            places.setdefault(column, Counter())[at[start - cut.row.start]] += 1
    return {column: counted.most_common(1)[0][0] for column, counted in places.items()}


def _part_cut(cut: Cut, widths: dict[int, float], starts: dict[int, int], measure: Measure) -> Cut:
    for column, width in widths.items():
        if cut.cells and column in cut.cells:
            start, end = (place - cut.row.start for place in cut.cells[column])
            seam = next(_seams(cut.row.text, start, end, width), 0)
            if seam:
                return _parted(cut, column, seam)
        elif not cut.cells and column in starts:
            whole = _cut_whole(cut, column, width, starts[column], measure)
            if whole is not None:
                return whole
    return cut


def _seams(text: str, start: int, end: int, width: float) -> Iterator[int]:
    """Where a text starts behind a single blank and one that is as wide as its column."""
    for blank in _BLANK.finditer(text, start, end):
        if abs(chars.width(text[start : blank.start()]) - width) <= _SLACK:
            yield blank.end()


def _parted(cut: Cut, column: int, seam: int) -> Cut:
    """The cut with its cell in two; what stood in the next column goes on with the second."""
    start, end = cut.cells[column]
    behind = cut.cells.get(column + 1, (end, end))
    begin = cut.row.start + seam
    stop = cut.row.start + len(cut.row.text[:seam].rstrip(chars.BLANKS))
    cells = {**cut.cells, column: (start, stop), column + 1: (begin, behind[1])}
    return replace(cut, cells=dict(sorted(cells.items())), indents={**cut.indents, column + 1: 0.0})


def _cut_whole(cut: Cut, column: int, width: float, place: int, measure: Measure) -> Cut | None:
    """The cells of a row that ran over the gutter behind this column: the date, the full text, what stands behind.

    Half-width signs make a text longer by places than others that are as wide.
    """
    text = cut.row.text.rstrip()
    start = next((at for at, where in enumerate(measure(text)) if where >= place), len(text))
    before = text[:start].strip()
    if (
        not text[start : start + _SET_IN].strip()
        or text[start - 1 : start].strip()
        or (before and not is_date_text(before))
    ):
        return None
    start += len(text[start:]) - len(text[start:].lstrip())
    seam = next(_seams(text, start, len(text), width), 0)
    alone = not _GAP.search(text, start) and chars.width(text[start:]) <= width + _SLACK
    if not seam and not alone:
        return None
    first = len(text) - len(text.lstrip())
    base = cut.row.start
    cells = {column: (base + start, base + (seam - 1 if seam else len(text)))}
    if seam:
        cells[column + 1] = (base + seam, base + len(text))
    if before:
        cells = {0: (base + first, base + first + len(before)), **cells}
    return replace(cut, cells=cells, indents=dict.fromkeys(cells, 0.0))
