"""The rules of rules/checks.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline import chars
from pipeline.rules.table import Table

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunningRules:
    """How a series of numbered headlines is known."""

    counters: Words
    through: Words  # counters that do not begin anew each year
    first: Words  # words for number 1
    dropped: Words
    generic: Words  # names that say nothing of the body
    not_with: Words


@dataclass(frozen=True, slots=True)
class ListedRules:
    """A count and the list behind it; longest words first."""

    units: Words
    item_ends: Words
    open_ends: Words
    whole_units: Words


@dataclass(frozen=True, slots=True)
class AgreementRules:
    """When an entry tells of an agreement, and what counts of partners are called."""

    words: Words
    signed: Words
    not_signed: Words
    not_with: Words
    not_all: Words
    municipality_words: Words
    body_words: Words
    region_words: Words
    prefectures: Words
    city_bodies: Words
    town_bodies: Words


@dataclass(frozen=True, slots=True)
class TableRules:
    """Which totals are sums."""

    doubles: Words
    rounded: Words
    not_summed: Words
    subtotals: Words


@dataclass(frozen=True, slots=True)
class CheckRules:
    """What rules/checks.toml says; words are keys (`chars.key`)."""

    fiscal_not_with: Words
    running: RunningRules
    listed: ListedRules
    persons: Words
    persons_most: int
    agreements: AgreementRules
    shortest_name: int  # of a partner, so that its mention is sure
    tables: TableRules
    decision_words: Words
    decision_not_behind: Words
    mentions_least: int
    left_least: int  # dates that open a line and started no entry
    left_share: float  # of all that open one


def load(table: Table) -> CheckRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    names = (
        "fiscal_year",
        "running",
        "listed",
        "persons",
        "agreements",
        "tables",
        "decision",
        "mentions",
        "left",
    )
    parts = {name: table.table(name) for name in names}
    table.finish()
    running, listed, agreements, tables = (
        parts[name] for name in ("running", "listed", "agreements", "tables")
    )
    rules = CheckRules(
        fiscal_not_with=_keys(parts["fiscal_year"], "not_with"),
        running=RunningRules(*(_keys(running, key) for key in RunningRules.__dataclass_fields__)),
        listed=ListedRules(*(_keys(listed, key) for key in ListedRules.__dataclass_fields__)),
        persons=_keys(parts["persons"], "counters"),
        persons_most=parts["persons"].take("most", int),
        agreements=AgreementRules(*(_keys(agreements, key) for key in AgreementRules.__dataclass_fields__)),
        shortest_name=agreements.take("shortest_name", int),
        tables=TableRules(*(_keys(tables, key) for key in TableRules.__dataclass_fields__)),
        decision_words=_keys(parts["decision"], "words"),
        decision_not_behind=_keys(parts["decision"], "not_behind"),
        mentions_least=parts["mentions"].take("least", int),
        left_least=parts["left"].take("least", int),
        left_share=parts["left"].take("share", float),
    )
    for part in parts.values():
        part.finish()
    return rules


def _keys(table: Table, name: str) -> Words:
    """The words as keys, the longest first, so that patterns take the longest."""
    keys = {chars.key(word) for word in table.words(name)}
    return tuple(sorted(keys, key=lambda word: (-len(word), word)))
