"""What may stand before an entry's date on its line: a bullet, a bracket, a running number, an occasion.

Takes the text of a line. Gives the places where its date may begin. Whether a date does begin there is
for parse/starts to see. Reads rules/layout.toml (bullets, date_brackets).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline import chars
from pipeline.rules.layout import LayoutRules

ITEM = "一、"  # what each item of a list in old style opens with
# A running number before the date: `1. 昭和29年…`, `（1）昭和29年…`, `① 昭和29年…`, `1 昭和29年…`.
_NUMBER = re.compile(
    r"(?:(?P<circled>[①-⑳])|[(（〔] ?(?P<bracketed>[0-9]{1,3}) ?[)）〕]|(?P<closed>[0-9]{1,3}) ?[)）.．、:：]"
    r"|(?P<bare>[0-9]{1,3})(?= )) *"
)
_OCCASION = re.compile(
    r"(?:[(（]?[0-9]{1,3}[)）.．]? +|[①-⑳] *)?(?P<occasion>第 ?[0-9一二三四五六七八九十]{1,3} ?回[^ 0-9]{0,16}) +"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A running number: how it is written (circled, bracketed, closed, bare), its value, where it ends."""

    kind: str
    value: int
    end: int


def find_openings(text: str, rules: LayoutRules) -> list[int]:
    """Offsets where the date may begin: at once, behind a bullet or 一、, behind an opening bracket."""
    offsets, place = [0], 0
    if text.startswith(ITEM):
        return [len(text) - len(text[len(ITEM) :].lstrip())]
    while place < min(len(text), 8) and (text[place] in rules.bullets or text[place].isspace()):
        place += 1
    if place:
        offsets.append(place)
    if place < len(text) and text[place] in rules.closing:
        offsets.append(place + 1)
    return offsets


def find_number(text: str) -> Number | None:
    """The running number that the line begins with: `12. ` is 12, `（３）` 3, `④` 4."""
    found = _NUMBER.match(chars.fold(text).text)
    if found is None:
        return None
    kind = str(found.lastgroup)
    word = found.group(kind)
    value = ord(word) - ord("①") + 1 if kind == "circled" else int(word)
    return Number(kind, value, found.end())


def find_occasion(text: str) -> re.Match[str] | None:
    """The numbered occasion that the line begins with (第1回 幹事会), its group `occasion`."""
    return _OCCASION.match(chars.fold(text).text)
