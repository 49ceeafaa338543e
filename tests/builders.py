"""Small documents for tests: lines of text become a Document, an entry, an event."""

from __future__ import annotations

from pipeline import chars
from pipeline.model import FULL, HARD, SOFT, Document, Fragment, Line, Source, Span

SOFT_SIGN, FULL_SIGN = "↩", "⇥"
_WRAPS = {SOFT_SIGN: SOFT, FULL_SIGN: FULL}


def make_document(text: str) -> Document:
    """A Document of these lines; a line that ends with ↩ is one that the page broke, one with ⇥ reaches the edge."""
    lines: list[Line] = []
    parts: list[str] = []
    start = 0
    for number, raw in enumerate(text.strip("\n").split("\n"), 1):
        body = raw.rstrip(SOFT_SIGN + FULL_SIGN)
        if body.strip():
            wrap = _WRAPS.get(raw[-1], HARD)
            lines.append(Line(Span(start, start + len(body)), number, 1, wrap=wrap))
        parts.append(body)
        start += len(body) + 1
    return Document("\n".join(parts), tuple(lines), 1, Source("made.txt", "0" * 64, "text"))


def make_fragments(document: Document) -> tuple[Fragment, ...]:
    """Every line of the document as a fragment of one entry."""
    return tuple(
        Fragment(chars.trim(document.text, line.span), place, line.wrap)
        for place, line in enumerate(document.lines)
    )
