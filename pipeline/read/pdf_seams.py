"""Upright edges that nobody drew: where the lines under the cells of a table meet end to end, height after height.

A browser or a word processor draws a table with lines between its rows only cell by cell, so that the ends of the lines
say where columns meet. Takes the ruling lines of a page. Gives upright lines in those places, from line to line.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, groupby, pairwise

from pipeline.read.pdf_cues import goes_on_below, goes_on_from_above, is_date_part, is_year
from pipeline.read.pdf_ink import Rule
from pipeline.read.pdf_lines import Ink
from pipeline.read.spacing_areawords import are_dates

_SAME = 1.5  # points: lines that near are on one height, ends that near are one place
_FEWEST = 2  # heights at which lines end in one place, such places of a small table, filled cells of a row
_ENOUGH = 3  # heights that make one such place enough
_CLOSE = 0.8  # of the em: lines of text that are nearer belong to one row, at a line's end as well
_HEAD = 2  # lines down to which the uprights of a head reach
_MANY = 3  # pieces in each of the first two columns that are those of several rows
_SELDOM = 0.1  # of the rows, which may list two dates
_YEARS = 0.8  # of the rows
_DIGIT = re.compile("[0-9０-９元]")
_WIDEST = 0.5  # points by which ends that meet are apart

Height = tuple[float, tuple[tuple[float, float], ...]]  # its place, and left and right end of each line there


def find_seams(rules: Sequence[Rule], rows: Callable[[], Sequence[Sequence[Ink]]]) -> list[Rule]:
    """Upright lines where the level lines of a page meet end to end; none where upright ones are drawn.

    `rows` gives the page's pieces of text by height, asked for only where such a table is found: its first or last
    row may have no line beyond it, and gets one.
    """
    rows = cache(rows)
    level = [rule for rule in rules if rule.top == rule.bottom]
    upright = [rule for rule in rules if rule.top != rule.bottom]
    found: list[Rule] = []
    for heights in _tables(_heights(level)):
        left, right = _extent(heights)
        drawn = [
            rule for rule in upright if left - _SAME <= rule.x0 <= right + _SAME and _crosses(rule, heights)
        ]
        if drawn:
            found += _below_head(heights, drawn, rows)
            continue
        places = _meeting_places(heights)
        if places:
            ends = _open_ends(heights, places, rows())
            if ends is None or not _part_rows(heights := sorted([*heights, *ends]), places, rows()):
                continue
            heights = [*_between_dates(heights, (left, *places, right), rows())]
            found += [Rule(x0, top, x1, top) for top, lines in heights for x0, x1 in lines]
            found += [seam for place in (left, *places, right) for seam in _draw(place, heights)]
    return found


def _below_head(
    heights: Sequence[Height], drawn: Sequence[Rule], rows: Callable[[], Sequence[Sequence[Ink]]]
) -> list[Rule]:
    """The upright lines of a head, drawn down between the lines under its table, which has none."""
    bottom = max(rule.bottom for rule in drawn)
    left, right = _extent(heights)
    body = [(top, lines) for top, lines in heights if top >= bottom - _SAME]
    places = sorted({round(rule.x0) for rule in drawn if left + _SAME < rule.x0 < right - _SAME})
    is_head = bottom <= heights[min(_HEAD, len(heights) - 1)][0] + _SAME and len(body) > _MANY
    if not is_head or not places or not _part_rows(body, places, rows()):
        return []
    across = [
        (row[0].base, piece) for row in rows() for piece in row if body[0][0] < row[0].base < body[-1][0]
    ]
    return [
        Rule(place, top, place, below)
        for (top, _), (below, _) in pairwise(body)
        for place in (left, *places, right)
        if not any(
            top < base < below and piece.x0 + _SAME < place < piece.x1 - _SAME for base, piece in across
        )
    ]


def _open_ends(
    heights: Sequence[Height], places: Sequence[float], rows: Sequence[Sequence[Ink]]
) -> list[Height] | None:
    """Lines above the first row and below the last one, where text stands in the columns beyond what is drawn.

    None where several rows stand below the last line: those above them only part a head from its table.
    """
    top, bottom = heights[0][0], heights[-1][0]
    above, _ = _reach([row for row in reversed(rows) if row[0].base < top], heights[0], places)
    below, is_one = _reach([row for row in rows if row[0].top > bottom - _SAME], heights[-1], places)
    if not is_one:
        return None
    left, right = _extent(heights)
    whole = tuple(pairwise((left, *places, right)))
    return [(place, whole) for place in (above, below) if place]


def _part_rows(heights: Sequence[Height], places: Sequence[float], rows: Sequence[Sequence[Ink]]) -> bool:
    """Whether the lines part row from row, not only year from year: hardly two of them hold several dates."""
    tops = [top for top, _ in heights]
    held: dict[int, dict[int, list[str]]] = {}
    for row in rows:
        between = bisect(tops, row[0].base)
        if 0 < between < len(tops):
            _fill(held.setdefault(between, {}), row, places)
    several = sum(_hold_several(cells, len(places)) for cells in held.values())
    return len(held) > 1 and (several <= _SELDOM * len(held) or _part_years(list(held.values())))


def _part_years(rows: Sequence[Mapping[int, Sequence[str]]]) -> bool:
    """Whether each row is a year, said in a column of its own, and its dates stand with their texts in the next one."""
    dated = [cells for cells in rows if _DIGIT.search("".join(chain.from_iterable(cells.values())))]
    years = sum(
        bool(cells.get(0)) and all(map(is_year, cells[0])) and not all(map(are_dates, cells.get(1, ())))
        for cells in dated
    )
    return years >= max(_FEWEST, _YEARS * len(dated))


def _between_dates(
    heights: Sequence[Height], edges: Sequence[float], rows: Sequence[Sequence[Ink]]
) -> Iterator[Height]:
    """The heights; one that parts the texts of a year parts the dates beside them, too, which have no line of their own."""
    tops = [top for top, _ in heights]
    held: dict[int, dict[int, list[str]]] = {}
    for row in rows:
        _fill(held.setdefault(bisect(tops, row[0].base), {}), row, edges[1:-1])
    for place, (top, lines) in enumerate(heights):
        above, below = held.get(place, {}), held.get(place + 1, {})
        missing = [
            (left, right)
            for column, (left, right) in enumerate(pairwise(edges))
            if not any(x0 <= left + _SAME and right - _SAME <= x1 for x0, x1 in lines)
            and _count_dates((*above.get(column, ())[-1:], *below.get(column, ())[:1])) > 1
        ]
        yield top, tuple(sorted({*lines, *missing}))


def _fill(cells: dict[int, list[str]], row: Sequence[Ink], places: Sequence[float]) -> None:
    """Adds what each column of the row says to its cell."""
    for column, pieces in groupby(row, lambda piece: bisect(places, piece.x0 + _SAME)):
        cells.setdefault(column, []).append(" ".join(piece.text for piece in pieces))


def _hold_several(cells: Mapping[int, Sequence[str]], last: int) -> bool:
    """Whether between two lines several dates stand in one column, or several pieces in each of the first two."""
    if min(len(cells.get(0, ())), len(cells.get(1, ()))) >= _MANY:
        return True
    return any(column < last and _count_dates(said) > 1 for column, said in cells.items())


def _count_dates(said: Sequence[str]) -> int:
    """The dates of a cell that stand there alone; a year above its day, and the end of a period, begin none."""
    said = [text for text in said if are_dates(text)]
    above = ("", *said)
    return sum(
        not goes_on_from_above(text)
        and text[0] not in "年月日"
        and not (before and is_date_part(text) and before[-1] != text[-1])
        and not goes_on_below(before or ".")
        and not (is_year(before) and not is_year(text))
        for before, text in zip(above, said, strict=False)
    )


def _reach(rows: Sequence[Sequence[Ink]], height: Height, places: Sequence[float]) -> tuple[float, bool]:
    """How far a row without a line beyond it reaches, 0 for none; and whether no other row follows closely.

    It fills the first column that has a line there: above and below others a merged cell goes on.
    """
    edge, lines = height
    place, cells = edge, dict[int, list[str]]()
    first = bisect(places, lines[0][0] + _SAME)
    for row in rows:
        near = min(abs(row[0].top - place), abs(row[0].bottom - place))
        if near > _CLOSE * row[0].size or any(
            piece.x0 + _SAME < x < piece.x1 - _SAME for piece in row for x in places
        ):
            break
        _fill(tried := {column: list(said) for column, said in cells.items()}, row, places)
        if _hold_several(tried, len(places)):
            return place, False
        cells = tried
        place = row[0].top - _SAME if row[0].base < edge else row[0].bottom + _SAME
    return (place if first in cells and len(cells) >= _FEWEST else 0.0), True


def _heights(level: Sequence[Rule]) -> list[Height]:
    grouped: list[list[Rule]] = []
    for rule in sorted(level, key=lambda rule: rule.top):
        if grouped and rule.top - grouped[-1][0].top <= _SAME:
            grouped[-1].append(rule)
        else:
            grouped.append([rule])
    return [(group[0].top, tuple(sorted({(rule.x0, rule.x1) for rule in group}))) for group in grouped]


def _tables(heights: Sequence[Height]) -> Iterator[list[Height]]:
    """The heights of each table: those that follow each other and whose lines end in the same places, or in some of them."""
    table: list[Height] = []
    for height in heights:
        if table and not _share_ends(table[-1], height):
            yield table
            table = []
        table.append(height)
    if table:
        yield table


def _share_ends(above: Height, below: Height) -> bool:
    fewer, more = sorted(
        ({end for line in lines for end in line} for _, lines in (above, below)), key=lambda ends: len(ends)
    )
    return all(any(abs(one - other) <= _SAME for other in more) for one in fewer)


def _extent(heights: Sequence[Height]) -> tuple[float, float]:
    return min(lines[0][0] for _, lines in heights), max(lines[-1][1] for _, lines in heights)


def _crosses(upright: Rule, heights: Sequence[Height]) -> bool:
    return any(upright.top - _SAME <= top <= upright.bottom + _SAME for top, _ in heights)


def _meeting_places(heights: Sequence[Height]) -> list[float]:
    """The places where lines meet, and at most heights that have a line there one ends; none for a page of few lines."""
    found: dict[float, int] = {}
    for place in _meets(heights):
        ends = sum(any(abs(end - place) <= _SAME for line in lines for end in line) for _, lines in heights)
        over = sum(any(x0 < place - _SAME and place + _SAME < x1 for x0, x1 in lines) for _, lines in heights)
        if ends >= _FEWEST and ends >= over:
            found[place] = ends
    many = len(found) >= _FEWEST or max(found.values(), default=0) >= _ENOUGH
    return sorted(found) if many else []


def _meets(heights: Sequence[Height]) -> list[float]:
    """The places where a line ends and the next one begins."""
    places: list[float] = []
    for place in sorted(
        (before[1] + after[0]) / 2
        for _, lines in heights
        for before, after in pairwise(lines)
        if abs(after[0] - before[1]) <= _WIDEST
    ):
        if not places or place - places[-1] > _SAME:
            places.append(place)
    return places


def _draw(place: float, heights: Sequence[Height]) -> Iterator[Rule]:
    """An upright line from each height to the next, but for a cell that reaches over the place."""
    for (top, above), (bottom, below) in pairwise(heights):
        if not any(left + _SAME < place < right - _SAME for left, right in (*above, *below)):
            yield Rule(place, top, place, bottom)
