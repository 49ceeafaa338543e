"""A year by the calendar on one line and by its era on the next, written short: 1902 / 〃 35, 1870 / 3, 1624〜44 / 寛永中.

Takes content lines and what was said before. Gives what was found. Reads rules/eras.csv, dates.toml and layout.toml (ditto).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline import chars
from pipeline.parse.dates import Found, Said, parse_date
from pipeline.parse.eras import count_of, era_counting
from pipeline.parse.old_years import spell_years
from pipeline.parse.sheet import Piece
from pipeline.rules.load import Rules

_OF_ERA = re.compile(
    r"(?P<sign>[^\d\s]{1,3}?)? ?(?P<number>[0-9]{1,2}|元)年?(?: ?[~～〜\-－―] ?[0-9]{1,2}年?)?頃?"
)
_ABOUT = "頃"
_ALL_ERA = re.compile(r"(?P<era>[^\d\s]{2,4})(?:中|年間)")


def find_both(pieces: Sequence[Piece], said: Said, rules: Rules) -> Found | None:
    """The year, or period of years, that the first line says and the second one repeats as its era counts; else None."""
    if len(pieces) < 2:
        return None
    western = spell_years(pieces[0].text)
    if not western or "、" in western:
        return None
    year = int(western.split("年")[0])
    said_by_era = chars.fold(pieces[1].text).text.strip()
    if not _is_said_by_era(said_by_era, year, rules):
        return None
    is_about = said_by_era.endswith(_ABOUT) and not western.endswith(_ABOUT)
    found = parse_date(western + _ABOUT * is_about, said, rules.dates)
    return found if found is not None and found.value.edtf is not None else None


def _is_said_by_era(text: str, year: int, rules: Rules) -> bool:
    """Whether the text is this year as an era counts it, its era said, repeated by a sign or left out."""
    eras = rules.dates.eras
    whole = _ALL_ERA.fullmatch(text)
    if whole is not None:
        return any(
            era.name == whole["era"] and era.first_year <= year <= (era.last_year or year) for era in eras
        )
    found = _OF_ERA.fullmatch(text)
    if found is None:
        return False
    sign = found["sign"] or ""
    is_carried = not sign or chars.key(sign) in rules.layout.ditto
    counted = [era for era in eras if is_carried or era.name == sign]
    return era_counting(count_of(found["number"]), year, counted) is not None
