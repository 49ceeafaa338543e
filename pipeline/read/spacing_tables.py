"""Makes table rows and Lines of pages that are cut into columns.

Takes blocks: the lines of a page cut into cells. Gives Lines with cell=(table, row, column).
Blocks with as many columns are one table that goes on from page to page. Headings (a year alone, heads of
columns, a line outside of the columns) part a block; between them the rows are told by their dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from pipeline import chars
from pipeline.model import Line, Span
from pipeline.read.spacing_blocks import Block, part_twins
from pipeline.read.spacing_columns import Cut
from pipeline.read.spacing_merged import Shown, lift_merged
from pipeline.read.spacing_rows import (
    BOTTOM,
    MIDDLE,
    OPENED,
    TOP,
    UNUSUAL,
    Slot,
    mark_details,
    may_open,
    part_rows,
)
from pipeline.read.wraps import find_edge

_DATE_SIGNS = re.compile(
    r"[0-9元年月日度./~〜～、､,・()［］\[\]〃同翌上中下旬頃末春夏秋冬\"″〇一二三四五六七八九十 　\-－―–]"
)
_DATED = re.compile(r"[0-9〃同翌\"″]|元(?!号)|[〇一二三四五六七八九十]{1,4}[年月日]")
_YEAR = re.compile(r"\S{0,8}(?:[0-9]{1,4}|元) ?年度?(?: ?[(（].{1,12}[)）])?|[12][0-9]{3}")
_UNIT = re.compile(r"[年月日度]頃?")  # the end of a date that its narrow cell broke
_WORD = re.compile(r"[^\W\d_]{2}")
_OPENS_DATED = re.compile(r"(?:[^\W\d_]{1,2} ?)?[0-9〇一二三四五六七八九十元]{1,4} ?[年月日./]|同[年月]?日")
_WIDEST_DATE = 22  # characters
_CENTRED = 1.0  # full-width characters by which a title above the first row is set in
_LONGEST_JOINED = 6  # characters; a longer text without a digit is no part of a date


@dataclass(frozen=True, slots=True)
class Run:
    """Lines between two headings of a block, or one heading.

    `opens_page`: no heading stands above them on the page; `closes_page`: none stands below.
    """

    cuts: tuple[Cut, ...]
    is_heading: bool
    opens_page: bool
    closes_page: bool = False


def make_lines(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """The lines of all blocks; () where no column holds dates.

    In the order of the file, but for pages with two tables side by side: there the left one comes first.
    """
    dates = {
        size: _date_columns(blocks, size) for size in {block.columns for block in blocks if block.columns}
    }
    if not any(dates.values()) and not any(_date_columns([block], block.columns) for block in blocks):
        return ()
    lines: list[Line] = []
    table = -1
    alike = groupby(part_twins(blocks, dates), key=lambda block: (block.columns, block.part))
    for (size, _), group in alike:
        members = tuple(group)
        if not size:
            lines.extend(_outside(cut) for block in members for cut in block.cuts)
            continue
        table += 1
        # two tables of one size on a page may have their dates in different columns
        own = _date_columns(members, size)
        shared = dates.get(size) or ()
        columns = (own if own and not set(own) & set(shared) else shared) or (0,)
        lines.extend(lift_merged(tuple(_make_table(members, columns, table)), columns))
    return tuple(lines)


def _date_columns(blocks: Sequence[Block], size: int) -> tuple[int, ...]:
    """The columns of tables with so many columns that hold dates or parts of dates."""
    known = max((block.dated for block in blocks if block.columns == size), default=0)
    found = list(range(known))
    for column in range(known, size):
        texts = [
            chars.fold(cut.text(column)).text
            for block in blocks
            if block.columns == size
            for cut in block.cuts
            if column in cut.cells
        ]
        texts = [text for text in texts if not _UNIT.fullmatch(text)]
        if texts and sum(map(_is_date, texts)) >= 0.6 * len(texts):
            found.append(column)
    return tuple(found)


def _is_date(text: str) -> bool:
    return (
        len(text) <= _WIDEST_DATE
        and bool(_DATED.search(text))
        and len(_DATE_SIGNS.findall(text)) >= max(1, len(text) - 5) * 0.7
    )


def _make_table(blocks: Sequence[Block], dates: tuple[int, ...], table: int) -> Iterator[Shown]:
    years_are_dates = _years_are_dates(blocks, dates)
    runs = [run for block in blocks for run in _cut_runs(block, dates, years_are_dates)]
    edges = _edges(blocks)
    lead = next((column for column in range(blocks[0].columns) if column not in dates), 0)
    slots, mode = _cheapest(runs, [slot for run in runs for slot in _slots(run, dates, edges, lead)])
    row = -1
    for run, given in zip(runs, slots, strict=True):
        starts = [0] if run.is_heading else _part(run, given, mode, row >= 0)[1]
        if not starts and not (run.opens_page and row >= 0):
            starts = [0] if row >= 0 else []
        for place, cut in enumerate(run.cuts):
            is_name = run.is_heading and len(cut.cells) == 1 and not _DATED.search(_date_text(cut, dates))
            row += place in starts and not (row < 0 and (is_name or not cut.cells))
            if not cut.cells:
                yield _outside(cut), ""
            for column, (start, end) in cut.cells.items():
                cell = (table, row, column) if row >= 0 and not is_name else None
                line = Line(
                    Span(start, end), cut.row.number, cut.row.page, indent=cut.indents[column], cell=cell
                )
                yield line, cut.text(column)


def _outside(cut: Cut) -> Line:
    """A line that belongs to no table."""
    return Line(cut.row.span, cut.row.number, cut.row.page, indent=cut.row.indent)


def _cheapest(runs: Sequence[Run], slots: Sequence[Slot]) -> tuple[list[list[Slot]], str]:
    """The slots of each run, and where dates stand, as the table is read at the least price.

    Either a marker opens a detail, or, where nearly every line with a date has one, it opens the entry.
    """
    marked = _by_run(runs, mark_details(slots))
    mode, price = _cheapest_mode(runs, marked)
    if not may_open(slots):
        return marked, mode
    plain = _by_run(runs, slots)
    plain_mode, plain_price = _cheapest_mode(runs, plain)
    rows = sum(bool(slot.date) for slot in slots)
    return (plain, plain_mode) if plain_price + OPENED * rows < price else (marked, mode)


def _by_run(runs: Sequence[Run], slots: Sequence[Slot]) -> list[list[Slot]]:
    following = iter(slots)
    return [list(islice(following, len(run.cuts))) for run in runs]


def _cheapest_mode(runs: Sequence[Run], slots: Sequence[Sequence[Slot]]) -> tuple[str, float]:
    prices = {mode: _price(runs, slots, mode) for mode in (TOP, MIDDLE, BOTTOM)}
    mode = min(prices, key=lambda mode: prices[mode])
    return mode, prices[mode]


def _price(runs: Sequence[Run], slots: Sequence[Sequence[Slot]], mode: str) -> float:
    """What it costs to read the table so; dates on the first line are usual, others must show clearly."""
    parted = zip(runs, slots, strict=True)
    price = sum(_part(run, given, mode, True)[0] for run, given in parted if not run.is_heading)
    return price + (0.0 if mode == TOP else UNUSUAL)


def _part(run: Run, slots: Sequence[Slot], mode: str, has_row: bool) -> tuple[float, list[int]]:
    return part_rows(slots, mode, run.opens_page and has_row, run.closes_page)


def _years_are_dates(blocks: Sequence[Block], dates: tuple[int, ...]) -> bool:
    """Whether most dates of the table are years alone, so that such a year is no heading."""
    texts = [_date_text(cut, dates) for block in blocks for cut in block.cuts]
    dated = [text for text in texts if _DATED.search(text)]
    return sum(1 for text in dated if _YEAR.fullmatch(text)) > 0.6 * len(dated)


def _date_text(cut: Cut, dates: tuple[int, ...]) -> str:
    return chars.fold(" ".join(cut.text(column) for column in dates if column in cut.cells)).text


def _cut_runs(block: Block, dates: tuple[int, ...], years_are_dates: bool) -> Iterator[Run]:
    """The headings of a block and the runs of lines between them."""
    run: list[Cut] = []
    opens = True
    has_dates = False
    last = max((place for place, cut in enumerate(block.cuts) if cut.cells), default=-1)
    titles = _titles(block, dates)
    for place, cut in enumerate(_with_entries_outside(block.cuts, dates)):
        has_dates = has_dates or bool(cut.cells and _DATED.search(_date_text(cut, dates)))
        if place in titles or _is_heading(cut, dates, years_are_dates, has_dates):
            if run:
                yield Run(tuple(run), False, opens, place > last)
                opens, run = False, []
            yield Run((cut,), True, False)
            opens = opens and not cut.cells  # a running head opens nothing
        else:
            run.append(cut)
    if run:
        yield Run(tuple(run), False, opens, True)


def _with_entries_outside(cuts: Sequence[Cut], dates: tuple[int, ...]) -> Iterator[Cut]:
    """The lines; those below a date that runs over the columns lie outside of them too, up to the next date."""
    is_outside = has_dates = False
    for cut in cuts:
        if not cut.cells:
            is_outside = has_dates and _OPENS_DATED.match(chars.fold(cut.row.text.strip()).text) is not None
        elif _DATED.search(_date_text(cut, dates)):
            is_outside, has_dates = False, True
        yield replace(cut, cells={}, indents={}) if is_outside and _is_whole(cut) else cut


def _is_whole(cut: Cut) -> bool:
    """Whether the cells hold all that stands on the row: not where it is cut into tables side by side."""
    text = cut.row.text.strip()
    spans = cut.cells.values()
    return bool(spans) and max(end for _, end in spans) - min(start for start, _ in spans) == len(text)


def _titles(block: Block, dates: tuple[int, ...]) -> frozenset[int]:
    """Where lines stand at the head of the block that are set in from their column and have no date."""
    places = []
    for place, cut in enumerate(block.cuts):
        is_centred = len(cut.cells) == 1 and max(cut.indents.values()) >= _CENTRED
        if cut.cells and not (is_centred and not _DATED.search(_date_text(cut, dates))):
            break
        places.append(place)
    return frozenset(places)


def _is_heading(cut: Cut, dates: tuple[int, ...], years_are_dates: bool, has_dates: bool) -> bool:
    """A line outside of the columns, a year or a name alone, or heads of columns above the first date."""
    if not cut.cells:
        return True
    text = _date_text(cut, dates)
    if len(cut.cells) > 1:
        return (
            bool(text) and not has_dates and not any(_DATED.search(cut.text(column)) for column in cut.cells)
        )
    if not text or not _DATED.search(text):
        is_title = not has_dates and bool(_WORD.search(text))  # 沿革 above the first date
        return len(text) > _LONGEST_JOINED or is_title
    return bool(_YEAR.fullmatch(text)) and not years_are_dates


def _edges(blocks: Sequence[Block]) -> dict[int, float]:
    """The edge at which each column breaks its lines, in full-width characters; none where it breaks none."""
    placed: dict[int, list[tuple[str, float]]] = {}
    for cut in (cut for block in blocks for cut in block.cuts):
        for column in cut.cells:
            text = cut.text(column)
            placed.setdefault(column, []).append((text, cut.indents[column] + chars.width(text)))
    edges = {column: find_edge(lines) for column, lines in placed.items()}
    return {column: edge for column, edge in edges.items() if edge is not None}


def _slots(run: Run, dates: tuple[int, ...], edges: dict[int, float], lead: int) -> list[Slot]:
    """The lines of a run as grouping sees them; `lead` is the first text column."""
    slots = []
    for cut in run.cuts:
        texts = {column: cut.text(column) for column in cut.cells if column not in dates}
        is_full = any(
            column in edges and cut.indents[column] + chars.width(text) >= edges[column] - 1.5
            for column, text in texts.items()
        )
        slots.append(
            Slot(
                _date_text(cut, dates),
                " ".join(texts.values()),
                is_full,
                cut.blank_before,
                lead=texts.get(lead, ""),
                columns=tuple(texts),
            )
        )
    return slots
