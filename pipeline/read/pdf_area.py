"""Pages without ruling lines, read by the columns of their dates as texts set with blanks are.

Takes the drafts of all pages. Gives every line in its cell, or None where pages have ruled tables, two halves, or no
columns of dates. Rows are written out with blanks, each piece as many half-widths from the left as on the page, and
cut and grouped as spacing_areablocks and spacing_tables do it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, pairwise

from pipeline.model import Line
from pipeline.read.pdf_columns import find_gutter
from pipeline.read.pdf_cues import is_year
from pipeline.read.pdf_dateparts import Written, cut_written, write_rows
from pipeline.read.pdf_flow import outside
from pipeline.read.pdf_furniture import find_furniture
from pipeline.read.pdf_lines import Ink, split_ink
from pipeline.read.pdf_parts import PageDraft
from pipeline.read.pdf_text import Placed, indent_of, place_furniture, wrap_of
from pipeline.read.spacing_areablocks import cut_by_area
from pipeline.read.spacing_areawords import are_dates
from pipeline.read.spacing_columns import by_width
from pipeline.read.spacing_slots import DRAWN
from pipeline.read.spacing_tables import make_lines

_WIDE = 1.3  # of the distance of two lines: rows that far apart are parted
_LEAST = 0.9  # of the em: lines nearer than that are a date and a text of one row
_COMMON = 0.15  # of the rows have a text that begins at one place
_NEAR = 1.5  # points
_FEWEST = 3  # lines drawn across a page that part its rows

Pieces = Sequence[Ink]


def place_by_area(drafts: Sequence[PageDraft]) -> list[Placed] | None:
    """Every line of the document in reading order, those of tables in their cells."""
    if any(draft.tables for draft in drafts):
        return None
    furniture = find_furniture(drafts)
    pages = [
        [row for place, row in enumerate(draft.loose) if place not in roles]
        for draft, roles in zip(drafts, furniture, strict=True)
    ]
    parted = _part_dates(pages)
    if not any(pages) or find_gutter(parted, max(draft.width for draft in drafts)) is not None:
        return None
    written = _write(parted)
    texts = [
        [(one.row, gap) for one, gap in zip(own, _gaps(page, draft), strict=True)]
        for own, page, draft in zip(written, parted, drafts, strict=True)
    ]
    blocks = cut_by_area([page for page in texts if page], frozenset(), frozenset(), by_width)
    lines = make_lines(blocks) if blocks else ()
    return list(_place(lines, written, drafts, furniture)) if lines else None


def _part_dates(pages: Sequence[Sequence[Pieces]]) -> list[list[Pieces]]:
    """The rows, a date that touches its text parted from it where other texts begin: 9月 | 公民館落成式."""
    every = [row for page in pages for row in page]
    starts = Counter(round(piece.x0) for row in every for piece in row if not are_dates(piece.text))
    common = [place for place, _ in starts.most_common() if _near(starts, place) >= _COMMON * len(every)]
    return [[[part for piece in row for part in _parts(piece, common)] for row in page] for page in pages]


def _near(starts: Mapping[int, int], place: int) -> int:
    return sum(starts.get(place + step, 0) for step in (-1, 0, 1))


def _parts(piece: Ink, places: Sequence[int]) -> list[Ink]:
    if is_year(piece.text):
        return [piece]  # a heading, which may reach over what stands below it
    for place in places:
        if not piece.x0 < place - _NEAR < piece.x1:
            continue
        at = next((at for at, left in enumerate(piece.left) if at and abs(left - place) <= _NEAR), 0)
        if at and piece.text[at].strip() and are_dates(piece.text[:at]):
            return list(split_ink(piece, at))
    return [piece]


def _write(pages: Sequence[Sequence[Pieces]]) -> list[list[Written]]:
    written = iter(write_rows([tuple(row) for page in pages for row in page], count(1)))
    return [[next(written) for _ in page] for page in pages]


def _gaps(page: Sequence[Pieces], draft: PageDraft) -> list[int]:
    """For each row whether it is parted from the one above: by a line drawn across, or without such lines by a gap."""
    if not page:
        return []
    heights = [rule.top for rule in draft.dividers]
    steps = [below[0].base - above[0].base for above, below in pairwise(page)]
    if len(heights) >= _FEWEST:
        parted = [
            any(above[0].base < height < below[0].base for height in heights)
            for above, below in pairwise(page)
        ]
        return [0, *(DRAWN * is_parted for is_parted in parted)]
    usual = Counter(round(step) for step in steps if step >= _LEAST * page[0][0].size)
    pitch = usual.most_common(1)[0][0] if usual else 0
    return [0, *(int(step > _WIDE * pitch) for step in steps)]


def _place(
    lines: Sequence[Line],
    written: Sequence[Sequence[Written]],
    drafts: Sequence[PageDraft],
    furniture: Sequence[Mapping[int, str]],
) -> Iterator[Placed]:
    """The lines page by page between the furniture of each, a row's cells one after the other."""
    rows = {one.row.number: one for page in written for one in page}
    inks = {line.span.start: cut_written(rows[line.number], line.span) for line in lines}
    edges = _edges(lines, inks)
    below = _below(lines)
    by_row: dict[int, list[Line]] = {}
    for line in lines:
        by_row.setdefault(line.number, []).append(line)
    for page, draft, roles in zip(written, drafts, furniture, strict=True):
        yield from place_furniture(outside(draft, roles, is_head=True))
        for line in _in_order([line for one in page for line in by_row.get(one.row.number, ())]):
            ink = inks[line.span.start]
            following = below.get(line.span.start)
            left, right = edges.get((draft.number, line.cell[2] if line.cell else -1), (ink.x0, ink.x1))
            wrap = wrap_of(ink, inks[following] if following is not None else None, right)
            yield Placed(ink, wrap, indent_of(ink, left), line.cell)
        yield from place_furniture(outside(draft, roles, is_head=False))


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, all of a row where its first one stands, cell by cell."""
    first: dict[tuple[int, int], int] = {}
    for line in lines:
        if line.cell:
            first[line.cell[:2]] = min(first.get(line.cell[:2], line.number), line.number)

    def key(line: Line) -> tuple[int, ...]:
        if line.cell is None:
            return (line.number, -1, 0, 0, line.span.start)
        return (first[line.cell[:2]], line.cell[0], line.cell[1], line.cell[2], line.span.start)

    return sorted(lines, key=key)


def _below(lines: Sequence[Line]) -> dict[int, int]:
    """For each line with another one below it in its cell, where that starts."""
    cells: dict[tuple[int, int, int], list[int]] = {}
    for line in lines:
        if line.cell:
            cells.setdefault(line.cell, []).append(line.span.start)
    return {above: below for starts in cells.values() for above, below in pairwise(sorted(starts))}


def _edges(lines: Sequence[Line], inks: Mapping[int, Ink]) -> dict[tuple[int, int], tuple[float, float]]:
    """Left and right edge of each page's columns, and of what stands in none; the right edge is that of all pages.

    A note (※) may stand below the table, and says nothing of where its column ends.
    """
    lefts: dict[tuple[int, int], float] = {}
    rights: dict[int, float] = {}
    for line in lines:
        ink = inks[line.span.start]
        column = line.cell[2] if line.cell else -1
        lefts[ink.page, column] = min(lefts.get((ink.page, column), ink.x0), ink.x0)
        if not ink.text.startswith("※"):
            rights[column] = max(rights.get(column, ink.x1), ink.x1)
    return {(page, column): (left, rights.get(column, left)) for (page, column), left in lefts.items()}
