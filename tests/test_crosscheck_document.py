"""The real document against itself: what it says wrong, nothing else, and every mistake planted into it."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline.findings import Finding
from pipeline.model import Reading
from pipeline.parse.annex import read_annex
from pipeline.parse.crosscheck import CHECKS, cross_check
from pipeline.parse.entries import cut_entries
from pipeline.parse.events import make_events
from pipeline.parse.furniture import find_furniture
from pipeline.read.text import read_text
from pipeline.rules.load import load_rules
from tests.annex_readings import REAL

HERE = Path(__file__).parent
GOLD = tomllib.loads((HERE / "golden" / "zenkoku-renkei-findings.toml").read_text("utf-8"))["finding"]
PLANTS = tomllib.loads((HERE / "examples" / "crosscheck_planted.toml").read_text("utf-8"))["plant"]
RULES = load_rules()
CODES = {code for _, codes in CHECKS for code in codes}


def check(text: str) -> tuple[Finding, ...]:
    """All findings of the cross-checks on this text."""
    reading = Reading(read_text(text.encode(), "made.txt"))
    for stage in (find_furniture, cut_entries, make_events, read_annex, cross_check):
        reading = stage(reading, RULES)
    return tuple(finding for finding in reading.findings if finding.code in CODES)


@cache
def real_findings() -> tuple[Finding, ...]:
    return check(REAL.read_text("utf-8"))


def test_the_document_disagrees_with_itself_here_and_nowhere_else() -> None:
    """Every disagreement that reading the document shows, and no other; each message names its lines."""
    found = list(real_findings())
    assert sorted(finding.code for finding in found) == sorted(gold["code"] for gold in GOLD)
    for gold in GOLD:
        messages = [finding.message for finding in found if finding.code == gold["code"]]
        assert any(all(f"line {line}" in message for line in gold["lines"]) for message in messages)


@pytest.mark.slow
@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant["id"])
def test_planted_mistake_is_found(plant: dict[str, Any]) -> None:
    """One mistake more in the text: its code more in the findings, and no code that it does not explain."""
    text = REAL.read_text("utf-8")
    assert plant["old"] in text
    before = Counter(finding.code for finding in real_findings())
    after = Counter(finding.code for finding in check(text.replace(plant["old"], plant["new"], 1)))
    more = after - before
    assert more[plant["code"]] >= 1
    assert set(more) <= {plant["code"], *plant.get("also", ())}
