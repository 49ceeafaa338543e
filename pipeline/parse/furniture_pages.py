"""Page numbers: told by standing at the edge of a page, or alone, and by counting on.

Takes units. Gives the places of those that are page numbers. Reads [[page_number]].
With pages known, a number is one where number minus page is the same on most pages; without,
where lone numbers count up by one at like distances. A number in a table cell is never one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipeline.parse.furniture_units import Unit, by_page
from pipeline.rules.furniture import FurnitureRules

_DIGIT = re.compile("[0-9〇一二三四五六七八九十百]")
_EDGE = 3  # lines from the top or bottom of a page within which its number stands
_LEAST_CHARACTERS = 200  # of a page with text, where pages must be guessed
_MOST_CHARACTERS = 4000
_ONE_OF_ONE = re.compile(r"\D{0,2}1\D+1\D{0,2}")  # 1/1 at the foot of a single page


def find_page_numbers(
    units: Sequence[Unit], known: Collection[int], page_count: int, rules: FurnitureRules
) -> frozenset[int]:
    """The places of page numbers among the units; those already known as furniture are skipped."""
    numbers: dict[int, int] = {}
    alone: set[int] = set()
    for place, unit in enumerate(units):
        if place in known or unit.columns or len(unit.key) > 16 or not _DIGIT.search(unit.key):
            continue
        for form in rules.page_forms:
            number = form.read(unit.key)
            if number is not None:
                numbers[place] = number
                if form.alone:
                    alone.add(place)
                break
    if not numbers:
        return frozenset()
    if page_count > 1:
        return _at_edges(units, known, numbers, alone, page_count)
    return _in_sequence(units, numbers, alone)


def _at_edges(
    units: Sequence[Unit], known: Collection[int], numbers: dict[int, int], alone: set[int], page_count: int
) -> frozenset[int]:
    """Numbers at the edge of their page that keep the same distance to it."""
    groups: dict[tuple[int, str], list[int]] = {}
    for page, places in by_page(units, known).items():
        for side, edge in (("top", places[:_EDGE]), ("bottom", places[::-1][:_EDGE])):
            first = next((place for place in edge if place in numbers), None)
            if first is not None:
                groups.setdefault((numbers[first] - page, side), []).append(first)
    found = set(alone)
    for (offset, _), places in sorted(groups.items()):
        strangers = len(numbers) - len(places)
        on_most = len(places) >= max(2, 0.8 * page_count)
        is_rare = strangers <= len(places) // 2 and (len(places) > 1 or offset == 0)
        if on_most or is_rare:
            found.update(places)
    return frozenset(found)


def _in_sequence(units: Sequence[Unit], numbers: dict[int, int], alone: set[int]) -> frozenset[int]:
    """The longest run of numbers that count up by one with a page of text between each two.

    Where numbers stand alone all over the text (a table with a cell a line) none is a page number.
    """
    before = _characters_before(units)
    chain = _longest_chain(numbers, before)
    strangers = len(set(numbers) - set(chain) - alone)
    if len(chain) >= 2 and strangers <= len(chain) // 2:
        return frozenset(chain) | alone
    if len(numbers) == 1 and _fits_its_place(units, chain[0], numbers[chain[0]], before):
        return frozenset(chain)
    return frozenset(alone)


def _characters_before(units: Sequence[Unit]) -> list[int]:
    before, total = [], 0
    for unit in units:
        before.append(total)
        total += len(unit.key)
    return before


def _longest_chain(numbers: dict[int, int], before: Sequence[int]) -> list[int]:
    """Places whose numbers count up by one, each at least a short page after the one before."""
    best: dict[int, list[int]] = {}
    for place, number in sorted(numbers.items()):
        chain = best.get(number - 1, [])
        if chain and before[place] - before[chain[-1]] < _LEAST_CHARACTERS:
            chain = []
        if len(chain) + 1 > len(best.get(number, [])):
            best[number] = [*chain, place]
    return max(best.values(), key=len)


def _fits_its_place(units: Sequence[Unit], place: int, number: int, before: Sequence[int]) -> bool:
    """Whether a single lone number can be that of the page it would stand on: pages are of like size."""
    after_date = place > 0 and units[place - 1].key.endswith(("年", "月", "日"))
    if number == 1 and place + 1 == len(units):  # a document of one page, its number set off at its foot
        says_total = _ONE_OF_ONE.fullmatch(units[place].key) is not None
        return units[place].number - units[place - 1].number > (0 if says_total else 2)
    if number < 2 or after_date:
        return False
    size_as_head, size_as_foot = before[place] / (number - 1), before[place] / number
    return size_as_head >= _LEAST_CHARACTERS and size_as_foot <= _MOST_CHARACTERS
