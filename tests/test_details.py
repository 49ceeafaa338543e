"""Paragraphs, labels, markers and levels of entries: tests/examples/details.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline import chars
from pipeline.model import Detail
from pipeline.parse.details import count_of, cut_details
from pipeline.parse.joins import find_habits
from pipeline.parse.paragraphs import cut_paragraphs
from pipeline.rules.load import load_rules
from tests.builders import make_document, make_fragments

CASES = tomllib.loads((Path(__file__).parent / "examples" / "details.toml").read_text("utf-8"))["case"]


def read_details(text: str) -> tuple[str, tuple[Detail, ...], str]:
    rules = load_rules()
    document = make_document(text)
    habits = find_habits(document, document.lines)
    paragraphs = cut_paragraphs(document.text, make_fragments(document), habits, rules)
    headline = paragraphs[0].text.value
    return headline, cut_details(headline, paragraphs[1:], rules), document.text


def show(detail: Detail) -> str:
    label = f"[{detail.label.value}]" if detail.label else ""
    parts = (str(detail.level), detail.marker.value if detail.marker else "", label, detail.text.value)
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_details(case: dict[str, object]) -> None:
    """Each entry of the table gives the details that its reason asks for."""
    _, details, _ = read_details(str(case["given"]))
    assert [show(detail) for detail in details] == case["expect"], case["why"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_every_field_is_what_its_places_say(case: dict[str, object]) -> None:
    """A field is exactly what its characters of the source read, and no character serves twice."""
    _, details, source = read_details(str(case["given"]))
    used: set[int] = set()
    for detail in details:
        for text in (detail.marker, detail.label, detail.text):
            if text is None:
                continue
            assert chars.read_spans(source, text.spans) == chars.clean(text.value)
            places = {at for span in text.spans for at in range(span.start, span.end)}
            assert not places & used
            used |= places


@pytest.mark.parametrize(
    ("sign", "value"),
    [("①", 1), ("⑳", 20), ("㉑", 21), ("㊱", 36), ("（２）", 2), ("(10)", 10), ("1）", 1), ("（ウ）", 3)],
)
def test_count_of(sign: str, value: int) -> None:
    """The number that a counting sign says."""
    assert count_of(sign) == value


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (
            "平成３０年度 第３回 魅力発信イベント\n「山村フェア」開催",
            "平成30年度 第3回 魅力発信イベント「山村フェア」開催",
        ),
        ("区長会総会\n「山村フェア」開催", "区長会総会"),
        ("第３回フェア開催\n「山村フェア」開催", "第3回フェア開催"),
        ("防災無線、速報メー\nル及び車両により周知", "防災無線、速報メール及び車両により周知"),
        ("防災無線、速報メール\nア 市民への周知", "防災無線、速報メール"),
    ],
    ids=[
        "stops_before_its_verb",
        "near_miss_no_series",
        "near_miss_has_its_verb",
        "inside_a_word_in_katakana",
        "near_miss_a_sign_of_a_list",
    ],
)
def test_headline_goes_on(text: str, headline: str) -> None:
    """A numbered series that stops before its verb takes the line with its name and verb; a torn word its rest."""
    assert read_details(text)[0] == headline
