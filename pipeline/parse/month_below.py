"""The month alone below a year and month that are written without units: `S38. 3 竣工` and `     6 開設` below it.

Takes a line's piece and what was said before. Gives what was found, or None. Reads, through parse/dates,
rules/dates.toml. Only a line that is set in, and a month after the last one: any other number counts something.
"""

from __future__ import annotations

import re

from pipeline import chars
from pipeline.parse.date_written import YM
from pipeline.parse.dates import Found, Said, parse_date
from pipeline.parse.sheet import Piece
from pipeline.rules.load import Rules

_MONTH = re.compile(r"(1[0-2]|[1-9])(?= +[^ 0-9])")
_SET_IN = 1.5  # full-width characters


def find_month_below(source: str, piece: Piece, said: Said, rules: Rules) -> Found | None:
    """The month that the line opens with, of the year said last; None where no month without a unit stands above."""
    if said.dotted != YM or said.month is None:
        return None
    month = _MONTH.match(chars.fold(piece.text[:4]).text)
    lead = source[source.rfind("\n", 0, piece.span.start) + 1 : piece.span.start]
    if month is None or lead.strip() or chars.width(lead) < _SET_IN or int(month[1]) <= said.month[1]:
        return None
    return parse_date(piece.text[: month.end()], said, rules.dates)
