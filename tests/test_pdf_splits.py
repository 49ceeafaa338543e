"""Rows whose date goes over the end of a page or column, as typesetters split them inside the date cell."""

from __future__ import annotations

from array import array

import pytest

from pipeline.read.pdf_chains import Chain, join_tables
from pipeline.read.pdf_cues import is_date_part, is_torn
from pipeline.read.pdf_flow import Item
from pipeline.read.pdf_lines import Ink
from pipeline.read.pdf_parts import Row, Table

TORN = [
    ("9月 10", "日"),
    ("10月11日､12", "日"),
    ("（2）10月 6", "日"),
    ("12月 2", "6日"),
    ("平成２６", "年"),
    ("平成２", "６年"),
    ("8月 21日～9", "月 29日"),
    ("9", "月 10日"),
]
NOT_TORN = [
    ("9月 10日", "12日"),  # a day of its own, its month above
    ("9月 10日", "日"),
    ("4月", "総会"),
    ("平成２６年", "９月"),
    ("第２", "回"),
    ("9月 10", "月 1日"),  # a day without its sign, and a month without its number: no one date
    ("9月 10日", "月 1日"),
]
PARTS = ["日", "年", "6年", "～", "14日", "～14日", "30、31日", "日～", "（土）", "(月・祝)", "７日（日）"]
NO_PARTS = ["区長会総会", "・会場", "9月 10日", "日程", "第2回", "", "（案）を確認", "2025"]


@pytest.mark.parametrize(("above", "below"), TORN)
def test_a_date_torn_inside_a_number_or_before_its_sign(above: str, below: str) -> None:
    assert is_torn(above, below)


@pytest.mark.parametrize(("above", "below"), NOT_TORN)
def test_two_dates_are_not_torn(above: str, below: str) -> None:
    assert not is_torn(above, below)


@pytest.mark.parametrize("text", PARTS)
def test_what_a_narrow_cell_leaves_of_a_date(text: str) -> None:
    assert is_date_part(text)


@pytest.mark.parametrize("text", NO_PARTS)
def test_what_is_no_part_of_a_date(text: str) -> None:
    assert not is_date_part(text)


def line(text: str, page: int, x: float, base: float) -> Ink:
    left = array("f", [x + 10 * at for at in range(len(text))])
    return Ink(page, text, left, array("f", [start + 10 for start in left]), base, 10)


def part(page: int, rows: list[tuple[str, str]], is_ruled: bool = True) -> Table:
    """A page's part of a table; lines of a cell are parted by /."""
    made = []
    for number, cells in enumerate(rows):
        filled = []
        for column, said in enumerate(cells):
            lines = [
                line(text, page, 40 + 100 * column, 80 * number + 12 * at)
                for at, text in enumerate(said.split("/"))
                if text
            ]
            if lines:
                filled.append((column, tuple(lines)))
        made.append(Row(tuple(filled)))
    return Table(page, 40, 0, 400, 700, ((40, 140), (140, 400)), tuple(made), is_ruled)


def joined(*parts: Table) -> list[str]:
    """The date cells of all rows."""
    (chain,) = join_tables([Item(one) for one in parts])
    assert isinstance(chain, Chain)
    return ["/".join(one.ink.text for one in row.cells.get(0, ())) for row in chain.rows]


HABITS = [
    ("1月 5日～/2月 6日", "展示"),
    ("平成２７年/3月 3日", "総会"),
    ("平成２８年/4月 4日", "総会"),
    ("5月/14日", "総会"),
]
SPLITS = {
    "day_without_its_sign": (("9月 10", "総会"), ("日", "・報告")),
    "second_part_of_a_period": (("12月 26日", "展示"), ("～12月 28日", "・会場：本館")),
    "numbered_dates": (("(1）10月 7日", "催し"), ("（2）10月 6日/～14日", "（２）祭り")),
    "period_where_all_periods_are_closed": (("9月 30日～", "展示"), ("10月 12日", "一環で開催")),
    "year_where_years_stand_above_dates": (("令和４年", "講演会"), ("2月 9日", "・テーマ：連携")),
    "day_below_its_month": (("10月", "連携"), ("17、18日", "・会場")),
    "second_day_of_a_list": (("10月 17、", "連携"), ("18日", "・会場")),
}
WHOLE = {
    "two_dates": (("9月 10日", "総会"), ("9月 16日", "総会")),
    "a_day_below_its_month": (("9月 10日", "総会"), ("16日", "総会")),
    "a_year_row": (("9月 10日", "総会"), ("平成３０年", "")),
}


@pytest.mark.parametrize("is_ruled", [True, False], ids=["ruled", "bare"])
@pytest.mark.parametrize("rows", SPLITS.values(), ids=SPLITS.keys())
def test_a_date_over_a_page_end_makes_one_row(rows: tuple[tuple[str, str], ...], is_ruled: bool) -> None:
    above, below = rows
    dates = joined(part(1, [*HABITS, above], is_ruled), part(2, [below, ("10月 30日", "総会")], is_ruled))
    assert dates[4:] == [f"{above[0]}/{below[0]}", "10月 30日"]


@pytest.mark.parametrize("rows", WHOLE.values(), ids=WHOLE.keys())
def test_whole_dates_stay_two_rows(rows: tuple[tuple[str, str], ...]) -> None:
    above, below = rows
    dates = joined(part(1, [*HABITS, above]), part(2, [below, ("10月 30日", "総会")]))
    assert dates[4:] == [above[0], below[0], "10月 30日"]


OPEN = {
    "open_periods": (
        [("4月 1日～", "開始"), ("5月 1日", "総会")],
        ("6月 1日～", "開始"),
        ("7月 1日", "総会"),
    ),
    "years_with_a_text": (
        [("平成２７年", "開校"), ("平成２８年", "増築")],
        ("令和４年", "改築"),
        ("2月 9日", "落成"),
    ),
}


@pytest.mark.parametrize(("habits", "above", "below"), OPEN.values(), ids=OPEN.keys())
def test_an_open_date_stays_one_where_the_table_has_such(
    habits: list[tuple[str, str]], above: tuple[str, str], below: tuple[str, str]
) -> None:
    assert joined(part(1, [*HABITS, *habits, above]), part(2, [below]))[6:] == [above[0], below[0]]


def test_a_month_without_a_day_stays_one_where_no_cell_parts_them() -> None:
    rows = [("9月", "開始"), ("9月 16日", "総会")]
    assert joined(part(1, rows), part(2, [("18日", "総会")])) == ["9月", "9月 16日", "18日"]
    assert joined(part(1, rows[:1]), part(2, [("18日", "総会")])) == ["9月", "18日"]


def annex(page: int, rows: list[tuple[str, ...]]) -> Table:
    """A page's part of an annex table of three columns, each three signs wide; lines of a cell are parted by /."""
    made = []
    for number, cells in enumerate(rows):
        filled = [
            (
                column,
                tuple(
                    line(text, page, 42 + 34 * column, 80 * number + 12 * at)
                    for at, text in enumerate(said.split("/"))
                ),
            )
            for column, said in enumerate(cells)
            if said
        ]
        made.append(Row(tuple(filled)))
    return Table(page, 40, 0, 142, 700, ((40, 74), (74, 108), (108, 142)), tuple(made))


ANNEX = {
    "name_in_the_first_cell": (("広域連", "210", "236"), ("携協定", "", ""), True),
    "heads_over_two_lines": (("区分", "7", "8"), ("", "年度", "年度"), False),  # they had room
    "heads_that_fill_their_cells": (("区 分", "２７年", "２８年"), ("", "度", "度"), True),
    "dates_below_a_year_that_they_share": (("", "4月", "総会"), ("", "5月", "展示"), False),
    "a_year_set_where_its_cell_goes_on": (("", "4月", "総会"), ("令和", "5月", "展示"), False),
    "a_year_that_opens_below_the_last_day_of_another": (
        ("", "4月", "総会"),
        ("令和5年度", "", "展示"),
        False,
    ),
    "months_in_numbers_below_a_year_that_they_share": (("", "8", "総会"), ("令和", "10", "展示"), False),
    "a_row_of_its_own": (("広域連", "210", "236"), ("合計", "660", "878"), False),
    "a_head_of_a_section": (("交", "210", "236"), ("その他", "", ""), False),
}


@pytest.mark.parametrize(("above", "below", "is_one"), ANNEX.values(), ids=ANNEX.keys())
def test_narrow_cells_that_go_on_over_a_page_end(
    above: tuple[str, ...], below: tuple[str, ...], is_one: bool
) -> None:
    head = ("区分", "２６年", "２７年")
    (chain,) = join_tables([Item(annex(1, [head, above])), Item(annex(2, [below]))])
    assert isinstance(chain, Chain)
    assert len(chain.rows) == 3 - is_one
