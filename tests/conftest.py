"""What many tests share: the shipped rules, and the real document read and built once a session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.build import build_edition, read_chronology
from pipeline.model import Reading
from pipeline.rules.load import Rules, load_rules

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT / "raw" / "zenkoku-renkei" / "2024-03-08.txt"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes the readings that people look over; then read what moved with git diff."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew")


@pytest.fixture(scope="session")
def rules() -> Rules:
    """The shipped rules."""
    return load_rules()


@pytest.fixture(scope="session")
def real_reading(rules: Rules) -> Reading:
    """The real document through every stage."""
    return read_chronology(REAL, rules)


@pytest.fixture(scope="session")
def real_edition(rules: Rules, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real document's tables, built in this session; not to be written to."""
    out = tmp_path_factory.mktemp("built")
    summary = build_edition(REAL, out, rules=rules)
    return out / summary.series / summary.edition


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of sources: file names (without .txt) and texts."""

    def make(name: str = "town", **texts: str) -> Path:
        path = tmp_path / "raw" / name
        path.mkdir(parents=True, exist_ok=True)
        for stem, text in texts.items():
            (path / f"{stem}.txt").write_text(text, encoding="utf-8")
        return path

    return make


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the tables of a test go."""
    return tmp_path / "out"
