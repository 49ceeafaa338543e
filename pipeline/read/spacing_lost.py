"""Whether the grid of a page loses the parts of dates that stand in columns of their own.

Takes the parts as spacing_dateparts finds them, and the blocks cut by the grid. Reads no rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.read.spacing_blocks import Block
from pipeline.read.spacing_cut import Cut
from pipeline.read.spacing_dateparts import DateParts, roles_of

_LOST = 0.1  # of the rows with dates that stand in no column


def are_lost(dates: DateParts, blocks: Sequence[Block]) -> bool:
    """Whether these dates, cut by another grid, share cells with texts, or a part stands now here, now there."""
    cuts = [cut for block in blocks for cut in block.cuts if cut.row.start in dates.parts and cut.cells]
    carries = any("year" in roles and "era" not in roles for roles in map(roles_of, dates.parts.values()))
    if not cuts:
        return carries
    beside: dict[str, Counter[int]] = {}
    lost = 0
    for cut in cuts:
        held = _held(dates, cut)
        if any(_is_torn(roles, carries) for roles in held.values()):
            return True
        for column, roles in held.items():
            for role in roles:
                beside.setdefault(role, Counter())[column] += 1
        lost += _lacks_text(dates, cut)
    astray = (counts.total() - max(counts.values()) for counts in beside.values())
    return max(lost, *astray) > _LOST * len(cuts)


def _held(dates: DateParts, cut: Cut) -> dict[int, set[str]]:
    """The roles of the parts of the row's date by the column they were cut into; -1 for those in none."""
    held: dict[int, set[str]] = {}
    for part in dates.parts[cut.row.start]:
        place = cut.row.start + part.start
        column = next((column for column, (start, end) in cut.cells.items() if start <= place < end), -1)
        held.setdefault(column, set()).add(part.role)
    return held


def _is_torn(roles: set[str], carries: bool) -> bool:
    """Whether a cell holds an era without its year, or with the year where other rows give years alone."""
    return ({"western", "era"} <= roles and "year" not in roles) or (carries and {"era", "year"} <= roles)


def _lacks_text(dates: DateParts, cut: Cut) -> bool:
    """Whether the text behind the date has no cell of its own."""
    text = dates.texts.get(cut.row.start, 0)
    place = cut.row.start + text
    if any(start < place < end for start, end in cut.cells.values()):
        return True
    return text < len(cut.row.text) and all(start < place for start, _ in cut.cells.values())
