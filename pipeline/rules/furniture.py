"""The rules of rules/furniture.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True)
class FurnitureRules:
    """What rules/furniture.toml says."""


def load(table: Table) -> FurnitureRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    table.finish()
    return FurnitureRules()
