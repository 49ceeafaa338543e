"""The rules of rules/event_types.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True)
class EventTypeRules:
    """What rules/event_types.toml says."""


def load(table: Table) -> EventTypeRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    table.finish()
    return EventTypeRules()
