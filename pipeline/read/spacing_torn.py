"""Finds dates that a narrow column tore over lines, with the text of the next column one blank behind them.

Takes the written rows of all pages. Gives where each row's date, or its part of one, stands and where its text begins:
`大正 9 年 10 月 13 町民憲章制定` above `日`. pdftotext -layout leaves no gutter there, so the grid of a page shows none:
the date's own signs part it from the text. Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from statistics import median

from pipeline import chars
from pipeline.read.rows import Row
from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_columns import Measure
from pipeline.read.spacing_dateparts import DateParts
from pipeline.read.spacing_datewords import Part
from pipeline.read.spacing_tight import is_date_text

_LEAST = 3  # rows that hold the rest of a date
_BELOW = 3  # lines below a date within which its rest stands
_DRIFT = 6  # places: a full-width sign counts as one, so texts start here and there
_SHARE = 0.05  # of the dates that are torn
_INDENT = 2  # places: no date is so near to the texts
_NEAR = 2  # places
_ERA = 2  # characters of an era, apart from its year
_WHOLE = 0.3  # of the dates whose text the grid of the page may leave without a cell of its own
_BLANKS = re.compile(r"[ \u3000]+")
# What no date begins with: the rest of one, as a narrow cell leaves it.
_REST = re.compile(
    r"[日月年度～〜~][日月年度～〜~・､、,()（）0-9０-９元 \u3000]*(?:[明大昭平令]|昭和|平成|令和|以降|まで|から)?"
    r"|[治正和成][ \u3000]?[0-9０-９元][0-9０-９元年月日 \u3000]*|以降|以後|まで|から|頃"
)
_SIGN = re.compile(r"[年月日](?![^\s\u3000年月日度～〜~0-9０-９、,・･(（])")
_FIRST = re.compile(r"[^\W\d_]{0,2}[ \u3000]?(?:[0-9０-９]{1,4}|元)[ \u3000]?[年月./]|[12][0-9]{3}")


def find_torn_dates(rows: Sequence[Row], measure: Measure) -> DateParts | None:
    """The date column of these rows; None where no dates are torn, or texts begin at no place of their own."""
    torn = _count_torn(rows)
    if torn < _LEAST:
        return None
    cut = {row.start: found for row in rows if (found := _split(row.text)) is not None}
    if torn < _SHARE * sum(1 for row in rows if row.start in cut and _opens(row)):
        return None
    places = {row.start: measure(row.text) for row in rows}
    parts: dict[int, tuple[Part, ...]] = {}
    texts: dict[int, int] = {}
    lows: list[float] = []
    for page in sorted({row.page for row in rows}):
        here = [row for row in rows if row.page == page]
        usual = _usual(here, cut, places)
        if usual is None:
            continue
        low, high = usual
        lows.append(low)
        for row in here:
            text = cut.get(row.start)
            if text is None or not _stands(row, text, places, (low, high)):
                continue
            start, end = len(row.text) - len(row.text.lstrip()), len(row.text[:text].rstrip())
            parts[row.start] = (Part("date", start, end),)
            texts[row.start] = text
    if not parts:
        return None
    return DateParts(("date",), parts, texts, measure, min(lows), min(parts), True, 0.0)


def _count_torn(rows: Sequence[Row]) -> int:
    """How many rows end with the number of a date whose sign opens a row not far below."""
    torn = set()
    for below, row in enumerate(rows):
        if not _SIGN.match(row.text.lstrip()) or _split(row.text) is None:
            continue
        torn |= {at for at in range(max(below - _BELOW, 0), below) if _ends_with_number(rows[at])}
    return len(torn)


def _usual(
    rows: Sequence[Row], cut: Mapping[int, int], places: Mapping[int, Sequence[int]]
) -> tuple[float, float] | None:
    """Between which places the texts behind dates begin on this page; None where too few do."""
    begins = [
        places[row.start][cut[row.start]]
        for row in rows
        if row.start in cut and _opens(row) and cut[row.start] < len(row.text)
    ]
    if not begins:
        return None
    usual = median(begins)
    near = [place for place in begins if abs(place - usual) <= _DRIFT]
    return (float(min(near)), float(max(near))) if near else None


def _stands(row: Row, text: int, places: Mapping[int, Sequence[int]], between: tuple[float, float]) -> bool:
    """Whether a date stands left of the texts, and its own text among those."""
    own = places[row.start]
    low, high = between
    end = own[len(row.text[:text].rstrip())]
    if own[len(row.text) - len(row.text.lstrip())] > low - _INDENT or end > high:
        return False
    return text >= len(row.text) or low - _NEAR <= own[text] <= high + _NEAR


def are_torn(dates: DateParts, blocks: Sequence[Block]) -> bool:
    """Whether the grid of the page leaves many of these dates in one cell with their texts, or in none."""
    cells: Mapping[int, tuple[tuple[int, int], ...]] = {
        cut.row.start: tuple(cut.cells.values()) for block in blocks for cut in block.cuts
    }
    whole = 0
    for start, (part,) in dates.parts.items():
        whole += (start + part.start, start + part.end) not in cells.get(start, ())
    return whole > _WHOLE * len(dates.parts)


def _split(text: str) -> int | None:
    """Where the text behind a date or the part of one begins; the row's end where it holds no more; else None."""
    body = text.strip()
    if not body:
        return None
    if _is_part(body):
        return len(text)
    found = None
    lead = len(text) - len(text.lstrip())
    for blank in _BLANKS.finditer(text, lead):
        if not _is_part(text[lead : blank.start()]):
            if blank.start() - lead <= _ERA:
                continue
            break
        word = re.match(r"[^\s\u3000]+", text[blank.end() :])
        if (word and not _is_part(word[0]) and not word[0][0].isdigit()) or (
            word and word[0][0].isdigit() and not _is_part(word[0]) and blank.end() - blank.start() > 1
        ):
            found = blank.end()
    return found


def _is_part(text: str) -> bool:
    folded = chars.fold(text).text
    return is_date_text(folded) or bool(_REST.fullmatch(folded))


def _ends_with_number(row: Row) -> bool:
    """Whether a date opens this row and ends on a number."""
    cut = _split(row.text) if _opens(row) else None
    return cut is not None and row.text[:cut].rstrip()[-1:].isdigit()


def _opens(row: Row) -> bool:
    return bool(_FIRST.match(chars.fold(row.text.strip()).text))
