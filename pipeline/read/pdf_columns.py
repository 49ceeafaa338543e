"""Columns of a table without ruling lines, told by where text starts.

Takes rows of pieces (text of one height, parted at gaps). Gives the places where columns start, and each row
cut at them. A date column is what holds dates; the text column is where most lines start and few run across.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from pipeline.read.pdf_cues import is_date_part, is_year, looks_dated
from pipeline.read.pdf_lines import GAP, Ink, join_pieces, split_ink

_NEAR = 2.0  # points: starts this near are one start
_FEW_ACROSS = 0.15  # of the rows may run over the start of a column
_BESIDE = 0.3  # of the days that have the name of a meeting beside them
_YEARS = 0.9  # of what stands in a column of years
_AS_MANY = 0.6  # names as there are days: in a tall row a name stands between its year and its day
_LEAST_DATES = 3  # rows that start with a date, before columns are looked for
_MOST_TITLES, _LEAST_BEHIND = 2, 2  # rows: over a gutter, and dates with a text behind it
_ENOUGH = 100  # pages
_MOST_PIECES = 8  # of a date with blanks inside
_OPENING = "「『（【〔［〈《“‘"
_CLOSING = "、。，．」』）】〕］〉》”’"
_BRACKET_BLANK = 0.5  # of the em: what a bracket has of blank before its ink, or behind it
_UNFINISHED = ("月", "～", "〜", "~", "、")  # what no date ends with that stands before its day
_UNITS = "年月日度"  # what a date, or its part on one line of a narrow column, ends with
_TOUCHING = 0.5  # points by which characters that touch may overlap
_CLEAR = 0.2  # of the em: the least gap before a column's start

Pieces = Sequence[Ink]


def find_columns(pages: Sequence[Sequence[Pieces]]) -> tuple[float, ...]:
    """Where the second and each later column starts; empty where the text has one column only.

    `pages` are the rows of each page (or of one column of each page), furniture left out.
    """
    rows = [row for page in _sample(pages) if count_dates(page)[0] >= 2 for row in page]
    dated = [row for row in rows if is_dated(row)]
    if len(dated) < _LEAST_DATES:
        return ()
    starts = Counter(round(piece.x0) for row in rows for piece in row)
    first = _best(
        rows, [place for place in _common(starts, 0.2 * len(rows)) if _holds_dates(rows, place)], 0.2
    )
    if first is None:
        return ()
    found = [*_find_before(rows, dated, first, _common(starts, 0.4 * len(dated))), first]
    size = max(piece.size for piece in dated[0])
    while len(found) < 4:
        beyond = [place for place in _common(starts, 0.15 * len(rows)) if place > found[-1] + 3 * size]
        filled = [place for place in beyond if _share_between(dated, found[-1], place) >= 0.4]
        following = _best(rows, filled, 0.15)
        if following is None:
            break
        found.append(following)
    return tuple(found)


def find_gutter(pages: Sequence[Sequence[Pieces]], width: float) -> float | None:
    """Where a page without ruling lines parts into two tables: dates start on either side; else None."""
    rows = [row for page in _sample(pages) for row in page]
    dated = [piece for row in rows for piece in row if looks_dated(piece.text)]
    left = sum(1 for row in rows if row[0].x0 < 0.3 * width and looks_dated(row[0].text))
    found: dict[float, int] = {}
    headings = [piece for row in rows for piece in row if is_year(piece.text)]
    for gutter in sorted(
        {round(piece.x0) - _NEAR for piece in (*dated, *headings) if 0.4 * width < piece.x0 < 0.65 * width}
    ):
        across = sum(1 for row in rows if any(piece.x0 < gutter < piece.x1 for piece in row))
        if across <= _FEW_ACROSS * len(rows):
            found[gutter] = sum(1 for piece in dated if gutter < piece.x0 < gutter + 4 * piece.size)
    if not found or left < _LEAST_DATES:
        return None
    most = max(found, key=lambda gutter: (found[gutter], -gutter))
    first = next((gutter for gutter in found if _are_years_before(rows, gutter, most)), most)
    best = (found[most], first)
    is_even = best[0] >= max(_LEAST_DATES, 0.25 * left)
    if not is_even and not _is_short_table(rows, best[1]):
        return None
    return _clearest(rows, best[1] - 6 * dated[0].size, best[1])


def _are_years_before(rows: Sequence[Pieces], gutter: float, days: float) -> bool:
    """Whether a column of years stands between the two places, in front of a column of their days."""
    between = [piece for row in rows for piece in row if gutter < piece.x0 < days]
    years = sum(is_year(piece.text) for piece in between)
    return gutter < days and years >= max(_LEAST_DATES, _YEARS * len(between))


def _is_short_table(rows: Sequence[Pieces], gutter: float) -> bool:
    """Whether few rows stand behind a gutter that only a title crosses, and yet are a table: dates with texts."""
    if sum(any(piece.x0 < gutter < piece.x1 for piece in row) for row in rows) > _MOST_TITLES:
        return False
    behind = [[piece for piece in row if piece.x0 >= gutter] for row in rows]
    dated = [row for row in behind if row and is_dated(row)]
    return sum(len(row) > 1 for row in dated) >= _LEAST_BEHIND


def _clearest(rows: Sequence[Pieces], start: float, end: float) -> float:
    """The middle of the widest stretch between these places that the fewest rows run across."""
    places = [start + step for step in range(int(end - start) + 1)] + [end]
    across = [sum(1 for row in rows if any(piece.x0 < place < piece.x1 for piece in row)) for place in places]
    runs: list[list[float]] = [[]]
    for place, count in zip(places, across, strict=True):
        if count == min(across):
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    widest = max(runs, key=len)
    return (widest[0] + widest[-1]) / 2


def cut_row(row: Pieces, starts: Sequence[float]) -> dict[int, Ink] | None:
    """The row's text in each column; None where it runs over a column's start (a title, a note)."""
    columns: dict[int, list[Ink]] = {}
    for piece in row:
        left: Ink | None = piece
        for start in starts:
            if left is None or _edge(left, 0) >= start - _NEAR or left.x1 <= start + _NEAR:
                continue
            at = _break_at(left, start)
            if at is None:
                return None
            before, left = split_ink(left, at)
            columns.setdefault(_column(before, starts), []).append(before)
        if left is not None:
            columns.setdefault(_column(left, starts), []).append(left)
    _keep_date_whole(columns)
    return {column: join_pieces(inks) for column, inks in columns.items()}


def _keep_date_whole(columns: dict[int, list[Ink]]) -> None:
    """Gives back to the date what of it runs over the start of the text: 8月 21日～9月 | 29日 | 展示."""
    dates, texts = columns.get(0, []), columns.get(1, [])
    while dates and len(texts) > 1 and looks_dated(dates[0].text):
        if not is_date_part(texts[0].text) or not dates[-1].text.rstrip().endswith(_UNFINISHED):
            break
        dates.append(texts.pop(0))


def _sample(pages: Sequence[Sequence[Pieces]]) -> Sequence[Sequence[Pieces]]:
    """Pages enough to tell columns by, from all parts of the document."""
    return pages[:: 1 + len(pages) // _ENOUGH]


def _common(starts: Counter[int], least: float) -> list[int]:
    """The places near which so many pieces start."""
    reach = range(-int(_NEAR) - 1, int(_NEAR) + 2)
    return [place for place in sorted(starts) if sum(starts[place + step] for step in reach) >= least]


def _column(ink: Ink, starts: Sequence[float]) -> int:
    return sum(1 for start in starts if _edge(ink, 0) >= start - _NEAR)


def _edge(ink: Ink, place: int) -> float:
    """Where a character's ink may start: typesetters set a bracket that opens a line half an em to the left."""
    return ink.left[place] + (_BRACKET_BLANK * ink.size if ink.text[place] in _OPENING else 0.0)


def _break_at(ink: Ink, start: float) -> int | None:
    """The character that starts at this place after a gap, or None where text runs on over it."""
    for place in range(
        max(1, bisect_left(ink.left, start - _BRACKET_BLANK * ink.size - _NEAR)), len(ink.text)
    ):
        if ink.left[place] - start > _NEAR:
            break
        if ink.text[place].isspace() or _edge(ink, place) < start - _NEAR:
            continue
        before = place - 1
        while before and ink.text[before].isspace():
            before -= 1
        blank = _BRACKET_BLANK * ink.size if ink.text[before] in _CLOSING else 0.0
        gap = ink.left[place] - ink.right[before] + blank
        if gap >= min(_CLEAR, GAP) * ink.size or (gap > -_TOUCHING and _fills_column(ink.text[:place])):
            return place
    return None


def _fills_column(text: str) -> bool:
    """Whether the text is all that a narrow column holds of a date: 昭和28年, 9月25日; it may touch the next column."""
    return (is_year(text) or looks_dated(text) or is_date_part(text)) and text[-1] in _UNITS


def _find_before(
    rows: Sequence[Pieces], dated: Sequence[Pieces], first: float, places: Sequence[int]
) -> list[float]:
    """A column between the dates and the column where most text starts: the names of meetings."""
    found: list[tuple[int, float]] = []
    # no name stands beside a year above its day
    days = [row for row in dated if not is_year(row[0].text)] or dated
    for place in places:
        if place > first - 3 * dated[0][0].size:
            continue
        stands = [
            (piece, say_start(row[at:]))
            for row in rows
            for at, piece in enumerate(row)
            if abs(piece.x0 - place) <= _NEAR
        ]
        held = [piece for piece, _ in stands]
        words = [
            piece
            for piece, text in stands
            if not piece.parts and _is_word(piece.text) and not looks_dated(text)
        ]
        across = sum(1 for row in rows if any(_runs_across(piece, place) for piece in row))
        behind = sum(1 for row in days if any(abs(piece.x0 - place) <= _NEAR for piece in row[1:]))
        if (
            len(words) >= 0.7 * len(held)
            and (behind >= _BESIDE * len(days) or len(words) >= _AS_MANY * len(days))
            and across <= _FEW_ACROSS * len(dated)
        ):
            found.append((len(words), min(piece.x0 for piece in held)))
    return [max(found)[1]] if found else []


def _is_word(text: str) -> bool:
    """Whether the text may be the name of a meeting: no date, nor what a narrow column leaves of one."""
    return len(text) > 1 and not (looks_dated(text) or is_date_part(text) or text.isdigit())


def is_dated(row: Pieces) -> bool:
    """Whether the row begins with a date, or is a year."""
    return (
        bool(row[0].parts) or looks_dated(row[0].text) or is_year(row[0].text) or looks_dated(say_start(row))
    )


def count_dates(rows: Sequence[Pieces]) -> tuple[int, int]:
    """How many rows begin with a date, or with one torn inside (昭和28 above 年12月8), and how many with a part of one."""
    dated = parts = 0
    for at, row in enumerate(rows):
        text = row[0].text
        below = rows[at + 1][0].text if at + 1 < len(rows) else ""
        above = rows[at - 1][0].text if at else ""
        if is_dated(row) or _is_torn_start(text, below):
            dated += 1
        elif is_date_part(text) or _is_torn_start(above, text):
            parts += 1
    return dated, parts


def _is_torn_start(text: str, below: str) -> bool:
    return text[-1:].isdigit() and not looks_dated(below) and looks_dated(text + below)


def say_start(row: Pieces) -> str:
    """How the row begins: a date with blanks inside (平成 26 年 9 月 10 日) stands in several pieces."""
    return " ".join(piece.text for piece in row[:_MOST_PIECES])


def _holds_dates(rows: Sequence[Pieces], place: float) -> bool:
    """Whether what stands before this place is dates, mostly; a narrow column breaks them over lines."""
    before = [row for row in rows if row[0].x0 < place - _NEAR and row[0].x1 <= place + _NEAR]
    dated, parts = count_dates(before)
    return len(before) >= _LEAST_DATES and dated + min(parts, dated) >= 0.5 * len(before)


def _share_between(dated: Sequence[Pieces], start: float, end: float) -> float:
    """The share of dated rows with text that starts at the one place and ends before the other."""
    held = sum(
        1 for row in dated if any(start - _NEAR <= piece.x0 and piece.x1 <= end + _NEAR for piece in row)
    )
    return held / len(dated)


def _best(rows: Sequence[Pieces], places: Sequence[float], least: float) -> float | None:
    """The place where most text starts, of those that few rows run across."""
    best: tuple[float, float] | None = None
    for place in sorted(places):
        starting = [piece for row in rows for piece in row if abs(piece.x0 - place) <= _NEAR]
        across = sum(1 for row in rows if any(_runs_across(piece, place) for piece in row))
        if len(starting) < max(_LEAST_DATES, least * len(rows)) or across > _FEW_ACROSS * len(rows):
            continue
        score = float(sum(len(piece.text) for piece in starting))
        if best is None or score > best[0]:
            best = (score, min(piece.x0 for piece in starting))
    return best[1] if best else None


def _runs_across(piece: Ink, place: float) -> bool:
    return _edge(piece, 0) < place - _NEAR and piece.x1 > place + _NEAR and _break_at(piece, place) is None
