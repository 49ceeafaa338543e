"""Which files to read, of which series, and what is said beside them.

Takes paths of files and folders. Gives jobs in a fixed order, and the settings of each series:
`series.toml` (title, expected counts) and `rules.toml` beside the sources.
"""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from pipeline.errors import RulesError, SourceError
from pipeline.rules.table import Table
from pipeline.summary import Outline
from pipeline.tables.schema import EDITION_TABLES

SUFFIXES = (".pdf", ".txt", ".csv", ".tsv", ".md")
_NOT_SOURCES = ("readme", "license", "changelog")
_FORBIDDEN = "/\\:\0"


@dataclass(frozen=True, slots=True)
class Job:
    """One source to read, and the series that it belongs to."""

    path: Path
    series: str


@dataclass(frozen=True, slots=True)
class SeriesSettings:
    """What series.toml says: a title, and counts to expect by edition ("" stands for every edition)."""

    title: str | None = None
    expected: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """What is known of a source beside the source: its series, and what series.toml and twins say.

    `edition` is None where the document names it; `rivals` are other files of the same edition.
    """

    series: str
    series_title: str | None = None
    edition: str | None = None
    expected: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)
    rivals: tuple[tuple[str, tuple[Outline, ...]], ...] = ()


def find_jobs(paths: Iterable[Path], out: Path, series: str | None = None) -> tuple[Job, ...]:
    """Every source under these paths, each once, by series and name.

    A file belongs to the series of its folder's name, or to `series`. SourceError for a path that is
    not there and for a folder that holds no source.
    """
    if series is not None and not is_folder_name(series):
        raise SourceError(
            f"--series {series}: expected the name of a folder, without {' '.join(_FORBIDDEN[:3])}"
        )
    found: dict[Path, Path] = {}
    for path in paths:
        for source in _list_sources(path, out):
            found.setdefault(source.resolve(), source)
    names = _name_series({resolved.parent for resolved in found})
    jobs = [Job(path, series or names[resolved.parent]) for resolved, path in found.items()]
    jobs.sort(key=lambda job: (job.series, job.path.name, str(job.path)))
    for one, other in pairwise(jobs):
        if (one.series, one.path.name) == (other.series, other.path.name):
            raise SourceError(
                f"{one.path} and {other.path}: expected one file of that name in series {one.series}"
            )
    return tuple(jobs)


def _name_series(folders: set[Path]) -> dict[Path, str]:
    """The series of each folder: its name; two folders of one name bear that of the folder above as well."""
    counts = Counter(folder.name for folder in folders)
    return {
        folder: f"{folder.parent.name}-{folder.name}" if counts[folder.name] > 1 else folder.name or "series"
        for folder in folders
    }


def is_folder_name(name: str) -> bool:
    """Whether this may name a folder of `output/`."""
    return bool(name.strip()) and not name.startswith(".") and not set(name) & set(_FORBIDDEN)


def _list_sources(path: Path, out: Path) -> list[Path]:
    if not path.exists():
        raise SourceError(f"{path}: expected a file or a folder, found nothing of that name")
    if not path.is_dir():
        return [path]
    sources = list(_walk(path, out.resolve()))
    if not sources:
        raise SourceError(f"{path}: expected a folder with {', '.join(SUFFIXES)} files, found none in it")
    return sources


def _walk(top: Path, out: Path) -> Iterator[Path]:
    """Sources in this folder and below; not in hidden folders, in `out`, or among written tables."""
    for name, folders, files in os.walk(top):
        folder = Path(name)
        if folder.resolve() == out or "datapackage.json" in files:
            folders.clear()
            continue
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (folder / each for each in sorted(files) if is_source_name(each))


def is_source_name(name: str) -> bool:
    """Whether a file of this name, met in a folder, is read as a source."""
    stem, suffix = os.path.splitext(name.lower())  # noqa: PTH122 - a name, not a path
    return suffix in SUFFIXES and not name.startswith((".", "~$")) and stem not in _NOT_SOURCES


def find_rules(source: Path) -> Path | None:
    """The rules file beside a source, where there is one."""
    path = source.parent / "rules.toml"
    return path if path.is_file() else None


def read_settings(folder: Path) -> SeriesSettings:
    """What `series.toml` in this folder says; nothing where there is none.

    RulesError names file, key and reason. `[expected]` holds `events = [150, 250]` for every edition,
    `[expected.2024-03-08]` the same for one.
    """
    path = folder / "series.toml"
    if not path.is_file():
        return SeriesSettings()
    try:
        table = Table(tomllib.loads(path.read_text("utf-8")), str(path))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"{path}: cannot be read as TOML: {error}") from error
    title = table.optional("title", str)
    expected = _read_expected(table.table("expected"))
    table.finish()
    return SeriesSettings(title, expected)


def _read_expected(table: Table) -> dict[str, dict[str, tuple[int, int]]]:
    names = {each.name for each in EDITION_TABLES}
    expected: dict[str, dict[str, tuple[int, int]]] = {}
    for key, value in table.rest().items():
        edition, bounds = (key, value) if isinstance(value, Mapping) else ("", {key: value})
        for name, pair in bounds.items():
            if name not in names:
                raise table.fail(name, f"is no table; there are {', '.join(sorted(names))}")
            if not _is_pair(pair):
                raise table.fail(name, f"expected [least, most], got {pair!r}")
            expected.setdefault(edition, {})[name] = (pair[0], pair[1])
    return expected


def _is_pair(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    least, most = value
    return type(least) is int and type(most) is int and 0 <= least <= most
