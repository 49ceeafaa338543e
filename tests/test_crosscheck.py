"""A document checked against itself: a bad document for every code, good ones that look alike."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.findings import severities
from pipeline.model import Reading
from pipeline.parse.crosscheck import CHECKS, cross_check
from pipeline.rules.load import Rules, load_rules
from tests.crosscheck_readings import make_reading

CASES = tomllib.loads((Path(__file__).parent / "examples" / "crosscheck.toml").read_text("utf-8"))["case"]
RULES: Rules = load_rules()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    """Exactly these findings, and their messages name both places."""
    findings = cross_check(make_reading(case, RULES), RULES).findings
    assert [finding.code for finding in findings] == case["codes"], [finding.message for finding in findings]
    messages = " ".join(finding.message for finding in findings)
    for said in case.get("says", ()):
        assert said in messages


def test_every_code_has_a_bad_document() -> None:
    """Number of codes = number of codes with a bad row; every code has a severity; no check shares a code."""
    codes = [code for _, found in CHECKS for code in found]
    assert len(codes) == len(set(codes))
    assert set(codes) == {code for case in CASES for code in case["codes"]}
    assert set(codes) <= set(severities())


def test_every_bad_document_is_bad_for_one_reason() -> None:
    """A bad row trips one code, and there are good rows too."""
    assert all(len(set(case["codes"])) <= 1 for case in CASES)
    assert sum(1 for case in CASES if not case["codes"]) >= len(CHECKS) / 2


def test_nothing_but_findings_changes() -> None:
    """A check never changes a record, and what was found before stays in front."""
    case = next(case for case in CASES if case["id"] == "partners_in_an_entry")
    reading = make_reading(case, RULES)
    checked = cross_check(reading, RULES)
    assert replace(checked, findings=reading.findings) == reading
    assert checked.findings[: len(reading.findings)] == reading.findings
    again = cross_check(checked, RULES)
    assert again.findings[len(checked.findings) :] == checked.findings[len(reading.findings) :]


def test_findings_have_their_place() -> None:
    """A finding points into the source text, and to its event or its table."""
    for case in CASES:
        reading = make_reading(case, RULES)
        for finding in cross_check(reading, RULES).findings:
            assert finding.start is not None and finding.end is not None
            assert 0 <= finding.start < finding.end <= len(reading.document.text)
            assert finding.event is not None or finding.table is not None


def test_empty_reading() -> None:
    """Nothing to check, nothing found."""
    case: dict[str, Any] = {}
    reading: Reading = make_reading(case, RULES)
    assert cross_check(reading, RULES).findings == ()


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="平成令和年度月日第回号0123456789１（）()①③市町村：・協定締結閣議決定に全名 \n", max_size=80
    )
)
def test_any_text_can_be_checked(text: str) -> None:
    """No text of an entry makes a check fail."""
    line = text.replace("\n", " ").strip() or "甲"
    cross_check(
        make_reading(
            {"entries": [{"date": "2019-05-01", "headline": line, "details": [line.replace("|", "")]}]}, RULES
        ),
        RULES,
    )
