"""Torn and mixed texts, cut down to what once was lost from the account or raised: all of it belongs to something."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import read_chronology
from pipeline.errors import SourceError
from pipeline.rules.load import load_rules
from pipeline.tables.account import cut_account
from pipeline.tables.ids import make_ids

RULES = load_rules()
CASES = [
    ("month_beside_a_whole_date", "a.txt", "\t\t月\t日\n昭3\t\t4月\t1日\t科"),
    ("long_vowel_as_a_dash", "a.txt", "平9(997)ー｜成"),
    ("sign_behind_a_date_without_text", "a.txt", "6日、"),
    ("two_signs_with_a_blank_between", "a.csv", "3年（明6）| **1"),
    (
        "notes_above_a_caption",
        "a.txt",
        "7日まで\t訪\n\n※記録の残っていないものは掲載していません。\n遣の状況（）\n遣\t受",
    ),
    (
        "caption_as_first_row",
        "a.txt",
        "２日\n\n\n５月\n８日\u3000\u3000）\n９\u3000\u3000会\n\n\n６月\n３日\u3000\u3000農",
    ),
    ("two_years_above_one_date", "a.txt", "令和  2年2月  置\n令和 3年  9\n1月  3日"),
    (
        "fewer_heads_than_columns",
        "a.txt",
        "号 年 月 日 事\u3000項\n明治 31      事\n      35 1 6   築\n 大正 焼\n 昭和          給",
    ),
]


@pytest.mark.parametrize(("name", "text"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_all_of_it_is_accounted_for(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    reading = read_chronology(path, RULES)
    assert [finding.message for finding in cut_account(reading, make_ids(reading)).findings] == []


@pytest.mark.parametrize("text", ["2  〃行\n5  〃催\x0c度  来", "①  ①\n5  る\n8  1"])
def test_torn_columns_without_a_date_are_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError, match="has no date in it"):
        read_chronology(path, RULES)
