"""Columns kept apart by blanks: each row of the table comes back whole, wherever its date stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import chars
from pipeline.model import Document
from pipeline.read.text import read_text

Entry = tuple[str, list[str]]

ENTRIES: list[Entry] = [
    ("平成２６年", []),
    ("9 月 10 日", ["意見交換会の実施", "・知見を収集する取り組み"]),
    ("9 月 16 日", ["区長会総会", "連携の実施を決定", "・全国の市町村にお知らせ", "・アンケートも実施"]),
    ("11 月 14 日", ["区長会総会"]),
    ("12 月 1 日", ["講演会の開催", "・会場：公会堂", "・講師：大学教授"]),
    ("平成２７年", []),
    (
        "1 月 16 日",
        [
            "全国連携の一環として、東北六県の県庁所在市を中心に震災",
            "からの復興を目指す祭りに対する支援を行うことについて了承",
        ],
    ),
    ("同日", ["ニュース創刊号の発行"]),
    (
        "2 月 3 日",
        ["展示の開催", "・会場：会館の一階", "・内容：写真の展示と販売", "・主催：町", "・共催：村"],
    ),
    ("3 月 4 日", ["総会"]),
]
SHIFT = {"top": 0.0, "middle": 0.5, "bottom": 1.0}


def set_row(entry: Entry, align: str, column: int, by_width: bool) -> list[str]:
    """The lines of one table row; a date centred over an even number of lines takes a line of its own."""
    date, texts = entry
    if not texts:
        return [date]
    lines = [" " * column + text for text in texts]
    place = (len(texts) - 1) * SHIFT[align]
    if place != int(place):
        return [*lines[: int(place) + 1], date, *lines[int(place) + 1 :]]
    used = int(2 * chars.width(date)) if by_width else len(date)
    lines[int(place)] = date + " " * (column - used) + texts[int(place)]
    return lines


def set_pages(entries: list[Entry], align: str, by_width: bool, per_page: int, head: str = "") -> str:
    pages, page = [], []
    for entry in entries:
        rows = set_row(entry, align, 22 if by_width else 14, by_width)
        if page and len(page) + len(rows) > per_page:
            pages.append(page)
            page = []
        page.extend(rows)
    pages.append(page)
    shown = [
        "\n".join([*([head] if head else []), *rows, "", "", f"{' ' * 24}{number}", ""])
        for number, rows in enumerate(pages, 1)
    ]
    return "\f".join(shown)


def rows_of(document: Document) -> list[tuple[str, list[str]]]:
    """Date and text lines of each table row, in order."""
    rows: dict[tuple[int, int], tuple[list[str], list[str]]] = {}
    for line in document.lines:
        if line.cell:
            date, texts = rows.setdefault(line.cell[:2], ([], []))
            (texts if line.cell[2] else date).append(document.text[line.span.start : line.span.end])
    return [("".join(date), texts) for date, texts in rows.values()]


@pytest.mark.parametrize("align", SHIFT)
@pytest.mark.parametrize("by_width", [False, True], ids=["places_are_characters", "places_are_widths"])
@pytest.mark.parametrize("head", ["", "      わが町の沿革（続き）"], ids=["no_head", "head"])
def test_rows_come_back(align: str, by_width: bool, head: str) -> None:
    entries = ENTRIES * 4
    document = read_text(set_pages(entries, align, by_width, 30, head).encode(), "a.txt")
    assert rows_of(document) == entries


@pytest.mark.parametrize("align", ["top", "middle"])
def test_page_numbers_are_in_no_cell(align: str) -> None:
    document = read_text(set_pages(ENTRIES * 4, align, False, 30).encode(), "a.txt")
    outside = [line for line in document.lines if line.cell is None]
    assert [document.text[line.span.start : line.span.end].strip() for line in outside] == [
        str(number) for number in range(1, document.page_count + 1)
    ]


NUMBERED = (
    "".join(f"4 月 {day} 日      会議の開催\n" for day in range(1, 6))
    + """\
              イベントの開催
              (1)歌の会
(1)10 月 7 日   ・会場：公園


              (2)踊りの会
(2)10 月 8 日   ・会場：広場
              ・主催：町
11 月 1 日      展示の開催
"""
)


def test_numbered_dates_of_one_row_stay_together() -> None:
    document = read_text(NUMBERED.encode(), "a.txt")
    assert [date for date, _ in rows_of(document)][-2:] == ["(1)10 月 7 日(2)10 月 8 日", "11 月 1 日"]


PERIODS = """\
               展示の開催
7 月 15 日～
               ・会場：公会堂
9 月 6 日
               ・内容：写真
8 月 1 日        総会の開催
10 月 11 日、12   祭りの開催
日              ・会場：公園
11 月 1 日       総会の開催
"""


def test_dates_over_two_lines_are_one() -> None:
    document = read_text((PERIODS * 2).encode(), "a.txt")
    assert [date for date, _ in rows_of(document)][:4] == [
        "7 月 15 日～9 月 6 日",
        "8 月 1 日",
        "10 月 11 日、12日",
        "11 月 1 日",
    ]


THREE = """\
                        ○○町のあゆみ

  年月日            町の動き                    国・県の動き
 昭和26年
   4月 1日      村制を施行する              講和条約の
               役場を旧校舎に置く           調印
   9月10日      診療所を開設
 昭和30年
   4月 1日      三村が合併して新しい町      県庁舎の完成
               となる
   5月 3日      第1回町議会
"""


def test_three_columns() -> None:
    document = read_text(THREE.encode(), "a.txt")
    cells = [(line.cell, document.text[line.span.start : line.span.end].strip()) for line in document.lines]
    assert cells[0] == (None, "○○町のあゆみ")
    assert cells[1:6] == [
        ((0, 0, 0), "年月日"),
        ((0, 0, 1), "町の動き"),
        ((0, 0, 2), "国・県の動き"),
        ((0, 1, 0), "昭和26年"),
        ((0, 2, 0), "4月 1日"),
    ]
    assert [cell for cell, text in cells if cell and cell[1] == 2 and cell[2] == 2] == [(0, 2, 2)] * 2
    assert ((0, 6, 1), "第1回町議会") in cells


PARTS = """\
西暦  元号    月  日  できごと
1951  昭和26   4   1  村制施行
1955  昭和30   5   3  合併
               6  20  庁舎完成
1960  昭和35  11  10  町制施行
"""


def test_parts_of_dates_in_columns_of_their_own() -> None:
    document = read_text(PARTS.encode(), "a.txt")
    cells = {line.cell: document.text[line.span.start : line.span.end] for line in document.lines}
    assert [cells.get((0, 1, column)) for column in range(6)] == ["1951", "昭和", "26", "4", "1", "村制施行"]
    assert [cells.get((0, 3, column)) for column in range(6)] == [None, None, None, "6", "20", "庁舎完成"]


TWINS = """\
                          12月 1日   師走の市
 4月 1日   開館式         10月 1日   工事の着手
           ・会場：本館   11月 3日   文化祭
 5月 3日   憲法の集い     12月 5日   議会の開会
 6月10日   時の展示        1月 8日   成人の集い
"""


def test_no_character_lies_in_two_lines() -> None:
    for text in (TWINS, THREE, PARTS, PERIODS, NUMBERED):
        spans = sorted(line.span for line in read_text(text.encode(), "a.txt").lines)
        assert all(one.end <= other.start for one, other in pairwise(spans))
        covered = "".join(text[span.start : span.end] for span in spans)
        assert "".join(covered.split()) == "".join(text.split())


def test_two_tables_side_by_side_are_read_one_after_the_other() -> None:
    rows = rows_of(read_text(TWINS.encode(), "a.txt"))
    assert [date.replace(" ", "") for date, _ in rows] == [
        "4月1日", "5月3日", "6月10日", "12月1日", "10月1日", "11月3日", "12月5日", "1月8日",
    ]  # fmt: skip


PLAIN = {
    "dates_of_any_width": "昭和26年4月1日  開所\n平成元年10月1日  改称\nH12.4.1  移転\n" * 3,
    "blanks_inside_of_names": "4月1日\n講師  大森  研一  氏\n教授      藤村  克郎  氏\n5月1日\n総会\n" * 3,
    "indents": "4月1日\n    開所\n    ・会場：本館\n5月10日\n    総会\n" * 3,
    "full_width_blank": "昭和26年　村制施行\n昭和30年　合併\n昭和35年　町制施行\n",
    "annex_only": "団体      数\n町会     144\n市長会    15\n" * 3,
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_text_without_columns(text: str) -> None:
    document = read_text(text.encode(), "a.txt")
    assert all(line.cell is None for line in document.lines) or text is PLAIN["annex_only"]


TEXTS = [
    "総会の開催",
    "会議で計画を確認",
    "・会場：公会堂",
    "・内容：展示",
    "講演の会",
    "祭りへの協力",
]
DATES = st.builds("{} 月 {} 日".format, st.integers(1, 12), st.integers(1, 28))
OPENINGS = st.sampled_from([text for text in TEXTS if not text.startswith("・")])
TEXT_LINES = st.builds(
    lambda first, rest: [first, *rest], OPENINGS, st.lists(st.sampled_from(TEXTS), max_size=6)
)
ROWS = st.lists(st.tuples(DATES, TEXT_LINES), min_size=6, max_size=20)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_rows_with_dates_on_the_first_line_come_back(rows: list[Entry]) -> None:
    document = read_text(set_pages(rows, "top", False, 1000).encode(), "a.txt")
    assert rows_of(document) == rows


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DATES, st.integers(1, 6)), min_size=8, max_size=20))
def test_rows_with_centred_dates_come_back(given_rows: list[tuple[str, int]]) -> None:
    rows = [(date, ["総会の開催", *["・会場：公会堂"] * (size - 1)]) for date, size in given_rows]
    text = set_pages([*ENTRIES, *rows], "middle", False, 1000)
    assert rows_of(read_text(text.encode(), "a.txt")) == [*ENTRIES, *rows]


def test_markers_may_open_every_entry() -> None:
    rows: list[Entry] = [
        (f"4 月 {day} 日", ["・総会の開催", "を決定", "した"][: day % 3 + 1]) for day in range(1, 15)
    ]
    assert rows_of(read_text(set_pages(rows, "top", False, 1000).encode(), "a.txt")) == rows


def test_work_grows_with_the_text() -> None:
    """Neither one date over thousands of lines nor a line of thousands of blanks takes long."""
    text = "\n".join(
        ["4 月 1 日     総会"] * 5 + ["             続き"] * 3000 + ["5 月 1 日     総会" + " " * 9000 + "x"]
    )
    assert len(read_text(text.encode(), "a.txt").lines) > 3000
