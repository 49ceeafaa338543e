"""The rules of rules/markers.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from pipeline import chars
from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True)
class Marker:
    """One kind of sign: its pattern for folded text, its rank, whether its signs count up."""

    kind: str
    pattern: regex.Pattern[str]
    rank: int
    counts: bool
    whole: bool


@dataclass(frozen=True, slots=True, eq=False)
class MarkerRules:
    """Every kind of marker, in the order in which they are tried; compared by identity."""

    kinds: tuple[Marker, ...]
    any_kind: regex.Pattern[str]  # all of them at once: most lines start with none

    def find(self, text: str) -> tuple[Marker, int] | None:
        """The marker that folded text starts with and its length, or None."""
        return _find(self, text)


@lru_cache(maxsize=4096)  # a paragraph's beginning is asked about several times
def _find(rules: MarkerRules, text: str) -> tuple[Marker, int] | None:
    if not rules.any_kind.match(text):
        return None
    for marker in rules.kinds:
        found = marker.pattern.match(text)
        if found:
            return marker, found.end()
    return None


def load(table: Table) -> MarkerRules:
    """The rules of this table; RulesError for a row that is wrong or whose example does not hold."""
    kinds = tuple(_marker(row) for row in table.tables("marker"))
    table.finish()
    return MarkerRules(kinds, regex.compile("|".join(marker.pattern.pattern for marker in kinds)))


def _marker(row: Table) -> Marker:
    kind = row.text("kind")
    body = row.optional("pattern", str) or "|".join(
        regex.escape(chars.fold(sign).text) for sign in row.words("signs")
    )
    unless = row.optional("unless_before", str)  # a pattern of what stands behind no marker
    whole = row.take("whole", bool, False)
    tail = "(?= *$)" if whole else f"(?!{unless})" if unless else ""
    marker = Marker(
        kind,
        regex.compile(f"(?:{body}){tail}"),
        row.take("rank", int),
        row.take("counts", bool, False),
        whole,
    )
    if not marker.pattern.match(chars.fold(row.text("fires")).text):
        raise row.fail("fires", "is not found by the pattern")
    if marker.pattern.match(chars.fold(row.text("near_miss")).text):
        raise row.fail("near_miss", "is found by the pattern")
    row.finish()
    return marker
