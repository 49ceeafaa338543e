"""Dates over several lines: periods whose end stands below, and dates that a narrow cell broke inside.

Takes content lines and the date found on the first. Gives the lines that it goes on in and the date of all of them.
Reads rules/layout.toml (goes_on, comes_on).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline import chars
from pipeline.parse.dates import Found, Said, find_date
from pipeline.parse.sheet import Joined, Piece, join_pieces
from pipeline.rules.layout import LayoutRules
from pipeline.rules.load import Rules

MOST_LINES = 4  # lines that one date may stand on (11月 15日 / ～ / 12月 26日)
_DECADE = re.compile(r"年代\W*$")  # 1900年代 -: a heading, and no period to the year below it
_DAY_ALONE = re.compile(r"[0-9〇一二三四五六七八九十]{1,3} ?(?:日|[、､,・･~～〜] ?[0-9]{1,2} ?日)")
# A number without its unit at the end of a line, and what stands below it where it is broken there.
_LAST_NUMBER = re.compile(r"[年月日、､,・･~～〜] ?[0-9]{1,2}(?P<sign>[、､,・･]?)$")
_UNIT_FIRST = re.compile(r"[月日](?![0-9月日])")
_SIGN_FIRST = re.compile(r"[、､,・･~～〜] ?[0-9]{1,2} ?日")


def is_torn(pieces: Sequence[Piece]) -> bool:
    """Whether a narrow cell broke a date inside: 昭和42年11月24 / 日, 11月 18 / ～23日, 11月 7、 / 8日."""
    return len(pieces) > 1 and _is_torn(pieces[0].text, pieces[1].text)


def _is_torn(before: str, after: str) -> bool:
    number = _LAST_NUMBER.search(chars.fold(before).text)
    below = chars.fold(after).text
    if number is None:
        return False
    if number["sign"]:
        return _DAY_ALONE.match(below) is not None
    return bool(_UNIT_FIRST.match(below) or _SIGN_FIRST.match(below))


def widen(
    pieces: Sequence[Piece], offset: int, found: Found, said: Said, rules: Rules
) -> tuple[Joined, Found]:
    """The date with the lines it goes on in (8月 21日～ / 9月 29日)."""
    least = 1 + (found.end > len(pieces[0].text))  # its unit may stand on the next line
    joined = join_pieces(pieces[:least])
    for count in range(least + 1, min(MOST_LINES, len(pieces)) + 1):
        before, after = join_pieces(pieces[: count - 1]).text, pieces[count - 1].text
        torn = _is_torn(before, after)
        if not torn and found.end < len(before.rstrip("".join(rules.layout.goes_on) + " \u3000\n")):
            break
        if not torn and not _may_go_on(before, after, rules.layout):
            break
        wider = join_pieces(pieces[:count])
        again = find_date(wider.text, said, rules.dates, offset)
        if before[-1] == "月" and (again is None or again.end <= len(before)):  # 12月 / 19、20日, days alone
            whole = find_date(f"{before} {after}", said, rules.dates, offset)
            again = whole if whole is not None and whole.end == len(wider.text) else again
        if again is not None and again.end > wider.starts[-1]:
            joined, found = wider, again
    return joined, found


def _may_go_on(before: str, after: str, rules: LayoutRules) -> bool:
    if _DECADE.search(before) and "年代" not in after:
        return False
    if before.rstrip().endswith(rules.goes_on) or chars.fold(after.lstrip()).text.startswith(rules.comes_on):
        return True
    if chars.fold(after).text[:1] == "、" and before.rstrip().endswith("日"):  # 10月11日 / ､12日
        return True
    day = _DAY_ALONE.match(chars.fold(after).text)
    return bool(day) and chars.fold(before).text.rstrip().endswith("月")
