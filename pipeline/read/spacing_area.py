"""Finds the columns left of the texts by what their words say: years, months and days, each in a place of its own.

Takes the written rows of all pages. Gives the `Area` of each page: every word left of the texts that a date may
hold, in columns that are told by what stands below one another, and not by blanks between them. A narrow cell may
have broken its date over lines, and a year may stand in the middle of its rows. Reads no rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.read.rows import Row
from pipeline.read.spacing_areawords import (
    DATE,
    DAY,
    MONTH,
    MONTH_DAY,
    NUMBER,
    OTHER,
    UNIT,
    WESTERN,
    YEAR,
    Piece,
    join_words,
    kind_of,
    may_be_date,
    part_month,
    plain,
)
from pipeline.read.spacing_columns import Measure
from pipeline.read.spacing_tight import WORD

_LEAST = 4  # rows with a date and a text
_SHARE = 0.6  # of the rows with a date whose text starts at one place
_APART = 4  # places among which the texts of one column start
_FEW = 0.1  # of them that may start further to the left
_TELLING = (WESTERN, YEAR, MONTH, MONTH_DAY, DATE)  # what numbers alone are not
_ALONE = 2  # months, and days, that stand alone in their column
_MOST = 0.8  # of its pieces that are months, days or both
_NEARLY_ALL = 0.9  # of the days
_ENOUGH = 12  # pieces, of which one may stand in a gutter
_STRAYS = 0.05  # of the pieces may stand in a gutter
_COUNT = re.compile(r"[0-9][0-9,.]*[人戸世帯%％]*")
_LISTED = re.compile(r"[(]?[0-9]{1,2}[.)]?")


@dataclass(frozen=True, slots=True)
class Area:
    """The dates of one page: pieces by the row's start, each with its column, and where the texts begin."""

    left: int
    pieces: Mapping[int, tuple[tuple[int, Piece], ...]]
    texts: Mapping[int, int]  # where the text begins in a row with a date
    spans: Mapping[int, tuple[int, int]]  # the places that the pieces of each column cover


@dataclass(frozen=True, slots=True)
class _Read:
    """A row: its words, and how many from the left on may be of a date."""

    row: Row
    words: tuple[Piece, ...]
    dated: int


def find_areas(pages: Sequence[Sequence[Row]], measure: Measure) -> tuple[tuple[str, ...], list[Area]] | None:
    """What each column of dates holds, and the dates of each page; None where no page has a place for texts."""
    read = [[_read(row, measure) for row in page] for page in pages]
    lefts = [_find_left(page) for page in read]
    usual = Counter(left for left in lefts if left is not None).most_common(1)
    if not usual:
        return None
    cut = [
        _join_years(_part_months(_cut_page(page, usual[0][0] if left is None else left)))
        for page, left in zip(read, lefts, strict=True)
    ]
    names = max(
        (page.kinds for page in cut), key=lambda kinds: (len(kinds), sum(page.kinds == kinds for page in cut))
    )
    said = sum(kind_of(piece.text) in _TELLING for page in cut for _, _, piece in page.pieces)
    return (names, [page.area(names) for page in cut]) if names and said >= _LEAST else None


@dataclass(frozen=True, slots=True)
class _Page:
    """A page cut by its own columns of dates: what they hold, the pieces with their columns, and where texts begin."""

    left: int
    kinds: tuple[str, ...]
    pieces: tuple[tuple[int, int, Piece], ...]  # the row's start, the column, the piece
    texts: Mapping[int, int]

    def area(self, names: tuple[str, ...]) -> Area:
        """The page with the columns of all pages, each of its own the next of its kind."""
        columns = _match(self.kinds, names)
        held: dict[int, list[tuple[int, Piece]]] = {}
        spans: dict[int, tuple[int, int]] = {}
        for start, column, piece in self.pieces:
            held.setdefault(start, []).append((columns[column], piece))
            if kind_of(piece.text) in (UNIT, OTHER) and len(self.kinds) > 1:
                continue  # heads of columns, mostly
            first, last = spans.get(columns[column], (piece.left, piece.right))
            spans[columns[column]] = (min(first, piece.left), max(last, piece.right))
        pieces = {start: tuple(own) for start, own in held.items()}
        return Area(self.left, pieces, self.texts, dict(sorted(spans.items())))


def _join_years(page: _Page) -> _Page:
    """The page with years and days as one column, where nearly every day has its year one blank before it."""
    if page.kinds[:1] != (YEAR,) or len(page.kinds) < 2:
        return page
    rows: dict[int, list[tuple[int, Piece]]] = {}
    for start, at, piece in sorted(page.pieces, key=lambda each: each[2].start):
        rows.setdefault(start, []).append((at, piece))
    days = [own for own in rows.values() if any(at for at, _ in own)]
    beside = [own for own in days if own[0][0] == 0]
    tight = sum(second.start - first.end == 1 for (_, first), (_, second), *_ in beside)
    broken = sum(at == 0 and piece.text[:1] in ("(", "年") for _, at, piece in page.pieces)
    if broken > 1 or len(beside) < _NEARLY_ALL * len(days) or tight < _SHARE * len(beside):
        return page
    return replace(page, kinds=(DATE,), pieces=tuple((start, 0, piece) for start, _, piece in page.pieces))


def _part_months(page: _Page) -> _Page:
    """The page with months and days that share a column in columns of their own, where either stands alone here and there."""
    if not page.kinds:
        return page
    column = len(page.kinds) - 1
    last = [piece for _, at, piece in page.pieces if at == column]
    kinds = Counter(kind_of(piece.text) for piece in last)
    whole = sum(kinds[kind] for kind in (MONTH, DAY, MONTH_DAY))
    if (
        page.kinds[-1] not in (MONTH, DAY, MONTH_DAY)
        or min(kinds[MONTH], kinds[DAY]) < _ALONE
        or whole < _MOST * len(last)
    ):
        return page
    parted: list[tuple[int, int, Piece]] = []
    for start, at, piece in page.pieces:
        if at < column:
            parted.append((start, at, piece))
            continue
        month, day = part_month(piece)
        parted += [(start, column, month)] if month else []
        parted += [(start, column + 1, day)] if day else []
    return replace(page, kinds=(*page.kinds[:-1], MONTH, DAY), pieces=tuple(parted))


def _match(kinds: Sequence[str], names: Sequence[str]) -> list[int]:
    """For each column of a page the column of all pages: from left to right, of one kind where there is one."""
    columns: list[int] = []
    for at, kind in enumerate(kinds):
        first = columns[-1] + 1 if columns else 0
        last = max(first, len(names) - (len(kinds) - at))
        alike = [place for place in range(first, last + 1) if place < len(names) and names[place] == kind]
        columns.append(alike[0] if alike else min(first, len(names) - 1))
    return columns


def _cut_page(page: Sequence[_Read], left: int) -> _Page:
    pieces = list(_pieces([each for each in page if not _is_title(each, left)], left))
    spans = _columns([piece for _, piece in pieces if not piece.is_late])
    if not spans:
        return _Page(left, (), (), {})
    kinds, places = _kinds(spans, [piece for _, piece in pieces])
    placed = tuple((row.start, places[_nearest(spans, piece)], piece) for row, piece in pieces)
    ends: dict[int, int] = {}
    for row, piece in pieces:
        ends[row.start] = max(piece.end, ends.get(row.start, 0))
    texts = {
        each.row.start: next(
            (word.start for word in each.words if word.start >= ends[each.row.start]), len(each.row.text)
        )
        for each in page
        if each.row.start in ends
    }
    return _Page(left, kinds, placed, texts)


def _read(row: Row, measure: Measure) -> _Read:
    places = measure(row.text)
    words = tuple(
        Piece(*found.span(), plain(found[0]), places[found.start()], places[found.end()])
        for found in WORD.finditer(row.text)
    )
    dated = next((place for place, word in enumerate(words) if not may_be_date(word.text, place)), len(words))
    return _Read(row, words, dated)


def _find_left(page: Sequence[_Read]) -> int | None:
    """Where texts begin behind the dates of a page: they may start a few places apart, as dates before them do."""
    dated = [
        each
        for each in page
        if each.dated and each.dated < len(each.words) and not _COUNT.fullmatch(each.words[each.dated].text)
    ]
    starts = Counter(each.words[each.dated].left for each in dated)
    if not starts:
        return None
    shares = {place: sum(starts[place + step] for step in range(_APART)) for place in starts}
    best = max(sorted(shares), key=lambda place: (shares[place], -place))
    beside = sum(any(best <= word.left < best + _APART for word in each.words) for each in dated)
    if shares[best] < _LEAST or beside < _SHARE * len(dated):
        return None
    least = max(1, _FEW * shares[best])
    return next(place for place in range(best, best + _APART) if starts[place] >= least)


def _pieces(page: Sequence[_Read], left: int) -> Iterator[tuple[Row, Piece]]:
    """The pieces of dates that stand left of the texts; a number set to the right may stand where texts begin."""
    for each in page:
        words = [word for word in each.words[: each.dated] if word.left < left]
        behind = each.words[len(words) : len(words) + 1] if len(words) == each.dated - 1 else ()
        is_whole = sum(kind_of(word.text) == NUMBER for word in words) > 1
        follows = (DAY, NUMBER, UNIT) if words and kind_of(words[-1].text) == MONTH else (NUMBER, UNIT)
        if (
            words
            and behind
            and behind[0].left <= left + 1
            and kind_of(behind[0].text) in follows
            and not (is_whole and kind_of(behind[0].text) == NUMBER)
        ):
            yield each.row, replace(behind[0], is_late=True)
        for piece in join_words(each.row.text, words):
            yield each.row, piece


def _is_title(each: _Read, left: int) -> bool:
    """Whether a row that opens with a number goes on too far left to be of the table: 2  委員名簿, 1. 町史, 昭和30年 1,234."""
    opening, behind = each.words[: each.dated], each.words[each.dated :]
    if not opening or not behind:
        return False
    if all(_COUNT.fullmatch(word.text) for word in behind) and behind[0].left < left - _APART:
        return True  # a year beside counts: a row of a statistic
    return len(opening) == 1 and bool(_LISTED.fullmatch(opening[0].text)) and behind[0].left < left - _APART


def _columns(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """The stretches that pieces cover."""
    cover: Counter[int] = Counter()
    for piece in pieces:
        cover.update(range(piece.left, piece.right))
    most = max(int(len(pieces) >= _ENOUGH), int(_STRAYS * len(pieces)))
    spans: list[tuple[int, int]] = []
    for place in sorted(place for place, count in cover.items() if count > most):
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return spans


def _nearest(spans: Sequence[tuple[int, int]], piece: Piece) -> int:
    """The stretch that the piece shares most places with; the last one where it moved to the right with its text."""
    if piece.is_late:
        return len(spans) - 1
    return max(
        range(len(spans)),
        key=lambda at: (min(piece.right, spans[at][1]) - max(piece.left, spans[at][0]), -at),
    )


def _kinds(
    spans: Sequence[tuple[int, int]], pieces: Sequence[Piece]
) -> tuple[tuple[str, ...], dict[int, int]]:
    """What the columns hold, and the column of each stretch: one of units alone is of the column before it."""
    held: dict[int, Counter[str]] = {at: Counter() for at in range(len(spans))}
    for piece in pieces:
        held[_nearest(spans, piece)][kind_of(piece.text)] += 1
    names: list[str] = []
    places: dict[int, int] = {}
    for at, counts in held.items():
        said = [kind for kind, _ in counts.most_common() if kind != UNIT]
        if said or not names:
            names.append(said[0] if said else UNIT)
        places[at] = len(names) - 1
    return tuple(names), places
