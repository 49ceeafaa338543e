"""The stamp: a label (資料５), the date of issue and the body, in any order, somewhere on a page.

Takes units. Gives the places of those that are a stamp's lines. Reads [stamp].
The label must be there, alone on its line or in one line with the date; a date and a body without
it are an entry. What stands beside the label joins it where its form leaves no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from pipeline.parse.furniture_units import Unit, by_page
from pipeline.rules.furniture import FurnitureRules

_EDGE = 4  # lines from the edge of a page or of the document within which a label stands alone
_BODY_LENGTH = 24
_FULL_DATE = re.compile(
    r"(?:[^\W\d_]{1,2}(?:[0-9]{1,2}|元)|[12][0-9]{3})(?:[年./-])[0-9]{1,2}(?:[月./-])[0-9]{1,2}日?(?:[(（].[)）])?"
)


def find_stamps(units: Sequence[Unit], known: Collection[int], rules: FurnitureRules) -> frozenset[int]:
    """The places of the lines of stamps among the units."""
    found: set[int] = set()
    edges = _edges(units)
    for place, unit in enumerate(units):
        if place in known or unit.columns > 1 or not rules.label.search(unit.key):
            continue
        kinds = _kinds(unit, rules)
        if "label" not in kinds:
            continue
        block = set(_block(units, place, kinds, rules))
        if len(block) > 1 or len(kinds) > 1 or place in edges:
            found |= block
    return frozenset(found)


def _edges(units: Sequence[Unit]) -> set[int]:
    places = set(range(min(_EDGE, len(units)))) | set(range(max(0, len(units) - _EDGE), len(units)))
    for on_page in by_page(units).values():
        places.update((*on_page[:_EDGE], *on_page[-_EDGE:]))
    return places


def _kinds(unit: Unit, rules: FurnitureRules) -> frozenset[str]:
    """What a line consists of (label, date, body); empty where anything else is in it."""
    whole = _kind(unit.key, rules)
    if whole:
        return frozenset((whole,))
    # several in one line, parted by blanks; the parts of a date may be parted too
    kinds: set[str] = set()
    parts = list(unit.parts)
    while parts:
        for size in range(len(parts), 0, -1):
            kind = _kind("".join(parts[:size]), rules)
            if kind:
                break
        else:
            return frozenset()
        kinds.add(kind)
        del parts[:size]
    return frozenset(kinds)


def _kind(key: str, rules: FurnitureRules) -> str:
    if len(key) > 40:
        return ""
    if rules.label.fullmatch(key):
        return "label"
    if _FULL_DATE.fullmatch(key):
        return "date"
    return "body" if len(key) <= _BODY_LENGTH and key.endswith(rules.bodies) else ""


def _block(units: Sequence[Unit], label: int, kinds: frozenset[str], rules: FurnitureRules) -> Iterator[int]:
    """The label's line and the lines of date and body that belong to it."""
    yield label
    if "date" in kinds:
        return
    page = units[label].page
    around = {
        place: _kinds(units[place], rules)
        for place in range(max(0, label - 2), min(len(units), label + 3))
        if units[place].page == page and place != label and units[place].columns <= 1
    }
    dates = [place for place, found in around.items() if "date" in found and "label" not in found]
    reached = [place for place in dates if _is_joined(place, label, around)]
    if not reached:
        return
    date = min(reached, key=lambda place: abs(place - label))
    yield from range(min(date, label), max(date, label) + 1)
    if abs(date - label) > 1 or "body" in around[date] | kinds:
        return
    yield from _body_beside(units, min(date, label), max(date, label), rules)


def _is_joined(date: int, label: int, around: dict[int, frozenset[str]]) -> bool:
    between = range(min(date, label) + 1, max(date, label))
    return all(around.get(place, frozenset()) == {"body"} for place in between)


def _body_beside(units: Sequence[Unit], first: int, last: int, rules: FurnitureRules) -> Iterator[int]:
    """The body before or after date and label: after them anywhere, before them only where no entry
    can own it (right at the edge of page or document)."""
    page = units[first].page
    after, before = last + 1, first - 1
    if after < len(units) and units[after].page == page and _kinds(units[after], rules) == {"body"}:
        yield after
    elif before >= 0 and units[before].page == page and _kinds(units[before], rules) == {"body"}:
        opens = before == 0 or units[before - 1].page != page
        if opens:
            yield before
