"""What stands behind an entry's date and belongs to it: its weekday, the time, the same date in the other calendar.

Takes the lines that a date stands on, and those below. Gives the lines with what belongs to it, and where it ends.
Reads what parse/dates reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline import chars
from pipeline.parse.dates import Found, Said, find_date
from pipeline.parse.sheet import Joined, Piece, join_pieces
from pipeline.rules.load import Rules

_MOST = 2  # lines below that may belong to the date
_WEEKDAY = re.compile(r" ?[(（〔\[] ?[月火水木金土日](?:曜日?)?(?: ?[・･､,祝休振日]){0,4} ?[)）〕\]]")
_BARE = re.compile(r"[ \u3000]+[月火水木金土日](?:曜日?)?(?=[ \u3000\n]|$)")  # in a column of its own
WEEKDAY_ALONE = re.compile(r"[(（]?[月火水木金土日](?:曜日?)?[)）]?")  # on a line or in a cell
_CLOCK = re.compile(
    r"(?:午前|午後)?[0-9０-９]{1,2}(?:[:：][0-9０-９]{2}|時(?:[0-9０-９]{1,2}分)?(?!間))(?:頃|ごろ)?(?=[ \u3000\n]|$)"
)
_WESTERN_ALONE = re.compile(r"[(（]([12][0-9]{3})年?[)）]")
_BARE_WESTERN = re.compile(r"([12][0-9]{3})年?")
_YEAR = re.compile(r"[(（]?(?:[12１２][0-9０-９]{3}|[^\W\d_]{1,2} ?[0-9０-９元])")


def take_repeats(joined: Joined, pieces: Sequence[Piece], found: Found, rules: Rules) -> tuple[Joined, int]:
    """The date's lines and where it ends, with its weekday and the same date in the other calendar."""
    end = _end_beside(joined.text, found, rules)
    first = len(joined.pieces)
    for count in range(first + 1, min(first + _MOST, len(pieces)) + 1):
        below = pieces[count - 1].text
        if joined.text[end:].strip(chars.BLANKS + "\n") or not _belongs(below, found, rules):
            break
        joined = join_pieces(pieces[:count])
        end = len(joined.text)
    return joined, end


def _end_beside(text: str, found: Found, rules: Rules) -> int:
    """Where the date ends on its own line."""
    end = _behind_weekday(text, found.end)
    start = end + len(text[end:]) - len(text[end:].lstrip(" \u3000"))
    if start == end:
        return end
    clock = _CLOCK.match(text, start)
    if clock and found.kind == "day" and not found.year_said:
        return clock.end()  # of a log: 10/11 8:30
    if not _YEAR.match(text, start):
        return end
    again = find_date(text, Said(), rules.dates, start)
    same = again is not None and again.start == start and _is_same(again, found)
    if again is not None and again.glued and not again.bracketed and text[start] not in "(（":
        return end  # 同年7月 平成30年7月豪雨の被災地へ: a name that opens with a date
    return _behind_weekday(text, again.end) if again is not None and same else end


def _behind_weekday(text: str, end: int) -> int:
    for pattern in (_WEEKDAY, _BARE):
        weekday = pattern.match(text, end)
        end = weekday.end() if weekday else end
    return end


def _belongs(text: str, found: Found, rules: Rules) -> bool:
    """Whether a line is nothing but the weekday, the same date, or its year in brackets."""
    if WEEKDAY_ALONE.fullmatch(text):
        return True
    folded = chars.fold(text).text
    western = _WESTERN_ALONE.fullmatch(folded)
    if western is not None and found.said.era is not None and found.year_said:
        return found.said.year == int(western[1])  # 平成16年4月 / (2004)
    bare = _BARE_WESTERN.fullmatch(folded)
    if bare is not None and found.value.start is not None:  # a cell of its own: 翌年4月 / 1728
        return found.value.start.year == int(bare[1])
    again = find_date(text, Said(), rules.dates) if _YEAR.match(text) else None
    return again is not None and again.end == len(text) and _is_same(again, found)


def _is_same(again: Found, found: Found) -> bool:
    return again.year_said and again.value.edtf is not None and again.value.edtf == found.value.edtf
