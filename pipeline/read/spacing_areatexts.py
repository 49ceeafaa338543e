"""Cuts the texts right of a date area into columns, where pdftotext -layout moves what stands behind a long text.

Takes rows, where their texts begin and where texts begin on the page. Gives the cells of each row. A column is where
fields (texts that two blanks or more keep apart) start at the furthest left; a field that starts further right, moved
there by the text before it, is of that column too, and a full text may be a single blank away from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from pipeline import chars
from pipeline.read.rows import Row
from pipeline.read.spacing_areaedges import is_full
from pipeline.read.spacing_areafields import (
    BLANK,
    LEAST,
    NARROW,
    Fields,
    Span,
    make_fields,
    only_months,
    part_months,
)
from pipeline.read.spacing_areawords import opens_month, plain
from pipeline.read.spacing_columns import Measure

_BLANK_IN_WORDS = re.compile(r"(?<=[^\s\u3000\x00-\x7f])[ \u3000](?=[^\s\u3000\x00-\x7f])")
_SPACED_NUMBER = re.compile(r"[^\s\u3000\x00-\x7f] [0-9][0-9,]* [^\s\u3000\x00-\x7f年月日]")
_GAP = re.compile(r"(?<=[^\s\u3000])[ \u3000]+(?=[^\s\u3000])")
_SHARE = 0.06  # of all rows, that have a field in a column
_DRIFT = 10  # places by which a field may start right of its column
_EARLY = 1  # and left of it
_ACROSS = 0.15  # of the rows may run over the start of a column
_FEW = 0.1  # of the fields of a column may start left of where it is said to start
_MOST = 4  # columns of texts
_SHORT = 6  # characters of a word that sorts the entries
_KINDS = 0.6  # such words for each entry, at the most
_ASTRAY = 3  # places by which a text may start beside the others
_SORTED = (
    0.8  # of the rows with a date that begin with such a word, and whose texts start at one place behind it
)
_FULL = 0.7  # of the width of a column, of a line that fills it
_OFTEN = 0.15  # of the lines that have blanks around their numbers


def cut_texts(
    rows: Sequence[Row],
    begins: Mapping[int, int],
    left: int,
    heads: Collection[int],
    measure: Measure,
    behind: int | None,
    least: int,
    edge: float = 0.0,
) -> dict[int, dict[int, Span]]:
    """For each row with a text its cells, by the column of texts, as places in the row.

    `edge` is the width of full texts, 0 where none is told. `heads` are where head lines start, which name each column. `begins` says where the text of a row with a date begins; another row's is its first field, from `left` on.
    """
    if behind is None:
        return _cut(rows, begins, left, heads, measure, least, edge)
    place = left + behind
    parted = {
        row.start: _part(row, begins.get(row.start), place, behind, measure)
        for row in rows
        if row.start not in heads
    }
    begins_behind = {start: words[1] for start, words in parted.items() if words is not None}
    found = _cut(rows, {**begins, **begins_behind}, place, heads, measure, least - 1, edge)
    cells: dict[int, dict[int, Span]] = {}
    for row in rows:
        own = {column + 1: span for column, span in found.get(row.start, {}).items()}
        words = parted.get(row.start)
        if words is not None:
            own[0] = words[0]
        cells[row.start] = dict(sorted(own.items()))
    return {start: own for start, own in cells.items() if own}


def join_signs(words: Sequence[Span]) -> list[Span]:
    """The words of a head line, single signs side by side as one: 事      項."""
    joined: list[Span] = []
    for start, end in words:
        if joined and end - start == 1 == joined[-1][1] - joined[-1][0]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def find_categories(
    pages: Sequence[tuple[Sequence[Row], Mapping[int, int], int]], measure: Measure
) -> int | None:
    """How far behind where texts begin they go on behind a word that sorts the entries (計画, 建設); None without such words.

    `pages` are rows, where the texts of those with a date begin, and where texts begin on the page.
    """
    places: Counter[int] = Counter()
    words: Counter[str] = Counter()
    dated = 0
    for rows, begins, left in pages:
        for row in rows:
            if row.start not in begins or not row.text[begins[row.start] :].strip():
                continue
            dated += 1
            gap = _GAP.search(row.text, begins[row.start])
            if gap is not None and gap.start() - begins[row.start] <= _SHORT:
                places[measure(row.text)[gap.end()] - left] += 1
                words[row.text[begins[row.start] : gap.start()]] += 1
    if not places or len(words) > _KINDS * dated:
        return None
    place, _ = places.most_common(1)[0]
    near = sum(places[place + step] for step in (-1, 0, 1))
    return place if dated >= LEAST and near >= _SORTED * dated else None


def _part(row: Row, begin: int | None, place: int, behind: int, measure: Measure) -> tuple[Span, int] | None:
    """The word that sorts the entry and where its text starts; None in a row without one."""
    if begin is None:
        return None
    gap = _GAP.search(row.text, begin)
    places = measure(row.text)
    astray = (
        0
        if gap is None
        else min(abs(places[gap.end()] - place), abs(places[gap.end()] - places[begin] - behind))
    )
    if gap is not None and gap.start() - begin <= _SHORT and astray <= _ASTRAY:
        return (begin, gap.start()), gap.end()
    word = row.text[begin:].rstrip()
    return (
        ((begin, begin + len(word)), len(row.text))
        if 0 < len(word) <= _SHORT and places[begin] < place - 1
        else None
    )


def _cut(
    rows: Sequence[Row],
    begins: Mapping[int, int],
    left: int,
    heads: Collection[int],
    measure: Measure,
    least: int,
    edge: float,
) -> dict[int, dict[int, Span]]:
    fields = [one for row in rows if (one := make_fields(row, begins.get(row.start), measure)).spans]
    fields = part_months(fields)
    named = max((len(join_signs(one.spans)) for one in fields if one.row.start in heads), default=least)
    named = max(named, least)
    shown = [one for one in fields if one.row.start not in heads]
    starts = _starts(only_months(shown) or shown, left, named)
    widths = _widths(fields, starts)
    spaced = sum(_SPACED_NUMBER.search(one.row.text) is not None for one in fields)
    blank = _BLANK_IN_WORDS if spaced > _OFTEN * len(fields) else BLANK
    return {one.row.start: _cells(one, starts, widths, edge, blank) for one in fields}


def _starts(fields: Sequence[Fields], left: int, named: int) -> list[int]:
    """Where the columns of texts start; `named` of them have a head, be they seldom filled."""
    starts = [left]
    while len(starts) < _MOST:
        after = starts[-1] + NARROW
        places = Counter(
            min(own)
            for one in fields
            if (own := [one.places[start] for start, _ in one.spans if one.places[start] >= after])
        )
        best = max(
            sorted(places),
            key=lambda place: (sum(places[place + step] for step in range(_DRIFT)), -place),
            default=None,
        )
        if best is None:
            break
        count = sum(places[best + step] for step in range(_DRIFT))
        if count < max(LEAST, _SHARE * len(fields)) and len(starts) >= named:
            break
        enough = max(2, _FEW * count)
        found = next(
            (place for place in range(best, best + _DRIFT) if places[place] + places[place + 1] >= enough),
            best,
        )
        if sum(_runs_across(one, found) for one in fields) > max(2, _ACROSS * len(fields)):
            break
        starts.append(found)
    return starts


def _runs_across(one: Fields, place: int) -> bool:
    """Whether a field runs over this place, and no blank near it is the end of a full line."""
    return any(
        one.places[start] < place - _EARLY
        and one.places[end] > place + _EARLY
        and not any(
            abs(one.places[blank.end()] - place) <= _DRIFT
            for blank in BLANK.finditer(one.row.text, start, end)
        )
        for start, end in one.spans
    )


def _widths(fields: Sequence[Fields], starts: Sequence[int]) -> list[float]:
    """How wide the fields of each column are at the most, of those that a gap follows or ends the row before the next column."""
    widths = [0.0] * len(starts)
    for one in fields:
        for (start, end), behind in zip(one.spans, [*one.spans[1:], None], strict=True):
            column = _column(one.places[start], starts)
            alone = column + 1 == len(starts) or one.places[end] <= starts[column + 1] or behind is not None
            if alone:
                widths[column] = max(widths[column], chars.width(one.row.text[start:end]))
    return widths


def _column(place: int, starts: Sequence[int]) -> int:
    return max(0, sum(1 for start in starts if place >= start - _EARLY) - 1)


def _cells(
    one: Fields, starts: Sequence[int], widths: Sequence[float], edge: float, blank: re.Pattern[str]
) -> dict[int, Span]:
    cells: dict[int, Span] = {}
    for start, end in one.spans:
        column = _column(one.places[start], starts)
        if cells and column < max(cells):
            column = max(cells)
        cut = _cut_full(one, start, end, column, starts, widths, edge, blank)
        if cut is not None:
            cells[column] = (cells.get(column, (start, 0))[0], cut - 1)
            column, start = column + 1, cut
        cells[column] = (cells.get(column, (start, 0))[0], end)
    return cells


def _cut_full(
    one: Fields,
    start: int,
    end: int,
    column: int,
    starts: Sequence[int],
    widths: Sequence[float],
    edge: float,
    blank: re.Pattern[str],
) -> int | None:
    """Where the next column's text starts in a field that fills its own column and goes on a blank behind; or None.

    The blank nearest to where that column starts: in a proportional font a full line may end a few places before it.
    In the first column a blank behind a text as wide as the full ones comes before others.
    """
    text, places = one.row.text, one.places
    if column + 1 >= len(starts):
        return None
    beside = starts[column + 1]
    is_short = places[end] < beside - _EARLY
    best: tuple[bool, int, int] | None = None
    for found in blank.finditer(text, start, end):
        place = found.end()
        width = chars.width(text[start : found.start()])
        is_edge = column == 0 and is_full(width, edge) and not text[found.start() - 1].isascii()  # 48 隻
        is_near = beside - (_DRIFT if is_edge else _SHORT) <= places[place] <= beside + _DRIFT
        fills = width >= _FULL * widths[column] and not is_short
        says_month = bool(opens_month(plain(text[place:end]))) and found.start() - start > NARROW
        if is_near and (is_edge or fills or (says_month and not is_short)):
            best = min(best or (True, len(text), 0), (not is_edge, abs(places[place] - beside), place))
    return best[2] if best else None
