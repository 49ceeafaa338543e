"""The rules of rules/layout.toml, checked and frozen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline import chars
from pipeline.rules.table import Table

HEADS = ("date", "western", "era", "era_year", "year", "month", "day", "time", "weekday", "number", "text")


@dataclass(frozen=True, slots=True)
class LayoutRules:
    """What rules/layout.toml says. Words are folded (`chars.key`), signs stand as written.

    `heads` gives the role of a column for the folded text of its head cell.
    """

    bullets: frozenset[str]
    closing: dict[str, str]  # opening bracket → closing bracket
    separators: frozenset[str]
    goes_on: tuple[str, ...]
    comes_on: tuple[str, ...]
    particles: tuple[str, ...]
    lead_particles: tuple[str, ...]
    unfinished: tuple[str, ...]
    asks: tuple[str, ...]
    ditto: frozenset[str]
    heads: dict[str, str]
    asides: frozenset[str]
    happenings: tuple[str, ...]
    heading_tail: re.Pattern[str]
    section: re.Pattern[str]
    title_words: tuple[str, ...]
    issued_after: tuple[str, ...]
    announces: tuple[str, ...]
    legends: frozenset[str]
    label: re.Pattern[str]
    body_words: tuple[str, ...]
    captions: tuple[str, ...]
    annex_openings: tuple[str, ...]
    longest_caption: int
    note_openings: tuple[str, ...]
    closings: tuple[str, ...]
    note_signs: tuple[str, ...]
    of_the_whole: tuple[str, ...]
    issued: frozenset[str]
    makers: tuple[str, ...]


def load(table: Table) -> LayoutRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    heads = table.table("heads")
    title, annex, note, section = (table.table(name) for name in ("title", "annex", "note", "section"))
    rules = LayoutRules(
        bullets=frozenset(_signs(table, "bullets")),
        closing=_pairs(table, "date_brackets"),
        separators=frozenset(_signs(table, "separators")),
        goes_on=_written(table, "goes_on"),
        comes_on=_written(table, "comes_on"),
        particles=_folded(table, "particles"),
        lead_particles=tuple(sorted(_written(table, "lead_particles"), key=lambda word: (-len(word), word))),
        unfinished=_folded(table, "unfinished"),
        asks=_written(table, "asks"),
        ditto=frozenset(chars.key(word) for word in _written(table, "ditto")),
        asides=frozenset(_folded(heads, "asides")),
        happenings=_folded(heads, "happenings"),
        heads=_heads(heads),
        heading_tail=_heading_tail(table),
        section=_section(section),
        title_words=_folded(title, "words"),
        issued_after=_folded(title, "issued_after"),
        announces=_folded(title, "announces"),
        legends=frozenset(_folded(title, "legends")),
        label=_pattern(title, "label_pattern"),
        body_words=_folded(title, "body_words"),
        captions=_folded(annex, "captions"),
        annex_openings=_folded(annex, "openings"),
        longest_caption=annex.take("longest_caption", int),
        note_openings=_folded(note, "openings"),
        closings=_folded(note, "closings"),
        note_signs=_written(note, "signs"),
        of_the_whole=_folded(note, "of_the_whole"),
        issued=frozenset(_folded(note, "issued")),
        makers=_folded(note, "makers"),
    )
    for part in (title, annex, note, section, table):
        part.finish()
    return rules


def _heading_tail(table: Table) -> re.Pattern[str]:
    """What stands behind the year at the end of a heading; the year's own の belongs to it."""
    leads, tails = (
        "|".join(re.escape(word) for word in sorted(_written(table, key), key=len, reverse=True))
        for key in ("heading_leads", "heading_tails")
    )
    return re.compile(rf"(?:[ \u3000]?(?:{leads}))?(?:{tails})[ \u3000]?[）)】］\]〕＞>]?$")


def _section(table: Table) -> re.Pattern[str]:
    """A folded line of eras' names and the words of a section alone, or one that begins with a chapter's number."""
    eras, words, chapters = (
        "|".join(re.escape(chars.key(word)) for word in _written(table, key))
        for key in ("eras", "words", "chapters")
    )
    numbered = rf"第[0-9一二三四五六七八九十]+(?:{chapters}).*"
    return re.compile(rf"(?:{words})*(?:{eras})(?:{eras}|{words})*|{numbered}")


def _folded(table: Table, key: str) -> tuple[str, ...]:
    """The words as patterns see them, longest first."""
    return tuple(
        sorted({chars.key(word) for word in _written(table, key)}, key=lambda word: (-len(word), word))
    )


def _written(table: Table, key: str) -> tuple[str, ...]:
    """The words as they stand, none twice; signs may fold to nothing."""
    words = table.take(key, list)
    for word in words:
        if not isinstance(word, str) or not word.strip():
            raise table.fail(key, f"{word!r} is not a text")
        if words.count(word) > 1:
            raise table.fail(key, f"stands twice: {word}")
    return tuple(words)


def _signs(table: Table, key: str) -> tuple[str, ...]:
    signs = _written(table, key)
    for sign in signs:
        if len(sign) != 1:
            raise table.fail(key, f"{sign!r} is not one sign")
    return signs


def _pairs(table: Table, key: str) -> dict[str, str]:
    pairs = _written(table, key)
    for pair in pairs:
        if len(pair) != 2:
            raise table.fail(key, f"{pair!r} is not an opening and a closing bracket")
    return {pair[0]: pair[1] for pair in pairs}


def _heads(table: Table) -> dict[str, str]:
    heads: dict[str, str] = {}
    for role in HEADS:
        for word in _written(table, role):
            folded = chars.key(word)
            if heads.setdefault(folded, role) != role:
                raise table.fail(role, f"{word!r} stands under {heads[folded]} too")
    table.finish()
    return heads


def _pattern(table: Table, key: str) -> re.Pattern[str]:
    text = table.text(key)
    try:
        return re.compile(text)
    except re.error as error:
        raise table.fail(key, f"is no pattern: {error}") from error
