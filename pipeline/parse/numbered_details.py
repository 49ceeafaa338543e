"""An entry whose details are numbered dates, each with its text: one entry a number, the heading their parent.

    10月6日～14日　第2回イベント開催
    (1) 10月7日（日）　友好都市マルシェ
    (2) 10月6日～14日　パネル展示

Takes entries. Gives them with such ones parted, and the marks of what no record says. RECORDS, Entry and event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline import chars
from pipeline.model import DateValue, Entry, Fragment, Mark, Span, Text
from pipeline.parse.dates import Found, Said, find_date
from pipeline.parse.numbered import find_sign
from pipeline.parse.starts import skip_separators
from pipeline.rules.load import Rules

_SURE = 0.5  # confidence from which on what stands behind the number is a date


@dataclass(frozen=True, slots=True)
class _Item:
    """One numbered line: its place among the fragments, its date, and where its text begins in the source."""

    place: int
    found: Found
    number: Text
    date: DateValue
    text: int


def part_numbered(source: str, entries: Sequence[Entry], rules: Rules) -> tuple[list[Entry], list[Mark]]:
    """The entries, one for each number where a heading's details are numbered dates."""
    parted: list[Entry] = []
    marks: list[Mark] = []
    for entry in entries:
        items = _find_items(source, entry, rules) if entry.number is None and entry.date.start else []
        if len(items) < 2 or not items[0].place:
            parted.append(entry)
            continue
        found = list(_part(source, entry, items, rules))
        parted.extend(found)
        if len(found) == len(items):
            marks.extend(Mark(span, "date") for span in entry.date.text.spans)
    return parted, marks


def _find_items(source: str, entry: Entry, rules: Rules) -> list[_Item]:
    """The numbered lines with a date and a text, counting up from 1."""
    items: list[_Item] = []
    said = _said_by(entry.date)
    for place, fragment in enumerate(entry.fragments):
        text = source[fragment.span.start : fragment.span.end]
        sign = find_sign(text)
        if sign is None or sign.kind != "bracketed" or sign.value != len(items) + 1:
            continue
        found = find_date(text, said, rules.dates, sign.end)
        if found is None or found.confidence < _SURE or found.only_year or found.value.edtf is None:
            return []
        behind, gap = skip_separators(text, found.end, "", rules.layout)
        if gap in ("none", "line"):
            return []
        begin = fragment.span.start
        number = Text(text[: sign.end].strip(), (chars.trim(source, Span(begin, begin + sign.end)),))
        span = Span(begin + found.start, begin + found.end)
        date = replace(found.value, text=Text(source[span.start : span.end], (span,)))
        items.append(_Item(place, found, number, date, begin + behind))
        said = found.said
    return items


def _said_by(date: DateValue) -> Said:
    """What the heading's date says for the numbers below it."""
    assert date.start is not None
    year = date.start.year
    month = (year, date.start.month) if date.precision in ("day", "month") else None
    return Said(
        year=year, month=month, heading=year, fiscal=year if date.precision == "fiscal_year" else None
    )


def _first_paragraph(fragments: Sequence[Fragment]) -> int:
    count = 1
    while count < len(fragments) and fragments[count - 1].wrap in ("soft", "full"):
        count += 1
    return count


def _cut_heading(
    source: str, above: tuple[Fragment, ...], rules: Rules
) -> tuple[tuple[Fragment, ...], tuple[Fragment, ...]]:
    """The heading of the numbers, and the entry above it: a plain line below a headline is a heading of its own."""
    count = _first_paragraph(above)
    last = above[-1]
    text = chars.fold(source[last.span.start : last.span.end].strip()).text
    is_plain = (
        not (rules.markers.find(text) or rules.labels.find(text)) and "：" not in text and ":" not in text
    )
    return (above[-1:], above[:-1]) if len(above) > count and is_plain else (above, ())


def _part(source: str, entry: Entry, items: Sequence[_Item], rules: Rules) -> Iterator[Entry]:
    heading, above = _cut_heading(source, entry.fragments[: items[0].place], rules)
    if above:  # a heading without a date of its own, below an entry that stays
        spans = [*entry.date.text.spans, *(fragment.span for fragment in above)]
        yield replace(entry, fragments=above, spans=tuple(sorted(spans)))
    count = _first_paragraph(heading)
    parent = chars.make_text(source, [fragment.span for fragment in heading[:count]])
    ends = [*(item.place for item in items[1:]), len(entry.fragments)]
    for order, (item, end) in enumerate(zip(items, ends, strict=True)):
        first = entry.fragments[item.place]
        own = replace(first, span=Span(item.text, first.span.end))
        spare: tuple[Fragment, ...] = heading[count:] if order == 0 else ()
        fragments = (own, *entry.fragments[item.place + 1 : end], *spare)
        spans = [*item.date.text.spans, *item.number.spans, *(fragment.span for fragment in fragments)]
        yield Entry(item.date, fragments, parent, item.number, tuple(sorted(spans)))
