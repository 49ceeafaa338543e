"""The rules of rules/annex.toml, checked and frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pipeline import chars
from pipeline.rules.table import Table

COLUMN_KINDS = ("text", "date", "count", "list", "years")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a head may name: its role in the typed rows, its kind, its written forms."""

    role: str
    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one kind of annex table is known and read; `name` is the role of its first text column."""

    kind: str
    name: str
    captions: tuple[str, ...]
    not_captions: tuple[str, ...]
    columns: tuple[Column, ...]
    row_words: tuple[str, ...] = ()  # where given: the caption fits, or a row's name says one of them


@dataclass(frozen=True, slots=True)
class AnnexRules:
    """What rules/annex.toml says. Words that are only compared are kept as keys (`chars.key`)."""

    recipes: tuple[Recipe, ...]
    columns: tuple[Column, ...]  # of any table
    row_names: Mapping[str, str]  # key of a written form -> name
    missing: frozenset[str]
    minus: tuple[str, ...]
    plus: tuple[str, ...]
    units: tuple[str, ...]
    total_rows: frozenset[str]
    note_marks: tuple[str, ...]
    note_words: tuple[str, ...]
    list_marks: tuple[str, ...]
    caption_ends: tuple[str, ...]
    caption_starts: tuple[str, ...]
    name_tails: frozenset[str]
    year_rows: frozenset[str]


def load(table: Table) -> AnnexRules:
    """The rules of this table; RulesError for a key that is unknown or wrong."""
    rules = AnnexRules(
        recipes=tuple(_recipe(part) for part in table.tables("recipe")),
        columns=tuple(_column(part) for part in table.tables("column")),
        row_names=_row_names(table),
        missing=_keys(table, "missing"),
        minus=tuple(sorted(_keys(table, "minus"))),
        plus=tuple(sorted(_keys(table, "plus"))),
        units=tuple(sorted((chars.key(word) for word in set(table.words("units"))), key=len, reverse=True)),
        total_rows=_keys(table, "total_rows"),
        note_marks=table.words("note_marks"),
        note_words=table.words("note_words"),
        list_marks=table.words("list_marks"),
        caption_ends=tuple(sorted(_keys(table, "caption_ends"))),
        caption_starts=tuple(sorted(_keys(table, "caption_starts"))),
        name_tails=_keys(table, "name_tails"),
        year_rows=_keys(table, "year_rows"),
    )
    table.finish()
    return rules


def _keys(table: Table, name: str) -> frozenset[str]:
    return frozenset(chars.key(word) for word in table.words(name))


def _recipe(table: Table) -> Recipe:
    columns = tuple(_column(part) for part in table.tables("column"))
    recipe = Recipe(
        kind=table.text("kind"),
        name=table.text("name"),
        captions=tuple(chars.key(word) for word in table.words("captions")),
        not_captions=tuple(chars.key(word) for word in table.words("not_captions", ())),
        columns=columns,
        row_words=tuple(chars.key(word) for word in table.words("row_words", ())),
    )
    if recipe.name not in {column.role for column in columns}:
        raise table.fail("name", f"{recipe.name} is the role of no column")
    table.finish()
    return recipe


def _column(table: Table) -> Column:
    column = Column(table.text("role"), table.text("kind"), table.words("words"))
    if column.kind not in COLUMN_KINDS:
        raise table.fail("kind", f"{column.kind} is none of {', '.join(COLUMN_KINDS)}")
    table.finish()
    return column


def _row_names(table: Table) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for part in table.tables("row_name"):
        name = part.text("name")
        for word in (name, *part.words("words", ())):
            if chars.key(word) in names:
                raise part.fail("words", f"{word} stands twice")
            names[chars.key(word)] = name
        part.finish()
    return MappingProxyType(names)
