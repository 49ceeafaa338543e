"""Moves a merged date cell to the first of the rows it stands for, where it stands in their middle.

Takes the lines of a table with their texts. Gives the lines, a year (or a day of a log) that spans several
rows in the row of the first of them. Whether merged cells are centred is told by rows above the first one,
by one alone on its line between two rows, or by days that go back below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from pipeline import chars
from pipeline.model import Line

Shown = tuple[Line, str]  # a line and its text
_NUMBERS = re.compile(r"[0-9]+")
BACK = 50.0  # price of days that go back inside a group, in lines squared
_AFTERNOON = ("午後", "pm", "PM")
_APRIL = 4
_FILLED = 0.5  # of the rows without the first part of the date: those filled there are no merged cells
_HOPELESS = 2000.0  # price by which a way is behind the best one without a chance: 45 lines from the middle
_HIGHEST = 100  # lines below the cell, at the least, that its rows are tried for
_MOST = 150  # rows of a page beyond which nothing is weighed


@dataclass(slots=True)
class MergedRow:
    """A row of the table on one page: its lines, those with the merged cell, and its own part of the date."""

    number: int
    page: int
    first: float
    last: float
    outer: list[float] = field(default_factory=list)  # line numbers, or heights in lines
    own: list[float] = field(default_factory=list)
    key: tuple[int, ...] = ()
    has_text: bool = False
    table: int = -1


def lift_merged(shown: Sequence[Shown], dates: Sequence[int]) -> Iterator[Line]:
    """The lines of a table; `dates` are its date columns, the first of which may be merged over rows."""
    moves: dict[tuple[int, int], int] = {}
    outer = _merged_columns(shown, dates)
    rows = _rows(shown, dates, outer) if outer else []
    given = [row for row in rows if row.outer]
    beside = [row for row in given if set(row.outer) & set(row.own)]
    if len(given) > 1 and len(beside) >= 0.5 * len(given) and len(rows) <= _MOST * rows[-1].page:
        pages = sorted({row.page for row in rows})
        groups = [
            group
            for page in pages
            for group in group_rows([row for row in rows if row.page == page], page > pages[0])
        ]
        if _is_centred(rows, groups):
            moves = {
                (place.page, place.number): first.number for place, first in groups if place is not first
            }
    for line, _ in shown:
        target = moves.get((line.page, line.cell[1])) if line.cell and line.cell[2] in outer else None
        yield (
            replace(line, cell=(line.cell[0], target, line.cell[2]))
            if line.cell and target is not None
            else line
        )


def _merged_columns(shown: Sequence[Shown], dates: Sequence[int]) -> tuple[int, ...]:
    """The date columns whose cells may stand for several rows: those left of the first that is filled in rows without."""
    if len(dates) < 3:
        return tuple(dates[:1]) if len(dates) == 2 else ()
    filled: dict[tuple[int, int], set[int]] = {}
    for line, _ in shown:
        if line.cell:
            filled.setdefault((line.page, line.cell[1]), set()).add(line.cell[2])
    short = [columns for columns in filled.values() if dates[0] not in columns and columns & set(dates)]
    inner = [column for column in dates[1:] if sum(column in row for row in short) >= _FILLED * len(short)]
    outer = tuple(column for column in dates if column < inner[0]) if short and inner else ()
    says_years = any(
        _NUMBERS.search(chars.fold(text).text) for line, text in shown if line.cell and line.cell[2] in outer
    )
    return outer if says_years else ()  # an era alone stands where it changes


def _rows(shown: Sequence[Shown], dates: Sequence[int], outer: Sequence[int]) -> list[MergedRow]:
    found: dict[tuple[int, int], MergedRow] = {}
    texts: dict[tuple[int, int], str] = {}
    counted: set[tuple[int, int]] = set()
    first_own = next((column for column in dates if column not in outer), -1)
    is_fiscal = any("度" in text for line, text in shown if line.cell and line.cell[2] in outer)
    for line, text in shown:
        if line.cell is None:
            continue
        key = (line.page, line.cell[1])
        row = found.setdefault(key, MergedRow(line.cell[1], line.page, line.number, line.number))
        row.first, row.last = min(row.first, line.number), max(row.last, line.number)
        if line.cell[2] in outer:
            row.outer.append(line.number)
            counted.update((key,) if _NUMBERS.search(chars.fold(text).text) else ())
        elif line.cell[2] in dates:
            row.own.append(line.number)
            lone = key not in texts and line.cell[2] > first_own
            texts[key] = "?" if lone else texts.get(key, "") + " " + chars.fold(text).text
        else:
            row.has_text = True
    for key, row in found.items():
        text = texts.get(key, "")
        numbers = [int(number) for number in _NUMBERS.findall(text)[:2]]
        if numbers and text.lstrip().startswith(_AFTERNOON):
            numbers[0] = numbers[0] % 12 + 12
        row.key = day_key(numbers, is_fiscal)
        has_year = "年" in text  # 大正12年 12月22日 beside 1923年: no merged cell
        is_head = row.own and not row.key and key not in counted  # a day beside 未明 is none
        row.outer = [] if is_head or (row.own and has_year) else row.outer
    return [row for row in found.values() if row.key or row.outer]


def day_key(numbers: Sequence[int], is_fiscal: bool) -> tuple[int, ...]:
    """Month and day, or hour and minute, to compare; in a fiscal year January comes behind December."""
    late = is_fiscal and numbers and numbers[0] < _APRIL
    return (numbers[0] + 12, *numbers[1:]) if late else tuple(numbers)


def group_rows(rows: Sequence[MergedRow], goes_on: bool) -> list[tuple[MergedRow, MergedRow]]:
    """Each row with a merged cell and the first row that it stands for, so that each is nearest the middle of its rows.

    `goes_on`: the page's first rows may belong to the last cell of the page before.
    """
    own = [row for row in rows if row.key or row.has_text]
    given = [row for row in rows if row.outer]
    if not own or not given:
        return []
    # best[end]: price of the groups so far when they cover own[:end], and where each begins
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    if goes_on:
        best.update({end: (0.0, ()) for end in range(1, len(own)) if not own[end - 1].outer})
    prices = _Prices(own)
    for place, cell in enumerate(given):
        coming: dict[int, tuple[float, tuple[int, ...]]] = {}
        last = place + 1 == len(given)
        centre = sum(cell.outer) / len(cell.outer)
        for start, (price, chain) in best.items():
            for end in (len(own),) if last else range(start + 1, len(own)):
                cost = price + prices.of(start, end, cell)
                if end > start and cost < coming.get(end, (float("inf"), ()))[0]:
                    coming[end] = (cost, (*chain, start))
                if cost > _HOPELESS + price and own[end - 1].last > centre + _HIGHEST:
                    break  # nothing below comes nearer
        best = without_hopeless(coming)
    chain = best.get(len(own), (0.0, ()))[1]
    return [(cell, own[start]) for cell, start in zip(given, chain, strict=False)]


def without_hopeless(
    ways: dict[int, tuple[float, tuple[int, ...]]],
) -> dict[int, tuple[float, tuple[int, ...]]]:
    """The ways to part rows so far, by where they end, without those far behind the best: long pages have many."""
    limit = min((price for price, _ in ways.values()), default=0.0) + _HOPELESS
    return {end: way for end, way in ways.items() if way[0] <= limit}


def price_of_group(rows: Sequence[MergedRow], cell: MergedRow) -> float:
    """How far the cell is from the middle of the rows, and whether their days go back."""
    return _Prices(rows).of(0, len(rows), cell)


class _Prices:
    """What groups of these rows cost, whatever their size; sums are made once, so that long pages take no longer."""

    def __init__(self, rows: Sequence[MergedRow]) -> None:
        self.rows = rows
        self.back = _sum_back(rows)
        self.outer = list(accumulate((bool(row.outer) for row in rows), initial=0))
        self.places = {id(row): place for place, row in enumerate(rows)}

    def of(self, start: int, end: int, cell: MergedRow) -> float:
        """What rows[start:end] cost as those of this cell."""
        if end <= start:
            return float("inf")
        first, last = self.rows[start], self.rows[end - 1]
        middle = (first.first + last.last) / 2
        centre = sum(cell.outer) / len(cell.outer)
        if end - start == 1 and set(cell.outer) & set(first.own):
            middle = centre  # both stand in the middle of one row
        has_cell = start <= self.places.get(id(cell), -1) < end
        strangers = self.outer[end] - self.outer[start] - has_cell
        return (middle - centre) ** 2 + BACK * (self.back[end - 1] - self.back[start] + 4 * strangers)


def count_back(rows: Sequence[MergedRow]) -> int:
    """How often a row's month or day is earlier than that of the row above it."""
    return _sum_back(rows)[-1] if rows else 0


def _sum_back(rows: Sequence[MergedRow]) -> list[int]:
    """For each row how often days go back from the first row to it."""
    return list(accumulate((_is_before(below, above) for above, below in pairwise(rows)), initial=0))


def _is_before(below: MergedRow, above: MergedRow) -> bool:
    """Whether a row's month or day is earlier than that of the one above; 7月 below 7月 3日 is not."""
    common = min(len(below.key), len(above.key))
    return below.key[:common] < above.key[:common]


def _is_centred(rows: Sequence[MergedRow], groups: Sequence[tuple[MergedRow, MergedRow]]) -> bool:
    """Whether merged cells stand in the middle of their rows in this table."""
    first = next((row for row in rows if row.key), None)
    if first is None:
        return False
    if not first.outer or (first.own and min(first.outer) > max(first.own)):
        return True
    moved = [(place, start) for place, start in groups if place is not start]
    return any(not (place.own or place.has_text) for place, _ in moved) or _goes_back(rows)


def _goes_back(rows: Sequence[MergedRow]) -> bool:
    """Whether days go back between rows that a cell at their top would hold."""
    pairs = pairwise(rows)
    return any(_is_before(below, above) and not below.outer for above, below in pairs)
