"""The rules of rules/checks.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True)
class CheckRules:
    """What rules/checks.toml says."""


def load(table: Table) -> CheckRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    table.finish()
    return CheckRules()
