"""Finds a text that stands only one blank behind the date it belongs to, where the date fills its column.

Takes a row's text. Gives where the text starts. Reads no rules.
"""

from __future__ import annotations

import re

from pipeline import chars

ERA_AND_DOTS = (
    r"[^\W\d_]{2}[ \u3000]{1,3}(?:[0-9０-９]{1,2}|元) ?[.．]"  # of 大正  2. 4.12, which is one date
)
_BLANK = re.compile(r"(?<=[^\s\u3000])[ \u3000](?=[^\s\u3000])")
_GAP = re.compile(r"(?<=[^\s\u3000])[ \u3000]{2,}(?=[^\s\u3000])")
WORD = re.compile(r"[^\s\u3000]+")
FIELD = re.compile(r"[^\s\u3000](?:[ \u3000]?[^\s\u3000])*")  # words a single blank apart
_SIGNS = re.compile(r"[0-9元年月日度./~〜～、,()（）\[\]・\-－―– ]")
_CLOSES = re.compile(r"(?:[0-9元年月日度頃末~〜～)）]|以[降後前]|[上中下初]旬)$")
_YEAR_LAST = re.compile(r"[月日].*年度?$")  # 5月14日 令和元年度: the year is of the text behind the day
_ABOUT = re.compile(r"以[降後前]|[上中下初]旬|[頃末]")  # behind a date, and of it
_WIDEST = 24  # characters of the dates
_NAMES = 4  # characters of eras, both in one date


def find_tight(text: str) -> int:
    """Where the text behind an opening date starts, one blank away from it; 0 where a row opens otherwise."""
    found = 0
    for blank in _BLANK.finditer(text, 0, 4 * _WIDEST):
        head = text[: blank.start()]
        if not is_date_text(head.rstrip(".．")):
            break
        if head[-1] in ".．":
            continue  # 1908(明治41). 4. 3
        word = WORD.match(text, blank.end())
        if word and not _goes_on(word[0], text[word.end() :]):
            found = blank.end()
    return found


def _goes_on(word: str, behind: str) -> bool:
    """Whether the word is one more part of the date: 日 of `10 月 14 日`, 昭和 of `1947 昭和   22`."""
    bare = _SIGNS.sub("", _ABOUT.sub("", chars.fold(word).text))
    is_era = len(word) <= _NAMES // 2 and bool(behind.strip())
    return not bare or is_era or is_date_text(word)


def is_date_text(text: str) -> bool:
    """Whether nothing but a date, or its first parts, stands here."""
    folded = " ".join(chars.fold(text).text.split())
    if len(folded) > _WIDEST or not _CLOSES.search(folded) or not any(sign.isdigit() for sign in folded):
        return False
    if _YEAR_LAST.search(folded):
        return False
    return len(_SIGNS.sub("", _ABOUT.sub("", folded))) <= _NAMES


def find_behind_long(text: str) -> tuple[int, int]:
    """Where a date that opens the row ends, and where the text behind a gap starts; (0, 0) where none does."""
    gap = _GAP.search(text.rstrip())
    if gap is None or not is_date_text(text[: gap.start()].strip()):
        return 0, 0
    return gap.start(), gap.end()
