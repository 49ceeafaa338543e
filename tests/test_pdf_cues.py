"""What a line's text says of the layout, and how ruling lines make cells."""

from __future__ import annotations

import pytest

from pipeline.read.pdf_cues import (
    goes_on_below,
    goes_on_from_above,
    is_year,
    looks_dated,
    number_of,
    page_number,
)
from pipeline.read.pdf_grid import find_grids
from pipeline.read.pdf_ink import Rule

DATED = [
    "9月 10日",
    "平成26年9月10日",
    "H26.4.1",
    "R6.3.8",
    "2014年9月",
    "2014/9/10",
    "同日",
    "翌年",
    "〃",
    "（令和6年）3月",
    "昭和五十一年",
    "(1）10月 7日",
    "１１月１５日～",
    "7.－",
]
NOT_DATED = [
    "区長会総会",
    "第10回 総会",
    "10団体",
    "四日市市へ訪問",
    "",
    "・9月10日",
]
YEARS = [
    "平成２６年",
    "令和元年",
    "2014年",
    "平成26年度",
    "2014年（平成26年）",
    "昭和六十四年",
    "【令和６年】",
    "2014",
    "1912年（明治45年・大正元年）",
    "昭和64年・平成元年",
    "平成31(令和元)年度",
]
NO_YEARS = ["昭和64年・総会", "平成26年9月", "平成26年 計画", "9月10日", "開催年", "14", "第26年"]
NUMBERS = [
    ("5", 5),
    ("- 5 -", 5),
    ("5／27", 5),
    ("５/２７", 5),
    ("(12)", 12),
    ("p. 3", 3),
    ("3ページ", 3),
    ("－ 7 －", 7),
    ("〔8〕", 8),
    ("5 / 27 頁", 5),
    ("―2―", 2),
]
NO_NUMBERS = ["9月10日", "第3回", "2014年", "12団体", "", "- -", "5月", "資料５"]


@pytest.mark.parametrize("text", DATED)
def test_what_looks_like_a_date(text: str) -> None:
    assert looks_dated(text)


@pytest.mark.parametrize("text", NOT_DATED)
def test_what_does_not(text: str) -> None:
    assert not looks_dated(text)


@pytest.mark.parametrize("text", YEARS)
def test_a_year_alone(text: str) -> None:
    assert is_year(text)


@pytest.mark.parametrize("text", NO_YEARS)
def test_no_year_alone(text: str) -> None:
    assert not is_year(text)


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_a_page_number_in_any_form(text: str, number: int) -> None:
    assert page_number(text) == number


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_page_number(text: str) -> None:
    assert page_number(text) is None


def test_dates_over_lines() -> None:
    assert goes_on_below("12月 26日～")
    assert not goes_on_below("7.－")
    assert goes_on_below("5月 30日、")
    assert not goes_on_below("9月 10日")
    assert goes_on_from_above("～12月 26日")
    assert goes_on_from_above("（土）")
    assert not goes_on_from_above("12月 26日")
    assert number_of("（2）10月 6日") == 2
    assert number_of("10月 6日") is None


def across(top: float, left: float, right: float) -> Rule:
    return Rule(left, top, right, top)


def down(left: float, top: float, bottom: float) -> Rule:
    return Rule(left, top, left, bottom)


def test_a_year_over_both_columns_is_one_cell() -> None:
    rules = [across(top, 0, 100) for top in (0, 20, 40)] + [
        down(0, 0, 40),
        down(100, 0, 40),
        down(30, 20, 40),
    ]
    (grid,) = find_grids(rules)
    assert [tuple(cell) for cell in grid.cells] == [(0, 1, 0, 2), (1, 2, 0, 1), (1, 2, 1, 2)]
    assert grid.find(50, 10) == 0
    assert grid.find(50, 30) == 2
    assert grid.find(150, 30) is None


def test_a_table_without_outer_sides_ends_where_its_lines_do() -> None:
    (grid,) = find_grids([across(0, 0, 100), across(20, 0, 100), down(30, 0, 20)])
    assert grid.xs == (0, 30, 100)
    assert len(grid.cells) == 2


def test_double_and_dotted_lines_are_one_line_each() -> None:
    dotted = [across(20, left, left + 2) for left in range(0, 100, 4)]
    rules = [
        across(0, 0, 100),
        across(1.2, 0, 100),
        *dotted,
        across(40, 0, 100),
        down(0, 0, 40),
        down(100, 0, 40),
    ]
    (grid,) = find_grids(rules)
    assert len(grid.ys) == 3
    assert len(grid.cells) == 2


def test_an_underline_is_no_table() -> None:
    assert find_grids([across(100, 10, 60), across(200, 10, 90)]) == []


def test_a_drawing_with_very_many_lines_is_no_table() -> None:
    lines = [across(5.0 * place, 0, 2000) for place in range(300)] + [
        down(5.0 * place, 0, 1500) for place in range(300)
    ]
    assert find_grids(lines) == []
