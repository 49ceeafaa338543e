"""The window of text that a date is looked for in.

Takes text as it stands and a place. Gives folded text, line ends kept, and the way back to its offsets.
Reads rules/chars.toml through chars.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import regex

from pipeline import chars
from pipeline.parse.date_forms import Forms

WINDOW = 400  # no date expression is longer
_FOLD = str.maketrans("．／：－，｡＇＂［］", "./:-，。'\"[]")
_LINE_ENDS = frozenset("\n\r\f\v\x85\u2028\u2029")
_LINE_END = regex.compile(r"[ \t\u3000\xa0]*+[\r\n\f\v\x85\u2028\u2029]++[ \t\u3000\xa0\r\n\f\v]*+")
_BLANK = regex.compile(r"[ \n]*+")


# 明治二二、一〇、 五 and 〃 三四、五: kanji numerals with the sign of a list where digits have dots
_LISTED = regex.compile(
    r" *(?:[^\W\d_]{2}|[〃″同]) *[〇一二三四五六七八九十元]{1,3}(?:、 *[〇一二三四五六七八九十]{1,3}){1,2}(?=[ \n]|$)"
)


@lru_cache(maxsize=4096)
def _fold_window(piece: str) -> tuple[str, Sequence[int]]:
    """The piece as patterns see it, line ends kept as such, and where each sign starts in it."""
    folded = chars.fold(piece)
    shown = folded.text.translate(_FOLD)
    if not _LINE_ENDS.isdisjoint(piece):
        signs = zip(shown, folded.offsets, strict=False)
        shown = "".join("\n" if piece[place] in _LINE_ENDS else sign for sign, place in signs)
    if listed := _LISTED.match(shown):
        shown = listed.group().replace("、", ".") + shown[listed.end() :]
    return shown, folded.offsets


class View:
    """Folded text of the window from `start`, line ends kept, and the way back to the source's offsets."""

    def __init__(self, text: str, start: int, pattern: Forms) -> None:
        self.source = text
        self.forms = pattern
        self.text, self._offsets = _fold_window(text[start : start + WINDOW])
        self._start = start
        self.begin = self.skip(0) if pattern.cell else len(self.text) - len(self.text.lstrip(" "))

    def skip(self, offset: int) -> int:
        """The offset behind the blanks and line ends that stand there."""
        return int(_BLANK.match(self.text, offset).end())

    def place(self, offset: int) -> int:
        """The offset in the text that was given."""
        return self._start + self._offsets[offset]

    def word_follows(self, offset: int) -> bool:
        """Whether a letter or digit stands right there."""
        return bool(self.forms.word.match(self.text, offset))

    def raw(self, start: int, end: int) -> str:
        """The source's characters, line ends (and the blanks around them) dropped."""
        return str(_LINE_END.sub("", self.source[self.place(start) : self.place(end)]))
