"""Words that stand left of the texts of a chronology: which of them may be of a date, which make one piece, what each says.

Takes words. Gives yes or no, pieces, or a kind. Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline import chars

ERA, WESTERN, YEAR, MONTH, DAY, MONTH_DAY, DATE, NUMBER, UNIT, OTHER = (
    "era", "western", "year", "month", "day", "month_day", "date", "number", "unit", "other",
)  # fmt: skip
_ERA = r"(?:明治|大正|昭和|平成|令和|[明大昭平令](?=[0-9元])|[MTSHR]\.?(?=[0-9元])|[^\W\d_]{2}(?=(?:[0-9]{1,2}|元|[一二三四五六七八九十廿卅]{1,4})年))"
_CYCLE = r"\([甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]\)"  # 大宝元年（辛丑）
_KANJI = r"[〇一二三四五六七八九十廿卅]{1,4}(?=[年月日~])"
_MAY_BE = re.compile(
    rf"(?:{_ERA}|{_KANJI}|[0-9元年月日度./~・、,()〃\-–—―]|[同是此]上?|[翌閏]|[上中下初]旬|[頃末春夏秋冬]|以降|この年|\([月火水木金土日祝・]{{1,4}}\)|{_CYCLE})+"
)
_SAYS = re.compile(
    rf"[0-9元〃同是此翌春夏秋冬]|この年|{_KANJI}|[年月日~]$|[上中下初]旬|末|頃|^{_ERA}$|\([月火水木金土日祝・]{{1,4}}\)"
)
_COUNT = r"(?:[0-9]{1,2}|元|[〇一二三四五六七八九十廿卅]{1,4})"
_WESTERN = re.compile(r"[(]?[12][0-9]{3} ?年?度?[)]?")
_YEAR = re.compile(
    rf"[(]?(?:{_ERA}) ?{_COUNT} ?年?度?[)]?(?: ?[(][12][0-9]{{3}} ?年?[)] ?年?)?|[12][0-9]{{3}} ?年? ?[(].{{1,8}}[)] ?年?|{_COUNT} ?年度?"
)
_MONTH = re.compile(rf"{_COUNT} ?月(?: ?[上中下初]旬|頃|末|~)?")
_DAY = re.compile(rf"{_COUNT} ?日.{{0,6}}")
_MONTH_DAY = re.compile(rf"{_COUNT} ?月.*日.*|{_COUNT} ?月 ?[0-9]{{1,2}}|[0-9]{{1,2}} ?[./] ?[0-9]{{1,2}}")
_DATE = re.compile(
    rf".*年.*月.*|(?:{_ERA}) ?[0-9元]{{1,2}} ?[./] ?[0-9]{{1,2}}.*|[12][0-9]{{3}} ?[./-] ?[0-9].*"
)
_NUMBER = re.compile(r"[0-9]{1,2}|元")
_TIME = r"(?:午[前後])?[0-9]{1,2}(?::[0-9]{2}|時(?:[0-9]{1,2}分|半)?)頃?"
_CLOCK = re.compile(rf"{_TIME}(?:~(?:{_TIME})?)?")  # 20:47, 午前6時20分頃, 9:00~10:20
_ENDS_NUMBER = tuple("0123456789元")
_OPENS_BEHIND = tuple("~、・(頃末")
_OPENS_MONTH = re.compile(r"(?P<month>1?[0-9]) ?月(?!末決算)|〃|同[年月日]|この年|[春夏秋冬](?=[ \u3000])")
_MONTH_ALONE = re.compile(r"[0-9〃同年月日この上中下旬頃末春夏秋冬~ ]+")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_LETTER = re.compile(r"[MTSHR]\.?")
_SUN = re.compile(r"[0-9]{1,2}日?")
_SIGNS = str.maketrans("（）～〜､，－", "()~~、,-")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or several that are one piece of a date: where it stands in its row and on the page, and its text folded."""

    start: int
    end: int
    text: str
    left: int  # places, by characters or by half-widths
    right: int
    is_late: bool = False  # where texts begin, and yet no text


def plain(text: str) -> str:
    """The text folded, its brackets and waves too."""
    return chars.fold(text).text.translate(_SIGNS)


def may_be_date(word: str, place: int = 0) -> bool:
    """Whether a folded word may be of a date: 昭和, 29, 年, 10月, (日), 〃, H at the left; not 計画 nor 3町村."""
    if place == 0 and _LETTER.fullmatch(word):
        return True
    if _CLOCK.fullmatch(word):
        return True
    return (
        _MAY_BE.fullmatch(word) is not None
        and _SAYS.search(word) is not None
        and _THOUSANDS.fullmatch(word) is None
    )


def are_dates(text: str) -> bool:
    """Whether a text holds nothing but words that dates are made of."""
    return all(may_be_date(word, place) for place, word in enumerate(plain(text).split()))


def opens_month(text: str) -> int:
    """The month that a folded text opens with; -1 for one it repeats or leaves open (〃, この年), 0 where it opens with none."""
    found = _OPENS_MONTH.match(text)
    if found is None:
        return 0
    return int(found["month"]) if found["month"] else -1


def is_month(text: str) -> bool:
    """Whether a folded text is a month, or a month and a day, and nothing else."""
    return _OPENS_MONTH.match(text) is not None and _MONTH_ALONE.fullmatch(text) is not None


def kind_of(text: str) -> str:
    """What a piece of a date says, as its column may hold it."""
    for kind, pattern in (
        (NUMBER, _NUMBER), (WESTERN, _WESTERN), (YEAR, _YEAR), (MONTH, _MONTH), (MONTH_DAY, _MONTH_DAY),
        (DATE, _DATE), (DAY, _DAY),
    ):  # fmt: skip
        if pattern.fullmatch(text):
            return kind
    if re.fullmatch(_ERA, text):
        return ERA
    return UNIT if re.fullmatch(r"[年月日度頃末]", text) else OTHER


def join_words(row: str, words: Sequence[Piece]) -> list[Piece]:
    """The words, those one blank apart that make one piece of a date as one: 昭和 29 年, 10 月, S47. 6. 1, 4月 1日."""
    joined: list[Piece] = []
    for word in words:
        above = joined[-1] if joined else None
        if above is not None and word.start - above.end == 1 and _is_one(above.text, word.text):
            joined[-1] = Piece(above.start, word.end, f"{above.text} {word.text}", above.left, word.right)
        else:
            joined.append(word)
    return joined


def _is_one(before: str, word: str) -> bool:
    if re.fullmatch(_ERA, before) or _LETTER.fullmatch(before) or before.endswith((".", "~", "、")):
        return word[:1].isdigit() or word[:1] == "元" or word[:1] in "~、"
    if before.endswith(_ENDS_NUMBER) and word[:1] in "年月日度":
        return True
    if before.endswith("月") and _SUN.match(word):
        return True
    return word.startswith(_OPENS_BEHIND)


def part_month(piece: Piece) -> tuple[Piece | None, Piece | None]:
    """The month and the day of a piece; None for what it does not say."""
    end = piece.text.find("月")
    if end < 0:
        return (None, piece) if piece.text[:1].isdigit() or "日" in piece.text else (piece, None)
    if end + 1 == len(piece.text) or not any(sign.isdigit() for sign in piece.text[end:]):
        return piece, None
    day = end + 1 + (piece.text[end + 1 :][:1] == " ")
    month = replace(piece, end=piece.start + end + 1, text=piece.text[: end + 1])
    return month, replace(piece, start=piece.start + day, text=piece.text[day:])
