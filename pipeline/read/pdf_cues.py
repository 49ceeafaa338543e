"""What text alone says about a page's layout: it looks like a date, a year of its own, a part of a period.

Takes a line's text. Gives yes or no. These are hints for finding columns and rows, no reading of dates:
what is a date, the chronology's own stage decides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ENOUGH = 60  # characters that a hint is taken from; a year or a page number is shorter
_LONGEST_PART = 12  # characters
_NUMBER = r"(?:\d{1,4}|[元〇一二三四五六七八九十廿]{1,5})"
_ERA = r"(?:[^\W\d_]{2}|[MTSHR]\.?|[㍾-㍿㍻-㍽㋿明大昭平令])?"
_NO_DAY = re.compile(r"\.\s*[-–—―ー]$")  # 7.－: the day is not known
_DATED = re.compile(
    rf"[(\[(]?\d?[)\])]?\s*(?:西暦|{_ERA})\s*{_NUMBER}\s*(?:年度?|月|日(?!市)|[./．／・-]\s*\d|{_NO_DAY.pattern}|\s*\(\D{{1,3}}\d+\)\s*年)"
    rf"|[同翌][年月日]|〃|[同翌]?\s*{_NUMBER}\s*(?:月|日(?!市))|[春夏秋冬](?:頃|ごろ)?$"
)
_ONE_YEAR = rf"{_ERA}\s*{_NUMBER}\s*年?度?"
_YEAR = re.compile(
    rf"[(\[【<〈《■◆●○・\s]*(?:{_ERA}\s*{_NUMBER}(?:\s*\({_ONE_YEAR}\))?\s*年度?|\d{{4}})(?:\s*[・/]\s*{_ONE_YEAR})?"
    rf"(?:\s*[(\[]\s*{_ONE_YEAR}(?:\s*[・/、]\s*{_ONE_YEAR})?\s*[)\]])?[)\]】>〉》\s]*"
)
_SAYS_YEAR = re.compile(
    rf"[(\[【]?(?:[12]\d{{3}}\s*[年./-]|(?:[^\W\d_]{{2}}|[MTSHR]\.?|[明大昭平令])\s*{_NUMBER}\s*[年./])"
)
_NUMBERED = re.compile(r"[(\[]\s*(\d{1,2})\s*[)\]]")
_OPENS = re.compile(r"[・･‧○〇●◎※◆◇■□▪•*＊(（①-⑳㉑-㉟\[［＜<【」』）)、。,.]|\d+[.．)]")
# What a narrow cell leaves of a date for its lower lines: 日, 6年, ～14日, 30、31日, （土）
_PART = re.compile(
    r"[~～〜ー－-]|(?:[~～〜－-]\s*)?\d{0,2}(?:\s*[、,､・]\s*\d{1,2})?\s*(?:年度?|日|月)(?:\s*[(\[][^\W\d_・]{1,4}[)\]])?\s*[~～〜、,､・]?"
    r"|[(\[][月火水木金土日](?:[・･][祝休])?[)\]]"
)
_TORN_BEFORE = re.compile(r"月\s*(?:.*[^\d\s])?\s*\d{1,2}$")  # 9月 10, 10月11日､12: a number without its 日
_TORN_AFTER = re.compile(r"\d?\s*日")
_MONTH_TORN = re.compile(r"(?:^|[~～〜])\s*\d{1,2}$"), re.compile(r"月\s*\d")  # 8月 21日～9 and 月 29日
_PAGE_NUMBER = re.compile(
    r"[-‐–—―─−－ー~〜～=・.\[(（<〔【\s]*(?:p(?:age)?\.?|頁|ページ|第)?\s*(\d{1,4})\s*(?:頁|ページ)?"
    r"\s*(?:(?:/|／|of|・|中)\s*\d{1,4}\s*(?:頁|ページ)?)?[-‐–—―─−－ー~〜～=・.\])）>〕】\s]*",
    re.IGNORECASE,
)


@lru_cache(4096)
def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _start(text: str) -> str:
    return _plain(text[:_ENOUGH])


def _end(text: str) -> str:
    return _plain(text[-_ENOUGH:])


@lru_cache(4096)
def looks_dated(text: str) -> bool:
    """Whether the text starts like a date: `9月 10日 総会`, `H26.4.1`, `同日`; not `第10回`."""
    return bool(_DATED.match(_start(text)))


@lru_cache(4096)
def is_year(text: str) -> bool:
    """Whether the text is a year and nothing else: `平成２６年`, `2014年（平成26年）`, `令和元年度`."""
    return len(text) <= _ENOUGH and bool(_YEAR.fullmatch(_plain(text)))


@lru_cache(4096)
def says_year(text: str) -> bool:
    """Whether a date begins with its year: `昭和三十年四月一日`, `1955年4月`, `S30.4.1`; not `4月1日`."""
    return bool(_SAYS_YEAR.match(_start(text)))


def goes_on_below(text: str) -> bool:
    """Whether a date ends so that another one must follow: `12月 26日～`."""
    end = _end(text)
    return end.endswith(tuple("~～〜-－―–—から、,・")) and not _NO_DAY.search(end)


def goes_on_from_above(text: str) -> bool:
    """Whether the text can only be the end of the date above it: `～`, `～12月 26日`, `（日）`, `まで`."""
    plain = _start(text)
    return plain[:1] in tuple("~～〜-－―–—、,(（") or plain.startswith(("から", "まで"))


def is_date_part(text: str) -> bool:
    """Whether the text is what a narrow cell leaves of a date for a line of its own: `日`, `～`, `30、31日`."""
    return len(text) <= _LONGEST_PART and bool(_PART.fullmatch(_plain(text)))


def is_torn(before: str, text: str) -> bool:
    """Whether a date was parted inside a number or before its sign: `9月 10` and `日`, `平成２` and `６年`."""
    upper, lower = _end(before), _start(text)
    if not upper[-1:].isdigit():
        return False
    if _MONTH_TORN[0].search(upper) and _MONTH_TORN[1].match(lower):
        return True
    if _TORN_BEFORE.search(upper):
        return bool(_TORN_AFTER.match(lower))
    return is_year(before + text) and not (is_year(before) or looks_dated(before))


def number_of(text: str) -> int | None:
    """The number that a date has of its own, `(1) 10月7日`, or None."""
    found = _NUMBERED.match(_start(text))
    return int(found.group(1)) if found else None


def opens_paragraph(text: str) -> bool:
    """Whether the line starts with a marker, or with what ends a bracket: no entry starts so."""
    return bool(_OPENS.match(text))


def page_number(text: str) -> int | None:
    """The number of a page in any form: `- 5 -`, `5／27`, `(12)`, `p. 3`; None for other text."""
    found = _PAGE_NUMBER.fullmatch(_plain(text)) if len(text) <= _ENOUGH else None
    return int(found.group(1)) if found else None
