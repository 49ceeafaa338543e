"""Writes a diff: links, changes, carried as Parquet, the first two as CSV, and the reports.

Takes a Diff and the output folder. Gives the folder `<out>/<series>/diff/<old>..<new>`, swapped in
whole: a run that is killed leaves the old one or the new one.
"""

from __future__ import annotations

import csv
import json
from array import array
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.editions.frames import FILLERS, Filled
from pipeline.editions.report import render_page, render_pull_request
from pipeline.editions.view import make_view
from pipeline.tables.frames import FORMULA_SIGNS, GUARD, arrow_schema
from pipeline.tables.package import make_resource
from pipeline.tables.swap import replace_folder

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.editions.diff import Diff


PARQUET_ONLY = ("carried",)  # for apply.py, not for people


def diff_folder(diff: Diff, out: Path) -> Path:
    """Where this diff belongs under the output folder."""
    return out / diff.new.series / "diff" / f"{diff.old.edition}..{diff.new.edition}"


def write_diff(diff: Diff, out: Path) -> Path:
    """Writes the diff under `out` and returns its folder."""
    folder = diff_folder(diff, out)
    filled = [fill(diff) for fill in FILLERS]
    view = make_view(diff)

    def fill_folder(fresh: Path) -> None:
        for one in filled:
            _write_parquet(one, fresh / f"{one.table.name}.parquet")
            if one.table.name not in PARQUET_ONLY:
                _write_csv(one, fresh / f"{one.table.name}.csv")
        (fresh / "report.md").write_text(render_pull_request(view), encoding="utf-8", newline="\n")
        (fresh / "report.html").write_text(render_page(view), encoding="utf-8", newline="\n")
        text = json.dumps(_describe(diff, filled, fresh), ensure_ascii=False, indent=1)
        (fresh / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")

    replace_folder(folder, fill_folder)
    return folder


def guard(value: object) -> str:
    """A cell of a CSV file: missing is empty, a text that a spreadsheet would calculate is guarded."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return json.dumps(value)
    return GUARD + value if value.lstrip(GUARD).startswith(FORMULA_SIGNS) else value


def _write_parquet(filled: Filled, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as parquet

    schema = arrow_schema(filled.table)
    columns = list(zip(*filled.rows, strict=True)) if filled.rows else [()] * len(filled.columns)
    arrays = [_make_array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    frame = pa.Table.from_arrays(arrays, schema=schema)
    with parquet.ParquetWriter(path, schema, compression="zstd", version="2.6") as writer:
        writer.write_table(frame)


def _make_array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """A column of text, whole numbers or numbers from its buffers; `pa.array` would load pandas for it."""
    import pyarrow as pa

    present = bytearray((len(values) + 7) // 8)
    for place, value in enumerate(values):
        present[place // 8] |= (value is not None) << (place % 8)
    if pa.types.is_string(kind):
        texts = [(value or "").encode() for value in values]
        offsets = array("i", accumulate(map(len, texts), initial=0))
        buffers = [bytes(present), offsets.tobytes(), b"".join(texts)]
    else:
        numbers = array("q" if pa.types.is_integer(kind) else "d", [value or 0 for value in values])
        buffers = [bytes(present), numbers.tobytes()]
    return pa.Array.from_buffers(kind, len(values), [pa.py_buffer(data) for data in buffers])


def _write_csv(filled: Filled, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(filled.columns)
        writer.writerows([guard(value) for value in row] for row in filled.rows)


def _describe(diff: Diff, filled: Sequence[Filled], folder: Path) -> dict[str, object]:
    name = f"{diff.new.series}_{diff.old.edition}_{diff.new.edition}"
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": f"{diff.new.series} {diff.old.edition} -> {diff.new.edition}",
        "description": f"What changed between two editions of a chronology: {diff.summary}.",
        "csvGuard": {"prefix": GUARD, "before": list(FORMULA_SIGNS)},
        "resources": [
            make_resource(one.table, folder) for one in filled if one.table.name not in PARQUET_ONLY
        ],
    }
