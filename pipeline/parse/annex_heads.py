"""The head of an annex table: which columns a line or a row of cells names.

Takes folded text. Gives heads (role, kind, place), or nothing. Reads rules/annex.toml and rules/eras.csv.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import regex

from pipeline import chars
from pipeline.parse.annex_draft import Head, Piece
from pipeline.parse.annex_values import era_forms, find_dates, is_missing, parse_number, parse_year_head
from pipeline.rules.annex import AnnexRules, Recipe
from pipeline.rules.eras import Era

_CHUNK = regex.compile(r"[^ ]+")


@dataclass(frozen=True, slots=True, eq=False)
class HeadWords:
    """All head words of the rules as one pattern, and what each stands for (key -> roles with their kinds)."""

    pattern: regex.Pattern[str]
    kinds: Mapping[str, tuple[tuple[str, str], ...]]
    eras: tuple[Era, ...]


@lru_cache(maxsize=8)
def _head_words(words: tuple[tuple[str, str, str], ...], forms: tuple[str, ...]) -> HeadWords:
    kinds: dict[str, tuple[tuple[str, str], ...]] = {}
    for word, role, kind in words:
        key = chars.key(word)
        if (role, kind) not in kinds.get(key, ()):
            kinds[key] = (*kinds.get(key, ()), (role, kind))
    spaced = sorted({_spaced(word) for word, _, _ in words}, key=lambda text: (-len(text), text))
    era = "|".join(regex.escape(form) for form in forms)
    year = rf"(?:(?:{era}) *)?(?:[0-9]{{1,4}}|元)"
    years = rf"{year} *(?:年 *度?)? *[→⇒➡] *{year} *(?:年 *度?)?(?:増減|比)?"
    years += rf"|(?:{era}) *(?:[0-9]{{1,2}}|元)|{year} *年(?: *度|(?! *[0-9]))"
    years += rf"|{year} *年 *[0-9]{{1,2}} *月(?: *[0-9]{{1,2}} *日)?(?:現在)?"
    pattern = regex.compile(rf"(?<![^ ])(?:{years}|{'|'.join(spaced)})(?![^ ])")
    return HeadWords(pattern, kinds, ())


def _spaced(word: str) -> str:
    return " *".join(regex.escape(sign) for sign in chars.fold(word).text if sign != " ")


def head_words(rules: AnnexRules, eras: Sequence[Era]) -> HeadWords:
    """The head words of these rules."""
    columns = [column for recipe in rules.recipes for column in recipe.columns] + list(rules.columns)
    words = tuple((word, column.role, column.kind) for column in columns for word in column.words)
    return _head_words(words, era_forms(eras))


def find_heads(piece: Piece, words: HeadWords, rules: AnnexRules, eras: Sequence[Era]) -> list[Head]:
    """The columns a line names, left to right, unknown ones too; none where the line is no head.

    団体名 構成自治体数 gives two heads. A line with numbers, or with more unknown words than known, gives none.
    """
    heads: list[Head] = []
    known, place = 0, 0
    text = piece.text
    for match in (*words.pattern.finditer(text), None):
        gap_end = match.start() if match else len(text)
        for chunk in _CHUNK.finditer(text, place, gap_end):
            if parse_number(chunk.group(), rules) is not None or is_missing(chunk.group(), rules):
                return []
            heads.append(Head("", "text", (piece.cut(chunk.start(), chunk.end()),)))
        if match:
            heads.append(name_head((piece.cut(match.start(), match.end()),), words, eras))
            known += 1
            place = match.end()
    dated = any(head.pieces and head_day(head.pieces[0].text, eras) for head in heads)
    if dated and not any(head.role and head.kind != "years" for head in heads):
        return []  # a row with its date
    return heads if known and known * 2 >= len(heads) else []


def name_head(pieces: tuple[Piece, ...], words: HeadWords, eras: Sequence[Era]) -> Head:
    """The head that these pieces (a cell, or part of a line) write; role "" where no rule knows it."""
    text = "".join(piece.text for piece in pieces)
    year = parse_year_head(text, eras)
    if year:
        return Head("change" if year.until is not None else "fiscal_year", "years", pieces)
    if head_day(text, eras):
        return Head("fiscal_year", "years", pieces)
    meanings = words.kinds.get(chars.key(text)) or words.kinds.get(chars.key(_bare(text)), ())
    if not meanings:
        return Head("", "text", pieces)
    return Head(*meanings[0], pieces)


def head_day(text: str, eras: Sequence[Era]) -> date | None:
    """The day that heads a column (令和5年8月1日現在), or None."""
    bare = chars.fold(text).text.strip().removesuffix("現在").strip()
    return next((day for start, end, day in find_dates(bare, eras) if start == 0 and end == len(bare)), None)


def _bare(text: str) -> str:
    """A head without what it adds in brackets: 構成自治体数（団体）."""
    return str(regex.sub(r"[(（][^()（）]*[)）]", "", text))


def pick_recipe(heads: Sequence[Head], caption: str, words: HeadWords, rules: AnnexRules) -> Recipe | None:
    """The recipe these heads belong to: its first column and one more; the caption decides where several fit."""
    fits: list[tuple[tuple[int, int], int, Recipe]] = []
    for order, recipe in enumerate(rules.recipes):
        roles = {column.role for column in recipe.columns}
        found = {role for head in heads for role in _roles(head, words) if role in roles}
        score = caption_score(recipe, caption)
        if recipe.name not in found or len(found) < 2 or score < 0:
            continue
        fits.append(((score, len(found)), -order, recipe))
    return max(fits, key=lambda fit: fit[:2])[2] if fits else None


def roles_in(recipe: Recipe, heads: Sequence[Head], words: HeadWords) -> tuple[str, ...]:
    """For each column its role in the recipe, "" for other columns.

    Each stands once, but for the years, and anew behind a second column of names (two tables side by side).
    """
    known = {column.role for column in recipe.columns}
    roles: list[str] = []
    group: set[str] = set()
    for head in heads:
        role = next((role for role in _roles(head, words) if role in known), "")
        if head.role == "change":
            role = "change"
        if role == recipe.name:
            group = set()
        roles.append("" if role in group and role != "fiscal_year" else role)
        group.add(role)
    return tuple(roles)


def _roles(head: Head, words: HeadWords) -> tuple[str, ...]:
    if head.kind == "years":
        return (head.role,)
    text = "".join(piece.text for piece in head.pieces)
    meanings = words.kinds.get(chars.key(text)) or words.kinds.get(chars.key(_bare(text)), ())
    return tuple(role for role, _ in meanings)


def caption_score(recipe: Recipe, caption: str) -> int:
    """1 where the caption speaks of this recipe, -1 where it speaks against it, else 0."""
    key = chars.key(caption)
    if any(word in key for word in recipe.not_captions):
        return -1
    return int(any(word in key for word in recipe.captions))
