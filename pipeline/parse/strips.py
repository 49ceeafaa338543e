"""A strip: the joined text of fragments, with the place of each of its characters.

Takes fragments of lines. Gives one folded text to look for signs in, and back from
any part of it the spans of the source. Reads no rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline import chars
from pipeline.model import SOFT, Fragment, Span, Spans, Text


@dataclass(frozen=True, slots=True)
class Strip:
    """Folded text and, a character each, the source place where it starts and ends."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def spans(self, start: int = 0, end: int | None = None) -> Spans:
        """The source places of `text[start:end]`, without blanks at its ends; neighbours as one."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        if start < end and self.ends[end - 1] - self.starts[start] == end - start:
            return (Span(self.starts[start], self.ends[end - 1]),)
        merged: list[Span] = []
        for left, right in zip(self.starts[start:end], self.ends[start:end], strict=True):
            if merged and merged[-1].end == left:
                merged[-1] = Span(merged[-1].start, right)
            else:
                merged.append(Span(left, right))
        return tuple(merged)

    def part(self, source: str, start: int, end: int | None = None) -> Text:
        """The Text of `text[start:end]`."""
        return chars.make_text(source, self.spans(start, end))

    def cut(self, start: int, end: int | None = None) -> Strip:
        """The strip of `text[start:end]`."""
        end = len(self.text) if end is None else end
        return Strip(self.text[start:end], self.starts[start:end], self.ends[start:end])


def make_strip(source: str, fragments: Iterable[Fragment]) -> Strip:
    """Fragments of one paragraph as one strip.

    Japanese joins with nothing between; two Latin words that the break parted keep the
    line's end as a blank. A word that the page broke in its middle (no blank, a soft wrap
    in a text that shows its blanks) joins with nothing.
    """
    parts: list[chars.Folded] = []
    previous: Fragment | None = None
    for fragment in fragments:
        folded = chars.fold(source[fragment.span.start : fragment.span.end], fragment.span.start)
        if previous is not None and _parted(source, previous, fragment):
            parts.append(chars.Folded(" ", (previous.span.end, previous.span.end + 1)))
        parts.append(folded)
        previous = fragment
    return string_together(parts)


def string_together(parts: Sequence[chars.Folded]) -> Strip:
    """Folded texts one behind the other as one strip."""
    if len(parts) == 1:
        return Strip(parts[0].text, parts[0].offsets[:-1], parts[0].offsets[1:])
    starts: list[int] = []
    ends: list[int] = []
    for part in parts:
        starts.extend(part.offsets[:-1])
        ends.extend(part.offsets[1:])
    return Strip("".join(part.text for part in parts), starts, ends)


def _parted(source: str, previous: Fragment, fragment: Fragment) -> bool:
    """Whether a line's end stands for the blank between two Latin words.

    Full-width letters are set like kanji: a line may end inside a word of them.
    """
    sides = source[previous.span.end - 1] + source[fragment.span.start]
    if not (sides.isascii() and sides.isalpha()):
        return False
    blank_kept = source[previous.span.end : previous.span.end + 1] not in ("", "\n", "\r")
    return blank_kept or previous.wrap != SOFT
