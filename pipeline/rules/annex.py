"""The rules of rules/annex.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True)
class AnnexRules:
    """What rules/annex.toml says."""


def load(table: Table) -> AnnexRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    table.finish()
    return AnnexRules()
