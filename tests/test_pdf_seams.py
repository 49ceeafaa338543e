"""Lines under the cells of a table that meet end to end say where its columns are; nothing else does."""

from __future__ import annotations

from array import array

import pytest

from pipeline.read.pdf_ink import Glyph, PageInk, Rule
from pipeline.read.pdf_lines import Ink
from pipeline.read.pdf_parts import draft_page
from pipeline.read.pdf_seams import find_seams

XS = (50.0, 100.0, 150.0, 300.0)  # a year, a month, a text
Row = list[tuple[float, str]]


def level(top: float, *columns: int) -> list[Rule]:
    """A line under each of these columns."""
    return [Rule(XS[column], top, XS[column + 1], top) for column in columns]


def piece(x: float, base: float, text: str) -> Ink:
    lefts = [x + 5.0 * at for at in range(len(text))]
    return Ink(1, text, array("f", lefts), array("f", [left + 5.0 for left in lefts]), base, 10.0)


def said(rows: list[tuple[float, Row]]) -> list[tuple[Ink, ...]]:
    return [tuple(piece(x, base, text) for x, text in row) for base, row in rows]


YEARS = [
    (112.0, [(55.0, "年"), (105.0, "月"), (155.0, "事項")]),
    (132.0, [(105.0, "3"), (155.0, "開校")]),
    (142.0, [(55.0, "1948")]),
    (152.0, [(105.0, "4"), (155.0, "改称")]),
    (172.0, [(55.0, "1949"), (105.0, "5"), (155.0, "増築")]),
]
LINES = [*level(100, 0, 1, 2), *level(120, 0, 1, 2), *level(140, 1, 2), *level(160, 0, 1, 2)]


def upright(rules: list[Rule]) -> list[tuple[float, float, float]]:
    return sorted((rule.x0, rule.top, rule.bottom) for rule in rules if rule.x0 == rule.x1)


def test_edges_stand_where_lines_meet_and_at_a_merged_cell_all_the_way() -> None:
    found = upright(find_seams([*LINES, *level(180, 0, 1, 2)], lambda: said(YEARS)))
    assert [(x, top) for x, top, _ in found if x == 100.0] == [(100.0, top) for top in (100, 120, 140, 160)]
    assert {x for x, _, _ in found} == set(XS)


def test_a_last_row_without_a_line_below_it_gets_one() -> None:
    found = find_seams(LINES, lambda: said(YEARS))
    below = [rule for rule in found if rule.top == rule.bottom and rule.top > 160]
    assert {(rule.x0, rule.x1) for rule in below} == {(50.0, 100.0), (100.0, 150.0), (150.0, 300.0)}
    assert {rule.top > 172 for rule in below} == {True}


def test_a_cell_over_two_columns_has_no_edge_inside() -> None:
    over = Rule(50.0, 160.0, 150.0, 160.0)
    rules = [*level(100, 0, 1, 2), *level(120, 0, 1, 2), *level(140, 0, 1, 2), over, *level(160, 2)]
    found = upright(find_seams([*rules, *level(180, 0, 1, 2)], lambda: said(YEARS)))
    assert (100.0, 100.0, 120.0) in found
    assert not [one for one in found if one[0] == 100.0 and one[1] in (140.0, 160.0)]


@pytest.mark.parametrize(
    ("rules", "why"),
    [
        ([Rule(50, top, 300, top) for top in (100, 120, 140, 160)], "lines drawn across meet nowhere"),
        (
            [*LINES, Rule(100, 100, 100, 160)],
            "where an upright line is drawn, the lines that are drawn say all",
        ),
        ([*level(100, 0, 1, 2), *level(120, 0, 1, 2)], "two lines around a head part no rows"),
    ],
)
def test_other_lines_say_nothing_of_columns(rules: list[Rule], why: str) -> None:
    assert find_seams(rules, lambda: said(YEARS)) == [], why


def test_lines_between_years_part_no_rows() -> None:
    """Each year's lines hold several days: the rows are to be told by these."""
    rows: list[tuple[float, Row]] = []
    rules = level(100, 0, 1, 2)
    for year in range(4):
        top = 100.0 + 40.0 * year
        rows.append((top + 12, [(55.0, f"{1948 + year}年"), (105.0, "3月"), (155.0, "開校")]))
        rows.append((top + 27, [(105.0, "4月"), (155.0, "改称")]))
        rules += level(top + 40, 0, 1, 2)
    assert find_seams(rules, lambda: said(rows)) == []


def test_the_columns_of_a_ruled_head_go_on_below_it() -> None:
    """The head is ruled all around; below it lines are drawn across only."""
    rules = [*level(100, 0, 1, 2), *(Rule(x, 100.0, x, 120.0) for x in XS)]
    rules += [Rule(XS[0], top, XS[-1], top) for top in (120, 140, 160, 180, 200)]
    rows: list[tuple[float, Row]] = [(112.0, [(55.0, "年"), (105.0, "月"), (155.0, "事項")])]
    rows += [
        (132.0 + 20 * at, [(55.0, f"{1950 + at}年"), (105.0, f"{at + 3}月"), (155.0, "開校")])
        for at in range(4)
    ]
    found = upright(find_seams(rules, lambda: said(rows)))
    assert (100.0, 120.0, 140.0) in found
    assert (150.0, 180.0, 200.0) in found


def test_a_band_over_the_columns_of_a_head_stays_whole() -> None:
    rules = [*level(100, 0, 1, 2), *(Rule(x, 100.0, x, 120.0) for x in XS)]
    rules += [Rule(XS[0], top, XS[-1], top) for top in (120, 140, 160, 180, 200)]
    rows: list[tuple[float, Row]] = [(112.0, [(55.0, "年"), (105.0, "月"), (155.0, "事項")])]
    rows += [
        (132.0 + 20 * at, [(55.0, f"{1950 + at}年"), (105.0, f"{at + 3}月"), (155.0, "開校")])
        for at in range(3)
    ]
    rows += [(192.0, [(55.0, "平成14年度の主な出来事と港")])]
    found = upright(find_seams(rules, lambda: said(rows)))
    assert (100.0, 160.0, 180.0) in found
    assert (100.0, 180.0, 200.0) not in found


def test_a_table_whose_dates_and_texts_no_line_parts_is_read_by_them() -> None:
    """Years, months and texts stand in one ruled column: only the remarks are parted from them."""
    glyphs = []
    rules = [Rule(x, 100.0, x, 200.0) for x in (50.0, 300.0, 400.0)]
    rules += [Rule(50.0, top, 400.0, top) for top in (100.0, 120.0, 140.0, 160.0, 180.0, 200.0)]
    for row in range(5):
        base = 114.0 + 20 * row
        for x, text in (
            (55.0, f"{1950 + row}年"),
            (110.0, f"{row + 3}月"),
            (160.0, "公民館を開館"),
            (310.0, "百人"),
        ):
            glyphs += [
                Glyph(sign, x + 8.0 * at, x + 8.0 * at + 8.0, base, 8.0) for at, sign in enumerate(text)
            ]
    draft = draft_page(PageInk(1, 595.0, 842.0, tuple(glyphs), tuple(rules)))
    assert draft.tables == ()
    parted = [*rules, *(Rule(x, 100.0, x, 200.0) for x in (100.0, 150.0))]
    (found,) = draft_page(PageInk(1, 595.0, 842.0, tuple(glyphs), tuple(parted))).tables
    assert len(found.edges) == 4
