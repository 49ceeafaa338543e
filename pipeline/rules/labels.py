"""The rules of rules/labels.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True)
class LabelRules:
    """What rules/labels.toml says."""


def load(table: Table) -> LabelRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    table.finish()
    return LabelRules()
