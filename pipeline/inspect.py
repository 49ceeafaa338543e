"""Tables that stand in a folder, looked over: do they keep the contract, and what does the account say.

Takes the folder of an edition, or one with such folders below. Gives an `Inspection` for each.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SchemaError
from pipeline.tables.checks import check_frames
from pipeline.tables.frames import Frames, read_csv, read_parquet
from pipeline.tables.schema import EDITION_TABLES, ROLES

MARK = "events.parquet"


@dataclass(frozen=True, slots=True)
class Inspection:
    """One edition's tables: what is wrong, characters by role, and findings by severity."""

    folder: Path
    wrong: tuple[str, ...]
    account: dict[str, int]
    severities: dict[str, int]


def check_edition(folder: Path) -> Inspection:
    """Looks over the tables of one edition folder; a table that is not there is among what is wrong."""
    frames: Frames = {}
    wrong: list[str] = []
    for table in EDITION_TABLES:
        try:
            frames[table.name] = read_parquet(table, folder / f"{table.name}.parquet")
            if not read_csv(table, folder / f"{table.name}.csv").equals(frames[table.name]):
                wrong.append(f"{table.name}: the CSV file does not say what the Parquet file says")
        except SchemaError as error:
            wrong.append(str(error))
    if len(frames) == len(EDITION_TABLES):
        wrong += check_frames(frames)
    return Inspection(folder, tuple(wrong), _count_roles(frames), _count_severities(frames))


def check_all(folder: Path) -> Iterator[Inspection]:
    """Every edition in this folder and below; SchemaError where there is none."""
    if not folder.is_dir():
        raise SchemaError(f"{folder}: expected a folder with tables, found none of that name")
    folders = list(_find_editions(folder))
    if not folders:
        raise SchemaError(f"{folder}: expected the tables of an edition ({MARK}) in it or below, found none")
    return map(check_edition, folders)


def _find_editions(top: Path) -> Iterator[Path]:
    for name, folders, files in os.walk(top):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        is_edition = "datapackage.json" in files and Path(name).parent.name != "diff"
        if MARK in files or is_edition:
            yield Path(name)


def _count_roles(frames: Frames) -> dict[str, int]:
    if "account" not in frames or not {"role", "char_start", "char_end"} <= set(frames["account"].columns):
        return {}
    account = frames["account"]
    counts: Counter[str] = Counter()
    for role, start, end in zip(account["role"], account["char_start"], account["char_end"], strict=True):
        counts[str(role)] += int(end) - int(start)
    return {role: counts[role] for role in ROLES if counts[role]}


def _count_severities(frames: Frames) -> dict[str, int]:
    if "findings" not in frames or "severity" not in frames["findings"].columns:
        return {}
    return dict(sorted(Counter(frames["findings"]["severity"].to_list()).items()))
