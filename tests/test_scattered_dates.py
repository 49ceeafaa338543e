"""Dates whose parts stand in other columns from row to row are joined; parts that keep their columns are not."""

from __future__ import annotations

import pytest

from tests.made_documents import entries, table

MIXED = [
    ["", "", "年 月 日", "事項"],
    ["昭和46年", "", "4月 1日", "組合を設立"],
    ["〃", "10月", "1日", "規約を変更"],
    ["昭和47年", "4月", "1日", "本部発足"],
    ["〃", "6月15日", "", "救急業務を開始"],
    ["昭和48年 3月10日", "", "", "自動車を配備"],
    ["平成", "9年", "4月 1日", "署に昇格"],
]
RUNS_OVER = [
    ["年 月 日", "", "事項"],
    ["平成30年 4月 1日", "", "統合"],
    ["令和   2年12月", "", "倉庫完成"],
    ["令和 5年10月", "1日", "運用開始"],
    ["〃   11月", "2日", "派遣"],
    ["令和 6年 3月18日", "", "更新"],
]
APART = [
    ["年", "月日", "事項"],
    ["昭和46年", "4月1日", "組合を設立"],
    ["", "22日", "規約を変更"],
    ["昭和47年", "4月1日", "本部発足"],
    ["", "6月15日", "救急業務を開始"],
]


@pytest.mark.parametrize("kind", ["text", "pdf"])
def test_parts_that_stand_now_here_now_there_are_one_date(kind: str) -> None:
    assert entries(table(MIXED, kind)) == [
        ("1971-04-01", "組合を設立"),
        ("1971-10-01", "規約を変更"),
        ("1972-04-01", "本部発足"),
        ("1972-06-15", "救急業務を開始"),
        ("1973-03-10", "自動車を配備"),
        ("1997-04-01", "署に昇格"),
    ]


def test_a_day_that_the_column_of_whole_dates_lost_goes_back_to_it() -> None:
    assert entries(table(RUNS_OVER, "text")) == [
        ("2018-04-01", "統合"),
        ("2020-12", "倉庫完成"),
        ("2023-10-01", "運用開始"),
        ("2023-11-02", "派遣"),
        ("2024-03-18", "更新"),
    ]


def test_a_day_alone_in_the_column_of_months_and_days_is_no_scatter() -> None:
    assert entries(table(APART, "text")) == [
        ("1971-04-01", "組合を設立"),
        ("1971-04-22", "規約を変更"),
        ("1972-04-01", "本部発足"),
        ("1972-06-15", "救急業務を開始"),
    ]


def test_the_records_of_a_csv_are_read_as_their_columns_say() -> None:
    rows = [["年", "月", "日", "事項"], ["昭和46年", "4月", "1日", "甲"], ["昭和47年", "5月", "2日", "乙"]]
    assert entries(table(rows, "csv")) == [("1971-04-01", "甲"), ("1972-05-02", "乙")]


def test_a_month_beside_the_sign_that_repeats_the_year_of_whole_dates() -> None:
    rows = [
        ["昭和22年4月5日", "", "選挙を執行"],
        ["〃", "5月1日", "中学校が開校"],
        ["昭和28年9月25日", "", "川が増水"],
        ["〃", "11月3日", "合併"],
    ]
    assert [date for date, _ in entries(table(rows, "text"))] == [
        "1947-04-05",
        "1947-05-01",
        "1953-09-25",
        "1953-11-03",
    ]


def test_a_year_and_a_day_that_a_gap_parts_in_one_cell() -> None:
    rows = [
        ["昭和 62 年", "4. 1", "甲"],
        ["(1987)", "6", "乙"],
        ["昭和 63 年", "5. 1", "丙"],
        ["(1988)   12.26～1. 8", "", "丁"],
        ["平成元年", "4. 1", "戊"],
    ]
    assert [date for date, _ in entries(table(rows, "text"))] == [
        "1987-04-01",
        "1987-06",
        "1988-05-01",
        "1988-12-26/1989-01-08",
        "1989-04-01",
    ]
