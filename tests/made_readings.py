"""Readings made by hand for the tests of tables: a text, and which of its words are what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline import chars
from pipeline.model import (
    AnnexTable,
    Cell,
    DateValue,
    Detail,
    Document,
    Edition,
    Entry,
    Event,
    Line,
    Mark,
    Person,
    Place,
    Reading,
    Source,
    Span,
    Text,
)

TEXT = """これまでの経過
平成２６年
9月 10日
区長会総会
・会 場：東京区政会館
講師 大杉 覚 氏（東京都立大学教授）
5
同日
区長会総会
町村会 ＋241
"""


def find(text: str, word: str, after: int = 0) -> Text:
    """The word where it stands in the text, from `after` on."""
    start = text.index(word, after)
    return chars.make_text(text, (Span(start, start + len(word)),))


def make_document(text: str) -> Document:
    """A text file with these lines."""
    lines, start = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            lines.append(Line(Span(start, start + len(line)), number, 1))
        start += len(line) + 1
    return Document(text, tuple(lines), 1, Source("made.txt", "0" * 64, "text", "utf-8", "detector"))


def make_date(text: Text, edtf: str | None = "2014-09-10") -> DateValue:
    """A date of one day, or one that could not be read."""
    day = date.fromisoformat(edtf) if edtf else None
    return DateValue(edtf, day, day, "day" if edtf else None, text)


def make_event(when: DateValue, headline: Text, *details: Detail, **rest: object) -> Event:
    """An event of type meeting on page 1."""
    text = "\n".join([headline.value, *(detail.text.value for detail in details)])
    event = Event(when, headline, "meeting", None, details, text, 1, 3, 6)
    return replace(event, **rest)  # type: ignore[arg-type]


def make_reading() -> Reading:
    """A whole small reading: two equal events, two details, a person, a place, an annex table, furniture."""
    document = make_document(TEXT)
    roles = tuple("page_number" if line.number == 7 else "" for line in document.lines)
    separator = Span(TEXT.index("："), TEXT.index("：") + 1)
    hall = Detail(1, find(TEXT, "・"), _label(), find(TEXT, "東京区政会館"), None, (separator,))
    speaker = Detail(2, None, None, find(TEXT, "講師 大杉 覚 氏（東京都立大学教授）"), 0)
    person = Person(
        "大杉 覚",
        "東京都立大学教授",
        None,
        1,
        find(TEXT, "大杉 覚").spans,
        find(TEXT, "東京都立大学教授").spans,
    )
    place = Place("東京", "東京都", "130001", 0, find(TEXT, "東京").spans)
    first = make_event(
        make_date(find(TEXT, "9月 10日")),
        find(TEXT, "区長会総会"),
        hall,
        speaker,
        people=(person,),
        places=(place,),
    )
    again = TEXT.index("同日")
    second = make_event(
        make_date(find(TEXT, "同日")), find(TEXT, "区長会総会", again), line_first=8, line_last=9
    )
    return Reading(
        document=document,
        roles=roles,
        regions=("chronology",) * len(document.lines),
        edition=Edition(find(TEXT, "これまでの経過"), date(2024, 3, 8)),
        entries=(Entry(first.date, ()), Entry(second.date, ())),
        events=(first, second),
        tables=(_annex(),),
        marks=(Mark(find(TEXT, "平成２６年").spans[0], "year"),),
    )


def _label() -> Text:
    raw = find(TEXT, "会 場")
    return Text("会場", raw.spans)


def _annex() -> AnnexTable:
    cells = (
        Cell(0, 0, find(TEXT, "町村会"), "町村会", None),
        Cell(0, 1, find(TEXT, "＋241"), "町村会", "27→5年度", 241.0),
    )
    row = {"organisation": "町村会", "signed_on": None, "municipality_count": 241.0}
    return AnnexTable(None, cells, "agreements", (row,), ((0, 1),))
