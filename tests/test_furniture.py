"""Furniture is found wherever it stands, and content that looks like it is left alone."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import chars
from pipeline.errors import RulesError
from pipeline.model import Reading
from pipeline.parse.furniture import find_furniture
from pipeline.read.text import read_text
from pipeline.rules import furniture
from pipeline.rules.load import load_rules
from pipeline.rules.table import Table

REAL = Path(__file__).parent.parent / "raw" / "zenkoku-renkei" / "2024-03-08.txt"
SHIPPED = tomllib.loads(files("pipeline.rules").joinpath("furniture.toml").read_text("utf-8"))
RULES = load_rules()


def found(text: str | bytes, name: str = "a.txt") -> dict[int, str]:
    """Line of the file to role, furniture only."""
    document = read_text(text.encode() if isinstance(text, str) else text, name)
    reading = find_furniture(Reading(document), RULES)
    assert len(reading.roles) == len(document.lines)
    return {line.number: role for line, role in zip(document.lines, reading.roles, strict=True) if role}


def texts(text: str) -> list[tuple[str, str]]:
    """(text, role) of the furniture."""
    lines = text.replace("\f", "").split("\n")
    return [(lines[number - 1].strip(), role) for number, role in found(text).items()]


ENTRIES = [
    f"{month}月{day}日\n第{month * day}回の会議を開き、次の年の計画を確認"
    for month in (4, 7, 9)
    for day in (3, 12)
]
PAGE = "\n".join(ENTRIES)


def paged(pages: list[str]) -> str:
    return "\f".join(page + "\n" for page in pages)


def different_pages(count: int, top: str = "", bottom: str = "") -> str:
    """Pages of different text; {n} in head or foot is the page, {m} the page counted from 45."""
    pages = []
    for page in range(1, count + 1):
        body = "\n".join(
            f"{page % 12 + 1}月{day}日\n{'あいうえおかきくけこ'[day]}会館の{page}期の工事"
            for day in range(1, 9)
        )
        parts = (top.format(n=page, m=page + 44), body, bottom.format(n=page, m=page + 44, t=count))
        pages.append("\n".join(part for part in parts if part))
    return paged(pages)


def test_the_real_document_has_a_stamp_and_one_page_number() -> None:
    assert found(REAL.read_bytes()) == {89: "stamp", 91: "stamp", 93: "stamp", 1005: "page_number"}


FORMS = [
    "{n}",
    "- {n} -",
    "－ {n} －",
    "―{n}―",
    "{n}／{t}",
    "{n} / {t}",
    "p.{n}",
    "P{n}",
    "{n}ページ",
    "第{n}頁",
    "（{n}）",
    "{m}",
]


@pytest.mark.parametrize("form", FORMS)
def test_page_numbers_at_the_foot(form: str) -> None:
    text = different_pages(5, bottom=form)
    assert [role for _, role in texts(text)] == ["page_number"] * 5


@pytest.mark.parametrize("form", ["{n}", "- {n} -", "{m}"])
def test_page_numbers_before_their_body(form: str) -> None:
    text = different_pages(5, top=form)
    assert [role for _, role in texts(text)] == ["page_number"] * 5


def test_page_numbers_without_pages() -> None:
    body = "\n".join(f"{entry}{page}" for page in range(3) for entry in ENTRIES)
    text = "\n".join(f"{body}\n{page}" for page in range(1, 5))
    assert [(line, role) for line, role in texts(text)] == [
        (str(page), "page_number") for page in range(1, 5)
    ]


CONTENT = {
    "number_is_the_text_of_an_entry": "昭和26年\n村制施行\n昭和30年\n13\n昭和31年\n合併\n",
    "cells_a_line": "1951\n4\n1\n村制施行\n1955\n5\n1\n合併\n1960\n6\n20\n庁舎の完成\n" * 3,
    "numbers_of_a_list": "".join(
        f"{number}\n{name}会館の開館\n" for number, name in enumerate("東西南北中", 1)
    ),
    "date_and_body_without_a_label": "令和6年3月8日\n特別区制度懇談会\n令和6年4月1日\n推進協議会\n",
    "label_in_the_middle": PAGE + "\n資料５\n" + PAGE,
    "label_in_a_sentence": "4月1日\n資料５を配布\n5月1日\n資料編の刊行\n",
    "count_with_its_unit": "4月1日\n参加 13人\n5人\n",
    "fraction": paged(["4月1日\n1/50の模型", "5月1日\n2/3の賛成", "6月1日\n閉会"]),
    "headline_again_and_again": paged(
        [f"区長会総会\n{PAGE}\n区長会総会\n{page}月1日" for page in range(1, 7)]
    ),
    "date_on_top_of_every_page": paged(
        [f"{page}月{page + 3}日\n{'あいうえお'[page]}館の開館\n" for page in range(1, 5)]
    ),
    "same_date_on_top_of_every_page": paged(
        [f"4月1日\n{'あいうえお'[page]}館の開館\n" for page in range(1, 5)]
    ),
    "year_on_top_of_every_page": paged(
        [f"平成{page}年\n{'あいうえお'[page]}館の開館\n" for page in range(1, 5)]
    ),
    "同日_on_top_of_every_page": paged([f"同日\n{'あいうえお'[page]}館の開館\n" for page in range(1, 5)]),
    "heads_of_columns_once": "年月日 内容\n4月1日 開館\n5月1日 閉館\n",
    "内容_alone": "4月1日\n講演会\n内容\n講演\n5月1日\n講演会\n内容\n報告\n",
    "numbers_in_table_cells": "年,月,内容\n1,2,3\n4,5,6\n7,8,9\n",
    "weekday": "4月1日\n（月）\n5月1日\n（水）\n",
    "number_that_does_not_count_on": paged(["開館\n7", "閉館\n3", "再開\n9", "解体\n1"]),
}


@pytest.mark.parametrize("text", CONTENT.values(), ids=CONTENT)
def test_content_is_no_furniture(text: str) -> None:
    assert found(text) == {}


STAMPS = {
    "one_line": "令和６年３月８日　特別区制度懇談会　資料５",
    "label_first": "資料５\n令和6年3月8日\n特別区制度懇談会",
    "label_last": "令和 6 年 3 月 8 日\n特別区制度懇談会\n資料５",
    "body_first": "第3回総合計画審議会\n令和6年3月8日\n資料３－２",
    "brackets": "【資料１】\n2024年3月8日",
    "short_date": "資料No.2\nR6.3.8",
    "label_and_round": "第３回　推進委員会　参考資料２",
    "label_alone": "別紙１",
}


@pytest.mark.parametrize("stamp", STAMPS.values(), ids=STAMPS)
def test_stamp_at_the_top(stamp: str) -> None:
    size = stamp.count("\n") + 1
    assert found(f"{stamp}\n町の沿革\n{PAGE}\n") == dict.fromkeys(range(1, size + 1), "stamp")


@pytest.mark.parametrize("name", ["one_line", "label_first", "label_last"])
def test_stamp_in_the_middle_of_an_entry(name: str) -> None:
    stamp = STAMPS[name]
    lines = PAGE.count("\n") + 1
    expected = dict.fromkeys(range(lines + 1, lines + 2 + stamp.count("\n")), "stamp")
    assert found(f"{PAGE}\n{stamp}\nについて確認\n{PAGE}\n") == expected


def test_headline_before_a_stamp_is_content() -> None:
    text = f"{PAGE}\n9月30日\n特別区制度懇談会\n令和6年3月8日\n資料５\n10月1日\n{PAGE}"
    assert "特別区制度懇談会" not in [line for line, _ in texts(text)]


HEADS = {
    "title": ("○○町の沿革", ""),
    "with_the_page": ("○○町の沿革　{n}", ""),
    "foot": ("", "○○町役場総務課"),
    "foot_and_number": ("", "○○町役場総務課\n- {n} -"),
    "heads_of_columns": ("年月日　　内容", ""),
    "two_lines": ("○○町史 年表\n資料編（{m}頁）", ""),
}


@pytest.mark.parametrize(("top", "bottom"), HEADS.values(), ids=HEADS)
def test_heads_and_feet(top: str, bottom: str) -> None:
    pages = 5
    roles = [role for _, role in texts(different_pages(pages, top, bottom))]
    heads = (pages - 1) * len(top.splitlines()) + pages * len(bottom.splitlines())
    assert len(roles) == heads
    assert set(roles) <= {"running_head", "page_number"}


def test_alternating_heads() -> None:
    pages = different_pages(8).split("\f")
    text = "\f".join(("年表\n" if place % 2 else "第1章 歩み\n") + page for place, page in enumerate(pages))
    assert [line for line, _ in texts(text)] == [
        "年表",
        "第1章 歩み",
        "年表",
        "第1章 歩み",
        "年表",
        "第1章 歩み",
        "年表",
    ]


@pytest.mark.parametrize(
    ("numbers", "expected", "why"),
    [
        ((312, 313, 314, 315), 3, "its numbers count the pages; the first of them is no running head yet"),
        ((312, 313, 318, 320), 0, "a near miss: they do not count them"),
    ],
)
def test_words_beside_the_number_of_a_page(numbers: tuple[int, ...], expected: int, why: str) -> None:
    heads = [f"{number}　　資料編" if number % 2 == 0 else f"年表　　{number}" for number in numbers]
    pages = different_pages(len(numbers)).split("\f")
    text = "\f".join(f"{head}\n{page}" for head, page in zip(heads, pages, strict=True))
    assert len(texts(text)) == expected, why


@pytest.mark.parametrize(
    ("heads", "expected", "why"),
    [
        (
            ("市水道局　年報", "市水道局　年報"),
            ["running_head", "running_head"],
            "the same below each number",
        ),
        (("給水を始める", "料金を改定"), [], "a near miss: the text goes on"),
    ],
)
def test_heads_below_numbers_without_pages(heads: tuple[str, str], expected: list[str], why: str) -> None:
    text = f"{PAGE}\n― 71 ―\n{heads[0]}\n3月1日 開館\n4月1日 移転\n― 72 ―\n{heads[1]}\n9月9日 閉館\n"
    assert [role for _, role in texts(text) if role != "page_number"] == expected, why


@pytest.mark.parametrize("head", ["年月日　　　事　項", "西暦  年　号      月　日        事　　　項"])
def test_heads_of_columns_set_wide(head: str) -> None:
    text = f"{head}\n{PAGE}\n{head}\n{PAGE}\n4月1日 開館\n"
    assert texts(text) == [(head, "running_head")]


def test_heads_of_columns_again_without_pages() -> None:
    text = f"年月日　内容\n{PAGE}\n年月日　内容\n{PAGE}\n（つづき）\n4月1日 開館\n"
    assert texts(text) == [("年月日　内容", "running_head"), ("（つづき）", "running_head")]


BAD_RULES = [
    ("a_form_without_number", {"page_number": [{"form": "頁", "fires": "頁", "near_miss": "x"}]}, "form"),
    (
        "an_example_that_does_not_fire",
        {"page_number": [{"form": "{n}枚", "fires": "5頁", "near_miss": "x"}]},
        "fires",
    ),
    (
        "a_near_miss_that_fires",
        {"page_number": [{"form": "{n}枚", "fires": "5枚", "near_miss": "6枚"}]},
        "near_miss",
    ),
    ("an_unknown_key", {"heads": []}, "heads"),
]


@pytest.mark.parametrize(
    ("data", "key"), [case[1:] for case in BAD_RULES], ids=[case[0] for case in BAD_RULES]
)
def test_bad_rules_are_refused(data: dict[str, Any], key: str) -> None:
    with pytest.raises(RulesError, match=rf"furniture\.toml.*: {key}"):
        furniture.load(Table({**SHIPPED, **data}, "furniture.toml"))


LINES = st.sampled_from(
    [
        "区長会総会",
        "4月1日",
        "開館した",
        "同日",
        "13",
        "・会場：公会堂",
        "平成元年",
        "（報告）",
        "\f",
        "資料を配布",
    ]
)


@given(st.lists(LINES, min_size=1, max_size=60))
def test_furniture_is_a_number_or_comes_back(lines: list[str]) -> None:
    text = "沿革\n" + "\n".join(lines)
    for line, role in texts(text):
        assert role == "running_head" or chars.key(line).isdigit()
        assert role != "running_head" or text.count(line) >= 2
