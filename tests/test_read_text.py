"""Text becomes lines: exact spans, line numbers of the file, pages, and what the page broke."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import FULL, HARD, OPEN, SOFT, Document
from pipeline.read.text import read_text

REAL = Path(__file__).parent.parent / "raw" / "zenkoku-renkei" / "2024-03-08.txt"


def read(text: str, name: str = "a.txt") -> Document:
    return read_text(text.encode("utf-8"), name)


def shown(document: Document) -> list[tuple[int, int, str]]:
    return [
        (line.number, line.page, document.text[line.span.start : line.span.end]) for line in document.lines
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old_mac"])
def test_lines_are_numbered_as_the_file_counts_them(end: str) -> None:
    document = read(end.join(["沿革", "", "昭和", "平成"]))
    assert shown(document) == [(1, 1, "沿革"), (3, 1, "昭和"), (4, 1, "平成")]


def test_form_feed_opens_a_page_and_ends_no_line() -> None:
    document = read("沿革\n昭和\f平成\n\f令和\n")
    assert shown(document) == [(1, 1, "沿革"), (2, 1, "昭和"), (2, 2, "平成"), (3, 3, "令和")]
    assert document.page_count == 3


def test_indent_counts_full_width_characters() -> None:
    document = read("沿革\n　昭和\n  平成\n\t令和\n")
    assert [line.indent for line in document.lines] == [0, 1, 1, 4]


def spaced(pages: list[list[str]]) -> str:
    """Text as PDF-to-text programs write it: a blank line after each, a blank before a page's first."""
    return "".join(" " * (place > 0) + "\n\n".join(page) + "\n" for place, page in enumerate(pages))


BODY = ["区長会総会の開催について、各区の意見をまとめ、次の年度の計画を", "確認した ", "以上 "]


def test_closing_blank_ends_a_paragraph() -> None:
    document = read(spaced([["4月1日 ", *BODY, "5月1日 ", *BODY, *BODY, *BODY] * 2]))
    assert [line.wrap for line in document.lines[:5]] == [HARD, SOFT, HARD, HARD, HARD]


def test_opening_blank_after_text_opens_a_page() -> None:
    page = [*BODY, *BODY, *BODY]
    document = read(spaced([page, page, page]))
    assert [line.page for line in document.lines] == [1] * 9 + [2] * 9 + [3] * 9


def test_opening_blank_after_an_empty_line_is_an_indent() -> None:
    page = [*BODY, *BODY, " 報告 ", *BODY]
    assert read(spaced([page, page])).page_count == 2


def test_page_number_before_its_body_opens_its_page() -> None:
    page = [*BODY, *BODY, *BODY]
    document = read(spaced([page, [*page, "", "3 ", *page], page]))
    assert document.page_count == 4
    assert [line.page for line in document.lines][18] == 3


def test_text_without_the_habit_has_one_page() -> None:
    document = read("昭和26年\n 村制施行\n昭和30年\n 合併\n" * 20)
    assert document.page_count == 1


def test_lines_without_any_habit_are_open() -> None:
    document = read("".join(f"平成{year}年4月1日　{'開設' * (year % 5 + 1)}\n" for year in range(2, 30)))
    assert {line.wrap for line in document.lines} == {OPEN}


def test_full_lines_probably_go_on_and_short_ones_do_not() -> None:
    full = "町は村と合併して新しい町となり、役場を旧町の庁舎に置いた。その後に"
    document = read(f"{full}\n{full}\n移した\n開設した\n" * 5)
    assert [line.wrap for line in document.lines[:4]] == [FULL, FULL, HARD, HARD]


def test_a_full_line_goes_on_over_the_number_of_its_page() -> None:
    full = "町は村と合併して新しい町となり、役場を旧町の庁舎に置いた。その後に"
    document = read(f"{full}\n- 1 -\n移した\n{full}\n12\n移した\n開設した\n" * 5)
    assert [line.wrap for line in document.lines[:5:3]] == [FULL, FULL]


def test_few_full_lines_are_an_edge_where_none_come_near_it() -> None:
    full = "町は村と合併して新しい町となり、役場を旧町の庁舎に置いた。その後に"
    short = [f"{'会議を開催した' * (place % 3 + 1)}\n" for place in range(30)]
    wide = read("".join(f"{full}\n移した\n{''.join(short)}" for _ in range(6)))
    assert [line.wrap for line in wide.lines if len(wide.text[line.span.start : line.span.end]) > 30] == [
        FULL
    ] * 6
    near = [f"{full[: 33 - place % 4]}\n{''.join(short)}" for place in range(6)]
    assert {line.wrap for line in read("".join(near)).lines} == {OPEN}


def test_a_line_that_ends_a_sentence_with_room_left_ends_there() -> None:
    full = "町は村と合併して新しい町となり、役場を旧町の庁舎に置いた。その後に"
    closed = "町は村と合併して新しい町となり、役場を旧町の庁舎に置いた（確定）"
    document = read(f"{full}\n移した\n{closed}\n合同の会議\n{full}\n移した\n" * 5)
    assert [line.wrap for line in document.lines[:3]] == [FULL, HARD, HARD]


@pytest.mark.parametrize("closing", ["", " "], ids=["none_closes", "all_close"])
def test_blanks_that_tell_nothing_apart_are_no_habit(closing: str) -> None:
    lines = [f"{month}月1日 会議の開催{closing}" for month in range(1, 13)] * 3
    assert SOFT not in {line.wrap for line in read("\n".join(lines)).lines}


def test_the_real_document() -> None:
    document = read_text(REAL.read_bytes(), REAL.name)
    assert (len(document.lines), document.page_count) == (1075, 27)
    assert sum(line.wrap == SOFT for line in document.lines) == 111
    firsts = {line.page: line.number for line in reversed(document.lines)}
    assert [firsts[page] for page in (2, 11, 12, 13, 14, 25, 26, 27)] == [
        94,
        846,
        932,
        1005,
        1085,
        1984,
        2044,
        2129,
    ]


WORDS = ("平成26年", "4月1日", "区長会総会", ",", "|", "**", "#", "-", '"', "<br>", "5", "ｶﾞ", "---")
ENDS = (" ", "　", "\t", "\n", "\r\n", "\f", "\n|", "|\n", "\n- ", "\n## ", "\n\n", "  　  ")
PIECES = st.sampled_from([*WORDS, *ENDS])


@given(st.lists(PIECES, max_size=60), st.sampled_from(["a.txt", "a.csv", "a.tsv", "a.md"]))
def test_every_character_is_in_one_line_or_markup(pieces: list[str], name: str) -> None:
    text = "沿革" + "".join(pieces)
    document = read(text, name)
    last = 0
    for line in sorted(document.lines, key=lambda line: line.span):
        assert last <= line.span.start < line.span.end <= len(text)
        assert document.text[line.span.start : line.span.end].strip()
        last = line.span.end
    numbers = [document.text.count("\n", 0, line.span.start) for line in document.lines if "\r" not in text]
    assert all(line.number == number + 1 for line, number in zip(document.lines, numbers, strict=False))
    if document.source.kind == "text":
        covered = set().union(*(range(line.span.start, line.span.end) for line in document.lines))
        left = {sign for place, sign in enumerate(text) if place not in covered and sign.strip()}
        assert left <= {"|"}  # what a web page's table left behind
