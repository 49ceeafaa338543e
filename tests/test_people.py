"""People: who is named, with affiliation and role; each case says why."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import chars
from pipeline.build import read_chronology
from pipeline.model import Person, Reading
from pipeline.parse.people import find_people
from pipeline.parse.people_units import KANJI_RUN
from pipeline.rules.load import load_rules
from tests.events_by_hand import make_reading

RULES = load_rules()
CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "examples" / "people.toml").read_text("utf-8")
)["case"]
WORDS = [
    "大杉",
    "覚",
    "氏",
    "（",
    "）",
    "東京都立大学",
    "教授",
    "・",
    " ",
    "。",
    "課長",
    "港区",
    "長",
    "・",
    "石破茂",
    "大臣",
    "パネリスト",
    "…",
    "係",
]


def people_of(*lines: str) -> tuple[Person, ...]:
    return find_people(make_reading((None, lines)), RULES).events[0].people


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_people(case: dict[str, Any]) -> None:
    found = [
        [person.name, person.affiliation or "", person.role or ""] for person in people_of(*case["lines"])
    ]
    assert found == case["people"], case["why"]


def assert_places(reading: Reading) -> None:
    """Every field of a person is what its spans read, but for the blank that a joined name gets."""
    source = reading.document.text
    for event in reading.events:
        for person in event.people:
            shown = chars.read_spans(source, person.name_spans)
            assert shown.replace(" ", "") == person.name.replace(" ", "")
            assert chars.read_spans(source, person.affiliation_spans) == (person.affiliation or "")
            assert chars.read_spans(source, person.role_spans) == (person.role or "")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_field_points_to_its_characters(case: dict[str, Any]) -> None:
    assert_places(find_people(make_reading((None, case["lines"])), RULES))


def test_a_name_proved_once_is_known_elsewhere() -> None:
    """段塚 克志 has neither 氏 nor a post in the second entry; the first one proves the name."""
    reading = make_reading(
        (None, ["講演会", "特別区長会事務局副参事 段塚 克志"]),
        (None, ["意見交換", "全般グループ（特別区長会 段塚 克志）"]),
    )
    first, second = find_people(reading, RULES).events
    assert [(person.name, person.affiliation) for person in second.people] == [("段塚 克志", "特別区長会")]
    assert not people_of("意見交換", "全般グループ（特別区長会 段塚 克志）")
    assert first.people[0].affiliation == "特別区長会事務局副参事"


def test_a_stage_changes_people_only() -> None:
    reading = make_reading((None, ["講演会", "教授 大杉 覚 氏"]))
    after = find_people(reading, RULES)
    assert after.document is reading.document
    assert after.events[0].details == reading.events[0].details
    assert not after.findings


def test_people_in_the_headline_have_no_detail() -> None:
    person = people_of("穂積 志 秋田市長が来館", "1|・||懇談")[0]
    assert person.detail is None
    assert people_of("来館", "懇談", "穂積 志 秋田市長が来館")[0].detail == 1


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map("".join), min_size=1, max_size=5)
)
def test_any_mix_of_words_is_read_and_points_to_its_place(lines: list[str]) -> None:
    """Nothing raises, names never overlap, a name has a family and a given part."""
    reading = find_people(make_reading((None, lines)), RULES)
    assert_places(reading)
    for event in reading.events:
        taken = Counter(
            at for person in event.people for span in person.name_spans for at in range(span.start, span.end)
        )
        assert all(count == 1 for count in taken.values())
        assert all(" " in person.name and KANJI_RUN.search(person.name) for person in event.people)


GOLDEN = Path(__file__).parent / "golden" / "zenkoku-renkei-people.toml"
SOURCE = Path(__file__).parents[1] / "raw" / "zenkoku-renkei" / "2024-03-08.txt"


def test_every_person_of_the_real_document() -> None:
    """All 84 of the document as read by hand, with affiliation and role, in their order."""
    expected = tomllib.loads(GOLDEN.read_text("utf-8"))["person"]
    events = find_people(read_chronology(SOURCE, RULES), RULES).events
    found = [
        (str(event.date.start), event.headline.value, person) for event in events for person in event.people
    ]
    assert [(day, person.name, person.affiliation, person.role) for day, _, person in found] == [
        (row["date"], row["name"], row.get("affiliation"), row.get("role")) for row in expected
    ]
    assert all(
        headline.startswith(row["headline"]) for (_, headline, _), row in zip(found, expected, strict=True)
    )
