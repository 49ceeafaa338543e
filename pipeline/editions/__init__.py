"""Compares two editions of a chronology: `diff_editions(old, new)`."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.editions.diff import Diff


def diff_editions(old_folder: Path, new_folder: Path, out: Path | None = None) -> Diff:
    """What the edition in `new_folder` changed against the one in `old_folder`.

    With `out` it is also written to `<out>/<series>/diff/<old>..<new>/`; without, nothing is.
    The Diff has `links`, `changes`, `summary` (one line) and `is_same`; `report.render(diff, form)`
    words it. SchemaError where a folder is not that of an edition.
    """
    from pipeline.editions.diff import compare_editions
    from pipeline.editions.read import read_edition

    with _without_collector():
        diff = compare_editions(read_edition(Path(old_folder)), read_edition(Path(new_folder)))
        if out is not None:
            from pipeline.editions.write import write_diff

            write_diff(diff, Path(out))
    return diff


@contextmanager
def _without_collector() -> Iterator[None]:
    """Plain records hold no cycles: looking for some, over and over, would cost a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
