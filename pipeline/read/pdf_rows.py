"""Rows of a table without ruling lines: which lines of text belong to which date.

Takes the parts of one table in reading order, each with the lines of its date and text columns. Gives the
rows of each part. The parts are cut together: a row may go on from one part into the next, and whether
dates stand at the first line or in the middle of their rows is the document's habit, not the page's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from typing import NamedTuple

from pipeline.read.pdf_dates import DateBlock, group_dates
from pipeline.read.pdf_fit import (
    CLOSED,
    FOLLOWS,
    FRESH,
    LATE,
    LEAD_IN,
    MIDDLE,
    TOP,
    Cut,
    Setting,
    fit_lines,
    fit_nearest,
)
from pipeline.read.pdf_lines import Ink
from pipeline.read.pdf_parts import Row


class Part(NamedTuple):
    """One stretch of a table: the lines of its date column and of each text column."""

    dates: tuple[Ink, ...]
    texts: tuple[tuple[Ink, ...], ...]
    setting: Setting


class _Section(NamedTuple):
    """Dates between two years in rows of their own, and the main column's lines there; first is a block's index."""

    first: int
    blocks: tuple[DateBlock, ...]
    lines: tuple[Ink, ...]


class _Choice(NamedTuple):
    """The cheapest way up to here: its cost, and the start and the cuts of each part on it."""

    cost: float
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    cuts: tuple[tuple[Cut, ...], ...]


def cut_chains(chains: Sequence[Sequence[Part]]) -> list[list[list[Row]]]:
    """The rows of each part of each chain (parts of one table, with nothing between them).

    A part's first row without a date belongs to the last row of the part before; a last row without a
    date belongs to the first row of the next part.
    """
    tried = []
    for place in (MIDDLE, TOP) if _may_stand_at_top(chains) else (MIDDLE,):
        cuts = [_cut_all([_at_place(part, place) for part in chain]) for chain in chains]
        tried.append((sum(cost for cost, _ in cuts), [rows for _, rows in cuts]))
    return min(tried, key=lambda one: one[0])[1]


def _may_stand_at_top(chains: Sequence[Sequence[Part]]) -> bool:
    """Whether most dates have a line of text beside their first line, as they must at the top of their rows."""
    beside = [
        any(abs(text.base - block.lines[0].base) < 0.2 * part.setting.leading for text in texts)
        for chain in chains
        for part in chain
        for texts in [[ink for column in part.texts for ink in column]]
        for block in _group(part)
        if not block.is_bare
    ]
    return sum(beside) >= 0.85 * len(beside)


def _group(part: Part) -> list[DateBlock]:
    texts = [ink for column in part.texts for ink in column]
    return group_dates(part.dates, texts, part.setting.leading, part.setting.right)


def _at_place(part: Part, place: str) -> Part:
    return part._replace(setting=replace(part.setting, place=place))


def _cut_all(parts: Sequence[Part]) -> tuple[float, list[list[Row]]]:
    grouped = [_group(part) for part in parts]
    ways = {FRESH: _Choice(0.0, (), (), ())}
    sections = [
        _sections(blocks, part.texts[part.setting.main]) for blocks, part in zip(grouped, parts, strict=True)
    ]
    for at, part in enumerate(parts):
        ways = _advance(ways, sections[at], part.setting, is_first=at == 0)
    best = min(ways.values(), key=lambda way: way.cost)
    rows = [
        _make_rows(grouped[at], part, sections[at], (best.starts[at], best.ends[at]), best.cuts[at])
        for at, part in enumerate(parts)
    ]
    return best.cost, rows


def _advance(
    ways: dict[str, _Choice], sections: Sequence[_Section], setting: Setting, is_first: bool
) -> dict[str, _Choice]:
    """The cheapest way through one more part, for each state the next one may start in."""
    reached: dict[str, _Choice] = {}
    for start in (FRESH, LEAD_IN, LATE):
        # text before the first date of a table belongs to no row of it: a title or a head
        before = ways.get(start) or (
            ways[FRESH]._replace(cost=1.0) if is_first and start == LEAD_IN else None
        )
        if before is None:
            continue
        for end, cost, cuts in _fit_sections(sections, setting, start):
            whole = before.cost + cost
            following = FOLLOWS[end]
            if whole < (reached[following].cost if following in reached else inf):
                reached[following] = _Choice(
                    whole, (*before.starts, start), (*before.ends, end), (*before.cuts, cuts)
                )
    if reached:
        return reached
    cheapest = min(ways.values(), key=lambda way: way.cost)
    cuts = tuple(fit_nearest(one.blocks, one.lines) if one.blocks else _to_above(one) for one in sections)
    cost = cheapest.cost + sum(cut.cost for cut in cuts)
    return {FRESH: _Choice(cost, (*cheapest.starts, FRESH), (*cheapest.ends, CLOSED), (*cheapest.cuts, cuts))}


def _fit_sections(
    sections: Sequence[_Section], setting: Setting, start: str
) -> list[tuple[str, float, tuple[Cut, ...]]]:
    """For each end of the part its cost and cuts; only its first and last section may hold a split row."""
    cost, cuts, may_be_empty = 0.0, [], not setting.has_cues
    for section in sections[:-1]:
        found = fit_lines(section.blocks, section.lines, setting, start, may_be_empty)
        best = found.get(CLOSED)
        if best is None and (section.blocks or start != FRESH):
            if start != FRESH:
                return []
            best = fit_nearest(section.blocks, section.lines)
        best = best or _to_above(section)
        cost += best.cost
        cuts.append(best)
        start = FRESH
    last = sections[-1]
    ends = fit_lines(last.blocks, last.lines, setting, start, may_be_empty)
    if not ends and start == FRESH:
        ends = {CLOSED: fit_nearest(last.blocks, last.lines)}
    return [(end, cost + cut.cost, (*cuts, cut)) for end, cut in ends.items()]


def _to_above(section: _Section) -> Cut:
    return Cut(1.0 * len(section.lines), (-1,) * len(section.lines))


def _sections(blocks: Sequence[DateBlock], column: Sequence[Ink]) -> list[_Section]:
    """The column's lines between years in rows of their own."""
    sections: list[_Section] = []
    start, rest = 0, list(column)
    for bound, block in enumerate(blocks):
        if block.is_bare:
            above = [ink for ink in rest if ink.base < block.lines[0].base]
            rest = rest[len(above) :]
            sections.append(_Section(start, tuple(blocks[start:bound]), tuple(above)))
            start = bound + 1
    return [*sections, _Section(start, tuple(blocks[start:]), tuple(rest))]


def _make_rows(
    blocks: Sequence[DateBlock],
    part: Part,
    sections: Sequence[_Section],
    state: tuple[str, str],
    cuts: Sequence[Cut],
) -> list[Row]:
    held: list[dict[int, list[Ink]]] = [{} for _ in range(len(blocks) + 2)]  # lead-in, blocks, tail
    for column, lines in enumerate(part.texts):
        if column == part.setting.main:
            _give(held, column + 1, sections, cuts)
            continue
        others = _sections(blocks, lines)
        _give(held, column + 1, others, _fit_beside(others, part.setting, state))
    joined = {section.first + at for section, cut in zip(sections, cuts, strict=True) for at in cut.joined}
    rows: list[Row] = []
    for at, cells in enumerate(held):
        named = {0: _dates(blocks, at - 1, joined), **cells} if 0 < at <= len(blocks) else cells
        if named and at - 1 not in joined:
            rows.append(Row(tuple((column, tuple(inks)) for column, inks in sorted(named.items()))))
    return rows


def _fit_beside(sections: Sequence[_Section], setting: Setting, state: tuple[str, str]) -> list[Cut]:
    """The cuts of a column beside the main one, which starts and ends as that one does."""
    cuts: list[Cut] = []
    for at, section in enumerate(sections):
        start = state[0] if at == 0 else FRESH
        end = state[1] if at == len(sections) - 1 else CLOSED
        ways = fit_lines(section.blocks, section.lines, setting, start, True)
        ways = ways or fit_lines(section.blocks, section.lines, setting, FRESH, True)
        if not ways and at == 0:  # the rest of a row whose main cell ended with the part before
            ways = fit_lines(section.blocks, section.lines, setting, LEAD_IN, True)
        best = ways.get(end) or ways.get(CLOSED)
        nearest = fit_nearest(section.blocks, section.lines) if section.blocks else _to_above(section)
        cuts.append(best or nearest)
    return cuts


def _dates(blocks: Sequence[DateBlock], first: int, joined: set[int]) -> list[Ink]:
    """The date lines of a row: its own and those of the blocks that share it."""
    last = first + 1
    while last in joined:
        last += 1
    return [line for block in blocks[first:last] for line in block.lines]


def _give(
    held: list[dict[int, list[Ink]]], number: int, sections: Sequence[_Section], cuts: Sequence[Cut]
) -> None:
    for section, cut in zip(sections, cuts, strict=True):
        for ink, home in zip(section.lines, cut.homes, strict=True):
            held[section.first + home + 1].setdefault(number, []).append(ink)
