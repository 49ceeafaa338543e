"""A colophon behind a chronology and a legend above it are no entries."""

from __future__ import annotations

import pytest

from tests.made_documents import entries, plain

BODY = (
    "昭和60年4月1日 町史編さん室を設置\n平成2年10月3日 資料の調査を終える\n平成5年3月1日 町史の編集を終える\n"
)


@pytest.mark.parametrize(
    ("end", "added", "why"),
    [
        (
            "\n白石町史 上巻\n平成5年3月31日発行\n編　集 白石町史編さん委員会\n発　行 白石町\n",
            0,
            "day of issue and makers",
        ),
        ("平成5年3月31日　初版発行\n平成8年3月31日　第2版発行\n発行所 白石町\n", 0, "of two issues"),
        ("平成5年3月31日 町史を発行\n編集は白石町史編さん委員会\n", 1, "a near miss: it says what came out"),
        ("平成5年3月31日 発行\n町民に配る\n", 1, "a near miss: nobody is said to have made it"),
    ],
)
def test_colophon(end: str, added: int, why: str) -> None:
    assert len(entries(plain(BODY + end))) == 3 + added, why


@pytest.mark.parametrize(
    ("head", "count", "why"),
    [
        ("凡例\n", 3, "items on how to read what follows"),
        ("沿革\n", 4, "a near miss: an entry in a list whose items open so"),
    ],
)
def test_legend(head: str, count: int, why: str) -> None:
    items = "一、大正二年四月 開校\n一、大正三年五月 増築\n一、大正四年六月 改築\n"
    assert len(entries(plain(f"{head}一、明治五年以前 旧暦による\n\n開校より\n{items}"))) == count, why
