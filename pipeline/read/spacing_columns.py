"""Finds the columns of a page of text whose columns are kept apart by blanks.

Takes the rows of a page. Gives a `Grid`, the place where each column starts, and cuts rows by it.
A column starts behind a gutter: places that stay blank in nearly all rows, with text on both sides.
Places are counted in characters (as pdftotext -layout does) or in half-widths (as people do).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from pipeline import chars
from pipeline.read.rows import Row
from pipeline.read.spacing_tight import ERA_AND_DOTS, WORD, find_tight, is_date_text

Measure = Callable[[str], list[int]]
# Places of a word's start and end, offsets of its start and end in the row, and what it is: a small number
# or a year, a month or day with its sign, or anything else.
Word = tuple[int, int, int, int, str]
_DATED_WORD = re.compile(rf"(?<![^\s\u3000]){ERA_AND_DOTS}[^\s\u3000]*|[^\s\u3000]+")
_DIGIT = re.compile(r"[0-9０-９]")
_NUMBER = re.compile(r"[0-9０-９]{1,2}|元|[^\W\d_]{0,2}(?:[0-9０-９]{1,4}|元)年")
JUT = 3  # places by which a text starts too far to the left
_SIGNED = re.compile(r"[0-9０-９]{1,2}[月日]")
_HEADS = 4  # rows among which heads of columns stand, above the first number
_SHORT = 2  # characters of a word in a narrow column
_WIDEST = 400  # places beyond which no column starts


@dataclass(frozen=True, slots=True)
class Grid:
    """Gutters as (first blank place, start of the next column), from left to right."""

    gutters: tuple[tuple[int, int], ...]

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.gutters) + 1


def by_character(text: str) -> list[int]:
    """The place of each character and of the end, one for one."""
    return list(range(len(text) + 1))


def by_width(text: str) -> list[int]:
    """The place of each character and of the end, in half-widths."""
    return list(accumulate(map(_half_widths, text), initial=0))


@cache
def _half_widths(sign: str) -> int:
    return int(2 * chars.width(sign))


def find_grid(rows: Sequence[Row], measure: Measure, least: int) -> Grid | None:
    """The columns of these rows, or None. `least` is how many rows must have text on both sides."""
    kept = drop_heads(rows)
    words = [_words(row, measure) for row in kept]
    if len(words) < 2:
        return None
    ink = _ink(words, [find_tight(row.text) for row in kept])
    alone = [row[-1][1] for row, each in zip(words, kept, strict=True) if is_date_text(each.text.strip())]
    allowed = max(1, int(0.08 * len(words))) if len(words) >= 8 else 0
    left = min((row[0][0] for row in words if row), default=0)
    gutters: list[tuple[int, int]] = []
    start = None
    for place in range(left, len(ink)):
        if ink[place] <= allowed:
            start = place if start is None else start
        elif start is not None:
            if place - start >= 2 and _parts(words, start, place, least, sum(end <= start for end in alone)):
                gutters.extend(_part_at_words(words, start, place))
            elif place - start == 1 and _ends_numbers(words, start, place, least):
                gutters.append((start, place))
            start = None
    if all(end - start == 1 for start, end in gutters):
        return None  # single blanks alone are those of a line of text
    return Grid(tuple(gutters))


def drop_heads(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without heads of columns and spaced titles above the first number: they may be set closer than text."""
    first = next((place for place, row in enumerate(rows[:_HEADS]) if _DIGIT.search(row.text)), 0)
    return [row for place, row in enumerate(rows) if place >= first or len(WORD.findall(row.text)) < 3]


def has_number(row: Row) -> bool:
    """Whether a digit stands in the row: below the first one there are no heads."""
    return bool(_DIGIT.search(row.text))


def _words(row: Row, measure: Measure) -> list[Word]:
    places = measure(row.text)
    return [
        (places[found.start()], places[found.end()], *found.span(), _tell(found[0]))
        for found in _DATED_WORD.finditer(row.text)
    ]


def _tell(word: str) -> str:
    if _NUMBER.fullmatch(word):
        return "number"
    return "signed" if _SIGNED.fullmatch(word) else ""


def _ink(words: Sequence[Sequence[Word]], tight: Sequence[int]) -> list[int]:
    """How many rows have text at each place; a text one blank behind a long date starts too far to the left."""
    width = min(_WIDEST, max((row[-1][1] for row in words if row), default=0))
    steps = [0] * (width + 1)
    for row, offset in zip(words, tight, strict=True):
        for start, end, first, *_ in row:
            begin = min(start + JUT, end) if offset and first == offset else start
            if begin < width:
                steps[begin] += 1
                steps[min(end, width)] -= 1
    total, ink = 0, []
    for step in steps[:-1]:
        total += step
        ink.append(total)
    return ink


def _both_sides(
    words: Sequence[Sequence[Word]], start: int, end: int
) -> Iterator[tuple[list[Word], list[Word]]]:
    """The words left and right of the gutter, for each row with text behind it and none in it."""
    for row in words:
        before = [word for word in row if word[1] <= start]
        behind = [word for word in row if word[0] >= end]
        if behind and len(before) + len(behind) == len(row):
            yield before, behind


def _parts(words: Sequence[Sequence[Word]], start: int, end: int, least: int, alone: int) -> bool:
    """Whether rows have text on both sides of the gutter, and text starts right behind it.

    `alone` are the rows with nothing but a date, left of it: where dates stand in the middle of tall rows, few
    rows have a text beside theirs.
    """
    parted = wide = aligned = right = 0
    for before, behind in _both_sides(words, start, end):
        right += 1
        aligned += behind[0][0] <= end + 1
        if before:
            parted += 1
            wide += behind[0][2] - before[-1][3] >= 2
    has_left = any(word[1] <= start for row in words for word in row)
    stands = aligned >= 0.4 * right or _is_narrow(words, start, end)
    enough = parted + (alone if parted else 0) >= least
    return has_left and enough and wide >= 0.5 * parted and stands


def _part_at_words(words: Sequence[Sequence[Word]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The gutter; two of them where short words stand in it, one above the other: a column seldom filled.

    So 昭和, 平成 and 令和 stand once each between the years 1947, 1948 … and 22, 23 …, too few to be seen as text.
    """
    inside = []
    for row in words:
        for before, word, behind in zip(row, row[1:], row[2:], strict=False):
            is_word = word[3] - word[2] == _SHORT  # one sign behind a blank is part of a date: 10 月 14 日
            stands_apart = word[2] - before[3] >= (1 if is_word else 2) and behind[2] - word[3] >= 2
            if start < word[0] and word[1] < end and stands_apart and word[4] != "signed":
                inside.append(word)
    left = min((word[0] for word in inside), default=0)
    right = max((word[1] for word in inside), default=0)
    if not inside or any(word[0] > left + 1 or word[3] - word[2] > _SHORT for word in inside):
        return ((start, end),)
    return (start, left), (right, end)


def _ends_numbers(words: Sequence[Sequence[Word]], start: int, end: int, least: int) -> bool:
    """Whether a single blank parts numbers (days, months) from a column of numbers, or from text behind it.

    Text starts right behind the blank, and the numbers before it are set to the right.
    """
    parted = left = flush = right = aligned = long = numbers = 0
    for before, behind in _both_sides(words, start, end):
        right += 1
        first = behind[0]
        aligned += first[0] == end
        long += first[3] - first[2] > _SHORT  # 1 月 1 日 is one date
        if before:
            parted += 1
            left += bool(before[-1][4])
            flush += before[-1][1] == start
            numbers += before[-1][4] == first[4] == "number" and first[0] <= end + 1
    if parted < max(least, 3) or left < 0.8 * parted:
        return False
    is_text = flush >= 0.6 * parted and aligned >= 0.9 * right and long >= 0.5 * right
    return is_text or numbers >= 0.8 * parted


def _is_narrow(words: Sequence[Sequence[Word]], start: int, end: int) -> bool:
    """Whether what starts right behind the gutter is a column of short words, filled only where they change.

    So the era stands beside its years: `1926  昭和  2  8  7`, and nothing in its place in the years after.
    """
    here = [word for row in words for word in row if end <= word[0] <= end + 1]
    widest = max((word[1] for word in here), default=0)
    inside = sum(1 for row in words for word in row if word[0] < widest and word[1] > end)
    before = sum(1 for row in words if any(word[1] <= start for word in row))
    short = all(word[3] - word[2] <= _SHORT for word in here)
    return len(here) >= 2 and short and inside == len(here) and before >= 0.5 * len(words)


def indent_of(row: Row, measure: Measure) -> int:
    """The place where the row's text begins."""
    return measure(row.text)[len(row.text) - len(row.text.lstrip())]
