"""All rules as one frozen object: the shipped files, and a user's own file added to them.

Takes rules/<topic>.toml and, at will, one TOML file with a table a topic. Gives `Rules`.
A user's lists are added behind the shipped ones, a user's keys win over the shipped ones.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipeline.errors import RulesError
from pipeline.rules import (
    annex,
    checks,
    dates,
    event_types,
    furniture,
    labels,
    layout,
    markers,
    paragraphs,
    people,
)
from pipeline.rules.table import Table

TOPICS = (
    "annex",
    "checks",
    "dates",
    "event_types",
    "furniture",
    "labels",
    "layout",
    "markers",
    "paragraphs",
    "people",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """Every domain rule, a field a topic; `version` is a hash of what they say."""

    version: str
    annex: annex.AnnexRules
    checks: checks.CheckRules
    dates: dates.DateRules
    event_types: event_types.EventTypeRules
    furniture: furniture.FurnitureRules
    labels: labels.LabelRules
    layout: layout.LayoutRules
    markers: markers.MarkerRules
    paragraphs: paragraphs.ParagraphRules
    people: people.PeopleRules


def load_rules(extra: Path | None = None) -> Rules:
    """The shipped rules, with those of `extra` added; RulesError names file, key and reason."""
    added = _read_extra(extra) if extra else {}
    tables: dict[str, Table] = {}
    digest = hashlib.sha256()
    for name in sorted(entry.name for entry in files("pipeline.rules").iterdir()):
        if name.endswith((".toml", ".csv")):
            digest.update(files("pipeline.rules").joinpath(name).read_bytes().replace(b"\r\n", b"\n"))
    for topic in TOPICS:
        shipped = tomllib.loads(files("pipeline.rules").joinpath(f"{topic}.toml").read_text("utf-8"))
        where = f"{topic}.toml" if topic not in added else f"{extra.name if extra else ''}: {topic}"
        tables[topic] = Table(_merge(shipped, added.get(topic, {})), where)
    if extra:
        digest.update(extra.read_bytes().replace(b"\r\n", b"\n"))
    return Rules(
        version=digest.hexdigest()[:12],
        annex=annex.load(tables["annex"]),
        checks=checks.load(tables["checks"]),
        dates=dates.load(tables["dates"]),
        event_types=event_types.load(tables["event_types"]),
        furniture=furniture.load(tables["furniture"]),
        labels=labels.load(tables["labels"]),
        layout=layout.load(tables["layout"]),
        markers=markers.load(tables["markers"]),
        paragraphs=paragraphs.load(tables["paragraphs"]),
        people=people.load(tables["people"]),
    )


def _read_extra(path: Path) -> dict[str, Any]:
    try:
        added = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"{path.name}: cannot be read as a rules file: {error}") from error
    unknown = sorted(set(added) - set(TOPICS))
    if unknown:
        raise RulesError(f"{path.name}: {', '.join(unknown)}: no such topic; there are {', '.join(TOPICS)}")
    for topic, value in added.items():
        if not isinstance(value, Mapping):
            raise RulesError(f"{path.name}: {topic}: must be a table, [{topic}]")
    return added


def _merge(shipped: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    """Shipped and added values of one table: tables merge, lists add up, single values are replaced."""
    merged = dict(shipped)
    for name, value in added.items():
        old = merged.get(name)
        if isinstance(old, Mapping) and isinstance(value, Mapping):
            merged[name] = _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            merged[name] = [*old, *value]
        else:
            merged[name] = value
    return merged
