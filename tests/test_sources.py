"""Which files are read, of which series, and what is said beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import RulesError, SourceError
from pipeline.sources import Job, find_jobs, read_settings

Folder = Callable[..., Path]


BAD_SETTINGS = [
    ("titel = 'x'", "titel: is not a key known here"),
    ("[expected]\nevent = [1, 2]", "event: is no table"),
    ("[expected]\nevents = [3, 2]", "expected [least, most], got [3, 2]"),
    ("title = ", "cannot be read as TOML"),
]


@pytest.mark.parametrize(("text", "said"), BAD_SETTINGS, ids=[row[1] for row in BAD_SETTINGS])
def test_a_bad_series_toml_is_refused(folder: Folder, text: str, said: str) -> None:
    path = folder()
    (path / "series.toml").write_text(text)
    with pytest.raises(RulesError) as error:
        read_settings(path)
    assert said in str(error.value)
    assert "series.toml" in str(error.value)


def test_jobs_come_in_a_fixed_order_each_once(folder: Folder, out: Path) -> None:
    path = folder("b", y="1", x="1")
    folder("a", z="1")
    (path / "README.md").write_text("about")
    (path / ".hidden.txt").write_text("x")
    (path / "notes.docx").write_text("x")
    jobs = find_jobs((path / "x.txt", path.parent), out)
    assert [(job.series, job.path.name) for job in jobs] == [("a", "z.txt"), ("b", "x.txt"), ("b", "y.txt")]


def test_written_tables_are_no_sources(folder: Folder, tmp_path: Path) -> None:
    folder(a="1")
    tables = tmp_path / "raw" / "tables" / "town" / "2024-03-08"
    tables.mkdir(parents=True)
    for name in ("datapackage.json", "events.csv"):
        (tables / name).write_text("")
    assert [job.path.name for job in find_jobs((tmp_path / "raw",), tmp_path / "elsewhere")] == ["a.txt"]


def test_folders_of_one_name_are_two_series(folder: Folder, out: Path) -> None:
    folder("north/minutes", a="1")
    path = folder("south/minutes", a="2").parent.parent
    assert [job.series for job in find_jobs((path,), out)] == ["north-minutes", "south-minutes"]


REFUSED: list[tuple[str, Callable[[Path], tuple[Path, ...]], str | None, str]] = [
    ("nothing there", lambda path: (path / "no.txt",), None, "found nothing of that name"),
    ("no source in it", lambda path: (path / "empty",), None, "found none in it"),
    ("a path for a series", lambda path: (path,), "../x", "expected the name of a folder"),
    (
        "two files of one name",
        lambda path: (path / "p", path / "q"),
        "s",
        "expected one file of that name in series s",
    ),
]


@pytest.mark.parametrize(
    ("paths", "series", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_jobs_are_refused(
    folder: Folder, out: Path, paths: Callable[[Path], tuple[Path, ...]], series: str | None, said: str
) -> None:
    path = folder("p", a="1").parent
    folder("q", a="1")
    folder("empty")
    with pytest.raises(SourceError, match=said):
        find_jobs(paths(path), out, series)


def test_a_job_names_path_and_series(folder: Folder, out: Path) -> None:
    path = folder(a="1")
    assert find_jobs((path / "a.txt",), out) == (Job(path / "a.txt", "town"),)
    assert find_jobs((path / "a.txt",), out, "other")[0].series == "other"
