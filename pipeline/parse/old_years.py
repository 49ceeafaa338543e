"""Years by the calendar that their cell or line writes short: 701, 400〜700, 1624〜42, 2009 / 2013.

Takes a cell's text, or a line's piece with the whole source. Gives the same with its units, or what was found.
Reads, through parse/dates, rules/dates.toml. Three digits alone are a year only where a column of years says so,
or the years of the lines around them count up through it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pipeline import chars
from pipeline.model import Text
from pipeline.parse.dates import Found, Said, parse_date
from pipeline.parse.sheet import Piece
from pipeline.rules.load import Rules

_WAVES = "~～〜∼－–—―−-"
_YEARS = re.compile(rf"([0-9]{{3,4}})年?(?: ?[{_WAVES}] ?([0-9]{{2,4}})年?)?([頃?？])?")
_SEVERAL = re.compile(r"(?:[12][0-9]{3})年?(?: ?[/／・、,] ?(?:[12][0-9]{3})年?)+")
_YEAR = re.compile(r"[12][0-9]{3}")
_OPENS = re.compile(
    rf"(?m)^[ \t\u3000]*(([0-9０-９]{{3,4}})(?:[{_WAVES}][0-9０-９]{{2,4}})?頃?)(?=[ \t\u3000]|$)"
)
_EARLIEST, _FOUR = 57, 1000  # the first year that a Japanese chronology can tell of
_LATEST = 2100
_FEWEST = 3  # years of four digits among which three digits are one


def spell_years(text: str) -> str:
    """The years with their units: `400〜700` is 400年〜700年, `1624〜42` 1624年〜1642年; "" for anything else."""
    folded = chars.fold(text).text.strip()
    if _SEVERAL.fullmatch(folded):
        return "、".join(f"{year}年" for year in _YEAR.findall(folded))
    found = _YEARS.fullmatch(folded)
    if found is None:
        return ""
    first, last = int(found[1]), found[2]
    if last is None:
        return f"{first}年{'頃' if found[3] else ''}"
    end = first // 100 * 100 + int(last) if len(last) == 2 else int(last)
    return f"{first}年〜{end}年" if first < end <= _LATEST else ""


def are_years(cells: Sequence[str]) -> int:
    """How many cells of a column are years by the calendar, some of them short: three digits where all count up or down."""
    spelled = [spell_years(cell.strip("()（） ")) for cell in cells]
    years = [int(text.split("年")[0]) for text in spelled if text]
    late = [year for year in years if _FOUR <= year <= _LATEST]
    steps = list(itertools.pairwise(years))
    is_sorted = all(a <= b for a, b in steps) or all(a >= b for a, b in steps)
    early = [year for year in years if year < _FOUR] if late and is_sorted else []
    return len(late) + len(early)


def find_old_year(source: str, piece: Piece, said: Said, rules: Rules) -> Found | None:
    """The year of three digits that the line begins with, or a period of such years; None where it counts something."""
    place = piece.span.start
    end = _old_years(source).get(place)
    if end is None:
        return None
    raw = source[place:end]
    found = parse_date(spell_years(raw), said, rules.dates)
    if found is None:
        return None
    value = replace(found.value, text=Text(raw))
    return replace(
        found, start=0, end=end - place, value=value, confidence=0.5, said=found.said.but(last=value)
    )


@lru_cache(maxsize=4)
def _old_years(source: str) -> dict[int, int]:
    """Where lines begin with a year of three digits, and where it ends: years of four digits go on from them."""
    found = [(int(match[2]), match.span(1)) for match in _OPENS.finditer(source)]
    early = [(year, span) for year, span in found if year < _FOUR]
    late = [span for year, span in found if _FOUR <= year <= _LATEST]
    if not early or len(late) < _FEWEST:
        return {}
    years = [year for year, _ in early]
    rises = early[-1][1] < late[0] and years == sorted(years)
    falls = early[0][1] > late[-1] and years == sorted(years, reverse=True)
    return dict(span for _, span in early) if (rises or falls) and years[0] >= _EARLIEST else {}
