"""Finds the furniture: stamps, page numbers and running heads, wherever they stand.

Takes a Document. Gives Reading.roles, one a line: stamp, page_number, running_head, drawn_line, or "" for content.
Reads rules/furniture.toml. A role that the reader set (by geometry) is kept.
Furniture is told by its form, by its place on the page, and by coming back page after page:
never by form alone where content could look the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.model import Reading
from pipeline.parse.furniture_heads import find_heads
from pipeline.parse.furniture_pages import find_page_numbers
from pipeline.parse.furniture_stamp import find_stamps
from pipeline.parse.furniture_units import Unit, cut_units
from pipeline.rules.load import Rules


def find_furniture(reading: Reading, rules: Rules) -> Reading:
    """The reading with a role for each line of its document."""
    document = reading.document
    units = cut_units(document)
    found: dict[int, str] = {
        place: line.role
        for place, unit in enumerate(units)
        for line in (document.lines[index] for index in unit.lines)
        if line.role
    }
    found = _add(found, find_stamps(units, found, rules.furniture), "stamp")
    found = _add(found, find_page_numbers(units, found, document.page_count, rules.furniture), "page_number")
    found = _add(found, find_heads(units, found, document.page_count, rules.furniture), "running_head")
    found = _add(found, _drawn_lines(units, rules), "drawn_line")
    return replace(reading, roles=_by_line(units, found, reading))


def _drawn_lines(units: Sequence[Unit], rules: Rules) -> frozenset[int]:
    return frozenset(
        place
        for place, unit in enumerate(units)
        if unit.columns <= 1 and rules.furniture.drawn_line.fullmatch(unit.key)
    )


def _add(found: Mapping[int, str], places: frozenset[int], role: str) -> dict[int, str]:
    return {**dict.fromkeys(places, role), **found}


def _by_line(units: tuple[Unit, ...], found: Mapping[int, str], reading: Reading) -> tuple[str, ...]:
    roles = [line.role for line in reading.document.lines]
    for place, role in found.items():
        for index in units[place].lines:
            roles[index] = roles[index] or role
    return tuple(roles)
