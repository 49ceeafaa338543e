"""The rules of rules/markers.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True)
class MarkerRules:
    """What rules/markers.toml says."""


def load(table: Table) -> MarkerRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    table.finish()
    return MarkerRules()
