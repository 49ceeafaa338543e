"""rules/dates.toml is refused where it could not work, and a user's file adds to it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import RulesError
from pipeline.parse.dates import Said, find_date
from pipeline.rules import dates
from pipeline.rules.load import load_rules
from pipeline.rules.table import Table

SHIPPED = files("pipeline.rules").joinpath("dates.toml").read_text("utf-8")


def _double(data: dict[str, Any]) -> None:
    data["signs"]["waves"].append(data["signs"]["waves"][0])


BAD: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "unknown_key": (lambda data: data.update(colour="red"), "colour: is not a key known here"),
    "unknown_word_list": (lambda data: data["words"].update(later=["後日"]), "later"),
    "doubled_sign": (_double, "stands twice"),
    "missing_list": (lambda data: data["signs"].pop("waves"), "waves: is missing"),
    "stray_blank": (lambda data: data["words"]["same"].append("同 "), "without blanks at its ends"),
    "empty_word": (lambda data: data["words"]["same"].append(""), "without blanks at its ends"),
    "no_text": (lambda data: data["words"]["same"].append(7), "is not a text"),
    "six_weekdays": (lambda data: data["weekdays"]["signs"].pop(), "must name seven days"),
    "no_season": (lambda data: data["words"]["seasons"].update(雨=25), "no season of EDTF"),
    "numeral_no_number": (lambda data: data["numerals"].update(一="one"), "is not a number"),
    "numeral_two_signs": (lambda data: data["numerals"].update(十一=11), "is not one character"),
    "bracket_alone": (lambda data: data["not_after"]["brackets"].append("【"), "opening and a closing sign"),
    "bad_era": (lambda data: data.update(era=[{"name": "新元", "first_year": "soon"}]), "invalid literal"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_rule_is_refused_with_key_and_reason(name: str) -> None:
    change, reason = BAD[name]
    data = tomllib.loads(SHIPPED)
    change(data)
    with pytest.raises(RulesError, match=reason):
        dates.load(Table(data, "mine.toml: dates"))


@pytest.mark.parametrize(
    ("added", "line", "edtf"),
    [
        (
            '[[dates.era]]\nname = "新元"\nshort = ["新", "N"]\nfirst_year = 2040\nstart = 2040-04-01\n',
            "新元2年4月1日 x",
            "2041-04-01",
        ),
        ('[[dates.era]]\nname = "新元"\nshort = ["新", "N"]\nfirst_year = 2040\n', "N2.4.1 x", "2041-04-01"),
        ('[dates.words.seasons]\n"梅雨" = 22\n', "昭和58年梅雨 x", "1983-22"),
        ('[dates.signs]\nwaves = ["≀"]\n', "平成26年4月1日≀3日 x", "2014-04-01/2014-04-03"),
        ("[dates.inexact]\n", None, None),
    ],
    ids=["era", "era_short", "season", "wave", "unknown_table"],
)
def test_a_users_file_adds_words(added: str, line: str | None, edtf: str | None, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(added, encoding="utf-8")
    if line is None:
        with pytest.raises(RulesError, match="inexact"):
            load_rules(path)
        return
    found = find_date(line, Said(), load_rules(path).dates)
    assert found is not None
    assert found.value.edtf == edtf
    before = find_date(line, Said(), load_rules().dates)
    assert before is None or before.value.edtf != edtf
