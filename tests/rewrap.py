"""Sets a text edition again: other line breaks, other pages, blanks and widths as another PDF reader gives them.

Takes a text in the manner of the real document: a line with a closing blank ends a paragraph, a
line without one is a soft wrap, a page starts with a blank right behind a non-empty line.
"""

from __future__ import annotations

import random
import re
import unicodedata

_PAGE_NUMBER = re.compile(r"^ ?[0-9]{1,3} ?$")
# A table's row: its last field is a number, or a date that fills its cell; rows are set whole.
_ROW = re.compile(r"(?:[ 　]|^)(?:[＋+-]?[0-9,]+|[0-9]+ ?年 ?[0-9]+ ?月 ?[0-9]+ ?日)$|(?:[0-9元]+ 年度 ){3}")
_NO_START = "、。，．）」』】〕〉》”’々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ・：:,.)] ～〜"
_NO_END = "（「『【〔〈《“‘([ "


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs as the pages show them: soft wraps joined, page numbers and empty lines left out."""
    paragraphs: list[str] = []
    goes_on = False
    for line in text.splitlines():
        if not line.strip() or _PAGE_NUMBER.match(line):
            continue
        if goes_on:
            paragraphs[-1] += line.strip()
        else:
            paragraphs.append(line.strip())
        goes_on = not line.endswith(" ")
    return paragraphs


def rewrap(text: str, width: int, page_lines: int, *, keep_rows: bool = True) -> str:
    """The same paragraphs at another column width (full-width characters) and page length.

    Rows of tables are set whole unless `keep_rows` is off.
    """
    lines: list[str] = []
    for paragraph in paragraphs_of(text):
        pieces = [paragraph] if keep_rows and _ROW.search(paragraph) else _break(paragraph, width)
        lines.extend(pieces[:-1])
        lines.append(pieces[-1] + " ")
    parts: list[str] = []
    for place, line in enumerate(lines):
        starts_page = place and place % page_lines == 0
        parts.append(f" {line}" if starts_page else f"\n{line}" if place else line)
    return "\n".join(parts) + "\n"


def shift_blanks(text: str, seed: int) -> str:
    """Blanks between a number and its unit added or dropped, as PDF readers do."""
    chance = random.Random(seed)

    def shift(found: re.Match[str]) -> str:
        return found[1] + chance.choice(["", " "]) + found[2]

    return re.sub(r"([月年第]) ?([0-9])", shift, text)


def half_width(text: str) -> str:
    """Full-width digits and Latin letters turned half-width, nothing else."""
    return "".join(
        unicodedata.normalize("NFKC", sign)
        if "０" <= sign <= "９" or "Ａ" <= sign <= "Ｚ" or "ａ" <= sign <= "ｚ"
        else sign
        for sign in text
    )


def _width(sign: str) -> float:
    return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5


def _break(paragraph: str, width: int) -> list[str]:
    pieces: list[str] = []
    start = 0
    while start < len(paragraph):
        end, used = start, 0.0
        while end < len(paragraph) and used + _width(paragraph[end]) <= width:
            used += _width(paragraph[end])
            end += 1
        if end < len(paragraph):
            end = _good_break(paragraph, start, end)
        pieces.append(paragraph[start:end])
        start = end
    return pieces


def _good_break(paragraph: str, start: int, end: int) -> int:
    """The last place not behind `end` where print breaks a line; `end` itself where there is none."""
    for place in range(end, start + 1, -1):
        before, after = paragraph[place - 1], paragraph[place]
        inside_word = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        if not inside_word and after not in _NO_START and before not in _NO_END:
            return place
    return end
