"""From a source to its tables: read, the parse stages one after the other, write. Nothing else.

Takes a path and the rules. Gives the edition's folder under `out` and a Summary of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from pathlib import Path

from pipeline import __version__
from pipeline.errors import SourceError
from pipeline.model import Document, Reading
from pipeline.neighbours import read_source_name
from pipeline.parse.annex import read_annex
from pipeline.parse.crosscheck import cross_check
from pipeline.parse.entries import cut_entries
from pipeline.parse.events import make_events
from pipeline.parse.furniture import find_furniture
from pipeline.parse.municipalities import find_municipalities
from pipeline.parse.people import find_people
from pipeline.read.source import open_source
from pipeline.read.text import read_otherwise
from pipeline.rules.dates import for_text
from pipeline.rules.load import Rules, load_rules
from pipeline.second_look import choose, is_doubtful
from pipeline.sources import Settings
from pipeline.summary import Summary, sum_up
from pipeline.tables.ids import make_ids
from pipeline.tables.records import About
from pipeline.tables.write import Write, write_edition
from pipeline.twins import check_twin, name_edition

Stage = Callable[[Reading, Rules], Reading]
STAGES: tuple[Stage, ...] = (
    find_furniture,
    cut_entries,
    make_events,
    find_people,
    find_municipalities,
    read_annex,
    cross_check,
)
LOOKED_FOR = (
    "an era year (平成26年, H26), a western year (2014年, 2014.9.10, 2014/9/10), "
    "or a month and day (9月10日) at the start of a line or cell"
)


def build_edition(
    path: Path,
    out: Path,
    *,
    settings: Settings | None = None,
    rules: Rules | None = None,
    password: str | None = None,
    document: Document | None = None,
    write: Write | None = None,
) -> Summary:
    """Writes the tables of one source to `out/<series>/<edition>/` and returns their summary.

    SourceError when it cannot be read or has no date in it, SchemaError when its tables break the
    contract; nothing under `out` has changed then. The series is the parent folder's name by default.
    `document` is the source where it was opened before, `write` what writes tables where another process does.
    """
    settings = settings or Settings(path.resolve().parent.name)
    rules = rules or load_rules()
    reading = parse_document(document or open_source(path, password=password), rules)
    about = make_about(reading, path, settings, rules)
    for name, outline in settings.rivals:
        found = check_twin(reading, make_ids(reading).events, name, outline)
        reading = replace(reading, findings=(*reading.findings, *found))
    folder = out / about.series / about.edition
    earlier = read_source_name(folder)
    records = write_edition(reading, about, folder, write)
    summary = sum_up(reading, records, about)
    return replace(summary, replaced=earlier) if earlier != path.name else summary


def read_chronology(path: Path, rules: Rules, *, password: str | None = None) -> Reading:
    """The source, read through every stage; SourceError where it cannot be read or has no date in it."""
    return parse_document(open_source(path, password=password), rules)


def parse_document(document: Document, rules: Rules) -> Reading:
    """The Reading that the stages make of a Document; SourceError where it has no date in it."""
    rules = replace(rules, dates=for_text(rules.dates, document.text))
    reading = _read_through(document, rules)
    if is_doubtful(reading):
        others = (_read_through(other, rules) for other in read_otherwise(document))
        reading = choose(reading, others)
    if not reading.entries:
        raise SourceError(f"{document.source.name}: has no date in it; looked for {LOOKED_FOR}")
    return reading


def _read_through(document: Document, rules: Rules) -> Reading:
    start = Reading(document=document, findings=document.findings)
    return reduce(lambda so_far, stage: stage(so_far, rules), STAGES, start)


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
