"""Annex tables that come as cells: a PDF's grid, CSV, columns told by the reader.

Takes pieces of lines, those of a table with their cell. Gives drafts, as annex_text does.
Reads rules/annex.toml. A table that goes on behind a page's end is one table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import chars
from pipeline.model import Document
from pipeline.parse.annex_draft import Draft, Head, Piece
from pipeline.parse.annex_heads import HeadWords, head_words, name_head, pick_recipe
from pipeline.parse.annex_text import is_note, read_text_tables
from pipeline.parse.annex_values import find_dates, is_missing, parse_number
from pipeline.rules.annex import AnnexRules
from pipeline.rules.eras import Era

Slots = dict[tuple[int, int], list[Piece]]


def read_grids(
    document: Document, pieces: Sequence[Piece], rules: AnnexRules, eras: Sequence[Era]
) -> list[Draft]:
    """The tables of these cells, with captions and notes from the lines between them."""
    words = head_words(rules, eras)
    drafts: list[Draft] = []
    loose: list[Piece] = []
    for table, group in _group(document, pieces):
        if table is None:
            loose.extend(group)
            continue
        slots, inside = _read_slots(document, group)
        caption, notes = _read_loose(loose, drafts, rules, eras)
        draft = _make_grid(slots, (*caption, *inside), notes, words, rules, eras)
        loose = []
        if drafts and not (caption or notes or inside) and _goes_on(drafts[-1], draft):
            drafts[-1] = _append(drafts[-1], draft)
        else:
            drafts.append(draft)
    caption, notes = _read_loose(loose, drafts, rules, eras)
    if drafts and (caption or notes):
        ended = (caption,) if caption else ()
        drafts[-1] = replace(drafts[-1], notes=(*drafts[-1].notes, *ended, *notes))
    return drafts


def _group(document: Document, pieces: Sequence[Piece]) -> list[tuple[int | None, list[Piece]]]:
    """Pieces in document order, those of one table together where its first line stands."""
    groups: list[tuple[int | None, list[Piece]]] = []
    places: dict[int, int] = {}
    for piece in pieces:
        cell = document.lines[piece.line].cell
        if cell is not None and cell[0] in places:
            groups[places[cell[0]]][1].append(piece)
            continue
        if cell is not None:
            places[cell[0]] = len(groups)
            groups.append((cell[0], [piece]))
        elif groups and groups[-1][0] is None:
            groups[-1][1].append(piece)
        else:
            groups.append((None, [piece]))
    return groups


def _read_slots(document: Document, pieces: Sequence[Piece]) -> tuple[Slots, tuple[Piece, ...]]:
    """The pieces of each cell, rows and columns counted from 0 without gaps; a caption that is the first row."""
    slots: Slots = {}
    for piece in pieces:
        cell = document.lines[piece.line].cell
        if cell is not None:
            slots.setdefault((cell[1], cell[2]), []).append(piece)
    rows = {row: place for place, row in enumerate(sorted({row for row, _ in slots}))}
    first = min((column for _, column in slots), default=0)
    slots = {(rows[row], column - first): found for (row, column), found in sorted(slots.items())}
    top = [place for place in slots if place[0] == 0]
    if len(top) == 1 and len(rows) > 1 and sum(1 for row, _ in slots if row == 1) > 1:
        caption = tuple(slots.pop(top[0]))
        return {(row - 1, column): found for (row, column), found in slots.items()}, caption
    return slots, ()


def _read_loose(
    loose: Sequence[Piece], drafts: list[Draft], rules: AnnexRules, eras: Sequence[Era]
) -> tuple[tuple[Piece, ...], tuple[tuple[Piece, ...], ...]]:
    """Caption and notes for the next table from the lines before it.

    Notes before the first caption belong to the table above, and whole tables of text become drafts.
    """
    caption: tuple[Piece, ...] = ()
    notes: list[tuple[Piece, ...]] = []
    for draft in read_text_tables(loose, rules, eras) if loose else []:
        if draft.heads:
            drafts.append(draft)
            continue
        lines = [tuple(found) for found in draft.slots.values()]
        if draft.caption and not caption:
            caption, notes = draft.caption, [*notes, *draft.notes, *lines]
        elif draft.caption:
            notes.extend((draft.caption, *draft.notes, *lines))
        elif drafts and any(is_note(note[0], rules) for note in draft.notes):
            drafts[-1] = replace(drafts[-1], notes=(*drafts[-1].notes, *draft.notes, *lines))
        elif lines and not caption:
            caption, notes = lines[0], [*notes, *lines[1:], *draft.notes]
        else:
            notes.extend((*lines, *draft.notes))
    return caption, tuple(notes)


def _make_grid(
    slots: Slots,
    caption: tuple[Piece, ...],
    notes: tuple[tuple[Piece, ...], ...],
    words: HeadWords,
    rules: AnnexRules,
    eras: Sequence[Era],
) -> Draft:
    width = max((column for _, column in slots), default=-1) + 1
    height = max((row for row, _ in slots), default=-1) + 1
    head_rows = _count_heads(slots, height, width, words, rules, eras)
    heads = []
    for column in range(width):
        pieces = tuple(piece for row in range(head_rows) for piece in slots.get((row, column), ()))
        head = _name_column(slots, column, head_rows, pieces, words, eras)
        heads.append(
            head
            if head.role
            else replace(head, kind=_column_kind(slots, column, head_rows, height, rules, eras))
        )
    recipe = pick_recipe(heads, "".join(piece.text for piece in caption), words, rules)
    place = min((piece.line for found in slots.values() for piece in found), default=0)
    return Draft(slots, head_rows, tuple(heads), recipe.kind if recipe else None, caption, notes, place=place)


def _name_column(
    slots: Slots,
    column: int,
    head_rows: int,
    pieces: tuple[Piece, ...],
    words: HeadWords,
    eras: Sequence[Era],
) -> Head:
    """The head of one column: as all its head cells say together, or else as the lowest says."""
    head = name_head(pieces, words, eras) if pieces else Head("", "text")
    low = tuple(slots.get((head_rows - 1, column), ()))
    lowest = name_head(low, words, eras) if low and not head.role else head
    return replace(lowest, pieces=pieces) if not head.role else head


def _count_heads(
    slots: Slots, height: int, width: int, words: HeadWords, rules: AnnexRules, eras: Sequence[Era]
) -> int:
    """How many rows at the top are heads: one that names two known columns, or one with no values over rows with."""
    values = [
        [_is_value(slots.get((row, column), ()), rules, eras) for column in range(width)]
        for row in range(height)
    ]
    for row in range(min(2, height)):
        names = [
            name_head(tuple(slots[row, column]), words, eras)
            for column in range(width)
            if (row, column) in slots
        ]
        if sum(1 for head in names if head.role) > 1:
            return row + 1
    if (
        height > 1
        and not any(values[0])
        and any(any(row) for row in values[1:])
        and sum(1 for column in range(width) if (0, column) in slots) > 1
    ):
        return 1
    return 0


def _is_value(pieces: Sequence[Piece], rules: AnnexRules, eras: Sequence[Era]) -> bool:
    text = "".join(piece.text for piece in pieces)
    if not text:
        return False
    return is_missing(text, rules) or parse_number(text, rules) is not None or _is_date(text, eras)


def _is_date(text: str, eras: Sequence[Era]) -> bool:
    return any(start == 0 and end == len(text) for start, end, _ in find_dates(text, eras))


def _column_kind(
    slots: Slots, column: int, head_rows: int, height: int, rules: AnnexRules, eras: Sequence[Era]
) -> str:
    texts = [
        "".join(piece.text for piece in slots.get((row, column), ())) for row in range(head_rows, height)
    ]
    said = [text for text in texts if text and not is_missing(text, rules)]
    if said and all(parse_number(text, rules) is not None for text in said):
        return "count"
    return "date" if said and all(_is_date(text, eras) for text in said) else "text"


def _goes_on(before: Draft, after: Draft) -> bool:
    """Whether a table is the rest of the one before: as many columns, and no head or the same head again."""
    if len(before.heads) != len(after.heads) or not before.heads:
        return False
    return after.head_rows == 0 or _head_keys(before) == _head_keys(after)


def _head_keys(draft: Draft) -> list[str]:
    return [chars.key("".join(piece.text for piece in head.pieces)) for head in draft.heads]


def _append(before: Draft, after: Draft) -> Draft:
    """Both as one table; a head said again stays a row of heads where it stands."""
    height = max((row for row, _ in before.slots), default=-1) + 1
    slots = {
        **before.slots,
        **{(row + height, column): found for (row, column), found in after.slots.items()},
    }
    again = tuple(range(height, height + after.head_rows))
    return replace(before, slots=slots, repeated=(*before.repeated, *again))
