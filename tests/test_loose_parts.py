"""Parts of dates that stand a blank apart in cells: which number is the year, the month, the day."""

from __future__ import annotations

import pytest

from tests.made_documents import cut, entries, table

HEAD = ["西暦 元号", "年 月 日", "事項"]
ROWS = [
    ["1900", "明治 33 4 10", "設置"],
    ["1901", "34 6", "移転"],
    ["", "9 5", "開始"],
    ["1912", "大正 元 11 20", "新設"],
    ["1919", "8 10", "竣工"],
    ["1932", "昭和 7 7 15", "新築"],
    ["", "7 〃", "開催"],
]


def test_numbers_are_told_apart_by_the_calendar_year_beside_them() -> None:
    assert [date for date, _ in entries(table([HEAD, *ROWS]))] == [
        "1900-04-10",
        "1901-06",
        "1901-09-05",
        "1912-11-20",
        "1919-10",
        "1932-07-15",
        "1932-07-15",
    ]


@pytest.mark.parametrize(
    ("western", "cell", "date", "why"),
    [
        ("1948", "昭和 23 春", "1948-21", "a season"),
        ("1937", "昭和 12 10頃", "1937-10~", "a month that is not exact"),
        ("1956", "昭和 31 7 20～22", "1956-07-20/1956-07-22", "days of a month"),
        ("1970", "昭和 45 5 上旬", "1970-05~", "a part of a month"),
        ("2021", "令和 3 5 ～", "2021-05/..", "a month from which on it goes"),
        ("1934", "昭和 9頃", "1934~", "a year that is not exact"),
    ],
)
def test_words_beside_numbers(western: str, cell: str, date: str, why: str) -> None:
    found = {text: edtf for edtf, text in entries(table([HEAD, *ROWS, [western, cell, "末尾"]]))}
    assert found["末尾"] == date, why


def test_an_era_that_only_the_texts_name_is_that_of_the_years() -> None:
    rows = [
        ["年", "月 日", "内容"],
        ["27", "9 25", "アンケート調査"],
        ["28", "2 8", "車座トーク"],
        ["", "3 18", "まちづくり推進会議"],
        ["29", "3 7", "平成29年第1回定例町議会に提案"],
    ]
    assert [date for date, _ in entries(table(rows))] == [
        "2015-09-25",
        "2016-02-08",
        "2016-03-18",
        "2017-03-07",
    ]


def test_columns_of_their_own_stay_so() -> None:
    """A near miss: each part has its column, and no cell holds two numbers."""
    rows = [
        ["西暦", "元号", "年", "月", "日", "事項"],
        ["1954", "昭和", "29", "4", "1", "甲"],
        ["1955", "〃", "30", "5", "3", "乙"],
    ]
    assert [entry.date.edtf for entry in cut(table(rows)).entries] == ["1954-04-01", "1955-05-03"]
