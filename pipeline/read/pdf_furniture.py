"""Page numbers, running heads and running feet, told by their place and by coming again.

Takes the drafts of all pages. Gives for each page the roles of its loose rows (pieces of one height).
Only rows beyond the body count: the outermost ones of a page, above and below its tables.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pipeline.read.pdf_cues import looks_dated, page_number
from pipeline.read.pdf_lines import Ink, join_pieces
from pipeline.read.pdf_parts import PageDraft

PAGE_NUMBER, RUNNING_HEAD, STAMP = "page_number", "running_head", "stamp"
_OUTERMOST = 3  # rows from either end of the page that may be furniture
_SAME_HEIGHT = 4.0  # points
_OFTEN = 0.4  # of the pages, for a head that stands apart: it may be on every other page
_NEARLY_ALL = 0.8  # of the pages, for one that stands close to the body, such as a table's head line
_APART = 1.5  # of the page's wider line distances: what stands further from the body is no part of it
_SMALL = 0.95  # of the size of most rows

Place = tuple[int, int]  # index of a page, and of a loose row on it


def find_furniture(drafts: Sequence[PageDraft]) -> list[dict[int, str]]:
    """For each page the roles of its loose rows that are furniture, by the row's index."""
    outer = [_outer_rows(draft) for draft in drafts]
    places = [(page, row) for page, rows in enumerate(outer) for row in rows]
    apart = {place for place in places if _stands_apart(drafts[place[0]], place[1])}
    outside = apart | {(page, row) for page, row in places if drafts[page].tables}
    roles: list[dict[int, str]] = [{} for _ in drafts]
    for same in _at_same_height(drafts, [place for place in places if _is_number(drafts, place)]):
        often = len(same) >= max(2, 0.5 * len(drafts))
        for page, row in same:
            if often or (page, row) in apart:
                roles[page][row] = PAGE_NUMBER
    by_text: dict[str, list[Place]] = defaultdict(list)
    for page, row in places:
        is_edge = row in (0, len(drafts[page].loose) - 1)
        if (page, row) not in outside and not is_edge and not _may_be_head_line(drafts[page], row):
            continue
        by_text[_say(drafts[page].loose[row], drafts[page].number)].append((page, row))
    sizes = sorted(pieces[0].size for draft in drafts for pieces in draft.loose)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    for alike in by_text.values():
        for same in _at_same_height(drafts, alike):
            standing = sum(1 for place in same if place in outside)
            is_apart = standing > 0.5 * len(same) or (standing > 0 and _is_small_edge(drafts, same, usual))
            if not is_apart:
                same = [(page, row) for page, row in same if _may_be_head_line(drafts[page], row)]
            least = max(2, _OFTEN * len(drafts)) if is_apart else max(3, _NEARLY_ALL * len(drafts))
            for page, row in same if len({page for page, _ in same}) >= least else ():
                roles[page].setdefault(row, RUNNING_HEAD)
    return roles


def _is_small_edge(drafts: Sequence[PageDraft], places: Sequence[Place], usual: float) -> bool:
    """Whether these are the first or the last row of every page, and set smaller than most rows are."""
    edges = {(page, row in (0, len(drafts[page].loose) - 1)) for page, row in places}
    size = max(drafts[page].loose[row][0].size for page, row in places)
    return edges == {(page, True) for page in range(len(drafts))} and size < _SMALL * usual


def _may_be_head_line(draft: PageDraft, row: int) -> bool:
    """Whether a row beside the body may be a table's head line: it names the date column and another one."""
    pieces = draft.loose[row]
    left = min(other[0].x0 for other in draft.loose)
    return len(pieces) > 1 and not looks_dated(pieces[0].text) and pieces[0].x0 < left + 3 * pieces[0].size


def _is_number(drafts: Sequence[PageDraft], place: Place) -> bool:
    return _numbers(drafts[place[0]].loose[place[1]])


def _numbers(pieces: Sequence[Ink]) -> bool:
    """Whether the row is a page number, or two of them on a sheet with two pages."""
    whole = page_number(join_pieces(pieces).text) is not None
    return whole or all(page_number(piece.text) is not None for piece in pieces)


def _at_same_height(drafts: Sequence[PageDraft], places: Sequence[Place]) -> list[list[Place]]:
    """The places in groups of one height."""
    groups: list[list[Place]] = []
    height = 0.0
    for page, row in sorted(places, key=lambda place: (drafts[place[0]].loose[place[1]][0].base, place)):
        base = drafts[page].loose[row][0].base
        if not groups or base - height > _SAME_HEIGHT:
            groups.append([])
            height = base
        groups[-1].append((page, row))
    return groups


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


def _stands_apart(draft: PageDraft, row: int) -> bool:
    """Whether the row stands further from the next one, or from a table, than lines of this page do."""
    ink = draft.loose[row][0]
    others = sorted(
        [
            *(pieces[0].base for place, pieces in enumerate(draft.loose) if place != row),
            *(edge for table in draft.tables for edge in (table.top, table.bottom)),
        ]
    )
    if not others:
        return True
    steps = sorted(after - before for before, after in pairwise(others))
    usual = steps[int(0.75 * len(steps))] if len(steps) > 3 and not draft.tables else 1.6 * ink.size
    is_outermost = ink.base < others[0] or ink.base > others[-1] or row in (0, len(draft.loose) - 1)
    inward = min(abs(ink.base - base) for base in others)
    return is_outermost and inward > _APART * max(usual, ink.size)


def _say(pieces: Sequence[Ink], number: int) -> str:
    """What a row says, with the page's number left open."""
    if _numbers(pieces):
        return "#"
    texts = ("#" if page_number(piece.text) is not None else piece.text for piece in pieces)
    return "\t".join(re.sub(rf"(?<!\d){number}(?!\d)", "#", text) for text in texts)
