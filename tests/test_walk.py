"""Lines that can open nothing are told by one match; looking at each of them must say the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Reading
from pipeline.parse import memo, walk
from pipeline.parse.columns import read_columns
from pipeline.parse.dates import Said
from pipeline.parse.furniture import find_furniture
from pipeline.parse.sheet import Piece, Sheet, make_sheet
from pipeline.parse.steps import Step
from pipeline.read.source import open_source
from pipeline.read.text import read_text
from pipeline.rules.load import load_rules

RULES = load_rules()
HERE = Path(__file__).parent
SOURCES = [
    path
    for folder in ("chronologies", "layouts")
    for path in sorted((HERE / folder).iterdir())
    if path.suffix in (".txt", ".md", ".csv", ".tsv")
]


def steps_of(sheet: Sheet) -> tuple[Step, ...]:
    return walk.walk(sheet, read_columns(sheet, RULES), RULES)


def look_at_each(sheet: Sheet, _rules: object) -> list[Step | None]:
    return [None] * len(sheet.units)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_document_walked_line_by_line_gives_the_same_steps(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = open_source(path)
    sheet = make_sheet(find_furniture(Reading(document=document), RULES))
    quick = steps_of(sheet)
    monkeypatch.setattr(memo, "plain_texts", look_at_each)
    assert steps_of(sheet) == quick


def test_most_lines_of_the_real_document_can_open_nothing() -> None:
    document = open_source(HERE.parent / "raw" / "zenkoku-renkei" / "2024-03-08.txt")
    sheet = make_sheet(find_furniture(Reading(document=document), RULES))
    assert sum(text is not None for text in memo.plain_texts(sheet, RULES)) > 0.5 * len(sheet.units)


SIGNS = "0１2年月日⽉同翌〃第回平成㍻令和ＨS昭'’（(①ｱ)ア）a【・■～、.／ 　\t会春一元明大正総"


@given(lines=st.lists(st.text(alphabet=SIGNS, min_size=1, max_size=9), min_size=3, max_size=9))
@settings(max_examples=300, deadline=None)
def test_no_line_that_opens_something_is_taken_for_text(lines: list[str]) -> None:
    document = read_text(("平成26年\n9月10日 総会\n" + "\n".join(lines)).encode(), "made.txt")
    sheet = make_sheet(Reading(document=document))
    said = Said(year=2014)
    for place, text in enumerate(memo.plain_texts(sheet, RULES)):
        if text is not None:
            piece = sheet.units[place]
            assert isinstance(piece, Piece)
            seen = walk.look(sheet, place, piece, said, RULES)
            assert (seen.heading, seen.start, seen.numbered) == (None, None, None)
