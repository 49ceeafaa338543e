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
from itertools import accumulate, pairwise

from pipeline import chars

TOP, MIDDLE, BOTTOM = "top", "middle", "bottom"
ORPHAN = 4.0  # price of lines without a date at a page's start or end
UNUSUAL = 3.0  # price of dates that stand on another line than the first
RUNS_OVER = 1.5  # price of a last row on a page whose date is not in the middle
OPENED = 0.75  # price of a row that a marker opens
TORN = 4.0  # price of a boundary inside a sentence, or of a date alone beside text: one is enough to tell
_PARTED = 4  # rows by which it shows that blank lines part them
_NEAR = 4  # lines within which the text above or below a boundary stands
_FAR = 8  # lines within which a bracket is closed
_LONGEST = 120  # lines between two dates beyond which nothing is weighed

_WAVES = str.maketrans(
    {"〜": "~", "～": "~", "､": "、", "，": ",", "（": "(", "）": ")", "－": "-", "−": "-"}
)
_GOES_ON = ("~", "、", ",", "-", "–", "—", "―", "・", "･", "から", "及び", "と")
_EMPTY = re.compile(r"[.・] *[.・]$")  # cells for a month and a day that are empty: 昭和33. 8. ・
_COMES_ON = re.compile(
    r"[~、,\-–—―)月日年度頃]|まで|から|以降|[(][月火水木金土日祝・]+[)]|(?:[上中下初]旬|末|ころ)$"
)
_WESTERN = re.compile(r"[12][0-9]{3}")
_SAYS_YEAR = re.compile(
    r"[12][0-9]{3}|[^\W\d_]{0,2}[〇一二三四五六七八九十元]{1,4} ?年|[^\W\d_]{1,2} ?(?:[0-9]{1,2}|元) ?[年.]"
)
_WHOLE_DAY = re.compile(r"[0-9〇一二三四五六七八九十]{1,3} ?[月./] ?[0-9〇一二三四五六七八九十]{1,3}")
_PERIOD = re.compile(
    r"[0-9〇一二三四五六七八九十] ?日?[^0-9]{0,5}~ ?[0-9〇一二三四五六七八九十]{1,3} ?[月./]"
)
_CLOCK_OPEN = re.compile(r"[0-9][:：時][0-9]*分?~$")
_CLOCK = re.compile(r"(?:午[前後] ?)?[0-9]{1,2}[:：時]")
_CONTINUES = re.compile(r"\S{1,6}[：:]|[（(・･●○◎〇■□◆◇※*①-⑳]")
_CUT_YEAR = re.compile(r"\w{1,2} ?(?:[0-9]{1,2}|元)")  # 昭和34 above 1959, and 年 below it
_NUMBERED = re.compile(r"[(]([0-9]{1,2})[)]")
_MARKER = re.compile(r"[・･●○◎〇■□◆◇★☆※*①-⑳]|[(（][0-9０-９]")
_NO_OPENING = re.compile(
    r"[（(][^（）()]*[）)]?$|[、。，．）」』】：；！？ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]"
)
_HIRAGANA = re.compile(r"[ぁ-ん]")  # seldom opens an entry
_ENDS = tuple("。．！？」』）)】")
_COMMA = tuple("、，")
_BRACKETS = re.compile(r"[（(「『]|[）)」』]")
_OPENING = "（(「『"


@dataclass(frozen=True, slots=True)
class Slot:
    """What grouping needs of one line: its date text ("" without), its other text, and where that ends.

    `is_full`: the text runs up to the column's edge. `gap`: blank rows above. `is_detail`: the text
    starts with a marker, as the headline of a row does not. `lead` is the text of the first text column,
    `columns` are the text columns that are filled.
    """

    date: str
    text: str
    is_full: bool
    gap: int
    is_detail: bool = False
    lead: str = ""
    columns: tuple[int, ...] = ()
    room: float = 0.0  # for a date in the table's date column, in full-width characters
    stops_short: bool = False  # the lead stops well short of the edge that its column shows


def mark_room(slots: Sequence[Slot]) -> list[Slot]:
    """The slots of a table with `room` set: the longest date, without end where a period of two months stands on one line."""
    whole = any(_PERIOD.search(slot.date.translate(_WAVES)) for slot in slots)
    room = math.inf if whole else 1 + max((chars.width(slot.date) for slot in slots), default=0.0)
    return [replace(slot, room=room) for slot in slots]


def mark_details(slots: Sequence[Slot]) -> list[Slot]:
    """The slots with `is_detail` set: a line that opens with a marker is no headline."""
    return [replace(slot, is_detail=bool(_MARKER.match(slot.lead))) for slot in slots]


def may_open(slots: Sequence[Slot]) -> bool:
    """Whether markers may open the entries themselves: hardly a line with a date lacks one."""
    dated = [bool(_MARKER.match(slot.lead)) for slot in slots if slot.date and slot.text]
    return len(dated) > 2 and sum(dated) >= 0.95 * len(dated)


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
            near = 2 if _WHOLE_DAY.match(here) else 3
            is_one = place - last <= near and _goes_on(before, here) and not _stands_alone(slots, last, place)
            if is_one or _counts_on(slots, first, here):
                if len(groups) > 1 and _CUT_YEAR.fullmatch(_above(slots, groups)) and here.startswith("年"):
                    first = groups[-2][0]
                    groups.pop()
                groups[-1] = (first, place)
                continue
        groups.append((place, place))
    return groups


def _stands_alone(slots: Sequence[Slot], above: int, place: int) -> bool:
    """Whether the date below an open one (S55. 4. 1～, 22:00～) opens a row of its own: both say their year, no clock
    ends what a clock began, or both would have stood on one line as others do; and beside or above the second
    stands a text that begins anew."""
    opening, here = (chars.fold(slots[line].date).text.translate(_WAVES) for line in (above, place))
    is_timed = _CLOCK_OPEN.search(opening) is not None and not _CLOCK.match(here)
    says_years = _SAYS_YEAR.match(opening) and _SAYS_YEAR.match(here)
    is_other = ("日" in opening) != ("日" in here)  # 5月～ above 6月 7日
    period = chars.width(slots[above].date + slots[place].date)
    stops_short = slots[above].stops_short and bool(slots[place].lead)
    would_fit = (period <= slots[place].room or stops_short) and _WHOLE_DAY.match(here)
    if not is_timed and not says_years and not is_other and (not would_fit or _is_inside(slots, place)):
        return False
    if not opening.endswith(("~", "から")):
        return False
    texts = [slot for slot in slots[above + 1 : place + 1] if slot.text]
    last = next((slot for slot in reversed(slots[above:place]) if slot.text), slots[above])
    runs_on = last.is_full and not last.text.endswith(_ENDS) and not is_other and not stops_short
    here_text = slots[place].text or (texts[0].text if texts else "")
    return bool(texts) and not runs_on and not _CONTINUES.match(here_text)


def _above(slots: Sequence[Slot], groups: Sequence[tuple[int, int]]) -> str:
    """The date on the line right above the last group, where nothing stands beside it."""
    line = groups[-1][0] - 1
    return chars.fold(slots[line].date).text if line == groups[-2][1] and not slots[line].text else ""


def _goes_on(before: str, here: str) -> bool:
    """Whether two lines of a date column are one date."""
    is_cut = before.endswith(_GOES_ON) and not _EMPTY.search(before)
    is_year = before.endswith(("年", "年度")) and "月" not in before
    takes_year = is_year and "月" in here and "年" not in here and not _WESTERN.match(here)
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
    if apart := _parted_by_gaps(slots, dates):
        return 0.0, apart
    texts = _count_texts(slots)
    lonely = _lonely_dates(slots, dates) if mode == TOP else frozenset()
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
            price += TORN if first in lonely else 0.0
            coming[end] = (price + _price_of_boundary(slots, end), (*chain, end))
        best = coming
    price, chain = best[len(slots)]
    return price, list(chain[:-1])


def _parted_by_gaps(slots: Sequence[Slot], dates: Sequence[tuple[int, int]]) -> list[int]:
    """The first lines of the rows where blank lines part all of them: one date stands between each two; else []."""
    starts = [place for place, slot in enumerate(slots) if place == 0 or slot.gap]
    firsts = [first for first, _ in dates]
    counts = [sum(start <= first < end for first in firsts) for start, end in pairwise([*starts, len(slots)])]
    is_tall = len(slots) > len(starts)
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
    price = 0.0
    for counts in texts[1:] or texts:
        above = counts[(first + last + 1) // 2] - counts[start]
        below = counts[end] - counts[(first + last) // 2 + 1]
        uneven = abs(above - below)
        price += (0.1, 0.3)[above > below] * uneven if uneven < 2 else 0.5 * uneven * uneven
    return price


def _price_of_boundary(slots: Sequence[Slot], place: int) -> float:
    """How strange it is that a row starts at this line."""
    if place <= 0 or place >= len(slots):
        return 0.0
    near = slots[max(0, place - _NEAR) : place]
    before = next((slot for slot in reversed(near) if slot.text), None)
    here = next((slot for slot in slots[place : place + _NEAR] if slot.text), None)
    price = -1.0 if slots[place].gap else 0.0
    if before and before.is_full and not before.text.endswith(_ENDS):
        price += 3.0 if here and _HIRAGANA.match(here.text) else 2.0
    if here and (here.is_detail or _NO_OPENING.match(here.text)):
        price += 2.0
    return price + (TORN if _is_inside(slots, place) else 0.0)


def _is_inside(slots: Sequence[Slot], place: int) -> bool:
    """Whether the first text column goes on over the boundary: behind a comma, or inside a bracket closed below."""
    above = "".join(slot.lead for slot in slots[max(0, place - _FAR) : place])
    if above.endswith(_COMMA):
        return True
    depth = 0
    for sign in _BRACKETS.findall(above):
        depth = depth + 1 if sign in _OPENING else max(0, depth - 1)
    if not depth:
        return False
    first = _BRACKETS.search("".join(slot.lead for slot in slots[place : place + _FAR]))
    return first is not None and first[0] not in _OPENING
