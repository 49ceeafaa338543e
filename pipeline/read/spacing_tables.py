"""Makes table rows and Lines of pages that are cut into columns.

Takes blocks: the lines of a page cut into cells. Gives Lines with cell=(table, row, column).
Blocks with as many columns are one table that goes on from page to page. Headings (a year alone, heads of
columns, a line outside of the columns) part a block; between them the rows are told by their dates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from pipeline import chars
from pipeline.model import Line, Span
from pipeline.read.spacing_astride import part_years, place_years, strip_years
from pipeline.read.spacing_blocks import TWINS, Block, part_twins
from pipeline.read.spacing_centred import Year, lift_years
from pipeline.read.spacing_cut import Cut
from pipeline.read.spacing_merged import Shown, lift_merged
from pipeline.read.spacing_outer import lift_outer
from pipeline.read.spacing_periods import mark_habits
from pipeline.read.spacing_rows import BOTTOM, MIDDLE, OPENED, TOP, UNUSUAL, part_rows
from pipeline.read.spacing_runs import DATED, Run, cut_runs, date_text, years_are_dates
from pipeline.read.spacing_slots import ENDS, Slot, mark_details, may_open
from pipeline.read.spacing_yearly import make_yearly
from pipeline.read.wraps import UNIT_OF_LINE, find_edge

_DATE_SIGNS = re.compile(
    r"[0-9元年月日度./~〜～、､,・()［］\[\]〃同翌上中下旬頃末春夏秋冬\"″〇一二三四五六七八九十 　\-－―–]"
)
UNIT = re.compile(r"[年月日度]頃?")  # the end of a date that its narrow cell broke
_FULL_DATE = re.compile(r"[年月]|[0-9]{1,2} ?[./] ?[0-9]|同日")
_WIDEST_DATE = 22  # characters
_ROOM = 3.0  # full-width characters by which a text stops short of its column's edge
_WRAPPED = 1  # lines of the lead without a date, by which it shows that texts are broken there
_SIGN, _UNIT = 1.5, 2.5  # full-width characters by which a full line stops short of the edge, and at the most
_ALMOST_EMPTY = 0.1  # of the lines that the fullest text column has


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
        lines.extend(_table_lines(members, columns, table))
    return tuple(lines)


def _table_lines(members: Sequence[Block], columns: tuple[int, ...], table: int) -> list[Line]:
    """The lines of a table, the years that stand in the middle of their rows in the first of them."""
    if all(block.is_yearly for block in members):
        return make_yearly(members, table)
    if all(block.dated > 1 for block in members):
        lifted = lift_outer(members, columns, lambda blocks: _make_table(blocks, columns, table))
        if lifted is not None:
            return lifted
    if all(block.is_told for block in members):
        return [line for line, _ in _make_table(members, columns, table)]
    for blocks, dates in ((members, columns), part_years(members, columns)):
        stripped, years = lift_years(blocks, dates)
        if years:
            return _with_years(tuple(_make_table(stripped, dates, table)), years)
        stripped, cut_off = strip_years(blocks, dates)
        without = tuple(_make_table(stripped, dates, table)) if cut_off else ()
        years = place_years(without, cut_off, dates) if cut_off else []
        if years:
            return _with_years(without, years)
    return list(lift_merged(tuple(_make_table(members, columns, table)), columns))


def _with_years(shown: Sequence[Shown], years: Sequence[Year]) -> list[Line]:
    """The lines of a table, each year that stood in the middle of its rows in the first of them."""
    lines = [line for line, _ in shown]
    cells = {line.number: line.cell for line in reversed(lines) if line.cell}
    for year in years:
        ((column, (start, end)),) = year.cut.cells.items()
        row = year.cut.row
        cell = cells.get(year.number)
        place = (cell[0], cell[1], column) if cell else None
        lines.append(
            Line(Span(start, end), row.number, row.page, indent=year.cut.indents[column], cell=place)
        )
    return sorted(lines, key=lambda line: line.span.start)


def _date_columns(blocks: Sequence[Block], size: int) -> tuple[int, ...]:
    """The columns of tables with so many columns that hold dates or parts of dates."""
    known = max((block.dated for block in blocks if block.columns == size), default=0)
    if any(block.is_told for block in blocks if block.columns == size):
        return tuple(range(known))
    found = list(range(known))
    says_dates = known > 0
    for column in range(known, size):
        if says_dates and column - 1 not in found and size not in TWINS:
            break  # behind a text, a column of numbers is that of a remark: 断水 11日間
        texts = [
            chars.fold(cut.text(column)).text
            for block in blocks
            if block.columns == size
            for cut in block.cuts
            if column in cut.cells
        ]
        texts = [text for text in texts if not UNIT.fullmatch(text)]
        if texts and sum(map(is_date, texts)) >= 0.6 * len(texts):
            found.append(column)
            says_dates = says_dates or sum(map(_is_full_date, texts)) >= 0.5 * len(texts)
    return tuple(found)


def _is_full_date(text: str) -> bool:
    return _FULL_DATE.search(text) is not None


def is_date(text: str) -> bool:
    """Whether a folded text of a narrow column may be a date or a part of one, by its signs."""
    return (
        len(text) <= _WIDEST_DATE
        and bool(DATED.search(text))
        and len(_DATE_SIGNS.findall(text)) >= max(1, len(text) - 5) * 0.7
    )


def _make_table(blocks: Sequence[Block], dates: tuple[int, ...], table: int) -> Iterator[Shown]:
    is_yearly = years_are_dates(blocks, dates)
    runs = [run for place, block in enumerate(blocks) for run in cut_runs(block, dates, is_yearly, place > 0)]
    edges = _edges(blocks)
    lead = _lead(blocks, dates)
    edge = _lead_edge(blocks, dates, lead)
    given = _mark_pages(runs, [_slots(run, dates, edges, lead, edge) for run in runs])
    slots, mode = _cheapest(runs, mark_habits(given))
    row, entry = -1, -1  # the last row, and the last that is no heading
    for run, parted in zip(runs, slots, strict=True):
        starts = [0] if run.is_heading else _part(run, parted, mode, row >= 0)[1]
        if not starts and not (run.opens_page and row >= 0):
            starts = [0] if row >= 0 else []
        for place, cut in enumerate(run.cuts):
            is_name = run.is_heading and len(cut.cells) == 1 and not DATED.search(date_text(cut, dates))
            row += place in starts and not (row < 0 and (is_name or not cut.cells))
            entry = row if place in starts and not run.is_heading else entry
            goes_on = (
                run.opens_page
                and entry >= 0
                and not run.is_heading
                and place < min(starts, default=place + 1)
            )
            if not cut.cells:
                yield _outside(cut), ""
            for column, (start, end) in cut.cells.items():
                cell = (table, entry if goes_on else row, column) if row >= 0 and not is_name else None
                line = Line(
                    Span(start, end), cut.row.number, cut.row.page, indent=cut.indents[column], cell=cell
                )
                yield line, cut.text(column)


def _mark_pages(runs: Sequence[Run], slots: Sequence[list[Slot]]) -> list[Slot]:
    """All slots in order; the first of a page says whether the text above it, on the page before, ran on."""
    marked: list[Slot] = []
    for run, own in zip(runs, slots, strict=True):
        above = next((slot for slot in reversed(marked) if slot.text), None)
        if run.opens_page and own and above is not None:
            own = [replace(own[0], goes_on=above.is_full and not above.text.endswith(ENDS)), *own[1:]]
        marked.extend(own)
    return marked


def _lead(blocks: Sequence[Block], dates: tuple[int, ...]) -> int:
    """The first text column that is not almost empty, as one is that only a head line fills."""
    filled = Counter(column for block in blocks for cut in block.cuts for column in cut.cells)
    texts = [column for column in range(blocks[0].columns) if column not in dates]
    most = max((filled[column] for column in texts), default=0)
    return next((column for column in texts if filled[column] > _ALMOST_EMPTY * most), 0)


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
    return price + UNUSUAL[mode]


def _part(run: Run, slots: Sequence[Slot], mode: str, has_row: bool) -> tuple[float, list[int]]:
    return part_rows(slots, mode, run.opens_page and has_row, run.closes_page)


def _edges(blocks: Sequence[Block]) -> dict[int, float]:
    """The edge at which each column breaks its lines, in full-width characters; none where it breaks none."""
    placed: dict[int, list[tuple[str, float]]] = {}
    for cut in (cut for block in blocks for cut in block.cuts):
        for column in cut.cells:
            text = cut.text(column)
            placed.setdefault(column, []).append((text, cut.indents[column] + chars.width(text)))
    edges = {column: find_edge(lines) for column, lines in placed.items()}
    return {column: edge for column, edge in edges.items() if edge is not None}


def _lead_edge(blocks: Sequence[Block], dates: tuple[int, ...], lead: int) -> float:
    """Where the lines of the lead end at the furthest; 0 where none goes on in a line without a date."""
    cuts = [cut for block in blocks for cut in block.cuts if lead in cut.cells]
    wrapped = sum(not any(column in cut.cells for column in dates) for cut in cuts)
    ends = [cut.indents[lead] + chars.width(cut.text(lead)) for cut in cuts]
    return max(ends, default=0.0) if wrapped >= _WRAPPED else 0.0


def _next_unit(below: Cut | None, column: int) -> float:
    """What a line must at least have room for, so that the one below had not to be broken off; more than a sign."""
    unit = UNIT_OF_LINE.match(below.text(column)) if below is not None and column in below.cells else None
    return max(_SIGN, min(_UNIT, chars.width(unit.group()))) if unit else _SIGN


def _slots(run: Run, dates: tuple[int, ...], edges: dict[int, float], lead: int, edge: float) -> list[Slot]:
    """The lines of a run as grouping sees them; `lead` is the first text column, `edge` where it ends."""
    slots = []
    for cut, below in zip(run.cuts, [*run.cuts[1:], None], strict=True):
        texts = {column: cut.text(column) for column in cut.cells if column not in dates}
        is_full = any(
            column in edges
            and cut.indents[column] + chars.width(text) + _next_unit(below, column) >= edges[column]
            for column, text in texts.items()
        )
        slots.append(
            Slot(
                date_text(cut, dates),
                " ".join(texts.values()),
                is_full,
                cut.blank_before,
                lead=texts.get(lead, ""),
                columns=tuple(texts),
                stops_short=lead in texts and cut.indents[lead] + chars.width(texts[lead]) <= edge - _ROOM,
            )
        )
    return slots
