"""Rows of PDF editions in every layout, against the text they were made from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import chars
from pipeline.read.pdf import read_pdf
from tests.pdf_editions.chronology import Row, name_first, read_rows
from tests.pdf_editions.setting import Layout
from tests.pdf_editions.trouble import drawn
from tests.pdf_readings import found_rows, line_text, made_rows, needs_font, prose, read_made, roles

pytestmark = pytest.mark.pdf

LOOKALIKE = Path(__file__).parent / "pdf_editions" / "2024-03-08-lookalike.pdf"
B4 = (1031.8, 728.5)
TITLE = "特別区全国連携プロジェクト これまでの経過"
STAMP = ("令和 6 年 3 月 8 日", "特別区制度懇談会", "資料５")
ROWS = read_rows("zenkoku.txt")
SOME = ROWS[:62]  # three years of it, for layouts that a few pages show
PLAN = name_first(read_rows("three_columns.txt"))

TABLE = Layout(title=TITLE, stamp=STAMP)
BARE = replace(TABLE, rules="none", row_gap=0, leading=16)
TWO_UP = replace(TABLE, page=B4, ups=2, year="cell", size=10.5, leading=15)
LAYOUTS = {
    # ruled: every line of the table drawn
    "ruled": TABLE,
    "ruled_dates_at_top": replace(TABLE, place="top"),
    "ruled_narrow_dates": replace(TABLE, columns=(62, 0)),
    "ruled_date_behind_page_end": replace(TABLE, split_date="last"),
    "ruled_rows_kept_whole": replace(TABLE, splits=False),
    # some lines only
    "lines_across_only": replace(TABLE, rules="across"),
    "frame_only": replace(TABLE, rules="frame"),
    # no lines: rows told by where dates stand
    "bare": BARE,
    "bare_dates_at_top": replace(BARE, place="top"),
    "bare_headlines_underlined": replace(BARE, place="top", underline=True),
    "bare_with_gaps": replace(BARE, row_gap=5),
    "bare_year_in_cell": replace(BARE, year="cell"),
    "bare_year_centred": replace(BARE, year="centred", date_align="centre"),
    "bare_narrow_dates": replace(BARE, columns=(62, 0)),
    "bare_date_behind_page_end": replace(BARE, split_date="last"),
    "bare_date_at_top_of_split_row": replace(BARE, split_date="top"),
    "bare_date_in_middle_of_split_row": replace(BARE, split_date="whole"),
    "bare_blanks_as_gaps": replace(BARE, blanks="gap"),
    "bare_justified": replace(BARE, justify=True),
    "bare_small_pages": replace(BARE, page=(420, 595), size=10, leading=13, columns=(80, 0)),
    "bare_stamp_without_box": replace(BARE, stamp_box=False),
    # two table columns on a page
    "two_up": TWO_UP,
    "two_up_narrow_dates": replace(TWO_UP, columns=(70, 0)),
    "two_up_one_grid": replace(TWO_UP, gutter=0, row_gap=0),
    "two_up_bare": replace(TWO_UP, rules="none"),
    "two_up_bare_tight": replace(TWO_UP, rules="none", gutter=10, row_gap=0, split_date="last"),
    "two_up_a4": replace(BARE, page=(842, 595), ups=2, size=9, leading=11.5, columns=(80, 0)),
}


@needs_font
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_row_comes_back_in_order(tmp_path: Path, layout: Layout) -> None:
    document = read_made(tmp_path, SOME, layout)
    assert found_rows(document) == made_rows(SOME, layout)
    expected = [TITLE] if layout.stamp_box else [*STAMP, TITLE]
    assert prose(document) == expected


@needs_font
@pytest.mark.slow
@pytest.mark.parametrize("name", ["ruled", "bare", "bare_year_in_cell", "two_up", "two_up_bare"])
def test_every_row_of_the_whole_edition_comes_back(tmp_path: Path, name: str) -> None:
    assert found_rows(read_made(tmp_path, ROWS, LAYOUTS[name])) == made_rows(ROWS, LAYOUTS[name])


@needs_font
def test_open_sides_leave_years_outside_the_table(tmp_path: Path) -> None:
    """Without outer lines a year over both columns touches no upright line: it is prose, its rows still whole."""
    layout = replace(TABLE, rules="open")
    document = read_made(tmp_path, SOME, layout)
    years = [row.date[0] for row in SOME if row.is_year]
    assert found_rows(document) == [row for row in made_rows(SOME, layout) if row[1]]
    assert prose(document) == [TITLE, *years]


THREE = Layout(columns=(110, 120, 0), header_row=("年月日", "会議名", "内容"), title="○○町総合計画の策定経過")


@needs_font
@pytest.mark.parametrize(
    "layout",
    [
        THREE,
        replace(THREE, rules="none"),
        replace(THREE, rules="none", place="top", row_gap=0),
        replace(THREE, rules="none", row_gap=0),
        replace(THREE, rules="none", columns=(80, 90, 0)),
        replace(THREE, rules="across"),
    ],
    ids=["ruled", "bare", "bare_at_top", "bare_without_gaps", "bare_narrow", "lines_across"],
)
def test_three_columns(tmp_path: Path, layout: Layout) -> None:
    document = read_made(tmp_path, PLAN, layout)
    assert found_rows(document, 3) == [("年月日", "会議名", "内容"), *made_rows(PLAN, layout)]


@needs_font
@pytest.mark.parametrize("size", [11, 12, 13, 14])
def test_three_columns_with_long_names_and_empty_cells(tmp_path: Path, size: int) -> None:
    """A row whose name is longer than its content; some go over a page end when the content has ended."""
    long = "・連携の進め方について各町村の意見を聴き、取りまとめの方針を決定"
    rows = [
        Row((f"{month}月 {day}日",), (long, "・次回の日程"), "意見交換会")
        if day > 3
        else Row((f"{month}月 {day}日",), ("",), f"第{month}回{day}町村の連携に関する意見交換会の開催")
        for month in range(1, 13)
        for day in (3, 17, 18)
    ]
    layout = replace(THREE, rules="none", place="top", row_gap=0, columns=(90, 110, 0), size=size)
    assert found_rows(read_made(tmp_path, rows, layout), 3)[1:] == made_rows(rows, layout)


@needs_font
def test_a_date_wider_than_its_column_keeps_its_end(tmp_path: Path) -> None:
    """As a tab stop leaves it: the text starts behind the date's end, and the other lines at the stop."""
    days = [f"{month}月 10日" for month in range(1, 9)]
    rows = [Row((day,), ("総会", "・予算の件")) for day in days]

    def draw(paper: Any) -> None:
        for place, day in enumerate([*days[:4], "8月 21日～9月 29日", *days[4:]]):
            top = 280 - 28 * place
            paper.drawString(40, top, day)
            paper.drawString(160 if "～" in day else 120, top, "総会")
            paper.drawString(120, top - 14, "・予算の件")

    path = tmp_path / "edition.pdf"
    path.write_bytes(drawn(draw))
    expected = made_rows([*rows[:4], Row(("8月 21日～9月 29日",), rows[0].paragraphs), *rows[4:]], TABLE)
    assert found_rows(read_pdf(path)) == expected


@needs_font
@pytest.mark.parametrize("ups", [1, 2])
def test_years_above_dates_at_the_top_of_short_rows(tmp_path: Path, ups: int) -> None:
    """Every second date stands a line below its year, with no text at its own height."""
    rows = []
    for year in range(1, 25):
        rows += [Row((f"平成{year}年",), ()), Row(("4月 1日",), (f"第{year}回 総会",))]
        rows.append(
            Row(("10月 1日",), (f"第{year}回 まつり", "・会場：広場", "・参加：200人")[: 1 + year % 3])
        )
    layout = replace(TWO_UP if ups == 2 else BARE, rules="none", year="cell", place="top", row_gap=3)
    assert found_rows(read_made(tmp_path, rows, layout)) == made_rows(rows, layout)


@needs_font
@pytest.mark.parametrize("count", [19, 21, 22, 23])
def test_a_last_page_with_few_rows_in_its_second_column(tmp_path: Path, count: int) -> None:
    rows = [Row((f"{1 + place % 12}月 {place}日",), (f"第{place}回総会の開催",)) for place in range(1, count)]
    layout = replace(TWO_UP, rules="none", year="row", place="top", size=13, leading=28, title="", stamp=())
    assert found_rows(read_made(tmp_path, rows, layout)) == made_rows(rows, layout)


@needs_font
def test_a_date_that_ends_with_a_comma_at_the_edge_of_the_text(tmp_path: Path) -> None:
    """The comma's box touches the text, its ink stands half an em away."""
    days = [("11月26日、", "27日") if month == 6 else (f"{month}月 10日",) for month in range(1, 13)]

    def draw(paper: Any) -> None:
        for place, day in enumerate(days):
            for at, part in enumerate(day):
                paper.drawString(40, 290 - 20 * place - 10 * at, part)
            paper.drawString(102, 290 - 20 * place, "区長会総会")

    path = tmp_path / "edition.pdf"
    path.write_bytes(drawn(draw))
    assert found_rows(read_pdf(path)) == made_rows([Row(day, ("区長会総会",)) for day in days], TABLE)


@needs_font
@pytest.mark.parametrize("sign", "「『（")
def test_a_bracket_set_half_an_em_to_the_left_opens_a_line_like_any_other(tmp_path: Path, sign: str) -> None:
    """As typesetters set it: its ink, not its box, stands at the column's edge."""
    days = [f"{month}月 10日" for month in range(1, 13)]
    names = [f"{sign}未来" if place % 3 == 1 else "区長会総会" for place in range(12)]

    def draw(paper: Any) -> None:
        for place, (day, name) in enumerate(zip(days, names, strict=True)):
            paper.drawString(40, 280 - 20 * place, day)
            paper.drawString(120 - (6 if name[0] == sign else 0), 280 - 20 * place, name)

    path = tmp_path / "edition.pdf"
    path.write_bytes(drawn(draw))
    rows = [Row((day,), (name,)) for day, name in zip(days, names, strict=True)]
    assert found_rows(read_pdf(path)) == made_rows(rows, TABLE)


@needs_font
def test_a_date_taller_than_its_text_fills_its_row(tmp_path: Path) -> None:
    """Dates stand in the middle of their rows; the text of a row that its date makes tall stands at its top."""
    rows = []
    for month in range(1, 7):
        rows.append(Row((f"{month}月 1日",), ("総会", "・議題の確認", "・その他")))
        rows.append(Row((f"{month}月 5日", "～", f"{month}月 9日"), ("展示",)))

    def draw(paper: Any) -> None:
        for place, row in enumerate(rows):
            top = 285 - 42 * (place % 6)
            if place == 6:
                paper.showPage()
                paper.setFont("test-gothic", 12)
            for at, text in enumerate(row.date):
                paper.drawString(40, top - 13 * (at + (1 if len(row.date) == 1 else 0)), text)
            for at, text in enumerate(row.paragraphs):
                paper.drawString(120, top - 13 * at, text)

    path = tmp_path / "edition.pdf"
    path.write_bytes(drawn(draw))
    assert found_rows(read_pdf(path)) == made_rows(rows, TABLE)


@needs_font
def test_a_single_column_stays_prose_in_order(tmp_path: Path) -> None:
    layout = replace(TABLE, columns=(0,), rules="none")
    document = read_made(tmp_path, SOME, layout)
    assert found_rows(document) == []
    text = "".join(prose(document))
    said = TITLE + "".join("".join((*row.date, *row.paragraphs)) for row in SOME)
    assert chars.key(text) == chars.key(said)


@needs_font
def test_head_lines_that_come_again_are_furniture_after_the_first(tmp_path: Path) -> None:
    layout = replace(TABLE, header_row=("年月日", "内容"))
    document = read_made(tmp_path, SOME, layout)
    assert found_rows(document) == [("年月日", "内容"), *made_rows(SOME, layout)]
    heads = [text for page, role, text in roles(document) if role == "running_head"]
    assert heads == ["年月日", "内容"] * (document.page_count - 1)


@needs_font
@pytest.mark.parametrize("rules", ["all", "none"])
def test_a_row_over_a_page_end_is_one_row_with_the_page_number_inside(tmp_path: Path, rules: str) -> None:
    long = Row(("9月 10日",), ("総会", *(f"・議題{number}について報告があった" for number in range(40))))
    rows = (
        Row(("8月 1日",), ("会議",)),
        long,
        Row(("9月 16日",), ("懇談会",)),
        Row(("9月 20日",), ("閉会",)),
    )
    document = read_made(tmp_path, rows, replace(TABLE, rules=rules, page=(595.3, 500), stamp=(), row_gap=0))
    inside = [at for at, line in enumerate(document.lines) if line.cell and line.cell[1] == 1]
    assert {document.lines[at].page for at in inside} == {1, 2, 3}
    assert line_text(document, inside[0]) == "9月 10日"
    assert [text for _, role, text in roles(document)[:2]] == ["1", "2"]
    between = [at for at in range(inside[0], inside[-1]) if document.lines[at].role == "page_number"]
    assert [line_text(document, at) for at in between] == ["1", "2"]
    assert found_rows(document) == made_rows(rows, TABLE)


def test_lookalike_gives_the_rows_of_its_text() -> None:
    """A file no code of ours made: 177 rows and 12 years, its annex as three tables."""
    document = read_pdf(LOOKALIKE)
    chronology = [row for row in ROWS if not row.is_year]
    assert len(chronology) == 177
    rows = found_rows(document)
    assert rows[: len(ROWS)] == made_rows(ROWS, TABLE)
    assert {line.cell[0] for line in document.lines if line.cell} == {0, 1, 2, 3}
    assert document.findings == ()
    assert [text for _, role, text in roles(document) if role == "stamp"] == list(STAMP)
    assert [text for _, role, text in roles(document) if role == "page_number"] == [
        str(n) for n in range(1, 28)
    ]
    assert prose(document) == [
        TITLE,
        "広域連携協定締結団体一覧",
        "【９道府県１３団体】",
        "民間企業との包括連携協定締結一覧",
        "【４企業】",
        "連携自治体数の推移",
        "※各年 8月 1日現在。",
        "※合計は、各区分の合算値から重複している自治体を除いた実数",
    ]
