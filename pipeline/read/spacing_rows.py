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
from dataclasses import dataclass, replace
from itertools import accumulate

from pipeline import chars

TOP, MIDDLE, BOTTOM = "top", "middle", "bottom"
ORPHAN = 4.0  # price of lines without a date at a page's start or end
UNUSUAL = 3.0  # price of dates that stand on another line than the first
RUNS_OVER = 1.5  # price of a last row on a page whose date is not in the middle
_NEAR = 4  # lines within which the text above or below a boundary stands
_LONGEST = 120  # lines between two dates beyond which nothing is weighed

_WAVES = str.maketrans(
    {"〜": "~", "～": "~", "､": "、", "，": ",", "（": "(", "）": ")", "－": "-", "−": "-"}
)
_GOES_ON = ("~", "、", ",", "-", "–", "—", "―", "・", "･", "から", "及び", "と")
_COMES_ON = re.compile(
    r"[~、,\-–—―)月日年頃]|まで|から|以降|[(][月火水木金土日祝・]+[)]|(?:[上中下初]旬|末|ころ)$"
)
_NUMBERED = re.compile(r"[(]([0-9]{1,2})[)]")
_MARKER = re.compile(r"[・･●○◎〇■□◆◇★☆※*①-⑳]|[(（][0-9０-９]")
_NO_OPENING = re.compile(r"[、。，．）」』】：；！？ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]")
_ENDS = tuple("。．！？」』）)】")


@dataclass(frozen=True, slots=True)
class Slot:
    """What grouping needs of one line: its date text ("" without), its other text, and where that ends.

    `is_full`: the text runs up to the column's edge. `gap`: blank rows above. `is_detail`: the text
    starts with a marker, as the headline of a row does not.
    """

    date: str
    text: str
    is_full: bool
    gap: int
    is_detail: bool = False


def mark_details(slots: Sequence[Slot]) -> list[Slot]:
    """The slots with `is_detail` set, unless markers open the entries: no line with a date lacks one."""
    dated = [bool(_MARKER.match(slot.text)) for slot in slots if slot.date and slot.text]
    if len(dated) > 2 and sum(dated) >= 0.95 * len(dated):
        return list(slots)
    return [replace(slot, is_detail=bool(_MARKER.match(slot.text))) for slot in slots]


def join_dates(slots: Sequence[Slot]) -> list[tuple[int, int]]:
    """First and last line of each date: a date over two lines (8月21日～ / 9月27日) is one."""
    groups: list[tuple[int, int]] = []
    for place, slot in enumerate(slots):
        if not slot.date:
            continue
        if groups:
            first, last = groups[-1]
            before = chars.fold(slots[last].date).text.translate(_WAVES)
            here = chars.fold(slot.date).text.translate(_WAVES)
            if (place - last <= 3 and _goes_on(before, here)) or _counts_on(slots, first, here):
                groups[-1] = (first, place)
                continue
        groups.append((place, place))
    return groups


def _goes_on(before: str, here: str) -> bool:
    """Whether two lines of a date column are one date."""
    is_cut = before.endswith(_GOES_ON)
    is_year = before.endswith(("年", "年度")) and "月" not in before
    takes_year = is_year and "月" in here and "年" not in here
    return (is_cut and here[:1].isalnum()) or bool(_COMES_ON.match(here)) or takes_year


def _counts_on(slots: Sequence[Slot], first: int, here: str) -> bool:
    """Whether the dates of one row are numbered: (1) 10月7日 above, (2) 10月6日 here."""
    number = _NUMBERED.match(here)
    opening = _NUMBERED.match(chars.fold(slots[first].date).text.translate(_WAVES))
    return bool(number and opening and opening[1] == "1" and number[1] != "1")


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
    texts = list(accumulate((bool(slot.text) for slot in slots), initial=0))
    orphan = ORPHAN if opens_page else 2 * ORPHAN
    # best[place]: price of the rows so far when the next row starts at this line
    best: dict[int, tuple[float, tuple[int, ...]]] = {
        place: ((orphan if place else 0.0) + _price_of_boundary(slots, place), (place,))
        for place in _starts(-1, dates[0][0], mode)
    }
    for number, (first, last) in enumerate(dates):
        is_last = number + 1 == len(dates)
        ends = [len(slots)] if is_last else _starts(last, dates[number + 1][0], mode)
        coming: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in ends:
            most = RUNS_OVER if is_last and closes_page else math.inf
            price, chain = min(
                (price + min(most, _price_of_row(texts, start, end, first, last, mode)), chain)
                for start, (price, chain) in best.items()
            )
            coming[end] = (price + _price_of_boundary(slots, end), (*chain, end))
        best = coming
    price, chain = best[len(slots)]
    return price, list(chain[:-1])


def _starts(after: int, date: int, mode: str) -> list[int]:
    """Where the row of the date on line `date` may start, the date before ending on line `after`."""
    if mode == TOP or date - after > _LONGEST:
        return [date]
    if mode == BOTTOM:
        return [after + 1]
    return list(range(after + 1, date + 1))


def _price_of_row(texts: Sequence[int], start: int, end: int, first: int, last: int, mode: str) -> float:
    """How far the date is from where the mode has it; `texts[i]` counts the lines with text before line i."""
    if mode != MIDDLE:
        edge, is_alone = (first, end == last + 1) if mode == TOP else (last, start == first)
        return 0.0 if is_alone or texts[edge + 1] > texts[edge] else 1.0
    above = texts[(first + last + 1) // 2] - texts[start]
    below = texts[end] - texts[(first + last) // 2 + 1]
    uneven = abs(above - below)
    return 0.2 * uneven if uneven < 2 else 0.5 * uneven * uneven


def _price_of_boundary(slots: Sequence[Slot], place: int) -> float:
    """How strange it is that a row starts at this line."""
    if place <= 0 or place >= len(slots):
        return 0.0
    near = slots[max(0, place - _NEAR) : place]
    before = next((slot for slot in reversed(near) if slot.text), None)
    here = next((slot for slot in slots[place : place + _NEAR] if slot.text), None)
    price = -1.0 if slots[place].gap else 0.0
    if before and before.is_full and not before.text.endswith(_ENDS):
        price += 2.0
    if here and (here.is_detail or _NO_OPENING.match(here.text)):
        price += 2.0
    return price
