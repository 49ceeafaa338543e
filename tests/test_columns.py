"""The columns of a table are told by the words of its head, or by what they hold."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Reading, Span
from pipeline.parse.columns import read_columns
from pipeline.parse.sheet import make_sheet
from tests.made_documents import RULES, cut, entries, table


def roles(rows: list[list[str]], kind: str = "csv") -> dict[int, str]:
    return dict(read_columns(make_sheet(table(rows, kind)), RULES)[0].roles)


PARTS = [
    ["西暦", "元号", "年", "月", "日", "事項", "備考"],
    ["1954", "昭和", "29", "4", "1", "町制施行", ""],
    ["1955", "", "30", "10", "", "庁舎完成", "5か月"],
    ["", "", "", "12", "3", "祭り", ""],
    ["1989", "平成", "元", "", "", "改称", ""],
]


HEADS = {
    **{"western_year": "西暦", "era": "元号", "era_year": "年", "year": "年"},
    **{"month": "月", "day": "日", "date": "月日"},
}
CASES = tomllib.loads((Path(__file__).parent / "examples" / "dates_columns.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_parts_of_a_date_are_read_as_the_table_says(case: dict[str, Any]) -> None:
    dates = [*case["given"].get("above", []), case["given"]["parts"]]
    named = [name for name in HEADS if any(name in date for date in dates)]
    heads = [*(HEADS[name] for name in named), "事項"]
    reading = cut(table([heads, *([*(date.get(name, "") for name in named), "式典"] for date in dates)]))
    value, expect = reading.entries[-1].date, case["expect"]
    got = (value.edtf, value.start, value.end, value.precision)
    assert got == tuple(expect.get(key) for key in ("edtf", "start", "end", "precision"))
    assert set(expect.get("findings", [])) <= {finding.code for finding in reading.findings}


def test_date_parts_by_head() -> None:
    expected = ["western", "era", "year", "month", "day", "text", "text"]
    assert [roles(PARTS)[column] for column in range(7)] == expected
    assert [date for date, _ in entries(table(PARTS, "csv"))] == [
        "1954-04-01",
        "1955-10",
        "1955-12-03",
        "1989",
    ]


def test_date_parts_by_content() -> None:
    assert [roles(PARTS[1:])[column] for column in range(5)] == ["western", "era", "year", "month", "day"]
    assert [date for date, _ in entries(table(PARTS[1:], "csv"))] == [
        "1954-04-01",
        "1955-10",
        "1955-12-03",
        "1989",
    ]


def test_a_number_column_is_no_text() -> None:
    rows = [["No.", "開催日", "会議名"], ["1", "R3.5.20", "第1回"], ["2", "R3.7.1", "第2回"]]
    assert entries(table(rows)) == [("2021-05-20", "第1回"), ("2021-07-01", "第2回")]
    assert [mark.role for mark in cut(table(rows)).marks] == ["furniture"] * 3 + ["marker"] * 2


def test_the_text_may_stand_before_the_date() -> None:
    rows = [["回", "開催日", "議題"], ["第1回", "令和3年5月20日", "委嘱"], ["第2回", "7月1日", "骨子"]]
    assert entries(table(rows)) == [("2021-05-20", "第1回/委嘱"), ("2021-07-01", "第2回/骨子")]


def test_a_head_that_comes_again_is_furniture() -> None:
    rows = [["年月日", "内容"], ["令和3年5月20日", "甲"], ["年月日", "内容"], ["6月1日", "乙"]]
    assert entries(table(rows)) == [("2021-05-20", "甲"), ("2021-06-01", "乙")]


def test_a_row_without_a_date_goes_on_in_a_pdf() -> None:
    rows = [["令和3年5月20日", "甲"], ["", "続き"], ["6月1日", "乙"]]
    assert entries(table(rows)) == [("2021-05-20", "甲/続き"), ("2021-06-01", "乙")]


def test_a_record_without_a_date_shares_the_one_above() -> None:
    rows = [["年月日", "内容"], ["2021年5月20日", "甲"], ["", "乙"], ["6月1日", "丙"]]
    assert entries(table(rows, "csv")) == [("2021-05-20", "甲"), ("2021-05-20", "乙"), ("2021-06-01", "丙")]


def test_ditto_signs() -> None:
    rows = [
        ["年", "月", "日", "事項"],
        ["平成3", "4", "1", "甲"],
        ["〃", "〃", "9", "乙"],
        ["〃", "5", "2", "丙"],
    ]
    assert [date for date, _ in entries(table(rows, "tsv"))] == ["1991-04-01", "1991-04-09", "1991-05-02"]


def test_a_year_on_top_of_some_cells_is_a_heading() -> None:
    rows = [
        ["平成26年\n9月 10日", "甲"],
        ["9月 16日", "乙"],
        ["平成27年\n1月 16日", "丙"],
        ["2月 1日～\n3月 3日", "丁"],
        ["4月 1日", "戊"],
    ]
    reading = cut(table(rows))
    assert [entry.date.edtf for entry in reading.entries] == [
        "2014-09-10",
        "2014-09-16",
        "2015-01-16",
        "2015-02-01/2015-03-03",
        "2015-04-01",
    ]
    assert reading.entries[2].date.text.value == "1月 16日"


def test_a_narrow_cell_parts_a_year_and_a_day_inside_their_numbers() -> None:
    rows = [
        ["平成２⇥\n６年", ""],
        ["9月 1⇥\n0日", "総会"],
        ["12月 2⇥\n6日", "委員会"],
        ["平成２⇥\n７年⇥\n1月\n16日", "懇談会"],
        *([f"{month}月 4日", "総会"] for month in range(2, 9)),
    ]
    dates = [date for date, _ in entries(cut(table(rows)))]
    assert dates[:4] == ["2014-09-10", "2014-12-26", "2015-01-16", "2015-02-04"]


def test_a_fiscal_year_in_a_narrow_column() -> None:
    rows = [
        ["令 和 ３年\n度", "5月10日", "委員会"],
        ["", "1月19日", "協議会"],
        ["令 和 ４年\n度", "4月5日", "答申"],
    ]
    assert [date for date, _ in entries(cut(table(rows)))] == ["2021-05-10", "2022-01-19", "2022-04-05"]


def test_a_year_in_every_cell_is_part_of_the_date() -> None:
    rows = [["平成26年\n9月 10日", "甲"], ["平成27年\n1月 16日", "乙"], ["平成28年\n1月 5日", "丙"]]
    assert cut(table(rows)).entries[1].date.text.value == "平成27年1月 16日"


def test_year_rows_open_a_year() -> None:
    rows = [["平成26年", ""], ["9月 10日", "甲"], ["平成27年", ""], ["1月 16日", "乙"]]
    assert entries(table(rows)) == [("2014-09-10", "甲"), ("2015-01-16", "乙")]


def test_months_inside_the_text_of_a_year_are_entries() -> None:
    rows = [
        ["年", "沿革"],
        ["1971年", "3月 設立"],
        ["2015年", "3月 子会社となる\n5月 登録\n・全店"],
        ["2021年", "6月 改称"],
    ]
    assert entries(table(rows, "markdown")) == [
        ("1971-03", "設立"),
        ("2015-03", "子会社となる"),
        ("2015-05", "登録/・全店"),
        ("2021-06", "改称"),
    ]


def test_an_unreadable_date_cell_keeps_its_row() -> None:
    rows = [["年月", "事項"], ["昭和29年4月", "甲"], ["不明", "乙"], ["昭和30年1月", "丙"]]
    assert entries(table(rows, "csv")) == [("1954-04", "甲"), (None, "乙"), ("1955-01", "丙")]
    assert [finding.code for finding in cut(table(rows, "csv")).findings] == ["entry_without_date"]


def test_a_column_of_content_is_a_paragraph_of_its_own() -> None:
    rows = [["年月日", "会議名", "内容"], ["令和3年5月20日", "策定\n委員会", "委嘱"]]
    fragments = cut(table(rows)).entries[0].fragments
    assert [fragment.column for fragment in fragments] == [1, 1, 2]


def test_a_date_that_goes_over_into_the_next_row_is_one() -> None:
    rows = [
        ["令和3年8月28日・", "甲"],
        ["29日", ""],
        ["10月2日～", "乙"],
        ["11月1日", "・会場"],
        ["12月1日", "丙"],
    ]
    assert entries(table(rows)) == [
        ("2021-08-28/2021-08-29", "甲"),
        ("2021-10-02/2021-11-01", "乙/・会場"),
        ("2021-12-01", "丙"),
    ]


def test_an_open_period_takes_no_date_from_the_next_row() -> None:
    rows = [["令和3年8月28日～", "受付"], ["9月1日", "総会"], ["10月1日", "丙"]]
    assert [date for date, _ in entries(table(rows))] == ["2021-08-28/..", "2021-09-01", "2021-10-01"]


def test_date_cells_that_say_more_than_their_date_are_dates() -> None:
    rows = [
        ["時期", "内容"],
        ["令和4年度（予定）", "調査"],
        ["昭和25年（月日不詳）", "倉庫を建設"],
        ["令和8年4月予定", "庁舎が完成"],
    ]
    assert [date for date, _ in entries(table(rows))] == ["2022-04/2023-03", "1950", "2026-04"]


def test_days_without_units_are_dates_beside_a_column_of_years() -> None:
    rows = [
        ["年度", "月日", "内容"],
        ["R4年度", "4.20", "設置"],
        ["", "1.15", "第1回"],
        ["R5年度", "5.10", "第2回"],
    ]
    assert [date for date, _ in entries(table(rows))] == ["2022-04-20", "2023-01-15", "2023-05-10"]


def test_a_clock_time_in_a_column_of_its_own_is_of_the_day_above() -> None:
    rows = [
        ["月日", "時刻", "内容"],
        ["平成28年4月14日", "21:26", "揺れ"],
        ["", "21:30", "本部を設置"],
        ["4月16日", "1:25", "断水"],
    ]
    assert entries(table(rows)) == [
        ("2016-04-14", "揺れ"),
        ("2016-04-14", "本部を設置"),
        ("2016-04-16", "断水"),
    ]


def test_a_clock_time_in_the_date_column_is_of_the_day_above() -> None:
    rows = [
        ["日時", "内容"],
        ["平成28年4月14日 21:26", "揺れ"],
        ["21:30", "本部を設置"],
        ["午前2時10分頃", "避難所を開設"],
    ]
    assert [date for date, _ in entries(table(rows))] == ["2016-04-14"] * 3


def test_a_year_in_a_row_of_its_own_ends_no_open_period() -> None:
    rows = [
        ["年月日", "事項"],
        ["2018年（平成30年）", ""],
        ["6月25日", "社長に就任"],
        ["2020年（令和2年）", ""],
        ["4月～", "減便"],
        ["2023年（令和5年）", ""],
        ["4月1日", "電気バスを導入"],
    ]
    assert entries(table(rows)) == [
        ("2018-06-25", "社長に就任"),
        ("2020-04/..", "減便"),
        ("2023-04-01", "電気バスを導入"),
    ]


def test_a_period_whose_end_stands_in_the_next_row_is_one() -> None:
    rows = [["年月日", "事項"], ["2020年4月～", "減便"], ["2023年", ""], ["2024年4月1日", "復便"]]
    assert entries(table(rows)) == [("2020-04/2023", "減便"), ("2024-04-01", "復便")]


def test_a_list_of_members_below_is_no_chronology() -> None:
    """It has as many columns as the chronology above it, and 〃 for the posts: as above, and no date above."""
    rows = [["年月日", "会議", "内容"], ["令和6年3月1日", "審議会", "答申"], ["4月5日", "議会", "可決"]]
    members = [
        ["区分", "氏名", "所属"],
        ["会長", "大橋", "大学"],
        *[["〃", f"委員{n}", "市民"] for n in range(6)],
    ]
    above, below = table(rows).document, table(members, number=1).document
    shift = len(above.text)
    moved = [
        replace(
            line,
            span=Span(line.span.start + shift, line.span.end + shift),
            number=line.number + len(rows) * 3,
        )
        for line in below.lines
    ]
    document = replace(above, text=above.text + below.text, lines=(*above.lines, *moved))
    reading = Reading(document, ("",) * len(document.lines))
    assert [date for date, _ in entries(reading)] == ["2024-03-01", "2024-04-05"]


def test_a_year_beside_lines_that_a_bullet_and_a_date_open_is_a_heading() -> None:
    rows = [
        ["1951\n昭和26年", "● 4月10日 診療所を開設"],
        ["1955\n昭和30年", "● 3月31日 病院と改称\n● 7月 結核病棟を増築"],
        ["1961\n昭和36年", "● 4月 産婦人科を新設"],
    ]
    assert [date for date, _ in entries(table(rows))] == ["1951-04-10", "1955-03-31", "1955-07", "1961-04"]
