"""From a source to its tables: read, the parse stages one after the other, write. Nothing else.

Takes a path and the rules. Gives the edition's folder under `out` and a Summary of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from pipeline import __version__
from pipeline.errors import SourceError
from pipeline.model import Reading
from pipeline.neighbours import read_source_name
from pipeline.read.source import open_source
from pipeline.rules.load import Rules, load_rules
from pipeline.summary import Outline, Summary, sum_up
from pipeline.tables.ids import make_ids
from pipeline.tables.records import About
from pipeline.tables.write import write_edition
from pipeline.twins import check_twin, name_edition

Stage = Callable[[Reading, Rules], Reading]
_STAGES = (
    ("furniture", "find_furniture"),
    ("entries", "cut_entries"),
    ("events", "make_events"),
    ("people", "find_people"),
    ("municipalities", "find_municipalities"),
    ("annex", "read_annex"),
    ("crosscheck", "cross_check"),
)
STAGES: tuple[Stage, ...] = tuple(
    getattr(import_module(f"pipeline.parse.{module}"), name)
    for module, name in _STAGES
    if find_spec(f"pipeline.parse.{module}")
)
LOOKED_FOR = (
    "an era year (平成26年, H26), a western year (2014年, 2014.9.10, 2014/9/10), "
    "or a month and day (9月10日) at the start of a line or cell"
)


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


def build_edition(
    path: Path,
    out: Path,
    *,
    settings: Settings | None = None,
    rules: Rules | None = None,
    password: str | None = None,
) -> Summary:
    """Writes the tables of one source to `out/<series>/<edition>/` and returns their summary.

    SourceError when it cannot be read or has no date in it, SchemaError when its tables break the
    contract; nothing under `out` has changed then. The series is the parent folder's name by default.
    """
    settings = settings or Settings(path.resolve().parent.name)
    rules = rules or load_rules()
    reading = read_chronology(path, rules, password=password)
    about = make_about(reading, path, settings, rules)
    for name, outline in settings.rivals:
        found = check_twin(reading, make_ids(reading).events, name, outline)
        reading = replace(reading, findings=(*reading.findings, *found))
    folder = out / about.series / about.edition
    earlier = read_source_name(folder)
    records = write_edition(reading, about, folder)
    summary = sum_up(reading, records, about)
    return replace(summary, replaced=earlier) if earlier != path.name else summary


def read_chronology(path: Path, rules: Rules, *, password: str | None = None) -> Reading:
    """The source, read through every stage; SourceError where it has no date in it."""
    document = open_source(path, password=password)
    start = Reading(document=document, findings=document.findings)
    reading = reduce(lambda so_far, stage: stage(so_far, rules), STAGES, start)
    if not reading.entries:
        raise SourceError(f"{path.name}: has no date in it; looked for {LOOKED_FOR}")
    return reading


def make_about(reading: Reading, path: Path, settings: Settings, rules: Rules) -> About:
    """What the tables say of this run: series, edition, versions, and the counts to expect."""
    issued_on = reading.edition.issued_on
    edition = settings.edition or name_edition(issued_on.isoformat() if issued_on else None, path.stem)
    return About(
        series=settings.series,
        edition=edition,
        pipeline_version=__version__,
        rules_version=rules.version,
        series_title=settings.series_title,
        expected={**settings.expected.get("", {}), **settings.expected.get(edition, {})},
    )
