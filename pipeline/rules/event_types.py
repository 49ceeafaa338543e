"""The rules of rules/event_types.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from pipeline import chars
from pipeline.rules.table import Table

TYPES = (
    "cabinet_decision", "agreement", "exhibition", "lecture", "promotion",
    "meeting", "visit", "publication", "programme", "other",
)  # fmt: skip
_NOTE = regex.compile(r"[(（][^()（）]*[)）]?")


@dataclass(frozen=True, slots=True)
class EventType:
    """One type: words that decide, words that forbid, words that decide from the details."""

    type: str
    when: tuple[str, ...]
    unless: tuple[str, ...]
    in_details: tuple[str, ...]

    def fits(self, text: str) -> bool:
        """Whether cleaned text holds a word that decides and none that forbids."""
        return any(word in text for word in self.when) and not any(word in text for word in self.unless)


@dataclass(frozen=True, slots=True)
class EventTypeRules:
    """The types in order."""

    types: tuple[EventType, ...]

    def find(self, headline: str, details: str = "") -> str:
        """The first type that fits the headline, else the details, else `other`."""
        bare = _NOTE.sub("", headline)
        for text in (bare, headline):
            for rule in self.types:
                if rule.fits(text):
                    return rule.type
        for rule in self.types:
            if any(word in details for word in rule.in_details):
                return rule.type
        return "other"


def load(table: Table) -> EventTypeRules:
    """The rules of this table; RulesError where a row is wrong or its example does not hold."""
    rows = tuple(_type(row) for row in table.tables("event_type"))
    table.finish()
    return EventTypeRules(rows)


def _type(row: Table) -> EventType:
    name = row.text("type")
    if name not in TYPES:
        raise row.fail("type", f"{name} is none of {', '.join(TYPES)}")
    words = (row.words("when"), row.words("unless", ()), row.words("in_details", ()))
    rule = EventType(name, *(tuple(chars.clean(word) for word in listed) for listed in words))
    if not rule.fits(_NOTE.sub("", row.text("fires"))):
        raise row.fail("fires", "does not fit")
    if rule.fits(_NOTE.sub("", row.text("near_miss"))):
        raise row.fail("near_miss", "fits")
    row.finish()
    return rule
