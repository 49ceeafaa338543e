"""The entry that numbers its dates: one entry a number, all under the heading they share.

Takes content lines that begin with a numbered date, or the cells of a table row that do. Gives a `Numbered`:
for each number its date and the text behind the same number further down; RECORDS, Entry and event.

    (1）10月 7日 | （2）10月 6日～14日 | 第２回イベント開催 | （１）シルクと光 … | （２）グルメフェス …
    → 10月 7日 シルクと光, 10月 6日～14日 グルメフェス, both with the parent 第2回イベント開催
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import HARD, Fragment, Mark, Span, Text
from pipeline.parse.columns import Columns
from pipeline.parse.date_lines import MOST_LINES
from pipeline.parse.dates import Said
from pipeline.parse.sheet import Piece, Row, Sheet
from pipeline.parse.starts import Start, find_start, whole_start
from pipeline.parse.steps import START, Step
from pipeline.rules.load import Rules

_SIGN = re.compile(
    r"(?P<circled>[①-⑳])|[(（〔] ?(?P<bracketed>[0-9]{1,2}|[一二三四五六七八九十]|[ア-オa-eA-E]) ?[)）〕]"
    r"|(?P<plain>[0-9]{1,2}|[ア-オ]) ?[)）](?! ?[月日年])"
)
# A line of nothing but dates and their numbers: (1）10月 7日（2）10月 6日～14日.
_DATES_ONLY = re.compile(r"[0-9①-⑳()（）〔〕年月日元明治大正昭和平成令同・、,~～〜－ 火水木金土祝-]+")
_KANJI, _KANA = "一二三四五六七八九十", "アイウエオ"


@dataclass(frozen=True, slots=True)
class Sign:
    """A number sign at a line's beginning: its value and kind, and how long it is."""

    value: int
    kind: str
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """One number of the entry: its sign, its date, its text."""

    sign: Text
    start: Start
    fragments: tuple[Fragment, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Numbered:
    """An entry that numbers its dates; `used` counts the lines up to where ordinary text goes on."""

    parts: tuple[Part, ...]
    heading: tuple[Fragment, ...]
    said: Said
    used: int
    lines: tuple[int, ...]
    table: int | None = None
    findings: tuple[Finding, ...] = ()


def find_sign(text: str) -> Sign | None:
    """The number sign at the beginning: `（２）` is 2, `①` 1, `イ)` 2."""
    found = _SIGN.match(chars.fold(text).text)
    if not found:
        return None
    kind = str(found.lastgroup)
    word = found.group(kind)
    if kind == "circled":
        value = ord(word) - ord("①") + 1
    elif word.isdecimal():
        value = int(word)
    elif word in _KANJI:
        value = _KANJI.index(word) + 1
    elif word in _KANA:
        value = _KANA.index(word) + 1
    else:
        value = ord(word.lower()) - ord("a") + 1
    return Sign(value, "circled" if kind == "circled" else "bracketed", found.end())


def find_numbered(sheet: Sheet, window: Sequence[Piece], said: Said, rules: Rules) -> Numbered | None:
    """The numbered entry that begins with the first line of the window, or None.

    Its dates come first, each alone behind its number; then the heading, then the numbers with their text.
    """
    sign = find_sign(window[0].text)
    if sign is None or sign.value != 1:
        return None
    parted = _part_at_signs(sheet, window)
    more = len(parted) - len(window)
    dates, used, said = _read_dates(sheet, parted, said, rules)
    if len(dates) < 2 or used <= more:
        return None
    heading, texts, used = _read_texts(sheet, parted, used, len(dates))
    used -= more
    if len(texts) != len(dates):
        return None
    parts = tuple(
        replace(part, fragments=fragments, marks=marks)
        for part, (fragments, marks) in zip(dates, texts, strict=True)
    )
    return Numbered(parts, heading, said, used, tuple(piece.line for piece in window[:used]))


def _part_at_signs(sheet: Sheet, window: Sequence[Piece]) -> tuple[Piece, ...]:
    """The lines with those at the beginning that hold several numbered dates cut at the numbers."""
    parted: list[Piece] = []
    for place, piece in enumerate(window):
        folded = chars.fold(piece.text).text
        if not _DATES_ONLY.fullmatch(folded):
            return (*parted, *window[place:])
        edges = [found.start() for found in _SIGN.finditer(folded)]
        edges = [0, *(edge for edge in edges if edge), len(folded)]
        parted.extend(piece.cut(sheet.source, left, right) for left, right in pairwise(edges))
    return tuple(parted)


def _read_dates(
    sheet: Sheet, window: Sequence[Piece], said: Said, rules: Rules
) -> tuple[list[Part], int, Said]:
    """The numbered dates at the beginning, each alone on its lines, and how many lines they take."""
    parts: list[Part] = []
    place = 0
    while place < len(window):
        sign = find_sign(window[place].text)
        if sign is None or sign.value != len(parts) + 1:
            break
        signed = window[place]
        behind = signed.cut(sheet.source, sign.end)
        if not behind.text:  # the line ends behind the number
            place += 1
            behind = window[place] if place < len(window) else behind
        start = _date_behind(sheet, behind, window[place + 1 :], sign.value + 1, said, rules)
        if start is None:
            break
        end = behind.span.start if behind.line == signed.line else signed.span.end
        span = chars.trim(sheet.source, Span(signed.span.start, end))
        parts.append(Part(_sign_text(sheet, span), start))
        said = start.found.said
        place += start.used
    return parts, place, said


def _date_behind(
    sheet: Sheet, behind: Piece, following: Sequence[Piece], next_value: int, said: Said, rules: Rules
) -> Start | None:
    """The date behind a number: all up to the next number (a narrow cell breaks it anywhere), or what a line says."""
    if not behind.text:
        return None
    pieces = [behind]
    for piece in following[: MOST_LINES - 1]:
        sign = find_sign(piece.text)
        if sign is not None and sign.value == next_value:
            break
        pieces.append(piece)
    start = find_start(sheet.source, (behind, *following[: MOST_LINES - 1]), said, rules)
    usable = start is not None and not start.rest and not start.marker
    if usable and start is not None and start.used >= len(pieces):
        return start
    return whole_start(sheet.source, pieces, said, rules) or (start if usable else None)


def _sign_text(sheet: Sheet, span: Span) -> Text:
    return Text(chars.clean(sheet.source[span.start : span.end]), (span,))


def _read_texts(
    sheet: Sheet, window: Sequence[Piece], place: int, count: int
) -> tuple[tuple[Fragment, ...], list[tuple[tuple[Fragment, ...], tuple[Mark, ...]]], int]:
    """The heading's lines, and for each number the lines of its text; the last number's first line only.

    What follows the last number's first line is ordinary text of its entry.
    """
    heading: list[Fragment] = []
    texts: list[tuple[list[Fragment], list[Mark]]] = []
    kind = ""
    while place < len(window) and len(texts) < count:
        piece = window[place]
        sign = find_sign(piece.text)
        if sign is not None and sign.value == len(texts) + 1 and kind in ("", sign.kind):
            kind = sign.kind
            behind = piece.cut(sheet.source, sign.end)
            lead = chars.trim(sheet.source, Span(piece.span.start, behind.span.start))
            texts.append(([sheet.fragment(behind)] if behind.text else [], [Mark(lead, "marker")]))
        elif texts:
            texts[-1][0].append(sheet.fragment(piece))
        else:
            heading.append(sheet.fragment(piece))
        place += 1
    return tuple(heading), [(tuple(fragments), tuple(marks)) for fragments, marks in texts], place


def numbered_steps(sheet: Sheet, numbered: Numbered) -> tuple[Step, ...]:
    """One start a number; the shared heading goes with each as its parent."""
    parent, spare = _cut_parent(sheet, numbered.heading)
    steps = []
    for place, part in enumerate(numbered.parts):
        extra = spare if place == 0 else ()
        steps.append(
            Step(
                START,
                numbered.lines if place == 0 else (),
                (*part.fragments, *extra),
                part.start.date,
                part.sign,
                part.marks,
                part.start.findings,
                numbered.table,
                parent=parent,
            )
        )
    return tuple(steps)


def _cut_parent(sheet: Sheet, heading: tuple[Fragment, ...]) -> tuple[Text | None, tuple[Fragment, ...]]:
    """The heading's first paragraph as the parent, and the lines below it."""
    if not heading:
        return None, ()
    count = 1
    while count < len(heading) and heading[count - 1].wrap != HARD and heading[count - 1].wrap == "soft":
        count += 1
    return chars.make_text(sheet.source, [fragment.span for fragment in heading[:count]]), heading[count:]


def numbered_row(
    sheet: Sheet, row: Row, columns: Columns, said: Said, rules: Rules
) -> tuple[tuple[Step, ...], Said] | None:
    """The steps of a row whose date cell numbers its dates and whose text has the same numbers."""
    dates = tuple(piece for column in columns.of("date") for piece in row.cell(column))
    if not dates or find_sign(dates[0].text) is None:
        return None
    texts = tuple(piece for column in columns.texts for piece in row.cell(column))
    dates = _part_at_signs(sheet, dates)
    parts, used, after = _read_dates(sheet, dates, said, rules)
    if len(parts) < 2 or used != len(dates):
        return None
    heading, found, used = _read_texts(sheet, texts, 0, len(parts))
    if len(found) != len(parts):
        return None
    rest = tuple(sheet.fragment(piece) for piece in texts[used:])
    parts = [
        replace(part, fragments=(*fragments, *(rest if place == len(parts) - 1 else ())), marks=marks)
        for place, (part, (fragments, marks)) in enumerate(zip(parts, found, strict=True))
    ]
    lines = tuple(piece.line for piece in row.pieces)
    numbered = Numbered(tuple(parts), heading, after, 1, lines, row.table)
    return numbered_steps(sheet, numbered), after
