"""CSV, tab-separated text, Markdown and pipe tables become cells with exact spans."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import HARD, OPEN, SOFT, Document
from pipeline.read.text import read_text

Cell = tuple[int, int, int] | None


def read(text: str, name: str = "a.txt") -> Document:
    return read_text(text.encode("utf-8"), name)


def cells(text: str, name: str = "a.txt") -> list[tuple[Cell, str]]:
    document = read(text, name)
    return [(line.cell, document.text[line.span.start : line.span.end]) for line in document.lines]


def wraps(text: str) -> list[str]:
    return [line.wrap for line in read(text).lines]


def test_csv_with_quotes_and_line_ends_inside_a_cell() -> None:
    text = '年月日,内容\n昭和26年4月1日,"村制施行、""新村""と称す\n役場を置く"\n昭和30年,"合併, 改称"\n'
    assert cells(text) == [
        ((0, 0, 0), "年月日"),
        ((0, 0, 1), "内容"),
        ((0, 1, 0), "昭和26年4月1日"),
        ((0, 1, 1), '村制施行、"'),
        ((0, 1, 1), '新村"'),
        ((0, 1, 1), "と称す"),
        ((0, 1, 1), "役場を置く"),
        ((0, 2, 0), "昭和30年"),
        ((0, 2, 1), "合併, 改称"),
    ]
    assert [line.number for line in read(text).lines] == [1, 1, 2, 2, 2, 2, 3, 4, 4]
    assert wraps(text)[3:7] == [SOFT, SOFT, HARD, HARD]


@pytest.mark.parametrize(
    ("cell", "pieces", "why"),
    [
        ("開館<br>・展示<BR />・売店", ["開館", "・展示", "・売店"], "the sign of a line's end"),
        ("開館<b>展示</b>", ["開館<b>展示</b>"], "a near miss: another sign"),
    ],
)
def test_signs_of_line_ends_in_a_cell(cell: str, pieces: list[str], why: str) -> None:
    text = f"年月日\t内容\n平成元年4月1日\t{cell}\n平成2年5月1日\t閉館\n"
    assert [text for place, text in cells(text) if place == (0, 1, 1)] == pieces, why


def test_empty_cells_have_no_line_but_count() -> None:
    assert cells("1951,4,1,村制\n1952,,,合併\n")[4:] == [((0, 1, 0), "1952"), ((0, 1, 3), "合併")]


def test_lines_without_a_delimiter_are_in_no_table() -> None:
    text = "町の沿革\n昭和26年\t4月1日\t開館\n\t5月1日\t閉館\n平成元年\n\t6月1日\t再開\n"
    assert cells(text) == [
        (None, "町の沿革"),
        ((0, 0, 0), "昭和26年"),
        ((0, 0, 1), "4月1日"),
        ((0, 0, 2), "開館"),
        ((0, 1, 1), "5月1日"),
        ((0, 1, 2), "閉館"),
        (None, "平成元年"),
        ((0, 2, 1), "6月1日"),
        ((0, 2, 2), "再開"),
    ]


def test_tabs_that_only_align_are_one_delimiter() -> None:
    text = "4月1日\t\t開館\n10月10日\t閉館\n5月3日\t\t再開\n11月11日\t解体\n"
    assert {cell for cell, _ in cells(text)} == {(0, row, column) for row in range(4) for column in range(2)}


def test_rows_of_another_size_behind_a_gap_are_another_table() -> None:
    text = "4月1日,開館\n5月1日,閉館\n\n年,世帯,人口\n1990,10,20\n1991,11,21\n"
    assert [cell for cell, _ in cells(text, "a.csv")][4] == (1, 0, 0)


PLAIN = {
    "japanese_commas": "4月1日、開館\n5月1日、閉館\n",
    "number_with_a_comma_once": "4月1日 開館\n5月1日 1,004人が入館\n6月1日 閉館\n",
    "tab_as_indent": "4月1日\n\t開館\n5月1日\n\t閉館\n\t解体\n",
    "page_numbers_in_dashes": "4月1日 開館\n- 1 -\n5月1日 閉館\n- 2 -\n",
    "one_pipe": "4月1日 開館\n5月1日 A|B会館\n6月1日 閉館\n",
}


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_text_is_no_table(text: str) -> None:
    assert read(text).source.kind == "text"
    assert all(cell is None for cell, _ in cells(text))


KINDS = {
    "comma": ("4月1日,開館\n5月1日,閉館\n", "csv"),
    "semicolon": ("4月1日;開館\n5月1日;閉館\n", "csv"),
    "tab": ("4月1日\t開館\n5月1日\t閉館\n", "tsv"),
    "headings": ("# 沿革\n## 平成26年\n4月1日 開館\n", "markdown"),
    "bullets": ("- 4月1日 開館\n- 5月1日 閉館\n", "markdown"),
    "pipes": ("| 4月1日 | 開館 |\n| 5月1日 | 閉館 |\n", "markdown"),
    "pipes_without_frame": ("4月1日 | 開館\n5月1日 | 閉館\n", "markdown"),
}


@pytest.mark.parametrize(("text", "kind"), KINDS.values(), ids=KINDS)
def test_kind_is_told_by_content(text: str, kind: str) -> None:
    assert read(text).source.kind == kind


def test_pipe_table_with_breaks_and_alignment() -> None:
    text = "| 年月日 | 内容 |\n|:--|:-:|\n| **平成2年** | 開館<br>・会場：公会堂 |\n| 〃 |  |\n"
    assert cells(text) == [
        ((0, 0, 0), "年月日"),
        ((0, 0, 1), "内容"),
        ((0, 1, 0), "平成2年"),
        ((0, 1, 1), "開館"),
        ((0, 1, 1), "・会場：公会堂"),
        ((0, 2, 0), "〃"),
    ]
    assert wraps(text) == [HARD] * 6


def test_each_pipe_table_has_its_number() -> None:
    text = "## 平成2年\n| 月日 | 内容 |\n|--|--|\n| 4月1日 | 開館 |\n\n## 平成3年\n| 月日 | 内容 |\n|--|--|\n| 5月1日 | 閉館 |\n"
    assert [cell[0] for cell, _ in cells(text) if cell] == [0] * 4 + [1] * 4


def test_headings_bullets_and_links_lose_their_marks() -> None:
    text = "# 沿革 #\n\n- 4月1日 [開館](http://a.jp/)した\n  * 会場：`公会堂`\n![絵](a.png) 5月1日 閉館\n\n---\n注 C\\#\n"
    assert [shown for _, shown in cells(text)] == [
        "沿革",
        "4月1日",
        "開館",
        "した",
        "会場：",
        "公会堂",
        "5月1日 閉館",
        "注 C",
        "#",
    ]


def test_paragraphs_of_markdown_end_at_bullets_and_blank_lines() -> None:
    text = "# 沿革\n本文は\n続く\n\n- 一つ\n- **二**つ\n- 三つ\n"
    assert wraps(text) == [HARD, OPEN, HARD, HARD, SOFT, HARD, HARD]


def test_bold_dates_are_a_column() -> None:
    text = "- **1990年4月**：開館\n  - 会場：公会堂\n- **1991年** 閉館\n"
    assert cells(text) == [
        ((0, 0, 0), "1990年4月"),
        ((0, 0, 1), "開館"),
        (None, "会場：公会堂"),
        ((0, 1, 0), "1991年"),
        ((0, 1, 1), "閉館"),
    ]


def test_bold_year_alone_is_a_line() -> None:
    assert cells("**1990年**\n- 開館\n\n**1991年**\n- 閉館\n")[0] == (None, "1990年")


SIGNS = st.sampled_from(
    ['"', ",", "\t", "|", "a", "年", " ", "\n", "**", "[", "](", ")", "<br>", "\\", "`", "- ", "#"]
)


@given(st.lists(SIGNS, max_size=50), st.sampled_from(["a.csv", "a.tsv", "a.md"]))
def test_text_in_cells_is_lost_nowhere(signs: list[str], name: str) -> None:
    document = read("沿革" + "".join(signs) + "年", name)
    shown = "".join(document.text[line.span.start : line.span.end] for line in document.lines)
    assert shown.count("年") + _in_links(document.text, "年") >= document.text.count(
        "年"
    ) - document.text.count("](")


def _in_links(text: str, sign: str) -> int:
    return sum(part.split(")")[0].count(sign) for part in text.split("](")[1:])


@pytest.mark.parametrize(
    "piece", ['"a""', "<!--", "[](", "![", "**", "|", " ", "\t", '"', "-", "`", "<a ", "\\"]
)
def test_no_pattern_runs_away(piece: str) -> None:
    for name in ("a.csv", "a.tsv", "a.md", "a.txt"):
        assert read("年" + piece * 20_000 + "月", name).lines
