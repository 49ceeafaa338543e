"""The rows of an annex table whose text has no cells, only lines.

Takes the lines below a head and the kinds of its columns. Gives the pieces of each cell.
Values (dates, numbers, ―) tell the rows; the text between two values belongs to the row before or after.
Reads rules/annex.toml. Nothing is dropped: every piece of text ends in some cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from pipeline import chars
from pipeline.parse.annex_centred import read_centred
from pipeline.parse.annex_draft import Head, Piece, starts_with
from pipeline.parse.annex_tokens import VALUE_KINDS, Place, Token, cut_tokens, place_columns, place_values
from pipeline.rules.annex import AnnexRules
from pipeline.rules.eras import Era

_CHUNK = regex.compile(r"[^ ]+")
_OPENING, _CLOSING = "（(「『【", "）)」』】"


def read_rows(
    lines: Sequence[Piece], heads: Sequence[Head], rules: AnnexRules, eras: Sequence[Era]
) -> dict[Place, list[Piece]]:
    """The pieces of every cell, rows counted from 0."""
    tokens = [token for line in lines for token in cut_tokens(line, heads, rules, eras)]
    centred = read_centred(tokens, heads, rules)
    if centred is not None:
        return centred
    places = place_columns(tokens, heads)
    texts_placed = places is not None
    places = places or place_values(tokens, heads)
    slots: dict[Place, list[Piece]] = {}
    for index, place in places.items():
        slots.setdefault(place, []).append(tokens[index].piece)
    if not texts_placed:
        _place_texts(tokens, places, slots, heads, rules)
    return {place: sorted(slots[place], key=lambda piece: piece.span) for place in sorted(slots)}


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of text: all of them, the one with the names, the one with lists (None where there is none)."""

    texts: tuple[int, ...]
    name: int
    items: int | None
    rules: AnnexRules


def _place_texts(
    tokens: Sequence[Token],
    places: Mapping[int, Place],
    slots: dict[Place, list[Piece]],
    heads: Sequence[Head],
    rules: AnnexRules,
) -> None:
    """Gives each run of texts between two values to the columns of the rows around it."""
    texts = tuple(column for column, head in enumerate(heads) if head.kind not in VALUE_KINDS) or (0,)
    items = next((column for column, head in enumerate(heads) if head.kind == "list"), None)
    known = {recipe.name for recipe in rules.recipes}
    name = next((column for column in texts if heads[column].role in known), texts[0])
    columns = _Columns(texts, name, items, rules)
    run: list[Piece] = []
    before: tuple[Place | None, int] = (None, -1)
    for index, token in enumerate((*tokens, None)):
        if token is not None and token.kind == "text":
            run.append(token.piece)
            continue
        after = (places[index], token.piece.line) if token is not None else (None, -1)
        if run:
            _share(run, before, after, columns, slots)
        run, before = [], after


def _share(
    run: Sequence[Piece],
    before: tuple[Place | None, int],
    after: tuple[Place | None, int],
    columns: _Columns,
    slots: dict[Place, list[Piece]],
) -> None:
    """Shares the texts between two values among the row of the one and the row of the other."""
    left, right, texts = before[0], after[0], columns.texts
    behind = tuple(column for column in texts if left and column > left[1])
    ahead = tuple(column for column in texts if right and column < right[1])
    if left and right and left[0] == right[0]:
        between = tuple(column for column in behind if column in ahead)
        _put(run, left[0], between or (columns.name,), columns, slots)
    elif left is None:
        _put(run, right[0] if right else 0, ahead or (columns.name,), columns, slots)
    elif right is None:
        _put(run, left[0], behind or (columns.name,), columns, slots)
    else:
        name = slots.get((left[0], columns.name), [])
        count = _behind_count(run, before[1], after[1], (bool(behind), bool(ahead)), name, columns.rules)
        _put(run[:count], left[0], behind or (columns.name,), columns, slots)
        _put(run[count:], right[0], ahead or (columns.name,), columns, slots)


def _behind_count(
    run: Sequence[Piece],
    left_line: int,
    right_line: int,
    has: tuple[bool, bool],
    name: Sequence[Piece],
    rules: AnnexRules,
) -> int:
    """How many texts of the run belong to the row before; the others open the row after.

    `has`: whether the row before has text columns behind its last value, the row after ahead of its first.
    """
    if not has[1]:
        return len(run)
    if not has[0]:
        return _rest_of_name(run, right_line, name, rules)
    least = sum(1 for piece in run if piece.line == left_line)
    for index, piece in enumerate(run):
        if starts_with(piece, rules.list_marks):
            least = index + 1
    while 0 < least < len(run) and run[least - 1].soft and run[least].line != right_line:
        least += 1
    start = len(run)
    while start > least and (start == len(run) or run[start - 1].soft or not _is_name(run[start:], rules)):
        start -= 1
    if run[-1].line == right_line and _is_name(run[-1:], rules) and not (len(run) > 1 and run[-2].soft):
        return max(least, len(run) - 1)
    return start


def _rest_of_name(run: Sequence[Piece], right_line: int, name: Sequence[Piece], rules: AnnexRules) -> int:
    """How many lines go on with a name whose numbers stand beside its middle (known names, open brackets, 会社)."""
    said = "".join(piece.text for piece in name)
    free = sum(1 for piece in run if piece.line != right_line)
    if not said and free > 1:
        return 1
    if chars.key(said) in rules.row_names:
        return 0
    for count in range(1, free + 1):
        joined = said + "".join(piece.text for piece in run[:count])
        if chars.key(joined) in rules.row_names:
            return count
        if not _is_balanced(said) and _is_balanced(joined):
            return count
    if free and (chars.key(run[0].text) in rules.name_tails or (name and name[-1].soft)):
        return 1
    return 0


def _is_name(pieces: Sequence[Piece], rules: AnnexRules) -> bool:
    """Whether these lines can be a whole name: not only its end, no bracket without its partner."""
    text = "".join(piece.text for piece in pieces)
    if not text or text[0] in _OPENING[:2] or chars.key(text) in rules.name_tails:
        return False
    return _is_balanced(text)


def _is_balanced(text: str) -> bool:
    return sum(sign in _OPENING for sign in text) == sum(sign in _CLOSING for sign in text)


def _put(
    run: Sequence[Piece],
    row: int,
    wanted: tuple[int, ...],
    columns: _Columns,
    slots: dict[Place, list[Piece]],
) -> None:
    """Puts texts into the wanted columns: list items into the column of lists, others as words stand apart."""
    if columns.items is not None:
        first = next(
            (at for at, piece in enumerate(run) if starts_with(piece, columns.rules.list_marks)), None
        )
        if first is not None:
            last = len(run)
            if (
                first == 0
                and wanted[0] != columns.items
                and not starts_with(run[-1], columns.rules.list_marks)
            ):
                last -= not run[-2].soft  # the name stands behind its items, on the line of its date
            slots.setdefault((row, columns.items), []).extend(run[first:last])
            run, wanted = (*run[:first], *run[last:]), tuple(at for at in wanted if at != columns.items)
            wanted = wanted or (columns.name,)
    if len(wanted) > 1 and len({piece.line for piece in run}) == 1:
        run = _parts(run, len(wanted))
    if len(wanted) > 1 and len(run) == len(wanted):
        for column, piece in zip(wanted, run, strict=True):
            slots.setdefault((row, column), []).append(piece)
    elif run:
        slots.setdefault((row, columns.name if columns.name in wanted else wanted[0]), []).extend(run)


def _parts(run: Sequence[Piece], wanted: int) -> list[Piece]:
    wide = [
        piece.cut(*found.span()) for piece in run for found in regex.finditer(r"[^ ]+(?: [^ ]+)*", piece.text)
    ]
    if len(wide) >= wanted:
        return wide
    return [piece.cut(*found.span()) for piece in run for found in _CHUNK.finditer(piece.text)]
