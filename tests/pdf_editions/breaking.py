"""Breaks paragraphs into lines as Japanese typesetting does.

Full-width characters are an em wide, half-width ones half of it (IPA Gothic), so that widths are known.
"""

from __future__ import annotations

import unicodedata

_NO_LINE_START = "、。，．）」』】・：；！？ー々ゃゅょっぁぃぅぇぉャュョッァィゥェォ,.)]"
_NO_LINE_END = "（「『【([＜"


def width(text: str, size: float) -> float:
    return sum(size if unicodedata.east_asian_width(sign) in "WFA" else size / 2 for sign in text)


def wrap(text: str, room: float, size: float, indent: float = 0.0) -> list[str]:
    """Lines no wider than the room; no line starts or ends with what must not, no Latin word is parted."""
    lines: list[str] = []
    rest, whole = text, room
    while width(rest, size) > (room := whole - (0.0 if lines else indent)) + 0.01:
        end = 0
        while width(rest[: end + 1], size) <= room + 0.01:
            end += 1
        start = end
        while end > 1 and (
            rest[end] in _NO_LINE_START or rest[end - 1] in _NO_LINE_END or _parts_word(rest, end)
        ):
            end -= 1
        end = end if end > 1 else start
        lines.append(rest[:end].rstrip(" "))
        rest = rest[end:].lstrip(" ")
    return [*lines, rest]


def _parts_word(text: str, at: int) -> bool:
    return all("!" <= sign <= "~" for sign in text[at - 1 : at + 1])
