"""Every field points to the characters it came from, and they say what it says."""

from __future__ import annotations

from array import array
from dataclasses import replace

import pytest

from pipeline import chars
from pipeline.model import Geometry, Reading, Span, Text
from pipeline.tables.ids import make_ids
from pipeline.tables.places import PlaceRow, find_places

from .made_readings import TEXT, find, make_reading


def places_of(reading: Reading) -> dict[tuple[str, str], str]:
    """The characters of each field, by a letter for its record and its name."""
    rows, findings = find_places(reading, make_ids(reading), "2024-03-08")
    assert findings == []
    said: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (row[0][0], row[1])
        said.setdefault(key, reading.document.text[row[2] : row[3]])
    return said


def test_every_kind_of_field_has_a_place() -> None:
    assert places_of(make_reading()) == {
        ("2", "title"): "これまでの経過",
        ("e", "date_text"): "9月 10日",
        ("e", "headline"): "区長会総会",
        ("d", "marker"): "・",
        ("d", "label"): "会 場",
        ("d", "text"): "東京区政会館",
        ("p", "name"): "大杉 覚",
        ("p", "affiliation"): "東京都立大学教授",
        ("m", "name"): "東京",
        ("t", "text"): "町村会",
        ("t", "row"): "町村会",
    }


def row_of(reading: Reading, field: str) -> list[PlaceRow]:
    rows, _ = find_places(reading, make_ids(reading), "2024-03-08")
    return [row for row in rows if row[1] == field]


def test_a_row_says_page_and_line() -> None:
    (row,) = row_of(make_reading(), "label")
    assert row[4:] == (1, 5, None, None, None, None)


def test_a_field_over_two_lines_has_a_row_for_each() -> None:
    reading = make_reading()
    start = TEXT.index("東京区政会館")
    text = chars.make_text(TEXT, (Span(start, TEXT.index("大杉")),))
    detail = replace(reading.events[0].details[0], text=text)
    first = replace(reading.events[0], details=(detail,), people=(), places=())
    rows = row_of(replace(reading, events=(first,)), "text")[:2]
    assert [(TEXT[row[2] : row[3]], row[5]) for row in rows] == [("東京区政会館\n", 5), ("講師 ", 6)]


def test_boxes_are_joined_and_blanks_have_none() -> None:
    reading = make_reading()
    start = TEXT.index("9月 10日")
    boxes = [array("d", [0.0] * len(TEXT)) for _ in range(4)]
    for place, left in zip(range(start, start + 6), (10, 20, 0, 30, 36, 42), strict=True):
        if TEXT[place] != " ":
            box = (left, 100.123 if left < 40 else 99, left + 9.5, 111)
            for values, value in zip(boxes, box, strict=True):
                values[place] = value
    document = replace(reading.document, geometry=Geometry(*boxes))
    row = row_of(replace(reading, document=document), "date_text")[0]
    assert row[6:] == (10, 99, 51.5, 111)


def test_a_field_that_its_characters_do_not_say_is_reported_and_has_no_place() -> None:
    reading = make_reading()
    wrong = replace(reading.events[1], headline=Text("区長会", find(TEXT, "平成２６年").spans))
    reading = replace(reading, events=(reading.events[0], wrong))
    rows, findings = find_places(reading, make_ids(reading), "2024-03-08")
    assert [(each.code, each.severity) for each in findings] == [("place_mismatch", "error")]
    assert "expected '平成26年'" in findings[0].message
    assert not any(row[1] == "headline" and row[0] == make_ids(reading).events[1] for row in rows)


FOLDED = [
    ("blank dropped", "会場", "会 場"),
    ("name written without blank", "杉本 和行", "杉本和行"),
]


@pytest.mark.parametrize(("value", "written"), [row[1:] for row in FOLDED], ids=[row[0] for row in FOLDED])
def test_names_and_labels_may_differ_in_blanks(value: str, written: str) -> None:
    text = TEXT + written
    base = make_reading()
    document = replace(base.document, text=text)
    person = replace(base.events[0].people[0], name=value, name_spans=find(text, written, len(TEXT)).spans)
    reading = replace(base, document=document, events=(replace(base.events[0], people=(person,)),))
    assert find_places(reading, make_ids(reading), "e")[1] == []


def test_a_headline_may_not() -> None:
    base = make_reading()
    wrong = replace(base.events[1], headline=replace(base.events[1].headline, value="区長会 総会"))
    reading = replace(base, events=(wrong,))
    assert [each.code for each in find_places(reading, make_ids(reading), "e")[1]] == ["place_mismatch"]


def test_every_field_of_the_real_document_is_proven(real_reading: Reading) -> None:
    rows, findings = find_places(real_reading, make_ids(real_reading), "2024-03-08")
    assert findings == []
    said: dict[tuple[str, str], str] = {}
    for row in rows:
        said[row[0], row[1]] = said.get((row[0], row[1]), "") + real_reading.document.text[row[2] : row[3]]
    for event, event_id in zip(real_reading.events, make_ids(real_reading).events, strict=True):
        assert chars.clean(said[event_id, "headline"]) == event.headline.value
