"""Joins the dates that a narrow column broke over lines, and tells an open date from a period whose end stands below.

Takes the `Slot`s of a table or of a run of lines. Gives the lines of each date. Reads no rules.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline import chars
from pipeline.read.spacing_slots import ENDS, Slot, is_inside

_WHOLE_DAYS = 4  # dates by which it shows that days stand with their month
_DAYS = re.compile(r"[0-9]{1,2} ?(?:日|[、,・~-] ?[0-9]{1,2} ?日)")
_BROKEN_PERIODS = 3  # by which a table shows that it breaks them
_WAVES = str.maketrans(
    {"〜": "~", "～": "~", "､": "、", "，": ",", "（": "(", "）": ")", "－": "-", "−": "-"}
)
_GOES_ON = ("~", "、", ",", "-", "–", "—", "―", "・", "･", "から", "及び", "と")
_DOT_LAST, _LAST_NUMBER = re.compile(r"[0-9] ?[.]$"), re.compile(r"[0-9]{1,2}")
_EMPTY = re.compile(r"[.・] *[.・]$")  # cells for a month and a day that are empty: 昭和33. 8. ・
_COMES_ON = re.compile(
    r"[~、,\-–—―)月日度頃]|年(?!末|内|間)|まで|から|以降|[(][月火水木金土日祝・]+[)]|[(](?:[12][0-9]{3}|[^\W\d_]{2} ?(?:[0-9]{1,2}|元)) ?年?[)]$|(?:[上中下初]旬|末|ころ)$"
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


def mark_habits(slots: Sequence[Slot]) -> list[Slot]:
    """The slots of a table by what it shows of its dates: whether days stand with their month, and the room for a date.

    The room is the longest date, without end where a period of two months stands on one line; none, and no text that
    stops short, where the table itself shows that it breaks its periods.
    """
    if _breaks_months(slots):
        slots = [replace(slot, is_rest=bool(_DAYS.match(_shown(slot)))) for slot in slots]
    if _breaks_periods(slots):
        return [replace(slot, room=0.0, stops_short=False) for slot in slots]
    whole = any(_PERIOD.search(slot.date.translate(_WAVES)) for slot in slots)
    room = math.inf if whole else 1 + max((chars.width(slot.date) for slot in slots), default=0.0)
    return [replace(slot, room=room) for slot in slots]


def _shown(slot: Slot) -> str:
    """The date as patterns see it."""
    return chars.fold(slot.date).text.translate(_WAVES)


def _breaks_periods(slots: Sequence[Slot]) -> bool:
    """Whether most ends of open dates (8月21日～ above 9月29日) stand beside no text, or one that goes on from above."""
    dated = [(place, slot, _shown(slot)) for place, slot in enumerate(slots) if slot.date]
    ends = [
        not slot.text or bool(_CONTINUES.match(slot.text))
        for (above, _, opening), (place, slot, here) in pairwise(dated)
        if place - above <= 2 and opening.endswith("~") and _WHOLE_DAY.match(here)
    ]
    return sum(ends) >= _BROKEN_PERIODS and 2 * sum(ends) > len(ends)


def join_dates(slots: Sequence[Slot]) -> list[tuple[int, int]]:
    """First and last line of each date: a date over two lines (8月21日～ / 9月27日) is one."""
    groups: list[tuple[int, int]] = []
    for place, slot in enumerate(slots):
        if not slot.date:
            continue
        if groups:
            first, last = groups[-1]
            before, here = _shown(slots[last]), _shown(slot)
            near = 2 if _WHOLE_DAY.match(here) else 3
            is_one = place - last <= near and _goes_on(before, here) and not _stands_alone(slots, last, place)
            is_broken = slot.is_rest and place - last <= 2 and before.endswith("月")
            if is_one or is_broken or _counts_on(slots, first, here):
                if len(groups) > 1 and _CUT_YEAR.fullmatch(_above(slots, groups)) and here.startswith("年"):
                    first = groups[-2][0]
                    groups.pop()
                groups[-1] = (first, place)
                continue
        groups.append((place, place))
    return groups


def _breaks_months(slots: Sequence[Slot]) -> bool:
    """Whether nearly all dates say their month: a day alone right below a month (12月 / 19、20日) is the rest of one."""
    dates = [_shown(slot) for slot in slots if slot.date]
    whole = sum(bool(_WHOLE_DAY.match(date)) for date in dates)
    alone = sum(
        bool(_DAYS.match(date)) and not before.endswith((*_GOES_ON, "月")) for before, date in pairwise(dates)
    )
    rest = sum(bool(_DAYS.match(date)) and before.endswith("月") for before, date in pairwise(dates))
    return max(whole, rest) >= max(_WHOLE_DAYS, 3 * alone)


def _stands_alone(slots: Sequence[Slot], above: int, place: int) -> bool:
    """Whether the date below an open one (S55. 4. 1～, 22:00～) opens a row of its own: both say their year, no clock
    ends what a clock began, or both would have stood on one line as others do; and beside or above the second
    stands a text that begins anew."""
    opening, here = _shown(slots[above]), _shown(slots[place])
    is_timed = _CLOCK_OPEN.search(opening) is not None and not _CLOCK.match(here)
    says_years = _SAYS_YEAR.match(opening) and _SAYS_YEAR.match(here)
    is_other = ("日" in opening) != ("日" in here)  # 5月～ above 6月 7日
    period = chars.width(slots[above].date + slots[place].date)
    stops_short = slots[above].stops_short and bool(slots[place].lead)
    would_fit = (period <= slots[place].room or stops_short) and _WHOLE_DAY.match(here)
    if not is_timed and not says_years and not is_other and (not would_fit or is_inside(slots, place)):
        return False
    if not opening.endswith(("~", "から")) or opening == "~":  # 5月11日 / ～ / 6月23日
        return False
    texts = [slot for slot in slots[above + 1 : place + 1] if slot.text]
    last = next((slot for slot in reversed(slots[above:place]) if slot.text), slots[above])
    runs_on = last.is_full and not last.text.endswith(ENDS) and not is_other and not stops_short
    here_text = slots[place].text or (texts[0].text if texts else "")
    return bool(texts) and not runs_on and not _CONTINUES.match(here_text)


def _above(slots: Sequence[Slot], groups: Sequence[tuple[int, int]]) -> str:
    """The date on the line right above the last group, where nothing stands beside it."""
    line = groups[-1][0] - 1
    return chars.fold(slots[line].date).text if line == groups[-2][1] and not slots[line].text else ""


def _goes_on(before: str, here: str) -> bool:
    """Whether two lines of a date column are one date."""
    is_cut = before.endswith(_GOES_ON) and not _EMPTY.search(before)
    is_year = before.endswith(("年", "年度")) and "月" not in before and not before.startswith("この")
    takes_year = is_year and "月" in here and "年" not in here and not _WESTERN.match(here)
    is_dotted = _DOT_LAST.search(before) and _LAST_NUMBER.fullmatch(here)  # 昭和29. 10. / 22
    return (is_cut and here[:1].isalnum()) or bool(is_dotted) or bool(_COMES_ON.match(here)) or takes_year


def _counts_on(slots: Sequence[Slot], first: int, here: str) -> bool:
    """Whether the dates of one row are numbered: (1) 10月7日 above, (2) 10月6日 here."""
    number = _NUMBERED.match(here)
    opening = _NUMBERED.match(_shown(slots[first]))
    return bool(number and opening and opening[1] == "1" and number[1] != "1")
