"""A year by the calendar on one line and by its era on the next; dates in dots that say their year on every line."""

from __future__ import annotations

import pytest

from tests.made_documents import entries, plain


@pytest.mark.parametrize(
    ("lines", "dates", "why"),
    [
        ("1901\n明治34\n学校を建てる\n1902\n〃35\n校舎を移す", ["1901", "1902"], "a sign repeats the era"),
        ("1890\n明治23\n村会を開く\n1891\n24\n役場を建てる", ["1890", "1891"], "the era is left out"),
        ("1624〜44\n寛永中\n新田を開く\n1673\n延宝1\n検地", ["1624/1644", "1673"], "the whole of an era"),
        (
            "1901\n明治35\n学校を建てる\n1902\n明治35\n校舎を移す",
            ["1902", "1902"],
            "another year is no repetition",
        ),
    ],
)
def test_a_year_over_two_lines(lines: str, dates: list[str], why: str) -> None:
    assert [date for date, _ in entries(plain(lines + "\n1910\n明治43\n大水"))] == [*dates, "1910"], why


WHOLE = "昭和7. 1. 1 甲\n12. 9 乙\n50. 4. 1 丙\n51. 6. 3 丁\n52. 7. 1 戊\n53. 2. 8 己\n"


@pytest.mark.parametrize(
    ("others", "date", "why"),
    [
        ("57. 4 庚\n58. 9 辛", "1937-09", "years are said on every line"),
        ("57. 4. 2 庚\n58. 9. 1 辛", "1932-12-09", "no other date is a year and a month"),
    ],
)
def test_two_numbers_below_whole_dates(others: str, date: str, why: str) -> None:
    found = {text: edtf for edtf, text in entries(plain(WHOLE + others))}
    assert found["乙"] == date, why
