"""The rules of rules/labels.toml, checked and frozen."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from pipeline import chars
from pipeline.rules.table import Table

_LABEL = regex.compile(r"(?P<name>[\p{Han}\p{Hiragana}\p{Katakana}ー々 ]{2,24}?) *(?P<colon>[:：])(?![0-9/])")
_LONGEST_LABEL = 40  # the name with blanks inside, and its colon
_PARTICLES = regex.compile(r"[をがはにでへも]|から|より|まで|する|した|して")


@dataclass(frozen=True, slots=True)
class LabelRules:
    """Names of fields, those that belong to a talk, and the ends by which an unlisted one is known."""

    names: frozenset[str]
    of_talk: frozenset[str]
    titles: frozenset[str]
    ends: tuple[str, ...]
    longest: int

    def find(self, text: str) -> tuple[int, int] | None:
        """Where the label ends and where its colon ends, if folded text starts with one; else None.

        `会 場：東京` gives (3, 4).
        """
        start = text[:_LONGEST_LABEL]
        found = _LABEL.match(text) if ":" in start or "：" in start else None
        if not found:
            return None
        name = found["name"].replace(" ", "")
        return (len(found["name"].rstrip()), found.end()) if self.is_label(name) else None

    def is_title(self, label: str) -> bool:
        """Whether what stands behind this label is the title of a talk, whatever it ends with."""
        return label.replace(" ", "") in self.titles

    def is_label(self, name: str) -> bool:
        """Whether a word without blanks names a field."""
        if name in self.names:
            return True
        return len(name) <= self.longest and name.endswith(self.ends) and not _PARTICLES.search(name)


def load(table: Table) -> LabelRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    names = frozenset(chars.clean(word) for word in table.words("labels"))
    of_talk = frozenset(chars.clean(word) for word in table.words("of_talk"))
    ends = table.table("ends")
    titles = frozenset(chars.clean(word) for word in table.words("titles"))
    rules = LabelRules(
        names | of_talk | titles, of_talk, titles, ends.words("words"), ends.take("longest", int)
    )
    if not rules.find(ends.text("fires")):
        raise ends.fail("fires", "is no label")
    if rules.find(ends.text("near_miss")):
        raise ends.fail("near_miss", "is a label")
    ends.finish()
    table.finish()
    return rules
