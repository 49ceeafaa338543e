"""The kind of a date by its looks, by which a document's habits are told.

Takes a date's text. Gives its family: `9月 10日` is md, `2014年9月` western年, `S60.4.1` era. Reads no rules.
"""

from __future__ import annotations

import re

from pipeline import chars
from pipeline.parse.date_columns import PARTS

_NUMBER = "0-9〇一二三四五六七八九十百廿卅"
_YEAR = re.compile(r"[0-9]{4}|[〇一二三四五六七八九]{4}|^[0-9]{3}(?=[~～〜-]|$)")
_COUNT = re.compile(rf"[{_NUMBER}]+|元(?![^\W\d_年月])")  # 元 of 元年, not of 元禄
IN_BRACKETS = ("(", "（")
_SIGNED = re.compile(r"(?:[^\W\d_]{2})?0[（(]?[^\W\d_]{2}")  # 慶長6辛丑9月: a sign of the cycle stands for 年
_TIMED = re.compile(r"[0-9]{1,2} ?[:：時]")


def tell_family(date_text: str, kind: str) -> str:
    """The kind of a date by its looks: `9月 10日` is md, `2014年9月` western年, `S60.4.1` era., with a clock timed."""
    if kind in ("clock", "fiscal_year"):
        return kind
    if date_text[:1] in IN_BRACKETS and date_text[-1:] in ")）":
        return date_text[0] + tell_family(date_text[1:-1], kind)
    timed = " timed" if _TIMED.search(chars.fold(date_text).text) else ""
    return _tell_written(date_text) + timed


def _tell_written(date_text: str) -> str:
    parts = PARTS.match(chars.fold(date_text).text + " x")
    if parts and parts.end() == len(date_text):
        return "parts"
    text = "".join(chars.fold(date_text).text.split())
    shape = _COUNT.sub("0", _YEAR.sub("Y", text)).replace("．", ".")
    if shape == "Y":
        return "western"
    if shape.startswith("Y"):
        return "western年" if shape[1:2] in ("", "年", "(", "（", "年") else "western" + shape[1]
    shape = re.sub(r"^0(?:[・、,~～〜-]0)+(?=[年月日])", "0", shape)
    for opening, name in (("0月", "md"), ("0日", "d"), ("0年", "year")):
        if shape.startswith(opening):
            return name
    if shape == "0":
        return "md"  # the month alone below a year and month
    if shape.startswith("0"):
        return "year" if _SIGNED.match(shape) else "numeric"
    if shape.startswith(("同", "翌", "〃", "々", "仝")):
        return "same"
    return "era年" if "年" in shape or _SIGNED.match(shape) else "era."
