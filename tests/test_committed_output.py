"""The tables in output/ are what the pipeline writes today from raw/."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import REAL, ROOT

COMMITTED = ROOT / "output" / "zenkoku-renkei" / "2024-03-08"


@pytest.mark.skipif(not COMMITTED.is_dir(), reason="no tables are committed yet")
def test_the_committed_tables_are_what_is_written_today(real_edition: Path) -> None:
    """After a change that moves them on purpose: `make golden`, then read the difference."""
    names = {path.name for path in real_edition.iterdir()}
    assert {path.name for path in COMMITTED.iterdir()} == names
    moved = [
        name
        for name in sorted(names)
        if (COMMITTED / name).read_bytes() != (real_edition / name).read_bytes()
    ]
    assert moved == [], f"run `make golden` and read what moved since {REAL.name} was built last"
