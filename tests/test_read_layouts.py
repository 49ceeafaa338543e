"""Every layout of tests/layouts is told by its content, and its furniture found."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Document, Reading
from pipeline.parse.furniture import find_furniture
from pipeline.read.source import open_source
from pipeline.rules.load import Rules

FOLDER = Path(__file__).parent / "layouts"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))


def count_rows(document: Document) -> list[int]:
    rows: dict[int, set[int]] = {}
    for line in document.lines:
        if line.cell:
            rows.setdefault(line.cell[0], set()).add(line.cell[1])
    return [len(found) for found in rows.values()]


@pytest.mark.parametrize("name", EXPECTED)
def test_layout_is_told(name: str) -> None:
    document = open_source(FOLDER / name)
    expected = EXPECTED[name]
    assert document.source.kind == expected["kind"]
    assert document.source.encoding == expected.get("encoding", "utf-8")
    assert document.page_count == expected.get("pages", 1)
    assert count_rows(document) == expected.get("tables", [])


@pytest.mark.parametrize("name", EXPECTED)
def test_furniture_is_found(name: str, rules: Rules) -> None:
    document = open_source(FOLDER / name)
    roles = find_furniture(Reading(document), rules).roles
    for role in ("stamp", "page_number", "running_head"):
        numbers = {line.number for line, found in zip(document.lines, roles, strict=True) if found == role}
        assert sorted(numbers) == EXPECTED[name].get(role, []), role


@pytest.mark.parametrize("name", EXPECTED)
def test_no_character_is_lost(name: str) -> None:
    """Every character that is no blank lies in one Line; Markdown and CSV may leave out their markup."""
    document = open_source(FOLDER / name)
    spans = sorted(line.span for line in document.lines)
    covered = {place for span in spans for place in range(span.start, span.end)}
    assert len(covered) == sum(span.end - span.start for span in spans)
    left = {sign for place, sign in enumerate(document.text) if place not in covered and not sign.isspace()}
    allowed = {"text": "", "tsv": "", "csv": ',"', "markdown": "#-*|:<br>[]()：https/example.jp"}
    assert left <= set(allowed[document.source.kind])


def test_every_file_is_expected() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*EXPECTED, "expected.toml"}
