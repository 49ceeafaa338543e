"""What matching sees of an event: its fields folded, so that wraps, pages, spaces and widths are no change.

Takes EventRecords. Gives a `Face` for each: keys of headline and details, and the form of the
headline with its numbers taken out (第1回 and 第2回 are one form: such headlines tell little apart).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pipeline import chars
from pipeline.editions.records import EventRecord

_NUMBERS = re.compile(r"[0-9]+|元(?=年)")
# Signs that stand between fields: whether they are a field's or nobody's depends on where a
# paragraph was cut, so they say nothing of what the document says.
_BETWEEN = re.compile("[:;,、，､。・]+")


@dataclass(frozen=True, slots=True)
class Face:
    """The folded fields of one event; `lines` has the headline first, then a key a detail."""

    when: str  # EDTF, or the folded text of a date that could not be read
    start: date | None
    head: str
    form: str  # head with # for each number
    numbers: tuple[str, ...]
    lines: tuple[str, ...]
    body: str  # details only
    whole: str  # parent, headline and details without the signs between fields
    exact: tuple[str, ...]  # parent and every field of every line: equal means nothing changed


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """`chars.key` of the text, remembered: most lines of two editions are equal."""
    return chars.key(text)


def loosen(folded: str) -> str:
    """Folded text without the signs that stand between fields."""
    return _BETWEEN.sub("", folded)


def make_faces(events: Iterable[EventRecord]) -> tuple[Face, ...]:
    """One face an event, in order."""
    return tuple(_make_face(event) for event in events)


def _make_face(event: EventRecord) -> Face:
    head, parent = fold(event.headline), fold(event.parent)
    fields = [(fold(detail.marker), fold(detail.label), fold(detail.text)) for detail in event.details]
    lines = tuple("".join(parts) for parts in fields)
    return Face(
        when=event.edtf if event.edtf is not None else f"?{fold(event.date_text)}",
        start=event.start,
        head=head,
        form=_NUMBERS.sub("#", head),
        numbers=tuple(_NUMBERS.findall(head)),
        lines=(head, *lines),
        body="".join(lines),
        whole=loosen(parent + head + "".join(lines)),
        exact=(parent, head, *(part for parts in fields for part in parts)),
    )
