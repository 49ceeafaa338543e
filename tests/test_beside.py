"""Tables written by another process are the same, its errors come back, and its death is made up for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.errors import SchemaError
from pipeline.tables.beside import write_beside
from pipeline.tables.records import About, make_records
from pipeline.tables.write import Rows, write_tables

from .made_readings import make_reading


@pytest.fixture
def rows() -> Rows:
    return make_records(make_reading(), About("made", "2024-03-08", "0.1.0", "abc")).rows


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_files_are_the_same(rows: Rows, tmp_path: Path) -> None:
    write_tables(rows, tmp_path / "here", "made")
    with write_beside() as write:
        write(rows, tmp_path / "there", "made")
    assert files(tmp_path / "here") == files(tmp_path / "there")


def test_an_error_comes_back(rows: Rows, tmp_path: Path) -> None:
    spoiled = {**rows, "account": rows["account"][1:]}
    with pytest.raises(SchemaError, match="made: account: row 1 is"), write_beside() as write:
        write(spoiled, tmp_path / "there", "made")
    assert not (tmp_path / "there").exists()


def test_where_the_process_dies_this_one_writes(
    rows: Rows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with write_beside() as write:
        write(rows, tmp_path / "there", "made")
    assert (tmp_path / "there" / "events.csv").is_file()


def test_a_run_that_fails_leaves_no_process(tmp_path: Path) -> None:
    with pytest.raises(KeyError), write_beside():
        raise KeyError
