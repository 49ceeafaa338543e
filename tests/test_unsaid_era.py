"""Dates in numbers whose era is written nowhere beside them are entries, with the title's era or unresolved."""

from __future__ import annotations

from tests.made_documents import cut, entries, plain, table

LINES = "7.12.27　町会で布設を決議\n8.9.21　布設を認可\n10.4.1　使用条例を施行\n"


def test_a_column_of_them_makes_unresolved_entries_each_with_a_finding() -> None:
    reading = cut(plain("水道のあゆみ\n" + LINES))
    assert entries(plain("水道のあゆみ\n" + LINES)) == [
        (None, "町会で布設を決議"),
        (None, "布設を認可"),
        (None, "使用条例を施行"),
    ]
    assert [finding.code for finding in reading.findings] == [
        "date_without_context",
        "date_context_blocked",
        "date_context_blocked",
    ]


def test_the_title_may_name_their_era() -> None:
    dates = [date for date, _ in entries(plain("水道のあゆみ（昭和）\n" + LINES))]
    assert dates == ["1932-12-27", "1933-09-21", "1935-04-01"]


def test_a_name_that_holds_an_era_names_none() -> None:
    assert [date for date, _ in entries(plain("昭和町の水道\n" + LINES))] == [None] * 3


def test_rows_of_a_table_are_entries_too() -> None:
    rows = [["年月日", "事項"], ["7.12.27", "決議"], ["8.9.21", "認可"], ["10.4.1", "施行"]]
    assert entries(table(rows)) == [(None, "決議"), (None, "認可"), (None, "施行")]


def test_numbered_headings_are_no_dates() -> None:
    text = "手引\n1.1.1　目的を述べる\n1.1.2　範囲を述べる\n1.2.13　用語を述べる\n"
    assert cut(plain(text)).entries == ()


def test_numbers_out_of_order_are_no_dates() -> None:
    text = "手引\n7.12.27　目的を述べる\n3.9.21　範囲を述べる\n10.4.1　用語を述べる\n"
    assert cut(plain(text)).entries == ()
