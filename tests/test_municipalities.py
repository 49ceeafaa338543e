"""Municipalities: what is a mention, whose code it has, and what is none; each case says why."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline import chars
from pipeline.errors import RulesError
from pipeline.model import Reading
from pipeline.parse.municipalities import find_municipalities
from pipeline.parse.people import find_people
from pipeline.rules.load import load_rules
from pipeline.rules.municipalities import check_digit, gazetteer, make_gazetteer, prefecture_code
from pipeline.rules.table import Table
from tests.events_by_hand import make_reading

RULES = load_rules()
CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "examples" / "municipalities.toml").read_text("utf-8")
)["case"]
IDS = [case["id"] for case in CASES]


def read(case: dict[str, Any]) -> Reading:
    reading = make_reading((case.get("date", date(2020, 1, 1)), case["lines"]))
    return find_municipalities(find_people(reading, RULES), RULES)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_municipalities(case: dict[str, Any]) -> None:
    reading = read(case)
    found = [[place.name, place.prefecture or "", place.code or ""] for place in reading.events[0].places]
    assert found == case["places"], case["why"]
    assert [finding.code for finding in reading.findings] == case.get("findings", []), case["why"]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_every_mention_points_to_its_characters(case: dict[str, Any]) -> None:
    reading = read(case)
    for place in reading.events[0].places:
        assert chars.read_spans(reading.document.text, place.spans) == place.name
    for finding in reading.findings:
        assert finding.event == 0
        assert finding.start is not None and finding.end is not None


def test_a_document_of_another_city_means_its_own_wards() -> None:
    """A chronology of 大阪市 that never speaks of Tokyo: 港区 in any entry is 大阪市港区."""
    reading = make_reading((date(2020, 1, 1), ["大阪市の会議"]), (date(2020, 2, 1), ["港区で開催"]))
    place = find_municipalities(reading, RULES).events[1].places[0]
    assert (place.prefecture, place.code) == ("大阪府", "271071")


def test_codes_of_prefectures() -> None:
    """Two digits, 000 and the check digit."""
    assert [prefecture_code(digits) for digits in ("01", "13", "26", "47")] == [
        "010006",
        "130001",
        "260002",
        "470007",
    ]


def test_every_code_has_its_check_digit_and_there_are_all() -> None:
    known = gazetteer()
    bodies = {(body.code, body.name): body for listed in known.names.values() for body in listed}
    assert all(check_digit(code[:5]) == code[5] for code, _ in bodies)
    kinds = [body.kind for body in bodies.values() if body.until is None]
    assert len([kind for kind in kinds if kind not in ("prefecture", "city_ward")]) == 1741
    assert kinds.count("prefecture") == 47
    assert sum(len(listed) > 1 for listed in known.names.values()) == 26  # 25, and 那珂川町 until 2018


def test_a_wrong_code_is_refused() -> None:
    table = Table(
        {
            "former": [
                {"name": "富谷町", "prefecture": "宮城県", "code": "044238", "since": date(2016, 10, 10)}
            ]
        },
        "x.toml",
    )
    with pytest.raises(RulesError, match="check digit of 044238"):
        make_gazetteer([], table)
