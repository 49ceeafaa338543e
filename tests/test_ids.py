"""Ids follow from what a record says: what RECORDS calls no difference makes none, anything else does."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pipeline.model import AnnexTable, Cell, DateValue, Detail, Event, Text
from pipeline.tables.ids import make_detail_ids, make_event_ids, make_ids, make_table_ids

from .made_readings import make_reading


def event(
    headline: str = "区長会総会",
    edtf: str | None = "2014-09-10",
    parent: str | None = None,
    said: str = "9月10日",
) -> Event:
    when = DateValue(edtf, None, None, None, Text(said))
    return Event(when, Text(headline), "meeting", Text(parent) if parent else None, (), headline, 1, 1, 1)


def id_of(*events: Event) -> str:
    return make_event_ids(events)[-1]


SAME = [
    ("blanks", event("区長会 総会"), "a PDF reader adds or drops blanks"),
    ("wide_blank", event("区長会\u3000総会"), "U+3000 is a blank"),
    ("date_text", event(said="９月 10 日"), "how a date that was read is written"),
    ("page", replace(event(), page=9, line_first=400, line_last=410), "where it stands"),
    ("type", replace(event(), event_type="visit"), "a rule of ours may change"),
]


@pytest.mark.parametrize(("other", "why"), [row[1:] for row in SAME], ids=[row[0] for row in SAME])
def test_no_difference_keeps_the_id(other: Event, why: str) -> None:
    assert id_of(other) == id_of(event()), why


def test_widths_and_waves_are_no_difference() -> None:
    assert id_of(event("第１回フェア（Ａ～Ｂ）")) == id_of(event("第1回ﾌｪｱ(A〜B)"))


OTHERS = [
    ("date", event(edtf="2014-09-11")),
    ("headline", event("区長会役員会")),
    ("parent", event(parent="魅力発信イベント")),
    ("circled", event("区長会総会①")),
]


@pytest.mark.parametrize("other", [row[1] for row in OTHERS], ids=[row[0] for row in OTHERS])
def test_a_difference_changes_the_id(other: Event) -> None:
    assert id_of(other) != id_of(event())


def test_parent_and_headline_are_not_run_together() -> None:
    assert id_of(event("BC", parent="A")) != id_of(event("C", parent="AB"))


def test_an_unreadable_date_counts_by_its_text() -> None:
    assert id_of(event(edtf=None, said="令和３年2月29日")) == id_of(event(edtf=None, said="令和3年 2月29日"))
    assert id_of(event(edtf=None, said="令和3年2月29日")) != id_of(event(edtf=None, said="令和3年2月30日"))


def test_equals_are_counted_and_only_equals() -> None:
    first, other, second = make_event_ids((event(), event("別の件"), event()))
    assert second == f"{first}-2"
    assert make_event_ids((event("新しい件"), event(), event("別の件"), event()))[1:] == (
        first,
        other,
        second,
    )


def test_an_id_is_a_short_word() -> None:
    assert re.fullmatch(r"e[a-z2-7]{12}", id_of(event()))


def test_a_known_id_stays() -> None:
    """Ids are names that other data refers to: a change of this value breaks every user's references."""
    assert id_of(event()) == "enne6r3ocbieu"


def detail(text: str, label: str | None = None, level: int = 1, marker: str | None = None) -> Detail:
    return Detail(level, Text(marker) if marker else None, Text(label) if label else None, Text(text))


def test_detail_ids_know_nothing_of_level_and_marker() -> None:
    one = make_detail_ids("e1", replace(event(), details=(detail("東京区政会館", "会場", 1, "・"),)))
    other = make_detail_ids("e1", replace(event(), details=(detail("東京 区政会館", "会場", 2),)))
    assert one == other


def test_detail_ids_know_event_label_and_text() -> None:
    base = replace(event(), details=(detail("東京", "会場"),))
    ids = {make_detail_ids("e1", base), make_detail_ids("e2", base)}
    ids.add(make_detail_ids("e1", replace(event(), details=(detail("東京", "主催"),))))
    ids.add(make_detail_ids("e1", replace(event(), details=(detail("京都", "会場"),))))
    assert len(ids) == 4


def test_equal_details_are_counted() -> None:
    first, second = make_detail_ids("e1", replace(event(), details=(detail("東京"), detail("東京"))))
    assert second == f"{first}-2"


def test_a_table_is_named_by_kind_then_caption_then_head() -> None:
    cell = Cell(0, 0, Text("区分"))
    ids = make_table_ids(
        (
            AnnexTable(Text("表 1"), (), "agreements"),
            AnnexTable(None, (cell,), "agreements"),
            AnnexTable(Text("表1"), ()),
            AnnexTable(Text("表１"), (cell,)),
            AnnexTable(None, (cell,)),
        )
    )
    assert ids[1] == f"{ids[0]}-2"
    assert ids[3] == f"{ids[2]}-2"
    assert len({each[:13] for each in ids}) == 3


def test_every_id_of_a_reading_stands_once() -> None:
    ids = make_ids(make_reading())
    flat = [*ids.events, *ids.tables]
    for part in (ids.details, ids.people, ids.mentions, ids.cells, ids.rows):
        flat += [each for group in part for each in group]
    assert len(flat) == len(set(flat)) == 2 + 1 + 2 + 1 + 1 + 2 + 1
