"""Rows whose cells are centred beside each other: a list of items, and name and date beside its middle.

Takes the lines below a head with one date column, names before it and a list behind it. Gives the pieces of
each cell, or None where the lines are not set so. Reads rules/annex.toml (list marks).

    〇ビジネス交流会の開催
    A株式会社   平成30年8月23日
    〇「けんしん」活動の推進
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from pipeline.parse.annex_draft import Head, Piece, starts_with
from pipeline.parse.annex_tokens import Place, Token
from pipeline.rules.annex import AnnexRules

Lines = list[list[Token]]


def read_centred(
    tokens: Sequence[Token], heads: Sequence[Head], rules: AnnexRules
) -> dict[Place, list[Piece]] | None:
    """The pieces of each cell, rows counted from 0; None unless an item stands above the first date."""
    columns = _columns(heads)
    lines = [list(group) for _, group in groupby(tokens, key=lambda token: token.piece.line)]
    anchors = [at for at, line in enumerate(lines) if any(token.kind == "date" for token in line)]
    if (
        columns is None
        or not anchors
        or anchors[0] == 0
        or not starts_with(lines[0][0].piece, rules.list_marks)
    ):
        return None
    rows = _cut_rows(anchors, len(lines))
    if rows is None:
        return None
    slots: dict[Place, list[Piece]] = {}
    for row, (start, end) in enumerate(rows):
        for line in lines[start:end]:
            for token, column in _place_line(line, columns, heads, rules):
                slots.setdefault((row, column), []).append(token.piece)
    name, _, items = columns
    whole = all((row, name) in slots and (row, items) in slots for row in range(len(rows)))
    return slots if whole else None


def _columns(heads: Sequence[Head]) -> tuple[int, int, int] | None:
    """The columns of name, date and list, where a table has these and in this order."""
    kinds = [head.kind for head in heads]
    if kinds != ["text", "date", "list"]:
        return None
    return 0, 1, 2


def _cut_rows(anchors: Sequence[int], count: int) -> list[tuple[int, int]] | None:
    """First line and line behind the last of each row: as many lines below its date as above it.

    None where that leaves lines over, or runs into the next date.
    """
    rows: list[tuple[int, int]] = []
    start = 0
    for at, anchor in enumerate(anchors):
        last = at + 1 == len(anchors)
        end = count if last else 2 * anchor - start + 1
        if anchor < start or end > count or (not last and end > anchors[at + 1]):
            return None
        rows.append((start, end))
        start = end
    return rows


def _place_line(
    line: Sequence[Token], columns: tuple[int, int, int], heads: Sequence[Head], rules: AnnexRules
) -> list[tuple[Token, int]]:
    """The column of each text of one line: by its date, its list mark, or where it stands."""
    name, day, items = columns
    placed: list[tuple[Token, int]] = []
    passed = name
    dated = any(token.kind == "date" for token in line)
    for token in line:
        if token.kind == "date":
            placed.append((token, day))
            passed = items
            continue
        if starts_with(token.piece, rules.list_marks):
            passed = items
        placed.append(
            (token, passed if dated or passed == items else _nearest(token.piece, name, items, heads))
        )
    return placed


def _nearest(piece: Piece, name: int, items: int, heads: Sequence[Head]) -> int:
    """Names or list: the column whose head starts nearer to where the piece starts."""
    starts = {column: heads[column].pieces[0].x for column in (name, items) if heads[column].pieces}
    return min(starts, key=lambda column: (abs(starts[column] - piece.x), column), default=name)
