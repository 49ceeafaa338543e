"""Our dates beside those of ja-timex: on the forms it knows we agree, or the reason stands here."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from ja_timex import TimexParser

from pipeline import chars
from pipeline.parse.dates import Found, Said, find_date
from pipeline.rules.load import load_rules

RULES = load_rules().dates
EXAMPLES = Path(__file__).parent / "examples"
DIFFERENT = {
    "a day that does not exist is no date to us": (
        *("none_feb_29", "none_apr_31", "none_feb_30", "none_dots", "none_letter", "none_leap_1900"),
        *(
            "none_month_13",
            "none_month_0",
            "none_day_0",
            "none_day_32",
            "none_kanji",
            "none_period_end",
            "none_list",
        ),
    ),
    "a lunar day that no solar month has is its month to us": ("lunar_30_feb",),
    "a period that runs backwards has no date": ("period_backwards",),
    "they tag dates anywhere in a text; a sentence that starts with one dates no entry": (
        *("issue_west", "edition", "born", "problem", "year_wo", "year_no", "year_wa", "era_no", "era_to"),
        *("full_no", "fiscal_no"),
    ),
    "a law is called after its year": ("law_of_a_year", "bylaw_of_a_year"),
    "an address is no date to us": ("address", "address_blank"),
    "no chronology reaches that year": ("year_high",),
    "March of a fiscal year is in the next calendar year; they pass 度 over": ("fiscal_month",),
    "a quarter is its months to us; they tag the year alone": ("quarter_of_a_fiscal_year",),
    "they tag the second year of a period whose first has no unit": ("west_period_one_unit",),
}
REASONS = {case: reason for reason, cases in DIFFERENT.items() for case in cases}


def _cases() -> list[Any]:
    cases = []
    for table in ("dates", "dates_no_date"):
        for case in tomllib.loads((EXAMPLES / f"{table}.toml").read_text("utf-8"))["case"]:
            given = case["given"]
            if not given.get("above") and given.get("how", "line") == "line" and _theirs(given["text"]):
                cases.append(pytest.param(case["id"], given["text"], id=case["id"]))
    return cases


def _theirs(text: str) -> tuple[str, str] | None:
    """The text and value (YYYY, YYYY-MM or YYYY-MM-DD) of a date that starts the line; None for all else."""
    tags = [tag for tag in TimexParser().parse(text) if tag.type == "DATE"]
    if not tags or not text.lstrip().startswith(tags[0].text[:1]):
        return None
    value = re.sub(r"(-XX)+$", "", tags[0].value)
    return (tags[0].text, value) if re.fullmatch(r"\d{4}(-\d\d){0,2}", value) else None


def _agrees(found: Found | None, text: str, value: str) -> bool:
    """The same value where they tag the whole date; where they tag a piece of it, ours lies inside."""
    if found is None or found.value.edtf is None or found.value.start is None:
        return False
    ours = found.value.edtf.rstrip("~")
    whole = chars.key(text) == chars.key(found.value.text.value)
    if whole:
        return ours == value or (found.value.edtf.startswith(value) and found.kind == "fiscal_year")
    return found.value.start.isoformat().startswith(value) or ours[:4] == value[:4]


@pytest.mark.parametrize(("case", "text"), _cases())
def test_agrees_with_ja_timex_or_says_why_not(case: str, text: str) -> None:
    theirs = _theirs(text)
    assert theirs is not None
    agrees = _agrees(find_date(text, Said(), RULES), *theirs)
    assert agrees == (case not in REASONS), REASONS.get(case, theirs)


def test_every_reason_is_used() -> None:
    assert len(_cases()) > 150
    assert set(REASONS) <= {case.values[0] for case in _cases()}
