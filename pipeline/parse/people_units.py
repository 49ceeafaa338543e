"""A unit: one field of an event as patterns see it, with the source place of every character.

Takes an Event. Gives its headline and its details as `Unit`s. Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline import chars
from pipeline.model import Detail, Event, Spans, Text
from pipeline.parse.strips import Strip, string_together

KANJI = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆"
KANA = "ぁ-ゖァ-ヺー"
# Half-width and rare signs as the one sign that patterns know; one for one, so places stay.
_SIGNS = str.maketrans("()[]<>:;,･〜‥|｜", "（）［］＜＞：；、・～…｜｜")
# What no affiliation and no name goes across.
STOPS = frozenset('。、，「」『』【】［］＜＞《》〈〉“”"：；→※～…｜？！?!○〇●◎◇◆■□▲△▼★☆＝=／/') | frozenset(
    map(chr, range(0x2460, 0x2474))
)
_LONGEST_BRACKET = 400  # signs; one that is open for longer was never closed
WORD = re.compile(f"[{KANJI}{KANA}]+")
KANJI_RUN = re.compile(f"[{KANJI}ヶヵノ]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """The text of a headline (`index` None) or of a detail, folded, with its places."""

    strip: Strip
    text: str
    index: int | None = None
    detail: Detail | None = None

    def spans(self, start: int, end: int) -> Spans:
        """The source places of `text[start:end]`, without blanks at its ends."""
        return self.strip.spans(start, end)


def make_unit(source: str, text: Text, index: int | None = None, detail: Detail | None = None) -> Unit:
    """The unit of one field."""
    strip = string_together([chars.fold(source[span.start : span.end], span.start) for span in text.spans])
    return Unit(strip, strip.text.translate(_SIGNS), index, detail)


def make_units(source: str, event: Event) -> tuple[Unit, ...]:
    """The headline, then the details, in the order of the document."""
    details = (make_unit(source, detail.text, at, detail) for at, detail in enumerate(event.details))
    return (make_unit(source, event.headline), *details)


def skip_blanks(text: str, at: int) -> int:
    """The next place that is no blank."""
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def skip_back(text: str, at: int, floor: int = 0) -> int:
    """The end of the text before the blanks that end at `at`."""
    while at > floor and text[at - 1] == " ":
        at -= 1
    return at


def closing(text: str, at: int) -> int | None:
    """The place of the ） that closes the （ at `at`; None where it is not closed within reach."""
    depth = 0
    for place in range(at, min(len(text), at + _LONGEST_BRACKET)):
        depth += {"（": 1, "）": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return None


def opening(text: str, at: int, floor: int = 0) -> int | None:
    """The place of the （ that the ） at `at` closes; None where there is none within reach."""
    depth = 0
    for place in range(at, max(floor, at - _LONGEST_BRACKET) - 1, -1):
        depth += {"）": 1, "（": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return None


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """The outermost （…） of a text: place of （ and of ）."""
    at = text.find("（")
    while at >= 0:
        end = closing(text, at)
        if end is None:
            return
        yield at, end
        at = text.find("（", end)
