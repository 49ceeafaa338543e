"""Finds the parts of dates that stand in columns of their own as bare numbers: `1926  昭和   2   8   7  text`.

Takes the written rows of all pages. Gives for each row where its era, year, month and day stand, and where its
text begins; numbers of a row that leaves parts out are told by their place. Reads no rules. The grid of a page
cannot tell such columns: they are a blank apart, seldom filled, and move with what stands before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline import chars
from pipeline.read.rows import Row
from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_columns import Measure, indent_of
from pipeline.read.spacing_cut import Cut
from pipeline.read.spacing_datewords import (
    NEAR,
    ROLES,
    Part,
    away,
    find_columns,
    read_parts,
    tell_by_order,
    tell_by_place,
)

_LEAST = 4  # rows with a date
_SHARE = 0.9  # of the rows that must be read so
_BARE = 0.5  # of the numbers that stand without 年, 月 and 日
_FLUSH = 0.75  # of the texts that begin at one place
_APART = 0.1  # of the dates: lines between them that begin left of the texts
_WIDER = 8  # places by which heads, full-width all of them, may reach further than the dates below
_PARTS = 3  # of a date that has no text beside it, outside the rows that have one
_NEAR_LINES = 4  # lines from the rows with texts to one without a text above or below them
_HEADS = 3  # rows above the first date among which the heads of the columns stand


@dataclass(frozen=True, slots=True)
class DateParts:
    """The parts of the dates of a text by the row's start, and where the texts behind them begin.

    `columns` are the roles that occur, from left to right; `left` is the place where texts begin at the earliest.
    """

    columns: tuple[str, ...]
    parts: Mapping[int, tuple[Part, ...]]
    texts: Mapping[int, int]
    measure: Measure
    left: float
    begin: int  # where the first row with a date starts
    is_bare: bool  # most numbers stand without 年, 月 and 日
    misfit: float  # places by which parts and texts stand beside their columns, in all

    def without(self, row: Row) -> Row:
        """The row with blanks in the place of its date, as wide as the date was."""
        end = self.texts.get(row.start, 0)
        return replace(row, text="".join(map(_blank, row.text[:end])) + row.text[end:])

    def with_texts(self, rows: Mapping[int, Row]) -> frozenset[int]:
        """The starts of the rows that have a text, where texts begin, behind their date."""
        places = {start: self.measure(rows[start].text)[text] for start, text in self.texts.items()}
        return frozenset(start for start, place in places.items() if abs(place - self.left) <= NEAR)

    def into(self, block: Block, rows: Mapping[int, Row]) -> Block:
        """The block of rows without dates with the columns of the dates before its own."""
        first = len(self.columns)
        cuts = tuple(self._cut(cut, rows[cut.row.start], first) for cut in block.cuts)
        return replace(block, columns=max(block.columns, 1) + first, cuts=cuts, dated=first)

    def _cut(self, cut: Cut, row: Row, first: int) -> Cut:
        cells = {column + first: place for column, place in cut.cells.items()}
        indents = {column + first: indent for column, indent in cut.indents.items()}
        place = indent_of(row, self.measure)
        is_text = place >= self.left - NEAR if row.start > self.begin else place == self.left
        if not cells and (is_text or row.start in self.parts):
            end = self.texts.get(row.start, 0)
            body = row.text[end:].strip()
            if body:
                start = row.text.index(body, end)
                cells, indents = {first: (row.start + start, row.start + start + len(body))}, {first: 0.0}
        elif not is_text and row.start not in self.parts:
            return Cut(row, {}, {}, cut.blank_before)
        for part in self.parts.get(row.start, ()):
            column = self.columns.index(part.role)
            cells[column] = (row.start + part.start, row.start + part.end)
            indents[column] = 0.0
        return Cut(row, dict(sorted(cells.items())), indents, cut.blank_before)


def roles_of(parts: Sequence[Part]) -> set[str]:
    """The roles of these parts."""
    return {part.role for part in parts}


def find_date_parts(rows: Sequence[Row], measure: Measure) -> DateParts | None:
    """The parts of the dates of these rows; None where dates are written in another way, or not in columns."""
    read = {row.start: prefix for row in rows if (prefix := read_parts(row.text)) is not None}
    places = {row.start: measure(row.text) for row in rows if row.start in read}
    begin_of_texts, _ = _in_columns([row for row in rows if row.start in read], read, places)
    read = {start: _before(parts, places[start], begin_of_texts) for start, parts in read.items()}
    left, dated = _in_columns([row for row in rows if row.start in read], read, places)
    is_bare = _are_bare([read[row.start][0] for row in dated]) if len(dated) >= _LEAST else None
    if is_bare is None:
        return None
    known = tell_by_order([read[row.start][0] for row in dated])
    columns = find_columns(zip((places[row.start] for row in dated), known, strict=True))
    told = (
        (row.start, tell_by_place(parts, places[row.start], columns))
        for row, parts in zip(dated, known, strict=True)
    )
    found = _move_dittos({start: parts for start, parts in told if parts is not None})
    roles = tuple(role for role in ROLES if any(role in roles_of(parts) for parts in found.values()))
    inner = [row for row in rows if dated[0].start < row.start < dated[-1].start and row.start not in found]
    if len(found) < _SHARE * len(dated) or len(roles) < 3 or "month" not in roles:
        return None
    texts = {start: read[start][1] for start in found}
    starts = [places[start][text] for start, text in texts.items() if text < len(places[start]) - 1]
    apart = sum(indent_of(row, measure) < min((left, *starts)) - NEAR for row in inner)
    if apart > (_APART * len(dated) if is_bare else 0):
        return None
    misfit = sum(abs(start - left) for start in starts) + sum(
        away(part, places[start], columns[part.role]) for start, parts in found.items() for part in parts
    )
    begin = dated[0].start
    heads = _heads(rows, begin, roles, columns, left, measure)
    texts = {**texts, **heads[1]}
    return DateParts(roles, {**found, **heads[0]}, texts, measure, left, begin, is_bare, misfit)


def _move_dittos(dates: Mapping[int, tuple[Part, ...]]) -> dict[int, tuple[Part, ...]]:
    """The dates; where month and day are one word (4.1), a sign alone in their place stands for both."""
    months = [
        part for parts in dates.values() for part in parts if part.role == "month" and not part.is_ditto
    ]
    if 2 * sum(part.has_dot for part in months) <= len(months):
        return dict(dates)
    return {
        start: (*parts[:-1], replace(parts[-1], role="day"))
        if parts[-1].is_ditto and parts[-1].role == "month"
        else parts
        for start, parts in dates.items()
    }


def _before(
    parts: tuple[tuple[Part, ...], int], places: Sequence[int], left: float
) -> tuple[tuple[Part, ...], int]:
    """The parts of a row and where its text begins, without a 〃 that stands where other rows have their text."""
    late = left - NEAR if left else len(places)
    kept = tuple(part for part in parts[0] if not (part.is_ditto and places[part.start] >= late))
    behind = parts[0][len(kept) :]
    return (kept, behind[0].start) if kept and behind else parts


def _in_columns(
    dated: Sequence[Row], read: Mapping[int, tuple[Sequence[Part], int]], places: Mapping[int, Sequence[int]]
) -> tuple[float, list[Row]]:
    """Where the texts behind dates begin, and the rows whose texts do, with those between them that have none.

    Without the day of issue above, and the rows of a statistic below; none where texts begin here and there.
    """
    text = {row.start: read[row.start][1] for row in dated}
    begins = {
        row.start: places[row.start][text[row.start]] for row in dated if text[row.start] < len(row.text)
    }
    if not begins:
        return 0.0, []
    usual = max(
        sorted(set(begins.values())),
        key=lambda place: sum(abs(each - place) <= NEAR for each in begins.values()),
    )
    tight = {row.start for row in dated if text[row.start] - read[row.start][0][-1].end == 1}
    inside = {start for start, place in begins.items() if abs(place - usual) <= NEAR * (1 + (start in tight))}
    first, last = min(inside), max(inside)
    lines = [row.number for row in dated if row.start in (first, last)]

    def near(row: Row) -> bool:
        return min(abs(row.number - line) for line in lines) <= _NEAR_LINES

    kept = [
        row
        for row in dated
        if row.start in inside
        or (first < row.start < last)
        or (row.start not in begins and near(row) and _is_aligned(row.start, inside, read, places))
    ]
    if len(inside) < _FLUSH * sum(row.start in begins for row in kept):
        return 0.0, []
    return float(median(begins[start] for start in inside)), kept


def _is_aligned(
    start: int,
    inside: Iterable[int],
    read: Mapping[int, tuple[Sequence[Part], int]],
    places: Mapping[int, Sequence[int]],
) -> bool:
    """Whether a date without a text beside it, above or below all that have one, starts where those do."""
    first = places[start][read[start][0][0].start]
    bare = [part for part in read[start][0] if not part.has_unit and not part.has_dot]
    return len(bare) >= _PARTS and any(
        abs(places[other][read[other][0][0].start] - first) <= NEAR for other in inside
    )


def _blank(sign: str) -> str:
    return " " if chars.width(sign) < 1 else "\u3000"


def _are_bare(dates: Sequence[Sequence[Part]]) -> bool | None:
    """Whether most numbers stand without their units; None where dates have not several parts."""
    numbers = [
        part for parts in dates for part in parts if part.role not in ("western", "era") and not part.is_ditto
    ]
    bare = sum(not part.has_unit for part in numbers)
    several = sum(len(parts) > 1 for parts in dates)
    dotted = [part.has_dot for parts in dates for part in parts if part.role == "year"]  # 昭和 16. 4. 1
    if several < _BARE * len(dates) or sum(dotted) >= _BARE * max(1, len(dotted)):
        return None
    return bare >= _BARE * max(1, len(numbers))


def _heads(
    rows: Sequence[Row],
    first: int,
    roles: Sequence[str],
    columns: Mapping[str, tuple[float, float]],
    left: float,
    measure: Measure,
) -> tuple[dict[int, tuple[Part, ...]], dict[int, int]]:
    """The head words above the columns of the dates, each as a part of the column below it."""
    place = next(place for place, row in enumerate(rows) if row.start == first)
    for row in rows[max(0, place - _HEADS) : place]:
        places = measure(row.text)
        words = [(word.start(), word.end()) for word in re.finditer(r"[^\s\u3000]+", row.text)]
        over = [word for word in words if places[word[0]] < left - NEAR and places[word[1]] <= left + NEAR]
        if len(words) == len(roles) + 1 and places[words[-2][1]] <= left + _WIDER:
            over = words[:-1]  # a head for each column, the last one right before that of the texts
        if len(over) < 2 or len(over) == len(words) or any(sign.isdigit() for sign in row.text):
            continue
        parts = tuple(_over(over, places, roles, columns))
        if parts:
            return {row.start: parts}, {row.start: words[len(parts)][0]}
    return {}, {}


def _over(
    words: Sequence[tuple[int, int]],
    places: Sequence[int],
    roles: Sequence[str],
    columns: Mapping[str, tuple[float, float]],
) -> Iterator[Part]:
    """A part for each head word: in the nearest column that is still free, from left to right."""
    free = list(roles)
    for number, (start, end) in enumerate(words):
        choice = free[: len(free) - (len(words) - number - 1)] or free[:1]
        if not choice:
            return
        middle = (places[start] + places[end]) / 2
        role = min(choice, key=lambda name: abs(sum(columns.get(name, (0.0, 0.0))) / 2 - middle))
        free = free[free.index(role) + 1 :]
        yield Part(role, start, end)
