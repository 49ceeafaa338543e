"""Takes the pipes out of text that a web page's table left behind: a cell a line, `|` at its end.

Takes rows. Gives rows without the pipes, a row for each cell; what is a pipe lies in no row.
Only where many lines end or begin with one: elsewhere a pipe is a sign like others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline import chars
from pipeline.read.rows import Row

_PIPE = re.compile(r"[|｜]")
_LEAST = 3  # lines with a pipe at an end
_SHARE = 0.2  # of all written lines


def part_at_pipes(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows cut at their pipes, where those are what is left of a table; else the rows as they are."""
    written = [row.text.strip(chars.BLANKS) for row in rows if not row.is_blank]
    edged = sum(1 for text in written if text[-1] in "|｜" or text[0] in "|｜")
    if edged < max(_LEAST, _SHARE * len(written)):
        return tuple(rows)
    return tuple(part for row in rows for part in _part(row))


def _part(row: Row) -> Iterator[Row]:
    """The cells of a row, or one blank row where it is nothing but pipes."""
    start, found = 0, False
    for end in [*(pipe.start() for pipe in _PIPE.finditer(row.text)), len(row.text)]:
        text = row.text[start:end]
        if text.strip(chars.BLANKS):
            found = True
            yield Row(text, row.start + start, row.number, row.page)
        start = end + 1
    if not found:
        yield Row("", row.start, row.number, row.page, True)
