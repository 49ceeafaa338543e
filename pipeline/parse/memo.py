"""What is known of the lines of a sheet by themselves, so that each is looked at once for each thing said before.

Takes a Sheet. Gives a `Memo`: the lines that can open nothing, and room for what the others were seen to hold.
Reads rules/layout.toml (bullets, closing) and what parse/date_signs reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import regex

from pipeline import chars
from pipeline.model import SOFT
from pipeline.parse.date_forms import forms
from pipeline.parse.date_signs import first_signs
from pipeline.parse.dates import Found, Said
from pipeline.parse.numbered import Numbered
from pipeline.parse.sheet import Piece, Row, Sheet
from pipeline.parse.starts import Start
from pipeline.parse.steps import TEXT, Step
from pipeline.rules.load import Rules

_DATE_ALONE = regex.compile(r"[\s\p{P}\p{S}0-9年月日元明治大正昭和平成令]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a line holds by itself, after what was said; which of it counts is judged later."""

    text: Step
    heading: Found | None = None
    offset: int = 0  # where the heading begins
    start: Start | None = None
    numbered: Numbered | None = None
    again: Piece | None = None  # the line below that says the same year


@dataclass(frozen=True, slots=True)
class Memo:
    """What is known of the lines by their place in the sheet: those that can open nothing are text, whatever
    was said; the others are looked at once for each thing said before."""

    texts: Sequence[Step | None]
    seen: dict[tuple[int, Said], Seen]
    assumed: set[Said] = field(
        default_factory=set
    )  # what holds above the first entry by the day of issue alone

    def with_text(self, sheet: Sheet, line: int) -> Memo:
        """The memo in which this line opens nothing."""
        texts = [
            _text(sheet, unit) if isinstance(unit, Piece) and unit.line == line else text
            for unit, text in zip(sheet.units, self.texts, strict=True)
        ]
        return replace(self, texts=texts)


def make_memo(sheet: Sheet, rules: Rules) -> Memo:
    """The memo of this sheet, with nothing seen yet."""
    texts = plain_texts(sheet, rules)
    if sheet.document.source.kind != "markdown":
        return Memo(texts, {})
    inside = _inside_tables(sheet) | _inside_rows(sheet)
    units = zip(sheet.units, texts, strict=True)
    return Memo(
        [
            _text(sheet, unit) if place in inside and isinstance(unit, Piece) else text
            for place, (unit, text) in enumerate(units)
        ],
        {},
    )


def plain_texts(sheet: Sheet, rules: Rules) -> list[Step | None]:
    """A text step for each line that neither a heading, nor a date, nor a number can open."""
    signs = "".join(map(regex.escape, (*rules.layout.bullets, *rules.layout.closing)))
    starts = first_signs(rules.dates, list(forms(rules.dates).era_of_form))
    opens = regex.compile(rf"[\s\p{{P}}\p{{S}}{chars.BLANKS}{signs}]*[{starts}第①-⑳ア-オｱ-ｵ]")
    return [
        None if isinstance(unit, Row) or opens.match(unit.text) else _text(sheet, unit)
        for unit in sheet.units
    ]


def _inside_tables(sheet: Sheet) -> frozenset[int]:
    """The plain lines between two rows of one table, headings aside: more of the row above, whatever they say.

    In Markdown these are the lists below dates set in bold.
    """
    found: set[int] = set()
    held: list[int] = []
    table: int | None = None
    for place, unit in enumerate(sheet.units):
        if isinstance(unit, Row):
            found.update(held if unit.table == table else ())
            table, held = unit.table, []
        elif not sheet.line(unit).is_heading and sheet.line(unit).cell is None:
            held.append(place)
    return frozenset(found)


def _inside_rows(sheet: Sheet) -> frozenset[int]:
    """The lines behind a text on the same row of the file, as behind a link in a sentence: they open nothing."""
    found: set[int] = set()
    for place, (above, unit) in enumerate(pairwise(sheet.units), 1):
        if isinstance(unit, Row) or isinstance(above, Row) or not follows(sheet, above, unit):
            continue
        if place - 1 in found or not _DATE_ALONE.fullmatch(chars.fold(above.text).text):
            found.add(place)
    return frozenset(found)


def follows(sheet: Sheet, above: Piece, unit: Piece) -> bool:
    """Whether two lines stand on one row of the file, parted by marks inside it (no <br>)."""
    upper, lower = sheet.line(above), sheet.line(unit)
    return upper is not lower and upper.number == lower.number and upper.wrap == SOFT


def _text(sheet: Sheet, piece: Piece) -> Step:
    return Step(TEXT, (piece.line,), (sheet.fragment(piece),))
