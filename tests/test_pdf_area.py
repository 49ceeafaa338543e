"""Pages without ruling lines, read by the columns of their dates."""

from __future__ import annotations

from array import array

from pipeline.read.pdf_area import place_by_area
from pipeline.read.pdf_lines import Ink
from pipeline.read.pdf_parts import PageDraft

EM = 10.0
ROWS = [
    [(50, "年"), (120, "月"), (200, "事項")],
    [(40, "昭和22年"), (120, "6"), (150, "行財政改革大綱を議会に報告")],
    [(120, "8"), (150, "水道給水開始")],
    [(115, "10"), (150, "台風により河川が氾濫")],
    [(40, "昭和25年"), (120, "9"), (150, "成人式を初めて開催")],
    [(115, "11"), (150, "市民プール開場")],
    [(40, "昭和28年"), (120, "3"), (150, "商工会館落成")],
    [(40, "昭和30年"), (115, "12"), (150, "町営プール開設")],
]


def ink(x: float, base: float, text: str) -> Ink:
    """A text of full-width characters that starts at this place."""
    widths = [EM if ord(sign) > 255 else EM / 2 for sign in text]
    lefts = [x + sum(widths[:at]) for at in range(len(text))]
    rights = [left + width for left, width in zip(lefts, widths, strict=True)]
    return Ink(1, text, array("f", lefts), array("f", rights), base, EM)


def page(
    rows: list[list[tuple[int, str]]], stamps: tuple[Ink, ...] = (), turned: tuple[Ink, ...] = ()
) -> PageDraft:
    """A page with these rows, a line and a half apart."""
    loose = tuple(
        tuple(ink(x, 100.0 + 15.0 * number, text) for x, text in row) for number, row in enumerate(rows)
    )
    return PageDraft(1, 595.0, 842.0, (), loose, stamps, (), turned)


def test_years_and_months_are_columns() -> None:
    placed = place_by_area([page(ROWS)])
    assert placed is not None
    cells = {one.ink.text: one.cell for one in placed}
    assert cells["昭和25年"] is not None
    assert cells["11"] is not None
    assert cells["昭和25年"][1] + 1 == cells["11"][1]
    assert {one.ink.text: one.cell[2] for one in placed if one.cell}["市民プール開場"] == 2


def test_a_month_that_touches_its_text_is_parted_from_it() -> None:
    rows = [[*row[:-2], (row[-2][0], row[-2][1] + "月"), row[-1]] for row in ROWS[1:]]
    touching = [row if at != 4 else [(110, "11月市民プール開場")] for at, row in enumerate(rows)]
    shifted = [[(130 if x == 150 else x, text) for x, text in row] for row in touching]
    placed = place_by_area([page([ROWS[0], *shifted])])
    assert placed is not None
    texts = [one.ink.text for one in placed]
    assert "11月" in texts
    assert "市民プール開場" in texts


def test_stamps_and_turned_text_are_kept_as_furniture() -> None:
    placed = place_by_area([page(ROWS, (ink(480, 40.0, "資料３"),), (ink(560, 400.0, "沿革"),))])
    assert placed is not None
    roles = {one.ink.text: one.role for one in placed if one.cell is None}
    assert roles["資料３"]
    assert roles["沿革"]


def test_pages_with_nothing_to_tell_are_left_alone() -> None:
    assert place_by_area([page([[(40, "はじめに")], [(40, "本町の歩みを記す")]])]) is None
    assert place_by_area([page([])]) is None


def test_a_year_that_reaches_over_the_texts_is_one() -> None:
    heading = [[(40, "1989年（昭和64年・平成元年）")], [(60, "4月1日"), (150, "学校給食を始める")]]
    rows = [row for at in range(4) for row in ([*heading, [(60, f"{at + 5}月"), (150, "体育館落成")]])]
    placed = place_by_area([page(rows)])
    assert placed is not None
    assert [one.ink.text for one in placed].count("1989年（昭和64年・平成元年）") == 4


def test_a_note_below_a_table_does_not_move_the_edge_of_its_column() -> None:
    texts = [(150, "行財政改革大綱を議会に報"), (150, "告した")]
    rows = [
        *ROWS[:1],
        [*ROWS[1][:2], texts[0]],
        texts[1:],
        *ROWS[2:],
        [(150, "※人口は各年の国勢調査による、資料は総務課")],
    ]
    placed = place_by_area([page(rows)])
    assert placed is not None
    assert next(one.wrap for one in placed if one.ink.text == "行財政改革大綱を議会に報") == "full"
