"""The rules of rules/dates.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True)
class DateRules:
    """What rules/dates.toml says."""


def load(table: Table) -> DateRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    table.finish()
    return DateRules()
