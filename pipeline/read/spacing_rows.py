"""Groups the lines of a page with columns into table rows, by where the dates stand.

Takes lines cut into cells. Gives the number of lines in each row, and where a row has its date.
A date may stand on the first, the middle or the last line of its row: the document shows which, as the
one that leaves the least strange boundaries. In a row with a centred date, as many lines stand above it
as below, one more or less; all rows of a page are told together, as the cheapest way to part the lines.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

from pipeline.read.spacing_periods import join_dates
from pipeline.read.spacing_slots import BRACKETS, DRAWN, ENDS, OPENING, Slot, is_inside

TOP, MIDDLE, BOTTOM = "top", "middle", "bottom"
ORPHAN = 4.0  # price of lines without a date at a page's start or end
UNUSUAL = {TOP: 0.0, MIDDLE: 3.0, BOTTOM: 7.0}  # price of dates that stand there
RUNS_OVER = 1.5  # price of a last row on a page whose date is not in the middle
UNLIKE = 2.0  # price of a row whose first text does not look like one
OPENED = 0.75  # price of a row that a marker opens
TORN = 4.0  # price of a boundary inside a sentence, or of a date alone beside text: one is enough to tell
_PARTED = 4  # rows by which it shows that blank lines part them
_NEAR = 4  # lines within which the text above or below a boundary stands
_LONGEST = 120  # lines between two dates beyond which nothing is weighed

_NO_OPENING = re.compile(
    r"[（(][^（）()]*[）)]?$|[ぁ-ん]{1,2}[、。]|[、。，．）」』】：；！？ー々をんぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]"
)
_HIRAGANA = re.compile(r"[ぁ-ん]")  # seldom opens an entry


def part_rows(
    slots: Sequence[Slot], mode: str, opens_page: bool, closes_page: bool
) -> tuple[float, list[int]]:
    """Price and first lines of the rows. Lines before the first row have no date here.

    `opens_page`: the lines start a page, so a row of the page before may go on in them.
    `closes_page`: they end a page, so the last row may go on, and its date need not be in the middle here.
    """
    dates = join_dates(slots)
    if not dates:
        return 0.0, []
    if apart := _parted_by_gaps(slots, dates, opens_page):
        return 0.0, apart
    texts = _count_texts(slots)
    drawn = list(accumulate((slot.gap >= DRAWN for slot in slots), initial=0))
    lonely = _lonely_dates(slots, dates) if mode == TOP else frozenset()
    orphan = ORPHAN if opens_page else 2 * ORPHAN
    strange = opens_page and (
        slots[0].goes_on or _is_strange(slots[0])
    )  # a row of the page before goes on above the first date
    orphan -= 0.5 * ORPHAN if strange or (opens_page and mode == TOP) else 0.0
    # best[place]: price of the rows so far when the next row starts at this line
    best: dict[int, tuple[float, tuple[int, ...]]] = {
        place: (
            (orphan * any(slot.text for slot in slots[:place]) if place else UNLIKE if strange else 0.0)
            + _price_of_boundary(slots, place),
            (place,),
        )
        for place in _starts(-1, dates[0][0], mode)
    }
    for number, (first, last) in enumerate(dates):
        is_last = number + 1 == len(dates)
        ends = [len(slots)] if is_last else _starts(last, dates[number + 1][0], mode)
        coming: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in ends:
            most = RUNS_OVER if is_last and closes_page else math.inf
            price, chain = min(
                (
                    price
                    + min(most, _price_of_row(texts, start, end, first, last, mode))
                    + TORN * (drawn[end] - drawn[start + 1]),
                    chain,
                )
                for start, (price, chain) in best.items()
            )
            price += TORN if first in lonely else 0.0
            coming[end] = (price + _price_of_boundary(slots, end), (*chain, end))
        best = coming
    price, chain = best[len(slots)]
    return price, list(chain[:-1])


def _parted_by_gaps(slots: Sequence[Slot], dates: Sequence[tuple[int, int]], opens_page: bool) -> list[int]:
    """The first lines of the rows where blank lines part all of them: one date stands between each two; else [].

    Lines without a date at the start of a page go on with the row of the page before.
    """
    starts = [place for place, slot in enumerate(slots) if place == 0 or slot.gap]
    firsts = [first for first, _ in dates]
    counts = [sum(start <= first < end for first in firsts) for start, end in pairwise([*starts, len(slots)])]
    is_tall = len(slots) > len(starts)
    if opens_page and counts[:1] == [0]:
        starts, counts = starts[1:], counts[1:]
    return starts if is_tall and len(starts) >= _PARTED and set(counts) == {1} else []


def _lonely_dates(slots: Sequence[Slot], dates: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The dates that stand alone on their line between two lines of text, where most have a text beside them.

    A date on the first line of its row has the text's first line beside it; one in the middle of four lines has none.
    """
    beside = sum(1 for first, last in dates if any(slot.text for slot in slots[first : last + 1]))
    if beside < 0.5 * len(dates):
        return frozenset()
    return frozenset(
        first
        for first, last in dates
        if first > 0
        and last + 1 < len(slots)
        and not any(slot.text for slot in slots[first : last + 1])
        and all(slot.text and not slot.date for slot in (slots[first - 1], slots[last + 1]))
    )


def _starts(after: int, date: int, mode: str) -> list[int]:
    """Where the row of the date on line `date` may start, the date before ending on line `after`."""
    if mode == TOP or date - after > _LONGEST:
        return [date]
    if mode == BOTTOM:
        return [after + 1]
    return list(range(after + 1, date + 1))


def _count_texts(slots: Sequence[Slot]) -> tuple[list[int], ...]:
    """For all text, then for each text column: how many lines before line i have some."""
    columns = sorted({column for slot in slots for column in slot.columns})
    every = list(accumulate((bool(slot.text) for slot in slots), initial=0))
    return (
        every,
        *(list(accumulate((column in slot.columns for slot in slots), initial=0)) for column in columns),
    )


def _price_of_row(
    texts: Sequence[Sequence[int]], start: int, end: int, first: int, last: int, mode: str
) -> float:
    """How far the date is from where the mode has it; `texts` counts the lines with text."""
    if mode != MIDDLE:
        edge, is_alone = (first, end == last + 1) if mode == TOP else (last, start == first)
        return 0.0 if is_alone or texts[0][edge + 1] > texts[0][edge] else 1.0
    is_bare = texts[0][end] == texts[0][start] and texts[0][-1] > 0  # between texts, none of which is its own
    price = TORN if is_bare else 0.0
    for counts in texts[1:] or texts:
        above = counts[(first + last + 1) // 2] - counts[start]
        below = counts[end] - counts[(first + last) // 2 + 1]
        uneven = abs(above - below)
        price += (0.1, 0.3)[above > below] * uneven if uneven < 2 else 0.5 * uneven * uneven
    return price


def _is_strange(slot: Slot) -> bool:
    """Whether the text does not look like a row's first: it opens a detail, or opens nothing."""
    bracket = BRACKETS.search(slot.text)
    closes = bracket is not None and bracket[0] not in OPENING
    return bool(slot.text) and (slot.is_detail or closes or _NO_OPENING.match(slot.text) is not None)


def _price_of_boundary(slots: Sequence[Slot], place: int) -> float:
    """How strange it is that a row starts at this line."""
    if place <= 0 or place >= len(slots):
        return 0.0
    near = slots[max(0, place - _NEAR) : place]
    before = next((slot for slot in reversed(near) if slot.text), None)
    here = next((slot for slot in slots[place : place + _NEAR] if slot.text), None)
    price = -1.0 if slots[place].gap else 0.0
    if before and before.is_full and not before.text.endswith(ENDS):
        price += 3.0 if here and _HIRAGANA.match(here.text) else 2.0
    if here and _is_strange(here):
        price += UNLIKE
    return price + (TORN if is_inside(slots, place) else 0.0)
