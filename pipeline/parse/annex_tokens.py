"""The values and texts that the lines of an annex table are made of.

Takes lines below a head and the kinds of its columns. Gives tokens, and for each value its row and column.
Reads rules/annex.toml. A value stands between blanks, and some column must hold its kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import regex

from pipeline.parse.annex_draft import Head, Piece
from pipeline.parse.annex_values import find_dates, is_missing, parse_number
from pipeline.rules.annex import AnnexRules
from pipeline.rules.eras import Era

_CHUNK = regex.compile(r"[^ ]+")
_BRACKETED = regex.compile(r"[(（][^()（）]*[^()（）0-9.,][^()（）]*[)）]")  # (12) is a number
VALUE_KINDS = ("date", "count", "years")
_FITTING = {"date": ("date",), "number": ("count", "years"), "missing": VALUE_KINDS}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a body line: a text, or a value of a column's kind (`missing` fits any value column)."""

    kind: str  # text | date | number | missing
    piece: Piece


Place = tuple[int, int]  # row, column


def cut_tokens(line: Piece, heads: Sequence[Head], rules: AnnexRules, eras: Sequence[Era]) -> list[Token]:
    """The line as texts and values; a value stands between blanks and some column must hold its kind."""
    kinds = {head.kind for head in heads}
    text = line.text
    dates = [(start, end) for start, end, _ in find_dates(text, eras)]
    cuts: list[tuple[int, int, str]] = []
    if "date" in kinds:
        cuts = [(start, end, "date") for start, end in dates if _stands_free(text, start, end)]
    closed = bytearray(len(text))
    for start, end in (*dates, *(match.span() for match in _BRACKETED.finditer(text))):
        closed[start:end] = b"\1" * (end - start)
    for chunk in _CHUNK.finditer(text):
        start, end = chunk.span()
        if any(closed[start:end]):
            continue  # inside a date or brackets: (平成 28 年 4 月 26 日)
        if is_missing(chunk.group(), rules) and kinds & set(VALUE_KINDS):
            cuts.append((start, end, "missing"))
        elif kinds & {"count", "years"} and parse_number(chunk.group(), rules) is not None:
            cuts.append((start, end, "number"))
    tokens: list[Token] = []
    place = 0
    for start, end, kind in (*sorted(cuts), (len(text), len(text), "")):
        tokens.extend(
            Token("text", line.cut(*part)) for part in _text_parts(text, place, start, kinds, rules)
        )
        if kind:
            tokens.append(Token(kind, line.cut(start, end)))
        place = end
    return tokens


def _text_parts(text: str, start: int, end: int, kinds: set[str], rules: AnnexRules) -> list[tuple[int, int]]:
    """The text between two values; cut before each list mark where a column holds lists."""
    marks = [mark for mark in rules.list_marks if "list" in kinds]
    cuts = [start, *(at for at in range(start + 1, end) if text[at - 1] == " " and text[at] in marks), end]
    return [(left, right) for left, right in pairwise(cuts) if text[left:right].strip()]


def _stands_free(text: str, start: int, end: int) -> bool:
    return (start == 0 or text[start - 1] == " ") and (end == len(text) or text[end] == " ")


def place_values(tokens: Sequence[Token], heads: Sequence[Head]) -> dict[int, Place]:
    """Row and column of each value: the next column that holds its kind, in a new row where there is none."""
    places: dict[int, Place] = {}
    row, column, row_line = 0, -1, -1
    on_line = Counter(token.piece.line for token in tokens if token.kind != "text")
    width = sum(1 for head in heads if head.kind in VALUE_KINDS)
    name_first = bool(heads) and heads[0].kind not in VALUE_KINDS
    for index, token in enumerate(tokens):
        if token.kind == "text":
            continue
        line = token.piece.line
        before = tokens[index - 1] if index else None
        opens = name_first and before is not None and before.kind == "text" and before.piece.line == line
        opens = opens and column >= 0 and row_line != line and on_line[line] >= width
        found = None if opens else _next_column(token.kind, heads, column)
        if found is None:
            row += column >= 0
            found = _next_column(token.kind, heads, -1)
        if found is None:
            found = len(heads) - 1
        column, row_line = found, line
        places[index] = (row, column)
    return places


def _next_column(kind: str, heads: Sequence[Head], after: int) -> int | None:
    return next(
        (column for column in range(after + 1, len(heads)) if heads[column].kind in _FITTING[kind]), None
    )


def place_columns(tokens: Sequence[Token], heads: Sequence[Head]) -> dict[int, Place] | None:
    """Row and column of every token of a text that goes down column by column; None where it does not.

    All names, then all dates, then all numbers, each on a line of its own and as many of one as of the other.
    """
    lines = {token.piece.line for token in tokens}
    groups = [len(list(group)) for _, group in groupby(token.kind == "text" for token in tokens)]
    if len(lines) != len(tokens) or len(tokens) % len(heads) or len(tokens) < 2 * len(heads):
        return None
    height = len(tokens) // len(heads)
    if len(groups) < 2 or max(groups) < height:
        return None
    places = {index: (index % height, index // height) for index in range(len(tokens))}
    fits = all(_fits(token.kind, heads[places[index][1]].kind) for index, token in enumerate(tokens))
    return places if fits else None


def _fits(kind: str, column: str) -> bool:
    return column not in VALUE_KINDS if kind == "text" else column in _FITTING[kind]
