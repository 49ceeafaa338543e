"""Reads text without columns: one Line for every line that is not blank.

Takes rows. Gives Lines with page, wrap and indent. Pages come from form feeds; where there are none,
from the habit of PDF-to-text programs: a page opens with one blank right after a line with text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline import chars
from pipeline.model import FULL, HARD, OPEN, Line
from pipeline.read.rows import Row
from pipeline.read.spacing_tight import find_tight
from pipeline.read.wraps import closes_with_blanks, find_edge, opens_or_ends, wrap_by_blank, wrap_by_width

_LONE_NUMBER = re.compile(r"\s*(\d{1,4})\s*")
_DATED_FULL = 0.05  # of the full lines that begin with a date
_MORE = 0.75  # of the lines that reach the edge beside dates: as many reach the edge of the page
_ALL_APART = 0.8  # of the lines that a blank one follows, where that is how all lines are set
# Full-width characters of a line that a page breaks, and by which the rest of it is set in.
_LONGEST, _SET_IN = 25.0, 2.0
_SMALL_PRINT = 1.15  # times as wide as three of four lines are: a note, set smaller
_LEAST_PAGE = 8  # lines of text that the middle page must have


def read_plain(rows: Sequence[Row]) -> tuple[Line, ...]:
    """The lines of a text without columns, in the order of the file; blank ones are left out.

    `Line.number` stays the number of the line in the file. A span may hold the blanks around the text.
    """
    written = [row for row in rows if not row.is_blank]
    closing = closes_with_blanks([row.text for row in written])
    if closing:
        rows = page_by_opening_blanks(rows)
        written = [row for row in rows if not row.is_blank]
        wraps = wrap_by_blank([row.text for row in written])
    else:
        wraps = _end_at_blanks(written, _wrap_alike(written))
    return tuple(
        Line(span=row.span, number=row.number, page=row.page, wrap=wrap, indent=row.indent)
        for row, wrap in zip(written, wraps, strict=True)
    )


def _wrap_alike(written: Sequence[Row]) -> list[str]:
    """The wraps of all lines; those of pages in two columns end elsewhere than others."""
    wraps: dict[int, str] = {}
    halves = [row for row in written if row.is_half]
    widths = sorted(row.width for row in halves)
    widest = _SMALL_PRINT * widths[3 * len(widths) // 4] if widths else 0.0
    for own in (
        [row for row in written if not row.is_half],
        [row for row in halves if row.width <= widest],  # but for notes in small print
    ):
        wraps |= zip((row.start for row in own), _fill_longest(own, _wrap_by_edge(own)), strict=True)
    return [wraps.get(row.start, OPEN) for row in written]


def _wrap_by_edge(written: Sequence[Row]) -> list[str]:
    """The wraps by the edge that more lines reach: that of the lines, or that of the texts beside dates.

    The latter where a table was read line by line; there a line with a date is OPEN, unless some of them reach it.
    """
    whole = [(row.text, row.width) for row in written]
    dates = [find_tight(row.text) for row in written]
    widths = [chars.width(row.text[:end]) if end else 0.0 for row, end in zip(written, dates, strict=True)]
    beside = [(text, end - width) for (text, end), width in zip(whole, widths, strict=True)]
    edge = find_edge(whole)
    inner = find_edge(beside) if any(dates) else None
    if inner is None or len(_full(whole, edge)) >= _MORE * len(_full(beside, inner)):
        return wrap_by_width(whole, edge)
    wraps = wrap_by_width(beside, inner)
    full = [dates[place] > 0 for place in _full(beside, inner)]
    if sum(full) >= max(1, _DATED_FULL * len(full)):
        return wraps
    return [OPEN if end else wrap for wrap, end in zip(wraps, dates, strict=True)]


def _full(placed: Sequence[tuple[str, float]], edge: float | None) -> list[int]:
    """The places of the lines that reach the edge."""
    return [place for place, (_, end) in enumerate(placed) if edge and edge - 1 <= end <= edge + 1]


def _fill_longest(written: Sequence[Row], wraps: Sequence[str]) -> list[str]:
    """The wraps, FULL where one of the longest lines has a line set further in below it.

    Few wraps show no edge; the longest line ends there all the same.
    """
    longest = max((row.width for row in written), default=0.0)
    filled = list(wraps)
    for place, (row, after) in enumerate(pairwise(written)):
        is_longest = longest >= _LONGEST and row.width >= longest - 2.0
        is_inside = after.number == row.number + 1 and after.indent >= row.indent + _SET_IN
        if wraps[place] == OPEN and is_longest and is_inside and not opens_or_ends(row.text, after.text):
            filled[place] = FULL
    return filled


def _end_at_blanks(written: Sequence[Row], wraps: Sequence[str]) -> list[str]:
    """The wraps, HARD above a blank line, where lines do not all stand apart; over a page's end a sentence may go on."""
    apart = [
        after.number > row.number + 1 and after.page == row.page and not _LONE_NUMBER.fullmatch(after.text)
        for row, after in pairwise(written)
    ]
    if sum(apart) >= _ALL_APART * len(apart):
        return list(wraps)
    ends = [HARD if is_apart else wrap for wrap, is_apart in zip(wraps, apart, strict=False)]
    return [*ends, *wraps[len(apart) :]]


def page_by_opening_blanks(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with their pages, where a page opens with one blank right after a line with text.

    Only where the text sets blank lines between its lines: elsewhere such a blank is an indent.
    A number that stands alone and counts on from the pages so far opens its page too.
    """
    if (rows and rows[-1].page > 1) or not _is_spaced(rows):
        return tuple(rows)
    starts = [place for place in range(1, len(rows)) if _opens_page(rows[place - 1], rows[place])]
    if not starts or not _are_far_apart(rows, starts):
        return tuple(rows)
    starts = _with_numbered(rows, starts)
    paged, page, coming = [], 1, set(starts)
    for place, row in enumerate(rows):
        page += place in coming
        paged.append(Row(row.text, row.start, row.number, page, row.is_blank))
    return tuple(paged)


def _is_spaced(rows: Sequence[Row]) -> bool:
    written = sum(1 for row in rows if not row.is_blank)
    followed = sum(1 for row, after in pairwise(rows) if not row.is_blank and after.is_blank)
    return followed >= 0.5 * written


def _opens_page(before: Row, row: Row) -> bool:
    return not before.is_blank and not row.is_blank and row.text[0] in " \u3000"


def _are_far_apart(rows: Sequence[Row], starts: Sequence[int]) -> bool:
    edges = [0, *starts]
    sizes = sorted(sum(1 for row in rows[start:end] if not row.is_blank) for start, end in pairwise(edges))
    return sizes[len(sizes) // 2] >= _LEAST_PAGE


def _with_numbered(rows: Sequence[Row], starts: Sequence[int]) -> list[int]:
    """The starts, and those that only a page number before its body shows."""
    found: list[int] = []
    known = set(starts)
    for place, row in enumerate(rows):
        if place in known:
            found.append(place)
            continue
        if row.is_blank or len(row.text.strip()) > 4:
            continue
        number = _LONE_NUMBER.fullmatch(chars.fold(row.text).text)
        if number and int(number.group(1)) == len(found) + 2 and rows[place - 1].is_blank and found:
            since = sum(1 for before in rows[found[-1] : place] if not before.is_blank)
            if since >= _LEAST_PAGE:
                found.append(place)
    return found
