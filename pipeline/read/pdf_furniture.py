"""Page numbers, running heads and running feet, told by their place and by coming again.

Takes the drafts of all pages. Gives for each page the roles of its loose rows (pieces of one height).
Only rows beyond the body count: the outermost ones of a page, above and below its tables.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.read.pdf_cues import page_number
from pipeline.read.pdf_lines import Ink
from pipeline.read.pdf_parts import PageDraft

PAGE_NUMBER, RUNNING_HEAD, STAMP = "page_number", "running_head", "stamp"
_OUTERMOST = 3  # rows from either end of the page that may be furniture
_SAME_HEIGHT = 4.0  # points
_MARGIN = 0.1  # of the page's height, above and below
_OFTEN = 0.4  # of the pages: a head may be on every other page


def find_furniture(drafts: Sequence[PageDraft]) -> list[dict[int, str]]:
    """For each page the roles of its loose rows that are furniture, by the row's index."""
    outer = [_outer_rows(draft) for draft in drafts]
    roles: list[dict[int, str]] = [{} for _ in drafts]
    for page, draft in enumerate(drafts):
        for row in outer[page]:
            pieces = draft.loose[row]
            if all(page_number(piece.text) is not None for piece in pieces) and _is_in_margin(draft, row):
                roles[page][row] = PAGE_NUMBER
    for places in _find_repeated(drafts, outer):
        for page, row in places:
            roles[page].setdefault(row, RUNNING_HEAD)
    return roles


def _outer_rows(draft: PageDraft) -> list[int]:
    """The loose rows that may be furniture: among the first or last ones, and beyond every table."""
    count = len(draft.loose)
    top = min((table.top for table in draft.tables), default=None)
    bottom = max((table.bottom for table in draft.tables), default=None)
    chosen = []
    for row, pieces in enumerate(draft.loose):
        is_above = row < _OUTERMOST and (top is None or pieces[0].base <= top + 1)
        is_below = row >= count - _OUTERMOST and (bottom is None or pieces[0].top >= bottom - 1)
        if is_above or is_below:
            chosen.append(row)
    return chosen


def _is_in_margin(draft: PageDraft, row: int) -> bool:
    """Whether the row stands in the page's margin, or at its end with more room than a line before it."""
    ink = draft.loose[row][0]
    if ink.base < _MARGIN * draft.height or ink.base > (1 - _MARGIN) * draft.height:
        return True
    others = [
        *(piece.base for place, pieces in enumerate(draft.loose) if place != row for piece in pieces),
        *(edge for table in draft.tables for edge in (table.top, table.bottom)),
    ]
    nearest = min((abs(ink.base - base) for base in others), default=draft.height)
    is_outermost = all(base < ink.base for base in others) or all(base > ink.base for base in others)
    return is_outermost and nearest > 2.2 * ink.size


def _find_repeated(
    drafts: Sequence[PageDraft], outer: Sequence[Sequence[int]]
) -> list[list[tuple[int, int]]]:
    """Rows that say the same at the same height of many pages: a list of (page, row) each."""
    by_text: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for page, rows in enumerate(outer):
        for row in rows:
            by_text[_say(drafts[page].loose[row], drafts[page].number)].append((page, row))
    least = max(3, round(_OFTEN * len(drafts)))
    found: list[list[tuple[int, int]]] = []
    for places in by_text.values():
        heights = sorted(drafts[page].loose[row][0].base for page, row in places)
        middle = heights[len(heights) // 2]
        same = [
            (page, row)
            for page, row in places
            if abs(drafts[page].loose[row][0].base - middle) <= _SAME_HEIGHT
        ]
        pages = {page for page, _ in same}
        in_margin = all(_is_in_margin(drafts[page], row) for page, row in same)
        if len(pages) >= least or (in_margin and len(pages) >= 2 and len(pages) >= 0.5 * len(drafts)):
            found.append(same)
    return found


def _say(pieces: Sequence[Ink], number: int) -> str:
    """What a row says, with the page's number left open."""
    texts = ("#" if page_number(piece.text) is not None else piece.text for piece in pieces)
    return "\t".join(re.sub(rf"(?<!\d){number}(?!\d)", "#", text) for text in texts)
