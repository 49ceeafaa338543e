"""Editions of a series in the order they were issued, each new one compared with the one before.

Takes the output folder, a series, and which editions are new. Gives a line for each comparison.
"""

from __future__ import annotations

import csv
from collections.abc import Set
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pipeline.errors import PipelineError
from pipeline.summary import find_issue_day


@dataclass(frozen=True, slots=True)
class Shelved:
    """An edition that stands in the output folder, and the day it was issued."""

    folder: Path
    day: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison of two editions in one line; `folder` is None where nothing was written."""

    series: str
    old: str
    new: str
    line: str
    folder: Path | None
    error: str = ""


def compare_neighbours(out: Path, series: str, built: Set[str]) -> list[Compared]:
    """Every new edition against the one before it, and against the one after it where there is one."""
    if not built:
        return []
    pairs = pairwise(list_editions(out / series))
    return [
        _compare(old, new, out, series) for old, new in pairs if {old.folder.name, new.folder.name} & built
    ]


def list_editions(folder: Path) -> list[Shelved]:
    """The editions of a series that have a day of issue, in the order of these days."""
    shelved = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        rows = [] if path.name.startswith(".") else _read_rows(path / "editions.csv")
        day = find_issue_day(rows[0].get("issued_on"), path.name) if rows else None
        if day:
            shelved.append(Shelved(path, day))
    return sorted(shelved, key=lambda each: (each.day, each.folder.name))


def read_source_name(folder: Path) -> str:
    """The file that the tables in this folder were read from; empty where there are none."""
    rows = _read_rows(folder / "editions.csv")
    return (rows[0].get("source_file") or "") if rows else ""


def _compare(old: Shelved, new: Shelved, out: Path, series: str) -> Compared:
    names = (series, old.folder.name, new.folder.name)
    if not _event_ids(old) & _event_ids(new):
        return Compared(
            *names, "no event in common, not compared; nenpyo diff compares them all the same", None
        )
    from pipeline.editions import diff_editions

    try:
        line = diff_editions(old.folder, new.folder, out).summary
    except PipelineError as error:
        return Compared(*names, "could not be compared", None, str(error))
    return Compared(*names, line, out / series / "diff" / f"{names[1]}..{names[2]}")


def _event_ids(edition: Shelved) -> set[str]:
    return {row.get("event_id", "") for row in _read_rows(edition.folder / "events.csv")}


def _read_rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        return []
