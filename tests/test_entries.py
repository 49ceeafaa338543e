"""Entries are cut at dates, and only there; each row of the tables says why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import chars
from pipeline.model import HARD, SOFT
from tests.made_documents import cut, entries, plain, table

HEAD = "平成26年\n4月 1日 開始\n4月 9日 説明会\n5月 2日 総会\n5月 9日 協議\n"

STARTS = [
    (
        "md_below_year",
        "9月 10日 区長会総会",
        [("2014-09-10", "区長会総会")],
        "the year comes from the heading",
    ),
    (
        "date_alone",
        "9月 10日\n区長会総会\n決定",
        [("2014-09-10", "区長会総会/決定")],
        "text runs to the next date",
    ),
    ("period", "8月 21日～\n9月 29日\n展示", [("2014-08-21/2014-09-29", "展示")], "two lines, one date"),
    (
        "end_alone",
        "10月 14日～\n18日\n催し",
        [("2014-10-14/2014-10-18", "催し")],
        "the end leaves out the month",
    ),
    (
        "list",
        "10月 26日、\n27日\n催し",
        [("2014-10-26/2014-10-27", "催し")],
        "a list goes on behind the comma",
    ),
    (
        "three_lines",
        "11月 15日\n～\n12月 26日\n展示",
        [("2014-11-15/2014-12-26", "展示")],
        "a narrow cell, the wave on a line of its own",
    ),
    (
        "same_day",
        "9月 1日 総会\n同日 訪問",
        [("2014-09-01", "総会"), ("2014-09-01", "訪問")],
        "同日 is a date",
    ),
    ("month", "9月\n運用開始", [("2014-09", "運用開始")], "a month alone"),
    ("colon", "9月 10日：総会", [("2014-09-10", "総会")], "the sign between belongs to neither"),
    ("marker_after", "9月 10日\n・会場", [("2014-09-10", "・会場")], "a marker of the text stays"),
]

BODY = [
    ("particle", "9月 1日 総会\n10月に報告する予定", "a sentence goes on behind the month"),
    ("label", "9月 1日 総会\n開催日時：\n9月 3日 10:00", "the label asks for it"),
    ("bracket", "9月 1日 総会（北部公民館、\n9月 2日 南部公民館）", "the bracket above is closed here"),
    ("foreign_clock", "9月 1日 催し\n平成26年9月8日（月）10:00-16:30", "a whole date with hours and no text"),
    ("numbered", "9月 1日 講演\n②2015年を契機とした国内産業", "a number sign opens no entry"),
    ("fiscal", "9月 1日\n平成26年度 第1回展示", "the line below a date alone is its headline"),
    ("ranged", "9月 1日 催し\n会期：9月 5日～\n9月 8日 全館", "the range above goes on"),
    ("numeric", "9月 1日 設置\n2-6-7番地\n7.18メートル\n13/13", "numbers that look like dates"),
]


@pytest.mark.parametrize(
    ("text", "expected", "why"), [row[1:] for row in STARTS], ids=[row[0] for row in STARTS]
)
def test_starts(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert entries(plain(HEAD + text))[4:] == expected, why


@pytest.mark.parametrize(("text", "why"), [row[1:] for row in BODY], ids=[row[0] for row in BODY])
def test_dates_in_the_text_start_nothing(text: str, why: str) -> None:
    found = entries(plain(HEAD + text))
    assert len(found) == 5, (why, found)


def test_a_soft_wrap_that_the_source_says_has_no_exception() -> None:
    text = (
        "平成26年 \n"
        + "".join(f"{month}月 1日 \n総会 \n" for month in range(1, 9))
        + "報告の結果は\n9月 3日 まで \n"
    )
    wraps = [HARD] * 17 + [SOFT, HARD]
    assert len(entries(plain(text, wraps))) == 8
    assert len(entries(plain(text.replace("結果は\n", "結果 \n"), [HARD] * 19))) == 9  # the near miss


def test_fragments_carry_place_wrap_and_line() -> None:
    reading = cut(plain("平成26年\n9月 10日  総会  \n　次第\n9月 11日 訪問\n", [HARD, SOFT, HARD, HARD]))
    first, second = reading.entries[0].fragments
    text = reading.document.text
    assert (text[first.span.start : first.span.end], first.wrap, first.line) == ("総会", SOFT, 1)
    assert (text[second.span.start : second.span.end], second.wrap, second.indent) == ("次第", HARD, 1.0)


def test_the_end_of_a_period_may_stand_alone_below_the_text() -> None:
    text = "昭和 13. 11\n拡張工事に着手\n14. 7\n渇水による時間給水\n~15. 1\n16. 4\n町を合併"
    assert entries(plain(text)) == [
        ("1938-11", "拡張工事に着手"),
        ("1939-07/1940-01", "渇水による時間給水"),
        ("1941-04", "町を合併"),
    ]
    assert cut(plain(text)).entries[1].date.text.value == "14. 7~15. 1"


def test_a_month_without_text_is_a_heading_above_its_days_only() -> None:
    assert entries(plain("平成26年\n4月\n10日 総会\n20日 展示")) == [
        ("2014-04-10", "総会"),
        ("2014-04-20", "展示"),
    ]
    reading = cut(plain("平成26年4月\n平成26年5月\n総会\n平成26年6月\n展示"))
    assert [entry.date.edtf for entry in reading.entries] == ["2014-04", "2014-05", "2014-06"]
    assert [finding.code for finding in reading.findings] == ["entry_without_text"]


def test_date_text_is_what_stood_there() -> None:
    reading = cut(plain(HEAD + "１１月 １５日～\n\n１２月 ２６日\n展示"))
    assert reading.entries[-1].date.text.value == "１１月 １５日～１２月 ２６日"


def test_an_unreadable_date_keeps_its_entry() -> None:
    reading = cut(plain(HEAD + "2月 30日 総会\n同日 訪問"))
    assert [entry.date.edtf for entry in reading.entries[4:]] == [None, None]
    assert "date_does_not_exist" in {finding.code for finding in reading.findings}


def test_numbered_dates_are_one_entry_each_with_a_parent() -> None:
    text = "(1）10月 7日\n（2）10月 6日\n～14日\n第2回イベント開催\n（１）絹と光\n・会場：L館\n（2）グルメ\n・会場：広場"
    reading = cut(plain(HEAD + text))
    first, second = reading.entries[4:]
    assert [entry.parent.value for entry in (first, second) if entry.parent] == ["第2回イベント開催"] * 2
    assert [entry.number.value for entry in (first, second) if entry.number] == ["(1）", "（2）"]
    assert entries(plain(HEAD + text))[4:] == [
        ("2014-10-07", "絹と光/・会場:L館".replace(":", "：")),
        ("2014-10-06/2014-10-14", "グルメ/・会場：広場"),
    ]


@pytest.mark.parametrize(
    "dates",
    [
        "(1）10月 7日（2）10月 6日～14日",
        "(1）10月 7日（2）\n10月 6日～14日",
        "(1）10月 7日（2）10月 6日\n～14日",
    ],
)
def test_numbered_dates_that_run_on_in_one_line(dates: str) -> None:
    text = f"{dates}\n第2回イベント開催\n（１）絹と光\n（２）グルメ"
    assert entries(plain(HEAD + text))[4:] == [
        ("2014-10-07", "絹と光"),
        ("2014-10-06/2014-10-14", "グルメ"),
    ]
    cells = [["平成26年\n9月 8日", "第1回"], [dates, text.removeprefix(f"{dates}\n")], ["11月 1日", "反省会"]]
    assert [date for date, _ in entries(table([["月日", "内容"], *cells]))] == [
        "2014-09-08", "2014-10-07", "2014-10-06/2014-10-14", "2014-11-01",
    ]  # fmt: skip


def test_numbers_without_their_texts_are_no_numbered_entry() -> None:
    reading = cut(plain(HEAD + "9月 1日 日程\n(1)10月 7日\n(2)10月 8日\n以上を決めた"))
    assert all(entry.parent is None for entry in reading.entries)
    assert len(reading.entries) == 5


def test_numbered_dates_in_a_cell() -> None:
    rows = [
        ["月日", "内容"],
        ["平成30年\n9月 8日", "第1回"],
        ["①10月 7日\n②10月 6日～\n14日", "第2回開催\n①絹と光\n会場：L館\n②グルメ\n会場：広場"],
        ["11月 1日", "反省会"],
    ]
    assert entries(table(rows))[1:3] == [
        ("2018-10-07", "絹と光/会場：L館"),
        ("2018-10-06/2018-10-14", "グルメ/会場：広場"),
    ]


NUMBERED = [
    (
        "closed",
        "1. 昭和47年4月2日　入居\n2. 昭和48年10月14日　総会\n3. 昭和51年8月　盆踊り",
        [("1972-04-02", "入居"), ("1973-10-14", "総会"), ("1976-08", "盆踊り")],
        "every entry bears its number",
    ),
    (
        "bare",
        "1　昭和47年4月2日　入居\n2　昭和48年10月14日　総会\n3　昭和51年8月　盆踊り",
        [("1972-04-02", "入居"), ("1973-10-14", "総会"), ("1976-08", "盆踊り")],
        "a number without a sign, before a date that says its year",
    ),
    (
        "below_a_year",
        "平成26年\n(1) 4月2日 入居\n(2) 4月9日 総会\n(3) 8月1日 盆踊り",
        [("2014-04-02", "入居"), ("2014-04-09", "総会"), ("2014-08-01", "盆踊り")],
        "all of them numbered, the year above",
    ),
    (
        "inside_an_entry",
        "平成26年\n9月10日 総会\n①10月7日 説明会\n②10月8日 説明会\n③10月9日 説明会",
        [("2014-09-10", "総会/①10月7日 説明会/②10月8日 説明会/③10月9日 説明会")],
        "near miss: numbered days of one entry, which has its own date",
    ),
    (
        "two_of_them",
        "平成26年\n9月10日 総会\n1. 平成27年4月1日 開館\n2. 平成27年5月1日 開園",
        [("2014-09-10", "総会/1. 平成27年4月1日 開館/2. 平成27年5月1日 開園")],
        "near miss: a short list of what was decided",
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"), [row[1:3] for row in NUMBERED], ids=[row[0] for row in NUMBERED]
)
def test_entries_with_running_numbers(text: str, expected: list[tuple[str, str]]) -> None:
    assert entries(plain(text)) == expected


def test_a_year_that_text_follows_is_its_date() -> None:
    assert entries(plain("1948年\n創業\n1955年\n改組\n川口工場を新設\n1963年\n発売")) == [
        ("1948", "創業"),
        ("1955", "改組/川口工場を新設"),
        ("1963", "発売"),
    ]


def test_clock_times_below_a_day_are_entries_of_it() -> None:
    text = "令和元年\n10月12日\n8:30 本部設置\n10:00 避難所開設\n・避難者 120人\n10月13日\n0:55 越水"
    assert [date for date, _ in entries(plain(text))] == ["2019-10-12", "2019-10-12", "2019-10-13"]


def test_every_content_character_is_said_by_an_entry_or_a_mark() -> None:
    text = "沿革\n\n" + HEAD + "8月 21日～\n9月 29日\n展示\n■平成27年\n1月 5日：新年会\n・会場\n"
    reading = cut(plain(text))
    spans = [span for entry in reading.entries for span in entry.spans] + [
        mark.span for mark in reading.marks
    ]
    said = {place for span in spans for place in range(span.start, span.end)}
    unsaid = {text[place] for place in range(len(text)) if place not in said}
    assert unsaid <= set(" \n：")


@given(st.lists(st.sampled_from(["\n", "\n\n", "\f", " \n", "\n　\n"]), min_size=14, max_size=14))
@settings(max_examples=60, deadline=None)
def test_blank_lines_and_pages_change_no_date(breaks: list[str]) -> None:
    lines = (
        HEAD + "8月 21日～\n9月 29日\n展示\n・会場：本館\n平成27年\n1月 5日\n新年会\n同日\n訪問\n"
    ).split("\n")[:-1]
    lines = lines[: len(breaks)]
    usual = [date for date, _ in entries(plain("\n".join(lines)))]
    other = "".join(
        line + ("\n\f" if sign == "\f" else sign) for line, sign in zip(lines, breaks, strict=True)
    )
    assert [date for date, _ in entries(plain(other))] == usual


@given(st.lists(st.integers(0, 12), max_size=4), st.sampled_from(["page_number", "running_head", "stamp"]))
@settings(max_examples=60, deadline=None)
def test_furniture_anywhere_changes_no_date(places: list[int], role: str) -> None:
    lines = (
        (HEAD + "8月 21日～\n9月 29日\n展示\n・会場：本館\n平成27年\n1月 5日\n新年会\n").strip().split("\n")
    )
    usual = entries(plain("\n".join(lines)))
    roles = [""] * len(lines)
    for place in sorted(places, reverse=True):
        lines.insert(place, "令和6年3月8日")
        roles.insert(place, role)
    assert entries(plain("\n".join(lines), roles=roles)) == usual


def test_titles_are_read_and_no_entries() -> None:
    reading = cut(plain("令和6年2月5日\n第8回検討会\n資料2-1\n\n検討会の開催経過\n\n" + HEAD))
    edition = reading.edition
    assert edition.title and edition.title.value == "検討会の開催経過"
    assert str(edition.issued_on) == "2024-02-05"
    assert edition.body and edition.body.value == "第8回検討会"
    assert edition.label and edition.label.value == "資料2-1"
    assert len(reading.entries) == 4


def test_day_of_issue_from_the_title_area() -> None:
    reading = cut(plain("町の沿革（令和5年4月1日現在）\n" + HEAD))
    assert str(reading.edition.issued_on) == "2023-04-01"


def test_spans_read_what_they_say() -> None:
    reading = cut(plain("町の沿革\n" + HEAD + "(1)6月 7日\n(2)6月 8日\n催し\n(1)甲\n(2)乙"))
    source = reading.document.text
    texts = [text for entry in reading.entries for text in (entry.parent, entry.number) if text]
    assert texts and all(text.value == chars.read_spans(source, text.spans) for text in texts)
