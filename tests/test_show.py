"""One line of the source, on its way through every stage."""

from __future__ import annotations

import pytest

from pipeline.errors import SourceError
from pipeline.model import Reading
from pipeline.rules.load import Rules
from pipeline.show import render_entry

CASES = [
    ("date", 5, ["date     2014-09-10 ·", "meeting · 特別区制度懇談会委員", "account  blank", "unread 0"]),
    ("detail", 8, ["date     2014-09-10 ·", "level 1 · marker ・", "marker by markers.toml: bullet"]),
    ("empty line inside an entry", 7, ["date     2014-09-10 ·"]),
    ("year heading", 3, ["region   chronology", "year 5", "unread 0"]),
    ("title", 1, ["region   title", "title 24"]),
]


@pytest.mark.parametrize(("line", "said"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_a_line_shows_what_became_of_it(
    real_reading: Reading, rules: Rules, line: int, said: list[str]
) -> None:
    shown = render_entry(real_reading, rules, line)
    assert [part for part in said if part not in shown] == []


def test_without_a_line_the_first_entry_is_shown(real_reading: Reading, rules: Rules) -> None:
    assert render_entry(real_reading, rules) == render_entry(real_reading, rules, 5)


def test_the_type_is_explained_by_its_word(real_reading: Reading, rules: Rules) -> None:
    assert "type by event_types.toml: meeting, 懇談会 in the headline" in render_entry(real_reading, rules, 5)


def test_furniture_names_its_rule(real_reading: Reading, rules: Rules) -> None:
    lines = zip(real_reading.document.lines, real_reading.roles, strict=True)
    number = next(line.number for line, role in lines if role == "page_number")
    assert "page_number by furniture.toml" in render_entry(real_reading, rules, number)


def test_an_annex_line_shows_its_cells(real_reading: Reading, rules: Rules) -> None:
    cell = next(cell for table in real_reading.tables for cell in table.cells if cell.value is not None)
    start = cell.text.spans[0].start
    lines = (line for line in real_reading.document.lines if line.span.start <= start < line.span.end)
    assert "cell     t" in render_entry(real_reading, rules, next(lines).number)


def test_a_line_that_is_not_there(real_reading: Reading, rules: Rules) -> None:
    with pytest.raises(SourceError, match=r"2024-03-08\.txt: line 99999 is empty or not there"):
        render_entry(real_reading, rules, 99_999)
