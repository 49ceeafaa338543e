"""Eras that nobody knows, in chronologies of old: no date, a finding, and nothing older serves below them."""

from __future__ import annotations

from pipeline.build import parse_document
from pipeline.model import Reading
from pipeline.read.text import read_text
from pipeline.rules.dates import for_text
from pipeline.rules.load import load_rules

RULES = load_rules()
TEMPLE = """清瀧寺略年表

養老二年 大師来山
大同元年 伽藍建立
福徳二年 兵火により焼失
同五年 再建
弥勒三年（1508） 鐘楼建立
永正十年 梵鐘鋳造
開創百年 法要を営む
"""


def read(text: str) -> Reading:
    return parse_document(read_text(text.encode(), "a.txt"), RULES)


def test_an_era_that_nobody_knows_dates_nothing_and_nothing_below_it() -> None:
    reading = read(TEMPLE)
    found = [(event.date.edtf, event.headline.value) for event in reading.events]
    assert found[2:6] == [
        (None, "兵火により焼失"),
        (None, "再建"),
        ("1508", "鐘楼建立"),
        ("1513", "梵鐘鋳造"),
    ]
    codes = [finding.code for finding in reading.findings if finding.code.startswith("date_")]
    assert codes == ["date_unreadable", "date_context_blocked"]


def test_words_before_a_number_of_years_are_no_eras() -> None:
    assert for_text(RULES.dates, TEMPLE).unknown_eras == ("弥勒", "福徳")


def test_a_text_of_today_has_no_unknown_eras() -> None:
    text = "平成二年 開館\n平成三年 増築\n平盛四年 改築\n"
    assert for_text(RULES.dates, text).unknown_eras == ()
