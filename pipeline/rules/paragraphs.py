"""The rules of rules/paragraphs.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True)
class ParagraphRules:
    """What rules/paragraphs.toml says."""


def load(table: Table) -> ParagraphRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    table.finish()
    return ParagraphRules()
