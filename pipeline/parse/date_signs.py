"""Signs and words as pieces of patterns.

Takes DateRules. Gives patterns of word lists, and which signs a date can start with or go on with.
Reads rules/dates.toml and eras.csv.
"""

from __future__ import annotations

from collections.abc import Iterable

import regex

from pipeline import chars
from pipeline.parse.date_numbers import FIRST_YEAR
from pipeline.rules.dates import DateRules

_NEVER_FIRST = frozenset({"first_day", "behind", "not_known", "quarter"})  # words that no date starts with
OPENS, CLOSES = r"[（(〔\[［【〈＜<《≪｛{]", r"[）)〕\]］】〉＞>》≫｝}]"


def words(listed: Iterable[str], *, blanks: bool = False) -> str:
    """A pattern for any of these words, the longest first; with blanks allowed between their signs."""
    ordered = sorted(listed, key=lambda word: (-len(word), word))
    parts = ("[ ]{0,3}+".join(map(regex.escape, word)) if blanks else regex.escape(word) for word in ordered)
    return f"(?:{'|'.join(parts)})"


def first_signs(rules: DateRules, era_forms: list[str]) -> str:
    """The signs a date can start with, as a character class body: the cheap test before all others."""
    starters = [
        *era_forms, *rules.unknown_eras, *rules.numerals, *rules.seasons, *rules.signs["waves"], *rules.half_days,
        *(word for name, words_ in rules.words.items() if name not in _NEVER_FIRST for word in words_),
        *(pair[0] for pair in rules.brackets), *rules.inexact["anywhere"], *rules.clock_words, "'", "’", "‘", "年", FIRST_YEAR,
    ]  # fmt: skip
    signs = {word[0] for word in starters} - {"〇", "零"}
    wide = {chr(ord(sign) + 0xFEE0) for sign in signs if "!" <= sign <= "~"}
    wide |= {radical for radical in map(chr, range(0x2E80, 0x2FE0)) if chars.fold(radical).text in signs}
    return "".join(map(regex.escape, sorted(signs | wide))) + "0-9０-９"


def continuing_signs(rules: DateRules) -> str:
    """The signs that something of a date could start with behind a day, as a character class body."""
    listed = [
        *(word for words_ in rules.signs.values() for word in words_),
        *(word for words_ in rules.open.values() for word in words_),
        *(word for words_ in rules.inexact.values() for word in words_),
        *rules.weekdays, *rules.half_days, *rules.numerals, *rules.not_after["day_named"], "=", "＝",
        *rules.words["behind"], *rules.words["not_known"],
    ]  # fmt: skip
    return "".join(map(regex.escape, sorted({word[0] for word in listed}))) + OPENS[1:-1].replace("[", "\\[")
