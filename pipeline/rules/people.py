"""The rules of rules/people.toml and rules/people_surnames.csv, checked and frozen.

Surnames are the common ones (public knowledge); names that are not among them are still
read where 氏 or a post stands by them and a blank parts family and given name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from pipeline.errors import RulesError
from pipeline.rules.table import Table


@dataclass(frozen=True, slots=True)
class PeopleRules:
    """How persons, posts and roles are written; every list as a set or longest word first."""

    honorifics: tuple[str, ...]  # 氏, 先生 …
    honorific_signs: frozenset[str]  # their first signs
    honorific_not_before: frozenset[str]  # 氏 in 氏名 is none
    proof_signs: re.Pattern[str]  # a sign without which no post and no honorific stands in a text
    posts: frozenset[str]  # words that end a post
    heads: frozenset[str]  # last signs of bodies: 長 behind one makes a post
    bodies: frozenset[str]  # words that end a body's name
    body_parts: tuple[str, ...]
    affiliation_starts: tuple[str, ...]
    roles: tuple[str, ...]  # longest first
    appointed: tuple[str, ...]
    cuts: tuple[str, ...]  # what a sentence says before an affiliation ends so
    not_family: frozenset[str]
    not_given: frozenset[str]
    given_kanji: frozenset[str]
    given_single: frozenset[str]
    short_surnames: frozenset[str]
    surnames: frozenset[str]  # in the form that `plain` gives
    last_signs: Mapping[str, frozenset[str]]  # of posts, bodies, roles: last signs, to look no further
    role_signs: frozenset[str]  # first signs of roles
    variants: Mapping[int, str]  # 﨑 -> 崎, for looking up only
    variant_signs: frozenset[str]
    longest_post: int
    longest_body: int

    def plain(self, family: str) -> str:
        """A family name with common forms of its kanji: 岡﨑 gives 岡崎."""
        return family.translate(self.variants)

    def is_surname(self, family: str) -> bool:
        """Whether it is a known family name in any form of its kanji."""
        if family in self.surnames:
            return True
        return not self.variant_signs.isdisjoint(family) and self.plain(family) in self.surnames


def load(table: Table) -> PeopleRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    posts, bodies = frozenset(table.words("posts")), frozenset(table.words("bodies"))
    variants = _variants(table)
    extra = table.words("surnames", ())
    honorifics = _longest_first(table.words("honorifics"))
    proofs = {post[-1] for post in posts} | {word[0] for word in honorifics} | {"長"}
    roles = _longest_first(table.words("roles"))
    rules = PeopleRules(
        honorifics=honorifics,
        honorific_signs=frozenset(word[0] for word in honorifics),
        proof_signs=re.compile(f"[{re.escape(''.join(sorted(proofs)))}]"),
        honorific_not_before=frozenset(table.words("honorific_not_before")),
        posts=posts,
        heads=frozenset(body[-1] for body in bodies),
        bodies=bodies,
        body_parts=table.words("body_parts"),
        affiliation_starts=_longest_first(table.words("affiliation_starts")),
        roles=roles,
        appointed=table.words("appointed"),
        cuts=table.words("cuts"),
        not_family=frozenset(table.words("not_family")),
        not_given=frozenset(table.words("not_given")),
        given_kanji=_signs(table, "given_kanji"),
        given_single=_signs(table, "given_single"),
        short_surnames=frozenset(table.words("short_surnames")),
        surnames=frozenset(name.translate(variants) for name in (*_surnames(), *extra)),
        last_signs={
            "posts": frozenset(word[-1] for word in posts) | {"長"},
            "bodies": frozenset(word[-1] for word in bodies),
            "roles": frozenset(word[-1] for word in roles),
        },
        role_signs=frozenset(word[0] for word in roles),
        variants=variants,
        variant_signs=frozenset(map(chr, variants)),
        longest_post=max(map(len, posts)),
        longest_body=max(map(len, bodies)),
    )
    table.finish()
    return rules


def _longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _variants(table: Table) -> dict[int, str]:
    listed = table.table("variants").rest()
    for old, new in listed.items():
        if not isinstance(new, str) or len(old) != 1 or len(new) != 1 or old == new:
            raise table.fail("variants", f"{old!r} = {new!r} is not one sign for another")
    return {ord(old): new for old, new in listed.items()}


def _signs(table: Table, key: str) -> frozenset[str]:
    signs = list(table.text(key).replace("\n", ""))
    once = frozenset(signs)
    if len(once) < len(signs):
        doubled = sorted(sign for sign in once if signs.count(sign) > 1)
        raise table.fail(key, f"stands twice: {''.join(doubled)}")
    return once


def _surnames() -> tuple[str, ...]:
    """The shipped surnames, one a row."""
    source = files("pipeline.rules").joinpath("people_surnames.csv").read_text("utf-8")
    names = tuple(row["surname"] for row in csv.DictReader(source.splitlines()))
    if len(set(names)) != len(names) or not all(1 <= len(name) <= 5 for name in names):
        raise RulesError("people_surnames.csv: surname: stands twice, or is not one to five signs long")
    return names
