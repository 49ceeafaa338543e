"""Years as dates say them, by the calendar or by an era since 1868, for telling whether two of them are the same.

Takes folded text. Gives calendar years. Reads no rules: where columns are told, none are read yet.
"""

from __future__ import annotations

import re

_ERAS = {
    1867: "明M",
    1911: "大T",
    1925: "昭S",
    1988: "平H",
    2018: "令R",
}  # the year before the first, and its first signs
_BEFORE = {sign: year for year, signs in _ERAS.items() for sign in signs}
YEAR_SAID = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[明大昭平令MTSHR])\.? *(?P<n>[0-9]{1,2}|元)|(?<![0-9])(?P<west>1[6-9][0-9]{2}|20[0-9]{2})(?![0-9])"
)


def value_of(found: re.Match[str]) -> int:
    """The calendar year of a match of YEAR_SAID."""
    if found["west"]:
        return int(found["west"])
    return _BEFORE[found["era"][0]] + (1 if found["n"] == "元" else int(found["n"]))


def year_of(date: str) -> int:
    """The first year that the text says; 0 where it says none."""
    found = YEAR_SAID.search(date)
    return value_of(found) if found else 0
