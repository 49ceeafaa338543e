"""The files of an edition: the same bytes for the same input, and every reader gets the same tables."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import SchemaError
from pipeline.tables.columns import LIST, NUMBER, TEXT, Column, Table
from pipeline.tables.frames import join_list, make_frame, read_csv, read_parquet, split_list
from pipeline.tables.records import About, make_records
from pipeline.tables.schema import EDITION_TABLES, EVENTS
from pipeline.tables.write import write_csv, write_edition

from .made_readings import make_reading

ABOUT = About("made", "2024-03-08", "0.1.0", "abc")
NAMES = [table.name for table in EDITION_TABLES]


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    folder = tmp_path / "made" / "2024-03-08"
    write_edition(make_reading(), ABOUT, folder)
    return folder


def test_all_tables_are_there_even_empty_ones(edition: Path) -> None:
    expected = {f"{name}.{kind}" for name in NAMES for kind in ("csv", "parquet")} | {"datapackage.json"}
    assert {path.name for path in edition.iterdir()} == expected


def test_the_same_input_gives_the_same_bytes(edition: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    write_edition(make_reading(), ABOUT, again)
    for path in edition.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("table", EDITION_TABLES, ids=NAMES)
def test_csv_and_parquet_give_back_the_same_frame(real_edition: Path, table: Table) -> None:
    frame = read_parquet(table, real_edition / f"{table.name}.parquet")
    pd.testing.assert_frame_equal(read_csv(table, real_edition / f"{table.name}.csv"), frame)


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_reads_the_parquet(real_edition: Path, name: str) -> None:
    path = real_edition / f"{name}.parquet"
    count = duckdb.sql(f"select count(*) from read_parquet('{path}')").fetchall()
    assert count == [(parquet.read_metadata(path).num_rows,)]


def test_types_in_parquet(edition: Path) -> None:
    schema = parquet.read_schema(edition / "events.parquet")
    said = {name: str(schema.field(name).type) for name in ("event_id", "sequence", "start_date")}
    assert said == {"event_id": "string", "sequence": "int64", "start_date": "date32[day]"}
    assert schema.metadata is None
    compression = parquet.ParquetFile(edition / "events.parquet").metadata.row_group(0).column(0).compression
    assert compression == "ZSTD"


def test_csv_is_what_excel_opens(edition: Path) -> None:
    data = (edition / "events.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfseries,edition,event_id,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == 3


def cells(edition: Path, name: str) -> list[dict[str, str]]:
    with (edition / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_numbers_are_no_formulas_and_missing_is_empty(edition: Path) -> None:
    row = cells(edition, "annex_cells")[1]
    assert (row["text"], row["value"], row["caption"]) == ("＋241", "241.0", "")
    assert cells(edition, "agreements")[0]["municipality_count"] == "241"


ONE = Table("one", "", (Column("text", TEXT, "", null=True), Column("list", LIST, "", null=True)), ())

GUARDED = [
    ("=1+1", "'=1+1"),
    ("+241", "'+241"),
    ("-", "'-"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\tx", "'\tx"),
    ("\rx", "'\rx"),
    ("'=1", "''=1"),
    ("'quoted'", "'quoted'"),
    ("会場=東京", "会場=東京"),
    ("＝１", "＝１"),
]


@pytest.mark.parametrize(("text", "cell"), GUARDED, ids=[row[1] for row in GUARDED])
def test_a_formula_is_guarded_in_csv_and_comes_back(tmp_path: Path, text: str, cell: str) -> None:
    path = tmp_path / "one.csv"
    frame = make_frame(ONE, [(text, None)])
    write_csv(ONE, {"one": frame}, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][0] == cell
    pd.testing.assert_frame_equal(read_csv(ONE, path), frame)


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
lists = st.lists(
    st.one_of(words, st.sampled_from(["a / b", "a // b", " / ", "=x"])).filter(bool), min_size=1, max_size=4
)


@given(st.lists(st.tuples(st.none() | words.filter(bool), st.none() | lists), max_size=5))
def test_any_text_comes_back_from_csv(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, ...]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "one.csv"
    frame = make_frame(ONE, rows)
    write_csv(ONE, {"one": frame}, path)
    pd.testing.assert_frame_equal(read_csv(ONE, path), frame)


def test_a_slash_inside_an_item_is_doubled() -> None:
    assert join_list(["a / b", "c"]) == "a // b / c"
    assert split_list("a // b / c") == ["a / b", "c"]


def test_values_are_fitted_to_their_columns() -> None:
    number = Table("n", "", (Column("n", NUMBER, ""), Column("e", TEXT, "", null=True)), ())
    assert make_frame(number, [(3, "")]).iloc[0].to_list() == [3.0, pd.NA]
    rows = make_records(make_reading(), ABOUT).rows
    assert rows["agreements"][0][-1] == 241.0
    frame = make_frame(EVENTS, rows["events"])
    assert frame["start_date"].to_list() == [date(2014, 9, 10)] * 2
    assert frame["fiscal_year"].to_list() == [2014, 2014]


def test_a_value_that_does_not_fit_is_named() -> None:
    row = list(make_records(make_reading(), ABOUT).rows["events"][0])
    row[3] = "first"
    with pytest.raises(SchemaError, match=r"events.sequence: expected integer"):
        make_frame(EVENTS, [row])


def test_the_descriptor_says_the_guard_and_the_hashes(edition: Path) -> None:
    package = json.loads((edition / "datapackage.json").read_text("utf-8"))
    assert package["csvGuard"] == {"prefix": "'", "before": ["=", "+", "-", "@", "\t", "\r"]}
    assert package["name"] == "made_2024-03-08"
    assert [each["name"] for each in package["resources"]] == NAMES
    assert all(each["bytes"] == (edition / each["path"]).stat().st_size for each in package["resources"])


@pytest.mark.parametrize("which", ["edition", "real_edition"])
def test_frictionless_finds_the_package_valid(which: str, request: pytest.FixtureRequest) -> None:
    from frictionless import Package, system

    folder = request.getfixturevalue(which)
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "fieldName", "message"])
