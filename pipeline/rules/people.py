"""The rules of rules/people.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True)
class PeopleRules:
    """What rules/people.toml says."""


def load(table: Table) -> PeopleRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    table.finish()
    return PeopleRules()
