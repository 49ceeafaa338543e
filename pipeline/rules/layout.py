"""The rules of rules/layout.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True)
class LayoutRules:
    """What rules/layout.toml says."""


def load(table: Table) -> LayoutRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    table.finish()
    return LayoutRules()
