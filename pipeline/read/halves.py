"""Pages set in two columns of text, as pdftotext -layout writes them: the left one is read to its end, then the right one.

Takes the rows of a text. Gives them with such pages parted, each half's rows one after the other; rows that run over
both stay whole and part what stands above them from what stands below. Told by dates: lines on both sides open with
one, some on the right say their year, and what stands left of them is more than a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline import chars
from pipeline.read.rows import Row
from pipeline.read.spacing_areawords import are_dates
from pipeline.read.spacing_tight import find_behind_long, find_tight

_GAP = re.compile(r"(?<=[^\s\u3000])[ \u3000]{2,}(?=[^\s\u3000])")
_LEAD = re.compile(r"[ \u3000]*")
_YEAR = re.compile(
    r"(?:(?:明治|大正|昭和|平成|令和|[明大昭平令MTSHR]) ?(?:[0-9]{1,2}|元)|[12][0-9]{3}) ?[年./（(]|[0-9]{1,2} ?\. ?[0-9]{1,2} ?\. ?[0-9]"
    r"|(?:[0-9]{1,2}|元)年 ?(?:[（(]|$)|[12][0-9]{3} +[^\W\d_]{1,2}(?:[0-9]{1,2}|元)(?: |$)"
)
_DATE = re.compile(
    rf"{_YEAR.pattern}|[同翌](?:[0-9]+年|[年月日])|〃|[0-9]{{1,2}} ?[年月./] ?[0-9]?|[0-9]{{1,2}}日"
)
_NEAR = 5  # places by which a column's lines begin further left or right: signs are not as wide as places
_APART = 1  # places between the halves
_LEAST_LEFT = 12  # places of a left half
_DATED, _YEARS = 4, 3  # lines of a half that open with a date; lines of the right one that say their year
_SHARE = 0.15  # of the lines of a half that open with a date
_BOTH = 0.35  # of a page's lines that stand on both sides
_TEXTS = 0.6  # of the left halves that are more than a date
_COLUMNS = 0.3  # of the lines of the right half that hold a gap, where it is a table
_CROSSING = 0.25  # of a page's lines that may run over both


@dataclass(frozen=True, slots=True)
class _Halved:
    """A row in two: either half may be missing; `is_whole`: it runs over both."""

    left: Row | None
    right: Row | None
    is_whole: bool = False


def part_halves(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, those of pages in two columns half by half; as they are where no page is so."""
    pages = [list(page) for _, page in groupby(rows, key=lambda row: row.page)]
    places = [_find_right(page) for page in pages]
    known = [place for place in places if place is not None]
    if not known:
        return tuple(rows)
    parted: list[Row] = []
    for page, found in zip(pages, places, strict=True):
        place = known[0] if found is None and _goes_on(page, known[0]) else found
        parted += page if place is None else _in_order([_halve(row, place) for row in page])
    return tuple(parted)


def _goes_on(rows: Sequence[Row], place: int) -> bool:
    """Whether a page that shows no columns itself, as the last one may, has lines on both sides of this place."""
    halved = [_halve(row, place) for row in rows if not row.is_blank]
    both = sum(bool(each.left and each.right) for each in halved)
    return both >= _DATED and sum(each.is_whole for each in halved) <= _CROSSING * len(halved)


def _in_order(halved: Sequence[_Halved]) -> Iterator[Row]:
    halved = _with_heads(halved)
    right = [each.right.text for each in halved if each.right and each.right.text.strip()]
    is_table = sum(bool(_GAP.search(text)) for text in right) >= _COLUMNS * len(right)
    if not is_table:  # how far a line is set in does not show: signs are not as wide as places
        behind = _find_behind(right)
        halved = [replace(each, right=_flush(each.right, behind)) for each in halved]
    for is_whole, group in groupby(halved, key=lambda each: each.is_whole):
        members = list(group)
        yield from (each.left for each in members if each.left)
        if not is_whole:
            yield from (each.right for each in members if each.right)


def _with_heads(halved: Sequence[_Halved]) -> list[_Halved]:
    """The rows of a page, those whole that stand at its right edge above a blank row: a running head, of neither half."""
    first = next(
        (place for place, each in enumerate(halved) if each.left and each.right and each.left.text.strip()), 0
    )
    blank = [
        place for place, each in enumerate(halved[:first]) if each.left is not None and each.left.is_blank
    ]
    above = max(blank, default=0)
    return [
        _Halved(each.right, None, is_whole=True) if place < above and each.left is None else each
        for place, each in enumerate(halved)
    ]


def _find_behind(right: Sequence[str]) -> int:
    """How far behind the beginning of their dates the texts of a half stand; 0 where none stands beside a date."""
    words = [text.strip(chars.BLANKS) for text in right]
    behind = sorted(place for text in words if (place := find_tight(text) or find_behind_long(text)[1]))
    return behind[len(behind) // 2] if behind else 0


def _flush(row: Row | None, behind: int) -> Row | None:
    """The row from its date on; without a date, from so many blanks before its text on."""
    if row is None:
        return None
    lead = len(row.text) - len(row.text.lstrip(chars.BLANKS))
    kept = 0 if _DATE.match(chars.fold(row.text[lead:]).text) else min(lead, behind)
    return replace(row, text=row.text[lead - kept :], start=row.start + lead - kept)


def _find_right(rows: Sequence[Row]) -> int | None:
    """The place where the right column of a page begins, None where it has none."""
    written = [row for row in rows if not row.is_blank]
    starts = [(row, place) for row in written for place in _starts(row.text)]
    dated = [place for row, place in starts if _YEAR.match(chars.fold(row.text[place:]).text)]
    if len(dated) < _YEARS:
        return None
    best = max(sorted(set(dated)), key=lambda place: sum(abs(other - place) <= _NEAR for other in dated))
    return best if _are_columns([_halve(row, best) for row in written]) else None


def _starts(text: str) -> list[int]:
    """Where words begin behind a gap, or far from the left edge."""
    lead = _LEAD.match(text)
    first = [lead.end()] if lead and lead.end() >= _LEAST_LEFT else []
    return [*first, *(found.end() for found in _GAP.finditer(text) if found.end() >= _LEAST_LEFT)]


def _are_columns(halved: Sequence[_Halved]) -> bool:
    left = [chars.fold(each.left.text).text.strip() for each in halved if each.left and not each.is_whole]
    right = [chars.fold(each.right.text).text.strip() for each in halved if each.right]
    both = [each.left for each in halved if each.left and each.right]
    texts = sum(not are_dates(row.text.strip()) for row in both)
    return (
        all(
            sum(bool(_DATE.match(text)) for text in half) >= max(_DATED, _SHARE * len(half))
            for half in (left, right)
        )
        and sum(bool(_YEAR.match(text)) for text in right) >= _YEARS
        and len(both) >= _BOTH * len(halved)
        and texts >= _TEXTS * len(both)
        and sum(each.is_whole for each in halved) <= _CROSSING * len(halved)
    )


def _halve(row: Row, place: int) -> _Halved:
    text = row.text
    if row.is_blank:
        return _Halved(row, replace(row, text="", start=row.end))
    row = replace(row, is_half=True)
    starts = _starts(text)
    near = [each for each in starts if abs(each - place) <= _NEAR]
    far = [each for each in starts if each > place and len(text[:each].rstrip()) <= place - _APART]
    start = min(near, key=lambda each: abs(each - place), default=min(far, default=None))
    if start is None:
        is_whole = len(text.rstrip()) > place + _NEAR
        return _Halved(replace(row, is_half=not is_whole), None, is_whole)
    left = text[:start].rstrip()
    begin = max(len(left), min(start, place))
    right = replace(row, text=text[begin:], start=row.start + begin)
    return _Halved(replace(row, text=left) if left.strip() else None, right)
