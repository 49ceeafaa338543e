"""The width at which the first texts right of a date area break, told by all pages together.

Takes the rows of each page and where the texts of those with a date begin. Gives that width in full-width characters.
A text that fills its column is a single blank away from the next column, and as wide as other full ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from pipeline import chars
from pipeline.read.rows import Row
from pipeline.read.spacing_tight import FIELD

_BLANK = re.compile(r"(?<=[^\s\u3000])[ \u3000](?=[^\s\u3000])")
_NARROWEST = 12  # full-width characters of a column whose texts break at one width
_LEAST = 3  # texts of that width
_SHARP = 2  # times as many as a little wider or narrower ones
_SLACK = 1.0  # full-width characters by which such texts differ


def find_edge(pages: Iterable[tuple[Sequence[Row], Mapping[int, int]]]) -> float:
    """The width of most full texts, by themselves or before a blank; 0 where none shows."""
    counts: Counter[int] = Counter()
    for rows, begins in pages:
        for row in rows:
            field = FIELD.search(row.text, begins.get(row.start, 0))
            if field is None:
                continue
            start, end = field.span()
            ends = [*(blank.start() for blank in _BLANK.finditer(row.text, start, end)), end]
            counts.update({round(chars.width(row.text[start:place])) for place in ends})
    many = max((count for width, count in counts.items() if width >= _NARROWEST), default=0)
    best = max((width for width, count in counts.items() if width >= _NARROWEST and count == many), default=0)
    beside = max(counts[best + step] for step in (-3, -2, 2, 3))
    return float(best) if many >= max(_LEAST, _SHARP * beside) else 0.0


def is_full(width: float, edge: float) -> bool:
    """Whether a text is as wide as the full ones."""
    return bool(edge) and abs(width - edge) <= _SLACK
