"""What two numbers with a dot between them stand for in a document, where the first of them leave it open.

Takes a Sheet. Gives how dates are written, as `Said.dotted` has it. A document that says the year on every line has
years that are no months (57. 4) among its dates of two numbers: there 12. 9 below 6. 5.10 is a year and a month, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline import chars
from pipeline.parse.date_written import COUNTED, YM
from pipeline.parse.sheet import Piece, Sheet

_LEAD = r"(?:[^\W\d_]{1,2}|[〃″])? *"
_WHOLE = re.compile(_LEAD + r"(?:[0-9]{1,2}|元) ?\. ?[0-9]{1,2} ?\. ?[0-9]{1,2}(?![0-9.])")
_YEAR_AND_MONTH = re.compile(_LEAD + r"(?:1[3-9]|[2-6][0-9]) ?\. ?(?:1[0-2]|[1-9])(?![0-9.])\.?(?=\s|$)")
_MONTH_AND_DAY = re.compile(_LEAD + r"(?:1[0-2]|[1-9]) ?\. ?(?:1[3-9]|[23][0-9])(?![0-9.])\.?(?=\s|$)")
_FEWEST, _SHARE = 2, 0.05  # dates of a year and a month, and of all that are whole
_MANY = 5  # whole dates, or of a year and a month where none is whole


def find_dotted_habit(sheet: Sheet) -> str:
    """COUNTED where years are said on every line, YM where months without days are; "" where neither shows."""
    texts = [chars.fold(piece.text).text for piece in _pieces(sheet)]
    whole, months, days = (
        sum(pattern.match(text) is not None for text in texts)
        for pattern in (_WHOLE, _YEAR_AND_MONTH, _MONTH_AND_DAY)
    )
    if whole >= _MANY and months >= max(_FEWEST, _SHARE * whole):
        return COUNTED
    return YM if months >= _MANY and not whole and not days else ""


def _pieces(sheet: Sheet) -> Iterator[Piece]:
    """The lines outside of tables, and the first line of each row."""
    for unit in sheet.units:
        if isinstance(unit, Piece):
            yield unit
        elif unit.pieces:
            yield unit.pieces[0]
