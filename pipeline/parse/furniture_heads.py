"""Running heads and feet: the same line at the same edge of most pages, digits that count on aside.

Takes units. Gives the places of those that are running heads. Reads [running_head].
On the first page the topmost one stays content: it is the title, or the head of the table.
Without pages, only the head of a table's columns is known again, and a note that a table goes on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product

from pipeline.parse.furniture_units import Unit, by_page
from pipeline.rules.furniture import FurnitureRules

_DEEP = 5  # lines of a head, at most
_COUNTED = 3  # pages whose numbers show that they are such
_FEW = 16  # characters beside a page's number
_LONG = 60  # characters beyond which a line is text
_DIGITS = re.compile(r"[0-9]+")
# A date or a year at the top of a page opens an entry, however often it stands there.
_DATE_LIKE = re.compile(r"(?:[^\W\d_]{2})?[0-9元、,.~～/-]*(?:[年月日度][0-9元、,.~～/-]*)+|同[年月日]?|〃+")
_PAGE_WORDS = re.compile(
    r"ページ|頁|page|p|[\W_#]"
)  # what may stand between a page's number and the line's end
_BRACKETS = "()[]（）［］【】〔〕《》<>＜＞…→▼↓※・"

Variant = tuple[str, tuple[int | None, ...]]


def find_heads(
    units: Sequence[Unit], known: Mapping[int, str], page_count: int, rules: FurnitureRules
) -> frozenset[int]:
    """The places of running heads and feet among the units; those already known, with their roles, are skipped."""
    columns = list(_column_heads(units, rules))
    found: set[int] = {*_continued(units, rules), *columns, *_above_column_heads(units, columns)}
    if page_count >= _COUNTED:
        found |= _beside_numbers(units, known)
    if page_count == 1:
        found |= _below_numbers(units, [place for place, role in known.items() if role == "page_number"])
    if page_count > 1:
        totals = _count_variants(units)
        for side in ("top", "bottom"):
            found |= _peel(units, set(known) | found, page_count, side, totals)
    return frozenset(found - set(known))


def _beside_numbers(units: Sequence[Unit], known: Collection[int]) -> set[int]:
    """The first or last lines of all pages, where each is a few words and the page's number: 312 資料編, 年表 313."""
    pages = by_page(units, known)
    found: set[int] = set()
    for end in (0, -1):
        edge = {page: places[end] for page, places in pages.items()}
        numbers = {page: _number_beside(units[place]) for page, place in edge.items()}
        offsets = {None if number is None else number - page for page, number in numbers.items()}
        if len(edge) >= _COUNTED and len(offsets) == 1 and None not in offsets:
            found |= {place for page, place in edge.items() if page > 1 or end}
    return found


def _below_numbers(units: Sequence[Unit], numbers: Sequence[int]) -> set[int]:
    """The lines right below all numbers of pages, where they are the same: heads of pages that nothing else parts."""
    places = {place + 1 for place in numbers if place + 1 < len(units)}
    keys = {units[place].key for place in places}
    is_head = len(places) > 1 and len(keys) == 1 and not any(map(_DATE_LIKE.match, keys))
    return places if is_head else set()


def _number_beside(unit: Unit) -> int | None:
    """The number at an end of the line, with a few words and a gap beside it; None where there is none."""
    for number, words in ((unit.parts[0], unit.parts[1:]), (unit.parts[-1], unit.parts[:-1])):
        said = "".join(words)
        if number.isdecimal() and len(number) <= 4 and 0 < len(said) <= _FEW and not _DIGITS.search(said):
            return int(number)
    return None


def _peel(
    units: Sequence[Unit], known: set[int], page_count: int, side: str, totals: dict[Variant, int]
) -> set[int]:
    """Heads or feet, taken off line by line from the outermost inwards."""
    found: set[int] = set()
    taken = set(known)
    for _ in range(_DEEP):
        edges = by_page(units, taken)
        outermost = {page: places[0 if side == "top" else -1] for page, places in edges.items()}
        again = _coming_back(units, outermost, page_count, totals)
        if not again:
            break
        taken |= again
        found |= {place for place in again if side == "bottom" or units[place].page > 1}
    return found


def _coming_back(
    units: Sequence[Unit], outermost: dict[int, int], page_count: int, totals: dict[Variant, int]
) -> set[int]:
    pages_of: dict[Variant, list[int]] = {}
    for page, place in outermost.items():
        for variant in _variants(units[place]):
            pages_of.setdefault(variant, []).append(page)
    found: set[int] = set()
    for variant, pages in pages_of.items():
        is_first = outermost.get(1) is not None and 1 in pages
        is_table_head = all(units[outermost[page]].columns > 1 for page in pages)
        if totals[variant] <= 1.5 * len(pages) and _is_often(pages, page_count, is_first or is_table_head):
            found.update(outermost[page] for page in pages)
    return found


def _is_often(pages: Sequence[int], page_count: int, is_sure: bool) -> bool:
    """On most pages, or on most of those on the left or on the right; on both of two only where sure."""
    if page_count == 2:
        return len(pages) == 2 and is_sure
    if len(pages) >= max(3, 0.6 * page_count):
        return True
    parities = {page % 2 for page in pages}
    return len(parities) == 1 and len(pages) >= max(3, 0.8 * (page_count // 2))


def _variants(unit: Unit) -> Iterator[Variant]:
    """The line as it stands, and with the numbers at its ends as a distance to the page's number."""
    if not unit.key or len(unit.key) > _LONG or _DATE_LIKE.fullmatch(unit.key):
        return
    yield unit.key, ()
    found = list(_DIGITS.finditer(unit.key))
    if not 1 <= len(found) <= 3 or any(len(number.group()) > 4 for number in found):
        return
    shape = _DIGITS.sub("#", unit.key)
    for choice in product((False, True), repeat=len(found)):
        if any(choice) and all(_is_at_end(shape, place) for place, moves in enumerate(choice) if moves):
            pairs = zip(choice, (int(number.group()) for number in found), strict=True)
            yield shape, tuple(number - unit.page if moves else -number - 10_000 for moves, number in pairs)


def _is_at_end(shape: str, place: int) -> bool:
    """Whether a number stands at an end of the line as a page's does: not 第#回, not #期."""
    parts = shape.split("#")
    left, right = "#".join(parts[: place + 1]), "#".join(parts[place + 1 :])
    return any(not _PAGE_WORDS.sub("", side) for side in (left, right))


def _count_variants(units: Sequence[Unit]) -> dict[Variant, int]:
    totals: dict[Variant, int] = {}
    for unit in units:
        for variant in _variants(unit):
            totals[variant] = totals.get(variant, 0) + 1
    return totals


def _column_heads(units: Sequence[Unit], rules: FurnitureRules) -> Iterator[int]:
    """A line of two or more heads of columns, from the second time on."""
    met: set[str] = set()
    for place, unit in enumerate(units):
        spaced = len(unit.cells) >= 2 and rules.columns.issuperset(unit.cells)  # 事　項 beside 備　考
        if spaced or (len(unit.parts) >= 2 and _are_heads(unit.parts, rules)):
            if unit.key in met:
                yield place
            met.add(unit.key)


def _are_heads(parts: Sequence[str], rules: FurnitureRules) -> bool:
    """Whether the words are heads of columns, two at least, some of them set wide: 年月日 事 項, 年 号 月 日 事 項."""
    most = {0: 0}  # heads up to a word that ends one
    for stop in range(1, len(parts) + 1):
        heads = [most[begin] + 1 for begin in most if "".join(parts[begin:stop]) in rules.columns]
        if heads:
            most[stop] = max(heads)
    return most.get(len(parts), 0) > 1


def _above_column_heads(units: Sequence[Unit], columns: Sequence[int]) -> Iterator[int]:
    """The lines above heads of columns that come again, where the same stands above the first of those."""
    for place in columns:
        first = next(at for at, unit in enumerate(units) if unit.key == units[place].key)
        above = {unit.key for unit in units[:first] if unit.page == units[first].page}
        for at in range(place - 1, -1, -1):
            if units[at].page != units[place].page or units[at].page == units[first].page:
                break
            if units[at].key in above and not _DATE_LIKE.fullmatch(units[at].key):
                yield at


def _continued(units: Sequence[Unit], rules: FurnitureRules) -> Iterator[int]:
    for place, unit in enumerate(units):
        if unit.key.strip(_BRACKETS) in rules.continued:
            yield place
