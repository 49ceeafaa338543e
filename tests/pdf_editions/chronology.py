"""The chronologies that the test editions are made from: what a reading must give back.

A file has a line each for a year (`= `), a line of a date (`@ `), a paragraph (two blanks, more for an indent).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """One row: the lines of its date, its paragraphs; a year in a row of its own has no paragraphs."""

    date: tuple[str, ...]
    paragraphs: tuple[str, ...]
    name: str = ""  # of the meeting, in a table of three columns

    @property
    def is_year(self) -> bool:
        return not self.paragraphs


def read_rows(name: str) -> tuple[Row, ...]:
    """The rows of a file beside this one."""
    rows: list[tuple[list[str], list[str]]] = []
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith("= "):
            rows.append(([line[2:]], []))
        elif line.startswith("@ "):
            if not rows or rows[-1][1] or _is_year(rows[-1][0]):
                rows.append(([], []))
            rows[-1][0].append(line[2:])
        elif line.startswith("  "):
            rows[-1][1].append(line[2:])
    return tuple(Row(tuple(date), tuple(paragraphs)) for date, paragraphs in rows)


def _is_year(date: list[str]) -> bool:
    return len(date) == 1 and date[0].endswith(("年", "年度"))


def name_first(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows with their first paragraph as the name of the meeting, for a table of three columns."""
    return tuple(row if row.is_year else Row(row.date, row.paragraphs[1:], row.paragraphs[0]) for row in rows)
