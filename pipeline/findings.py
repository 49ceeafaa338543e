"""The table of finding codes and the Finding type.

A finding says what was read, what was expected and what was done. It never changes a record.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ERROR, WARNING, NOTE = "error", "warning", "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `start` and `end` are its place in the source text, where it has one.

    `event` is the index of the event in the Reading and `table` that of the annex table;
    stages that run before there are events leave it None and the tables fill it from the place.
    """

    code: str
    message: str
    start: int | None = None
    end: int | None = None
    event: int | None = None
    table: int | None = None
    page: int | None = None

    @property
    def severity(self) -> str:
        """error, warning or note, as rules/findings.csv says for the code."""
        return severities()[self.code]


@cache
def severities() -> dict[str, str]:
    """Every finding code with its severity, from rules/findings.csv."""
    source = files("pipeline.rules").joinpath("findings.csv").read_text("utf-8")
    return {row["code"]: row["severity"] for row in csv.DictReader(source.splitlines())}


def count_by_code(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each code, codes in alphabetical order."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    return dict(sorted(counts.items()))
