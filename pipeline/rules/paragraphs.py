"""The rules of rules/paragraphs.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass, fields

from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphRules:
    """What ends and starts of lines say about whether a paragraph goes on (see the file); compared by identity."""

    unfinished_ends: tuple[str, ...]
    finished_ends: tuple[str, ...]
    continuing_starts: tuple[str, ...]
    continuing_signs: str
    continuing_kana: str
    finishing_words: tuple[str, ...]
    closing_ends: tuple[str, ...]
    opening: str
    closing: str
    subtitle: tuple[str, ...]
    honorifics: tuple[str, ...]
    affiliation_ends: tuple[str, ...]
    not_affiliation_ends: tuple[str, ...]
    post_ends: tuple[str, ...]
    role_words: tuple[str, ...]
    containers: tuple[str, ...]


def load(table: Table) -> ParagraphRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    values: dict[str, tuple[str, ...] | str] = {}
    for name in (field.name for field in fields(ParagraphRules)):
        is_signs = name in ("continuing_signs", "continuing_kana", "opening", "closing")
        values[name] = table.text(name) if is_signs else table.words(name)
    table.finish()
    rules = ParagraphRules(**values)  # type: ignore[arg-type]
    if len(rules.opening) != len(rules.closing):
        raise table.fail("closing", "must close each sign of `opening`, in its order")
    return rules
