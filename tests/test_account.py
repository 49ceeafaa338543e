"""The account covers every character once; what nobody took is blank, or unread and reported."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Document, Line, Mark, Reading, Source, Span
from pipeline.tables.account import Account, Run, cut_account
from pipeline.tables.ids import make_ids

from .made_readings import TEXT, find, make_document, make_reading


def account_of(reading: Reading) -> Account:
    return cut_account(reading, make_ids(reading))


def roles(reading: Reading) -> dict[str, str]:
    """What each run of the account that is no blank says, by its text."""
    text = reading.document.text
    return {text[run.start : run.end]: run.role for run in account_of(reading).runs if run.role != "blank"}


def assert_covers(runs: tuple[Run, ...], text: str) -> None:
    """Every character in exactly one run."""
    assert "".join(text[run.start : run.end] for run in runs) == text
    assert all(run.start < run.end for run in runs)
    assert [run.start for run in runs[1:]] == [run.end for run in runs[:-1]]


def test_each_character_is_what_its_record_says() -> None:
    assert roles(make_reading()) == {
        "これまでの経過": "title",
        "平成２６年": "year",
        "9月 10日": "date",
        "区長会総会": "headline",
        "・": "marker",
        "会 場：": "label",
        "東京区政会館": "detail",
        "講師 大杉 覚 氏（東京都立大学教授）": "detail",
        "5": "furniture",
        "同日": "date",
        "町村会": "annex",
        "＋241": "annex",
    }


def test_the_whole_text_is_covered_once() -> None:
    assert_covers(account_of(make_reading()).runs, TEXT)


def test_records_are_named() -> None:
    reading = make_reading()
    ids = make_ids(reading)
    owners = {run.record_id for run in account_of(reading).runs}
    assert owners == {None, *ids.events, *ids.details[0], *ids.cells[0]}


def test_unread_text_is_counted_and_reported_in_one_stretch() -> None:
    reading = replace(make_reading(), events=(), entries=(), tables=())
    account = account_of(reading)
    first, second = account.findings
    assert (first.code, second.code) == ("unread_text", "unread_text")
    assert TEXT[first.start : first.end] == TEXT[TEXT.index("9月 10日") : TEXT.index("\n5\n")]
    assert first.message.startswith(
        "36 characters belong to no record: 9月 10日 区長会総会 ・会 場：東京区政会館"
    )
    assert TEXT[second.start : second.end] == TEXT[TEXT.index("同日") :].strip()
    assert account.unread == 36 + len("同日区長会総会町村会＋241")


def test_what_two_records_claim_goes_to_the_first_and_is_reported() -> None:
    reading = make_reading()
    first, second = reading.events
    headline = find(TEXT, "区長会総会\n・会 場")  # the second event reaches into the first one's detail
    account = account_of(replace(reading, events=(first, replace(second, headline=headline))))
    assert_covers(account.runs, TEXT)
    assert [finding.code for finding in account.findings if finding.code == "read_twice"] == ["read_twice"]
    assert {run.role for run in account.runs if TEXT[run.start : run.end] == "区長会総会"} >= {"headline"}


def test_a_parent_that_events_share_is_not_read_twice() -> None:
    reading = make_reading()
    parent = find(TEXT, "平成２６年")
    account = account_of(
        replace(reading, events=tuple(replace(each, parent=parent) for each in reading.events))
    )
    assert account.findings == ()
    assert next(run.role for run in account.runs if run.start == parent.spans[0].start) == "headline"


def test_marks_take_only_what_no_record_has() -> None:
    reading = make_reading()
    marks = (Mark(Span(0, len(TEXT)), "note"),)
    account = account_of(replace(reading, marks=marks))
    assert account.findings == ()
    assert next(run.role for run in account.runs if "平成２６年" in TEXT[run.start : run.end]) == "note"
    assert roles(replace(reading, marks=marks))["9月 10日"] == "date"


def parted(sign: str, headline: str = "総会") -> Reading:
    """A date, a sign and a headline on one line."""
    text = f"9月10日{sign}{headline}"
    base = make_reading().events[0]
    when = replace(base.date, text=find(text, "9月10日"))
    event = replace(base, date=when, headline=find(text, headline), details=(), people=(), places=())
    return Reading(make_document(text), events=(event,))


PARTED = [
    (" - ", "-", "marker"),
    ("：", "：", "marker"),
    ("\n－\n", "－", "unread"),
    ("と翌日", "と翌日", "unread"),
]


@pytest.mark.parametrize(("sign", "shown", "role"), PARTED, ids=[row[1] + row[2] for row in PARTED])
def test_a_sign_between_date_and_headline_is_no_unread_text(sign: str, shown: str, role: str) -> None:
    assert roles(parted(sign))[shown] == role


def test_title_and_notes_of_a_region_are_no_unread_text() -> None:
    document = make_document("市の沿革\n備考：人口は国勢調査による\n本文\n付表\n")
    reading = Reading(document, regions=("title", "note", "chronology", "annex"))
    assert roles(reading) == {
        "市の沿革": "title",
        "備考：人口は国勢調査による": "note",
        "本文": "unread",
        "付表": "unread",
    }


def delimited(text: str, *words: str) -> Reading:
    """A table whose cells are these words; what stands between them lies in no line."""
    lines = []
    for word in words:
        start = text.index(word)
        lines.append(Line(Span(start, start + len(word)), 1, 1))
    return Reading(Document(text, tuple(lines), 1, Source("made.csv", "0" * 64, "csv")))


def test_signs_between_cells_are_furniture() -> None:
    assert roles(delimited('2014年,"総会"', "2014年", "総会")) == {
        "2014年": "unread",
        ',"': "furniture",
        "総会": "unread",
        '"': "furniture",
    }
    assert roles(delimited("| 2014 | 総会 <br /> 懇談 |", "2014", "総会", "懇談"))["<br"] == "furniture"


@pytest.mark.parametrize(
    "markup",
    [
        "](https://example.jp/1) ",
        "![開所式](a.jpg)",
        "<!-- 未確認 -->",
        '<td class="a">',
        "]( https://example.jp )",
    ],
)
def test_markup_with_letters_in_it_is_furniture(markup: str) -> None:
    """What a reader leaves out as markup of the page is no text that it lost."""
    account = account_of(delimited(f"2014年{markup}総会", "2014年", "総会"))
    assert account.unread == len("2014年総会")
    assert account_of(delimited(f"2014年{markup}総会も", "2014年", "総会")).unread == len("2014年総会も")


def test_words_outside_every_line_are_unread() -> None:
    """A reader that loses text cannot hide it."""
    assert roles(delimited("2014年 落ちた文字 総会", "2014年", "総会"))["落ちた文字"] == "unread"


def test_an_empty_source_has_an_empty_account() -> None:
    assert account_of(Reading(make_document(""))) == Account((), 0, ())


spans = st.tuples(st.integers(-2, 30), st.integers(-2, 30)).map(lambda pair: Span(min(pair), max(pair)))


@given(
    st.text("年月 　\n・a1,<>", max_size=25),
    st.lists(st.tuples(spans, st.sampled_from(["year", "note"])), max_size=6),
)
def test_whatever_is_marked_the_text_is_covered_once(text: str, marked: list[tuple[Span, str]]) -> None:
    reading = Reading(make_document(text), marks=tuple(Mark(span, role) for span, role in marked))
    account = account_of(reading)
    assert_covers(account.runs, text)
    reported = "".join(text[each.start : each.end] for each in account.findings)
    unread = "".join(text[run.start : run.end] for run in account.runs if run.role == "unread")
    assert "".join(reported.split()) == unread
    assert account.unread == len(unread)


def test_the_real_document_has_nothing_unread(real_reading: Reading) -> None:
    account = account_of(real_reading)
    assert_covers(account.runs, real_reading.document.text)
    assert account.unread == 0
    assert account.findings == ()
