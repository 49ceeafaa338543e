"""Rows shared out to the merged cells beside them: the cheapest way, whatever the length of the page."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.spacing_merged import MergedRow, group_rows, price_of_group

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
