"""Writes the tables of an edition: Parquet, CSV and datapackage.json, the same bytes for the same input.

Takes frames that passed the gate, or none yet: `write_edition` sends a Reading through ids, account,
places, frames and checks, and swaps the finished folder in. Gives the records for the summary.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pipeline.model import Reading
from pipeline.tables.checks import check_columns, pass_gate
from pipeline.tables.columns import Table
from pipeline.tables.frames import Frames, arrow_schema, csv_rows, make_frame, make_frames
from pipeline.tables.package import make_descriptor
from pipeline.tables.records import About, Records, make_records
from pipeline.tables.schema import EDITION_TABLES, EDITIONS
from pipeline.tables.swap import replace_folder

Rows = dict[str, list[tuple[object, ...]]]
Write = Callable[[Rows, Path, str], None]


def load_libraries() -> None:
    """Sends a table without rows the whole way: what it loads takes most of a second the first time."""
    frames = {EDITIONS.name: make_frame(EDITIONS, [])}
    check_columns(EDITIONS, frames[EDITIONS.name])
    write_parquet(EDITIONS, frames, BytesIO())


def write_edition(reading: Reading, about: About, folder: Path, write: Write | None = None) -> Records:
    """Writes this reading's tables as `folder` and returns their records; `write` may do it elsewhere.

    SchemaError when a table does not keep its contract; then nothing in `folder` has changed.
    """
    records = make_records(reading, about)
    where = f"{reading.document.source.name}: tables of {about.series}/{about.edition}"
    (write or write_tables)(records.rows, folder, where)
    return records


def write_tables(rows: Rows, folder: Path, where: str) -> None:
    """Sends rows through frames and the gate into files, and swaps the folder in."""
    frames = make_frames(rows)
    pass_gate(frames, where)
    replace_folder(folder, lambda fresh: write_files(frames, fresh))


def write_files(frames: Frames, folder: Path) -> None:
    """All files of an edition into a folder that is there and empty."""
    for table in EDITION_TABLES:
        write_parquet(table, frames, folder / f"{table.name}.parquet")
        write_csv(table, frames, folder / f"{table.name}.csv")
    row = frames["editions"].astype(object).iloc[0]
    about = {
        "series": row["series"],
        "edition": row["edition"],
        "title": next((row[name] for name in ("title", "series_title") if isinstance(row[name], str)), None),
        "version": row["pipeline_version"],
        "source": row["source_file"],
    }
    text = json.dumps(make_descriptor(folder, about), ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def write_parquet(table: Table, frames: Frames, path: Path | BinaryIO) -> None:
    """One table as Parquet, compressed with zstd, its schema without pandas' notes."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    arrow = pa.Table.from_pandas(frames[table.name], schema=arrow_schema(table), preserve_index=False)
    parquet.write_table(arrow.replace_schema_metadata(None), path, compression="zstd", version="2.6")


def write_csv(table: Table, frames: Frames, path: Path) -> None:
    """One table as CSV that Excel opens: UTF-8 with byte order mark, CRLF, formulas guarded."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.names)
        writer.writerows(csv_rows(table, frames[table.name]))
