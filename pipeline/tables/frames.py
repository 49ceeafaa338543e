"""Typed frames of rows: one DataFrame a table, columns in schema order.

Takes rows as tuples, or Parquet and CSV files as they were written. Gives pandas DataFrames whose
columns have Arrow types (string, int64, double, date32, list of strings), missing values being null.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import SchemaError
from pipeline.tables.columns import DATE, INTEGER, LIST, LIST_SEPARATOR, NUMBER, TEXT, Column, Table
from pipeline.tables.schema import EDITION_TABLES

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Frames = dict[str, "pd.DataFrame"]
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"
_SLASHES = re.compile(r"(?<= )(/+)(?= )")
_DOUBLED = re.compile(r"(?<= )/(/+)(?= )")


def make_frames(rows: Mapping[str, Sequence[Sequence[object]]]) -> Frames:
    """A frame for every table of an edition; SchemaError names the column that a value does not fit."""
    return {table.name: make_frame(table, rows[table.name]) for table in EDITION_TABLES}


def make_frame(table: Table, rows: Sequence[Sequence[object]]) -> pd.DataFrame:
    """The frame of one table from rows in schema order."""
    import pyarrow as pa

    columns = zip(*rows, strict=True) if rows else [()] * len(table.columns)
    arrays = []
    for column, values in zip(table.columns, columns, strict=True):
        try:
            arrays.append(pa.array([_fit(column, value) for value in values], arrow_type(column)))
        except (pa.ArrowException, TypeError, ValueError, OverflowError) as error:
            raise SchemaError(
                f"{table.name}.{column.name}: expected {column.kind}, got what is none: {error}"
            ) from error
    return frame_of(pa.Table.from_arrays(arrays, schema=arrow_schema(table)))


def frame_of(arrow: pa.Table) -> pd.DataFrame:
    """The frame with the same columns and types as this Arrow table."""
    import pandas as pd

    return arrow.to_pandas(types_mapper=pd.ArrowDtype)


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow types of a table's columns."""
    import pyarrow as pa

    return pa.schema([pa.field(column.name, arrow_type(column)) for column in table.columns])


def arrow_type(column: Column) -> pa.DataType:
    """The Arrow type of a column."""
    import pyarrow as pa

    kinds = {TEXT: pa.string(), INTEGER: pa.int64(), NUMBER: pa.float64(), DATE: pa.date32()}
    return kinds.get(column.kind) or pa.list_(pa.string())


def read_parquet(table: Table, path: Path) -> pd.DataFrame:
    """The frame of a Parquet file as it stands, whatever its columns; SchemaError where it cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    try:
        return frame_of(parquet.read_table(path, partitioning=None))
    except (OSError, pa.ArrowException) as error:
        raise SchemaError(f"{path}: cannot be read as the Parquet file of {table.name}: {error}") from error


def read_csv(table: Table, path: Path) -> pd.DataFrame:
    """The frame of a CSV file: guards taken off, empty cells null where the column may be null."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, *lines = csv.reader(file)
    except (OSError, UnicodeDecodeError, ValueError, csv.Error) as error:
        raise SchemaError(f"{path}: cannot be read as the CSV file of {table.name}: {error}") from error
    if tuple(head) != table.names:
        raise SchemaError(f"{path}: expected the columns {', '.join(table.names)}; got {', '.join(head)}")
    short = next((number for number, line in enumerate(lines, start=2) if len(line) != len(head)), None)
    if short:
        raise SchemaError(f"{path}: row {short} has another number of cells than the head")
    return make_frame(
        table, [[_from_cell(c, cell) for c, cell in zip(table.columns, line, strict=True)] for line in lines]
    )


def csv_rows(table: Table, frame: pd.DataFrame) -> Iterable[list[str]]:
    """The cells of a CSV file, a list a row: formulas guarded, lists joined, null empty."""
    columns = [[_to_cell(column, value) for value in _values(frame[column.name])] for column in table.columns]
    return (list(cells) for cells in zip(*columns, strict=True))


def join_list(items: Iterable[str]) -> str:
    """A list in one cell: `a / b`; a lone slash inside an item is doubled, `a // b`."""
    return LIST_SEPARATOR.join(_SLASHES.sub(r"\1/", item) for item in items)


def split_list(cell: str) -> list[str]:
    """The list that `join_list` wrote."""
    return [_DOUBLED.sub(r"\1", item) for item in cell.split(LIST_SEPARATOR)]


def _values(series: pd.Series) -> list[Any]:
    import pyarrow as pa

    return list(pa.array(series).to_pylist())


def _to_cell(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == DATE:
        return str(value.isoformat())
    if column.kind == NUMBER:
        return json.dumps(value)
    text = join_list(value) if column.kind == LIST else str(value)
    is_formula = column.kind in (TEXT, LIST) and text.lstrip(GUARD).startswith(FORMULA_SIGNS)
    return GUARD + text if is_formula else text


def _from_cell(column: Column, cell: str) -> object:
    if cell == "":
        return None if column.null else ""
    if column.kind in (TEXT, LIST):
        is_guarded = cell.startswith(GUARD) and cell.lstrip(GUARD).startswith(FORMULA_SIGNS)
        text = cell[len(GUARD) :] if is_guarded else cell
        return split_list(text) if column.kind == LIST else text
    if column.kind == DATE:
        return date.fromisoformat(cell)
    return int(cell) if column.kind == INTEGER else float(cell)


def _fit(column: Column, value: Any) -> Any:
    """A value as its column's type takes it: whole floats are integers, ISO texts are dates."""
    if value is None:
        return None
    if column.kind == TEXT and value == "" and column.null:
        return None
    if column.kind == DATE and isinstance(value, str):
        return date.fromisoformat(value)
    if column.kind == INTEGER and isinstance(value, float) and value.is_integer():
        return int(value)
    return ([item for item in value if item] or None) if column.kind == LIST else value
