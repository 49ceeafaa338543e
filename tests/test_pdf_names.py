"""A column of names beside date cells that open with their year, in PDF editions without all ruling lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pdf_editions.chronology import Row
from tests.pdf_editions.setting import Layout
from tests.pdf_readings import found_rows, made_rows, needs_font, read_made

pytestmark = pytest.mark.pdf

B4 = (1031.8, 728.5)


def yearly(count: int) -> tuple[Row, ...]:
    """A meeting a year: every date cell opens with its year, and few days have the name beside them."""
    rows: list[Row] = []
    for number in range(1, count + 1):
        said = f"・計画の第{number}章について、委員から意見を聴き、事務局が次の会までに直すこととした"
        rows.append(Row((f"平成{number + 1}年",), ()))
        rows.append(
            Row(
                (f"{number % 12 + 1}月{number % 27 + 1}日",),
                (said,) * (1 + number % 3),
                f"第{number}回委員会",
            )
        )
    return tuple(rows)


@needs_font
@pytest.mark.parametrize("rules", ["none", "across"])
@pytest.mark.parametrize(("page", "ups"), [((595.3, 841.9), 1), (B4, 2)], ids=["one", "two_up"])
def test_names_between_a_year_and_its_day_are_a_column(
    tmp_path: Path, rules: str, page: tuple[float, float], ups: int
) -> None:
    layout = Layout(
        page=page,
        ups=ups,
        columns=(95, 120, 0),
        rules=rules,
        year="cell",
        size=10.5,
        leading=16,
        splits=False,
    )
    rows = yearly(26)
    assert found_rows(read_made(tmp_path, rows, layout), 3) == made_rows(rows, layout)
