"""The end of a period at the beginning of the next line, with more of the text behind both."""

from __future__ import annotations

import pytest

from pipeline.model import FULL, OPEN
from tests.made_documents import entries, plain

ABOVE = "昭和45年\n" + "".join(f"1月{day}日 会議{day}\n" for day in range(1, 9))


@pytest.mark.parametrize(
    ("lines", "expected", "why"),
    [
        (
            "3月14日～ 日本万国博覧会（大\n9月13日 阪）を開催",
            ("1970-03-14/1970-09-13", ""),
            "its day stands before what goes on, within brackets",
        ),
        (
            "3月14日～ 窓口業務を一部縮小し、計画\n28日 停電に備える",
            ("1970-03-14/1970-03-28", ""),
            "a day alone",
        ),
        ("3月14日～ 受付を開始\n4月1日 開館", ("1970-03-14/..", "受付を開始"), "the next entry is no end"),
        (
            "3月14日～ 受付を開始し、先着の\n2月1日 以前に申し込んだ者",
            ("1970-03-14/..", ""),
            "an earlier day is no end",
        ),
    ],
)
def test_where_a_period_ends(lines: str, expected: tuple[str, str], why: str) -> None:
    wraps = [OPEN] * 9 + [OPEN if "受付を開始\n" in lines else FULL]
    found = entries(plain(ABOVE + lines + "\n12月1日 閉会\n", wraps))[8]
    assert found[0] == expected[0], why
    assert not expected[1] or found[1] == expected[1], why
