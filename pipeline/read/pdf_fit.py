"""The best cut of one run of text lines among the dates beside them.

Takes dates, lines and how the document sets its rows. Gives for each way the run may start and end the
cheapest cut. A cut costs by how far each date stands from where its row puts it (at the row's first line or
in its middle), and by gaps, lines drawn across, markers and indents where a row starts or does not.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from pipeline.read.pdf_cues import opens_paragraph
from pipeline.read.pdf_dates import DateBlock, middle_of
from pipeline.read.pdf_lines import Ink

TOP, MIDDLE = "top", "middle"
# How a run starts: with a row of its own, with the end of a row whose date stands before, or inside a row
# whose date comes here although its text started before. And how it ends, each going with one of those.
FRESH, LEAD_IN, LATE = "fresh", "lead_in", "late"
CLOSED, OPEN, TAIL = "closed", "open", "tail"
FOLLOWS = {CLOSED: FRESH, OPEN: LEAD_IN, TAIL: LATE}

_REACH = 0.8  # leadings: how far a date may stand from where its row puts it
_OFF_PLACE = 6.0  # what a date a leading off its place costs, squared
_NO_PLACE = 8.0  # and one at the top of its row that has no line beside it: a head set lower, a title
_SPLIT = 0.3  # a row over the end of a part, wherever its date stands
_AHEAD = 0.7  # text before the end of a part whose date stands in the next one: few programs set it so
_OFF_SPLIT = 0.4  # and when its date is not where the visible part of the row would put it
_FAR_OFF = 0.05  # and for each leading from there
_NO_TEXT = 2.5  # a date without text
_EMPTY = 1.0  # an empty cell in a column that may have some
_TOGETHER = 1.2  # two dates in one cell
_MOST_DATES = 3  # in one cell
_WIDE = 0.12  # leadings: a gap so much wider than a leading parts rows


@dataclass(frozen=True, slots=True)
class Setting:
    """How rows are set: where the date stands, leading, edges of the text column, signs of a row's end."""

    place: str
    leading: float
    left: float
    right: float
    has_gaps: bool
    dividers: tuple[float, ...] = ()  # heights of lines drawn across this part
    main: int = 0  # the text column with most lines, which rows are cut by
    has_cues: bool = True  # markers and indents start no row: not so in a column beside another one


class Cut(NamedTuple):
    """What a cut costs, and for each line its block: -1 before the first, the count of blocks behind the last.

    `joined` are blocks that share the row of the block before them: a cell with two dates.
    """

    cost: float
    homes: tuple[int, ...]
    joined: tuple[int, ...] = ()


# For each line that the next row may start at: the cost so far, and (first block, first line) of each row.
_Paths = dict[int, tuple[float, tuple[tuple[int, int], ...]]]


def fit_lines(
    blocks: Sequence[DateBlock], lines: Sequence[Ink], setting: Setting, start: str, may_be_empty: bool
) -> dict[str, Cut]:
    """The cheapest cut for each end (CLOSED, OPEN, TAIL) that this start allows."""
    if start == LATE and setting.place == TOP:  # a date at the top of its row is never late
        return {}
    if not blocks:
        return _fit_none(lines, start)
    fitter = _Fitter(blocks, lines, setting, may_be_empty)
    ways: list[_Paths] = [fitter.seed(start), *({} for _ in blocks)]
    opened: _Paths = {}
    for first in range(len(blocks)):
        for count in range(1, fitter.most_dates(first) + 1):
            is_late = start == LATE and first == 0
            _improve(ways[first + count], fitter.step(ways[first], first, count, is_late))
            if first + count == len(blocks):
                _improve(opened, fitter.step(ways[first], first, count, is_split=True))
    closed = ways[-1]
    found: dict[str, Cut] = {}
    if len(lines) in closed:
        found[CLOSED] = fitter.cut(closed[len(lines)], len(lines))
    if len(lines) in opened:
        found[OPEN] = fitter.cut(opened[len(lines)], len(lines))
    tails = [
        (cost + _AHEAD + fitter.cuts[end] + fitter.inside(end, len(lines)), path, end)
        for end, (cost, path) in closed.items()
        if end < len(lines) and middle_of(lines[end]) > blocks[-1].middle
    ]
    if tails and setting.place == MIDDLE:
        cost, path, end = min(tails)
        found[TAIL] = fitter.cut((cost, path), end)
    return found


def _improve(paths: _Paths, others: _Paths) -> None:
    for place, way in others.items():
        if place not in paths or way[0] < paths[place][0]:
            paths[place] = way


def fit_nearest(blocks: Sequence[DateBlock], lines: Sequence[Ink]) -> Cut:
    """Each line to the date next to it: where no cut fits."""
    homes = tuple(
        min(range(len(blocks)), key=lambda at: abs(blocks[at].middle - middle_of(line))) for line in lines
    )
    return Cut(3.0 * len(lines), homes)


def _fit_none(lines: Sequence[Ink], start: str) -> dict[str, Cut]:
    """No date beside the lines: they belong to the row before, and it may go on."""
    if not lines:
        return {CLOSED: Cut(0.0, ())} if start == FRESH else {}
    if start != LEAD_IN:
        return {TAIL: Cut(_SPLIT + _AHEAD, (0,) * len(lines))}
    homes = (-1,) * len(lines)
    return {CLOSED: Cut(_SPLIT, homes), OPEN: Cut(2 * _SPLIT, homes)}


class _Fitter:
    """The prices of one run; `cuts[i]` is what a row that starts at line i costs, `inner` the sum inside rows."""

    def __init__(
        self, blocks: Sequence[DateBlock], lines: Sequence[Ink], setting: Setting, may_be_empty: bool
    ) -> None:
        self.blocks, self.lines, self.setting, self.may_be_empty = blocks, lines, setting, may_be_empty
        self.middles = [middle_of(line) for line in lines]
        self.cuts = [_boundary(lines, at, setting) for at in range(len(lines))]
        self.inner = [0.0]
        for at in range(1, len(lines)):
            self.inner.append(self.inner[-1] + _kept(lines, at, setting))

    def inside(self, start: int, end: int) -> float:
        """What it costs to keep these lines in one row."""
        return self.inner[end - 1] - self.inner[start] if end > start else 0.0

    def seed(self, start: str) -> _Paths:
        """Where the first row may start, and what the lines before it cost."""
        if start != LEAD_IN:
            return {
                0: (_unlike_start(self.lines[0], self.setting) if self.lines and start == FRESH else 0.0, ())
            }
        return {
            at: (_SPLIT + self.cuts[at] + self.inside(0, at), ())
            for at in range(1, len(self.lines))
            if self.middles[at - 1] < self.blocks[0].middle
        }

    def most_dates(self, first: int) -> int:
        """How many dates from this one on may share a row: those that stand as lines of one cell do."""
        count = 1
        while count < _MOST_DATES and first + count < len(self.blocks):
            above, below = self.blocks[first + count - 1].lines[-1], self.blocks[first + count].lines[0]
            if below.base - above.base > 1.3 * self.setting.leading:
                break
            count += 1
        return count

    def step(self, paths: _Paths, first: int, count: int, is_split: bool) -> _Paths:
        """All ways to give the next lines to these dates; a split row's date may stand anywhere in it."""
        found: _Paths = {}
        block = DateBlock(
            tuple(line for one in self.blocks[first : first + count] for line in one.lines), False
        )
        is_last, middle = first + count == len(self.blocks), block.middle
        limit = inf if is_last else self.blocks[first + count].middle
        for start, (cost, path) in paths.items():
            way = (*path, (first, start))
            cost += _TOGETHER * (count - 1)
            empty = cost + (_EMPTY if self.may_be_empty else _NO_TEXT)
            if empty < found.get(start, (inf, ()))[0]:
                found[start] = (empty, way)
            for end in self._ends(block, limit, start, is_split):
                whole = cost + self._price(block, middle, start, end, is_split) + self.inside(start, end)
                if not is_last and end < len(self.lines):
                    whole += self.cuts[end]
                if whole < found.get(end, (inf, ()))[0]:
                    found[end] = (whole, way)
        return found

    def cut(self, path: tuple[float, tuple[tuple[int, int], ...]], end: int) -> Cut:
        """The path as a block for each line; lines from `end` on belong to the next part's first row."""
        cost, rows = path
        homes = [max((first for first, start in rows if start <= at), default=-1) for at in range(end)]
        alone = {first for first, _ in rows}
        joined = tuple(number for number in range(len(self.blocks)) if number not in alone)
        return Cut(cost, (*homes, *[len(self.blocks)] * (len(self.lines) - end)), joined)

    def _ends(self, block: DateBlock, limit: float, start: int, is_split: bool) -> range:
        """Where a row that starts here may end, besides at once: before the next date, and in reach of its own."""
        middle, tall = block.middle, len(block.lines) - 1
        first, last = start + 1, bisect_left(self.middles, limit - 0.1)
        if not is_split and self.setting.place == MIDDLE and start < len(self.lines):
            mirrored = 2 * middle - self.middles[start]
            reach = (2 * _REACH + tall) * self.setting.leading
            first = max(first, bisect_left(self.middles, mirrored - reach) + 1)
            last = min(last, bisect_right(self.middles, mirrored + reach))
        return range(first, last + 1)

    def _price(self, block: DateBlock, middle: float, start: int, end: int, is_split: bool) -> float:
        """What it costs to give these lines to the date: how far it stands from where they put it, in leadings."""
        first, last, leading = self.middles[start], self.middles[end - 1], self.setting.leading
        below = (first - middle_of(block.lines[0])) / leading
        off = below if self.setting.place == TOP else ((first + last) / 2 - middle) / leading
        if end - start < len(block.lines) and abs(below) < abs(off):
            off = below  # a date taller than its text fills the row, and the text stands at the row's top
        price = _OFF_PLACE * off * off if abs(off) <= _REACH else inf
        if self.setting.place == TOP:
            price = min(price, _NO_PLACE)
        if not is_split:
            return price
        if self.setting.place == TOP:
            return _SPLIT + price
        outside = (max(0.0, first - middle) + max(0.0, middle - last)) / leading
        below_top = abs(first - middle_of(block.lines[0])) / leading
        elsewhere = min(below_top, _FAR_OFF * abs(off))
        return _SPLIT + min(price, _OFF_SPLIT + elsewhere + 2.0 * outside)


def _boundary(lines: Sequence[Ink], at: int, setting: Setting) -> float:
    """What it costs to start a row at this line; less than nothing where the page shows it."""
    if at == 0:
        return 0.0
    above, line = lines[at - 1], lines[at]
    gap = (line.base - above.base) / setting.leading - 1
    cost = -0.5 * min(gap, 1.0) if gap > _WIDE else 0.4 * setting.has_gaps
    cost += _unlike_start(line, setting)
    cost += 0.3 * (setting.right - above.x1 < line.first_width)
    if setting.dividers:
        cost += -1.5 if _is_divided(above, line, setting) else 1.0
    return cost


def _unlike_start(line: Ink, setting: Setting) -> float:
    """What it costs to start a row with this line: a marker or an indent is none of a row's first line."""
    if not setting.has_cues:
        return 0.0
    return 0.5 * opens_paragraph(line.text) + 0.3 * (line.x0 - setting.left > 0.5 * line.size)


def _kept(lines: Sequence[Ink], at: int, setting: Setting) -> float:
    """What it costs to keep this line in the row of the line above."""
    above, line = lines[at - 1], lines[at]
    gap = (line.base - above.base) / setting.leading - 1
    cost = min(gap, 1.5) if gap > _WIDE else 0.0
    return cost + 3.0 * _is_divided(above, line, setting)


def _is_divided(above: Ink, line: Ink, setting: Setting) -> bool:
    return any(middle_of(above) < height < middle_of(line) for height in setting.dividers)
