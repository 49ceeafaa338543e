"""Dates of lines, headings and cells against the tables in tests/examples/dates*.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from edtf import parse_edtf

from pipeline.parse.dates import (
    Found,
    Said,
    find_clock,
    find_date,
    find_year_heading,
    parse_date,
)
from pipeline.rules.dates import DateRules, for_text
from pipeline.rules.load import load_rules

EXAMPLES = Path(__file__).parent / "examples"
TABLES = (
    "dates",
    "dates_cycle",
    "dates_no_date",
    "dates_carried",
    "dates_cells",
    "dates_headings",
    "dates_books",
)
READERS = {"line": find_date, "heading": find_year_heading, "cell": parse_date, "clock": find_clock}
KNOWN = {
    *("edtf", "start", "end", "precision", "date_text", "rest", "findings", "no_date"),
    *("doubt", "kind", "weekdays", "year_below", "era_below"),
}


def _cases() -> list[Any]:
    cases = []
    for table in TABLES:
        for case in tomllib.loads((EXAMPLES / f"{table}.toml").read_text("utf-8"))["case"]:
            cases.append(pytest.param(case, id=f"{table}-{case['id']}"))
    return cases


@pytest.fixture(scope="module")
def rules() -> DateRules:
    return load_rules().dates


def read_above(lines: list[Any], rules: DateRules) -> Said:
    """The context after the lines above: headings and dated lines."""
    said = Said()
    for line in lines:
        found = (
            find_year_heading(line, said, rules)
            or find_date(line, said, rules)
            or find_clock(line, said, rules)
        )
        assert found is not None, f"the line above is no date: {line}"
        said = found.said
    return said


def read_given(given: dict[str, Any], rules: DateRules) -> Found | None:
    """What the case's text is read as."""
    said = read_above(given.get("above", []), rules)
    return READERS[given.get("how", "line")](given["text"], said, rules)


@pytest.mark.parametrize("case", _cases())
def test_reads_as_the_table_says(case: dict[str, Any], rules: DateRules) -> None:
    expect = case["expect"]
    assert set(expect) <= KNOWN
    found = read_given(case["given"], rules)
    if expect.get("no_date"):
        assert found is None
        return
    assert found is not None
    value = found.value
    got = (value.edtf, value.start, value.end, value.precision)
    assert got == tuple(expect.get(key) for key in ("edtf", "start", "end", "precision"))
    assert [finding.code for finding in found.findings] == expect.get("findings", [])
    assert (found.confidence < 0.5) == expect.get("doubt", False)
    if case["given"].get("how", "line") in ("line", "clock"):
        text = case["given"]["text"]
        assert text[found.end :] == expect.get("rest", "")
        assert value.text.value == expect.get(
            "date_text", text[found.start : found.end].replace(" \n", "").replace("\n", "")
        )
    elif "date_text" in expect:
        assert value.text.value == expect["date_text"]
    if "kind" in expect:
        assert found.kind == expect["kind"]
    if "weekdays" in expect:
        assert [f"{one.day} {one.sign}" for one in found.weekdays] == expect["weekdays"]
    if "year_below" in expect:
        assert found.said.year == expect["year_below"]
    if "era_below" in expect:
        assert found.said.era is not None
        assert found.said.era.name == expect["era_below"]


@pytest.mark.parametrize("case", _cases())
def test_eras_that_the_text_does_not_name_change_nothing(case: dict[str, Any], rules: DateRules) -> None:
    """What is left of the rules for a text reads it as all of them do."""
    given = case["given"]
    text = "\n".join([*given.get("above", []), given["text"]])
    whole, narrow = read_given(given, rules), read_given(given, for_text(rules, text))
    assert narrow == whole
    assert (whole and whole.said) == (narrow and narrow.said)


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("文化2年 大火", True),
        ("⽂化　２年　大火", True),  # a radical, a wide blank, a wide digit
        ("文 化 二 年", True),
        ("慶応\n三年 大政奉還", True),  # era and year in cells of their own
        ("元禄年間 新田を開く", True),
        ("享保の末 大火", True),
        ("3年（1853年） 黒船", True),  # the era is told by the year beside it
        ("平成2年 文化会館を開館", False),
        ("平成2年 天文台を開く", False),
    ],
)
def test_old_eras_are_left_out_where_no_date_can_be_of_them(
    text: str, is_named: bool, rules: DateRules
) -> None:
    assert (for_text(rules, text) is rules) == is_named


@pytest.mark.parametrize("case", _cases())
def test_edtf_is_accepted_by_a_stranger(case: dict[str, Any]) -> None:
    edtf = case["expect"].get("edtf")
    if edtf is not None:
        assert parse_edtf(edtf) is not None


def test_every_case_has_its_own_id_and_a_reason() -> None:
    ids = [case.id for case in _cases()]
    assert len(ids) == len(set(ids))
    assert len(ids) >= 400
    assert all(case.values[0]["why"] for case in _cases())


def test_findings_point_at_the_text(rules: DateRules) -> None:
    for case in _cases():
        given = case.values[0]["given"]
        found = read_given(given, rules)
        for finding in found.findings if found and "text" in given else ():
            assert finding.start is not None
            assert finding.end is not None
            assert found.start <= finding.start < finding.end <= found.end
            assert finding.severity in ("warning", "note")
