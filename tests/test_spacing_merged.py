"""Rows shared out to the merged cells beside them: the cheapest way, whatever the length of the page."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.spacing_merged import MergedRow, group_rows, price_of_group
from pipeline.read.text import read_text

YEARS = 120  # of three lines each, the year beside the middle one


def long_page() -> list[MergedRow]:
    rows = []
    for year in range(YEARS):
        for month in range(3):
            at = float(3 * year + month)
            outer = [at] if month == 1 else []
            rows.append(MergedRow(int(at), 1, at, at, outer, [at], (month + 4,), has_text=True))
    return rows


@st.composite
def short_pages(draw: st.DrawFn) -> list[MergedRow]:
    months = draw(st.lists(st.integers(1, 12), min_size=2, max_size=7))
    marked = draw(st.sets(st.integers(0, len(months) - 1), min_size=1, max_size=3))
    return [
        MergedRow(at, 1, at, at, [at] if at in marked else [], [at], (month,), has_text=True)
        for at, month in enumerate(months)
    ]


@given(short_pages())
def test_no_other_way_is_cheaper(rows: list[MergedRow]) -> None:
    cells = [row for row in rows if row.outer]
    ways = [(0, *cuts, len(rows)) for cuts in combinations(range(1, len(rows)), len(cells) - 1)]
    prices = [
        sum(price_of_group(rows[a:b], cell) for cell, (a, b) in zip(cells, pairwise(way), strict=True))
        for way in ways
    ]
    groups = group_rows(rows, goes_on=False)
    starts = (*(first.number for _, first in groups), len(rows))
    assert prices[ways.index(starts)] == min(prices)


def test_every_year_of_a_long_page_has_its_three_rows() -> None:
    groups = group_rows(long_page(), goes_on=False)
    assert [(cell.number, first.number) for cell, first in groups] == [
        (3 * year + 1, 3 * year) for year in range(YEARS)
    ]


FISCAL = """年 度          月 日      事    項
昭和25年度   11. 3          公民館図書室として開設
         4. 1           市制施行により図書館を設置
昭和33年度   〃              条例を施行
         9月             第1回読書感想画展を開催
         7.20           市民会館の新築に伴い移転
昭和41年度
         2.15           館外個人貸出を開始
         5. 8           移動図書館の巡回を開始
昭和48年度
         10.27～11. 9    郷土の作家展を開催
         6. 1           建設準備室を設置
昭和54年度   12.10          建設工事に着手
         3.31           市民会館図書室を閉室
"""


def test_in_the_middle_of_a_fiscal_years_rows_january_comes_last() -> None:
    document = read_text(FISCAL.encode(), "a.txt")
    rows = {
        document.text[line.span.start : line.span.end].strip(): line.cell and line.cell[1]
        for line in document.lines
    }
    assert rows["昭和41年度"] == rows["7.20"]
    assert rows["昭和54年度"] == rows["6. 1"]
    assert rows["2.15"] == rows["7.20"] + 1
