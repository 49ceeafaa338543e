"""What the grouping of lines into table rows sees of one line, and whether a boundary stands inside a text.

Takes and gives `Slot`s: the date text, the other text and where that ends, of a line cut into cells. Reads no rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

DRAWN = 100  # blank rows above a line: one drawn across, over which no row goes on
_FAR = 8  # lines within which a bracket is closed
ENDS = tuple("。．！？」』）)】")  # signs that end a text
_MARKER = re.compile(r"[・･●○◎〇■□◆◇★☆※*①-⑳]|[(（][0-9０-９]")
_COMMA = tuple("、，")
BRACKETS = re.compile(r"[（(「『]|[）)」』]")
OPENING = "（(「『"


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
    goes_on: bool = False  # first on its page, below a text that ran up to its edge on the page before
    is_rest: bool = False  # of a date whose month stands above: nearly all days of the table say their month


def mark_details(slots: Sequence[Slot]) -> list[Slot]:
    """The slots with `is_detail` set: a line that opens with a marker is no headline."""
    return [replace(slot, is_detail=bool(_MARKER.match(slot.lead))) for slot in slots]


def may_open(slots: Sequence[Slot]) -> bool:
    """Whether markers may open the entries themselves: hardly a line with a date lacks one."""
    dated = [bool(_MARKER.match(slot.lead)) for slot in slots if slot.date and slot.text]
    return len(dated) > 2 and sum(dated) >= 0.95 * len(dated)


def is_inside(slots: Sequence[Slot], place: int) -> bool:
    """Whether the first text column goes on over the boundary: behind a comma, or inside a bracket closed below."""
    above = "".join(slot.lead for slot in slots[max(0, place - _FAR) : place])
    if above.endswith(_COMMA):
        return True
    depth = 0
    for sign in BRACKETS.findall(above):
        depth = depth + 1 if sign in OPENING else max(0, depth - 1)
    if not depth:
        return False
    first = BRACKETS.search("".join(slot.lead for slot in slots[place : place + _FAR]))
    return first is not None and first[0] not in OPENING
