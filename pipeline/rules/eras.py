"""The eras of rules/eras.csv, and those a user's rules add, checked and frozen."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from pipeline.errors import RulesError
from pipeline.rules.table import Table

COLUMNS = ("name", "short", "first_year", "last_year", "start", "end", "source")


@dataclass(frozen=True, slots=True, eq=False)
class Era:
    """One era, compared by identity. Before 明治 there are only years: its months are lunar and no Gregorian days are claimed.

    `first_year` is the calendar year of its 元年, `last_year` the one it ended in (None: it runs).
    `start` and `end` are its first and last day; a day that two eras share is in both.
    """

    name: str
    short: tuple[str, ...]
    first_year: int
    last_year: int | None
    start: date | None
    end: date | None


def load_eras(added: tuple[Table, ...] = ()) -> tuple[Era, ...]:
    """All eras, oldest first, with those of `added`; RulesError for a row that cannot be."""
    source = files("pipeline.rules").joinpath("eras.csv").read_text("utf-8")
    reader = csv.DictReader(source.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise RulesError(f"eras.csv: its columns must be {', '.join(COLUMNS)}")
    eras = [_make_era(row, f"eras.csv: line {line}") for line, row in enumerate(reader, 2)]
    eras.extend(_added_era(table) for table in added)
    _check_names(eras)
    return tuple(eras)


def _added_era(table: Table) -> Era:
    row = {name: str(table.optional(name, (str, int, date)) or "") for name in COLUMNS if name != "short"}
    row["short"] = " ".join(table.words("short", ()))
    table.finish()
    return _make_era(row, table.where)


def _make_era(row: Mapping[str, str], where: str) -> Era:
    """The era of one row; it must not end before it starts."""
    try:
        era = Era(
            name=row["name"],
            short=tuple(row["short"].split()),
            first_year=int(row["first_year"]),
            last_year=int(row["last_year"]) if row["last_year"] else None,
            start=date.fromisoformat(row["start"]) if row["start"] else None,
            end=date.fromisoformat(row["end"]) if row["end"] else None,
        )
    except ValueError as error:
        raise RulesError(f"{where}: {error}") from error
    if not era.name.strip():
        raise RulesError(f"{where}: name: is missing")
    if era.last_year is not None and era.last_year < era.first_year:
        raise RulesError(f"{where}: last_year: {era.name} ends before it starts")
    if era.start and era.end and era.end < era.start:
        raise RulesError(f"{where}: end: {era.name} ends before it starts")
    return era


def _check_names(eras: list[Era]) -> None:
    seen: dict[str, str] = {}
    for era in eras:
        for form in (era.name, *era.short):
            if form in seen:
                raise RulesError(f"eras.csv: {form}: stands for {seen[form]} and for {era.name}")
            seen[form] = era.name
