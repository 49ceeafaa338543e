"""Annex tables that stand as lines of text, with no cells.

Takes pieces of lines, in document order. Gives drafts: caption, notes, and the pieces of each cell.
Reads rules/annex.toml. A caption finds its table by what both speak of, because a PDF's text order may
tear them apart: two captions, then the second table, then the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from pipeline import chars
from pipeline.parse.annex_draft import Draft, Head, Piece, starts_with
from pipeline.parse.annex_heads import HeadWords, caption_score, find_heads, head_words, pick_recipe
from pipeline.parse.annex_rows import read_rows
from pipeline.parse.annex_tokens import VALUE_KINDS, cut_tokens
from pipeline.rules.annex import AnnexRules
from pipeline.rules.eras import Era

_BRACKETED_END = regex.compile(r"[(（〔【][^()（）〔〕【】]*[)）〕】]$")
_BRACKETED = regex.compile(r"[(（〔［\[].*[)）〕］\]]")
_WIDE = regex.compile(r"[^ ]+(?: [^ ]+)*")
_CHUNK = regex.compile(r"[^ ]+")
_LONGEST_CAPTION = 50


@dataclass(slots=True)
class _Block:
    """Lines that belong together: a caption with its notes, or a table's head and body."""

    caption: list[Piece] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    body: list[Piece] = field(default_factory=list)
    notes: list[list[Piece]] = field(default_factory=list)

    @property
    def place(self) -> int:
        pieces = [*self.caption, *(piece for head in self.heads for piece in head.pieces), *self.body]
        return min(
            (piece.line for piece in (*pieces, *(piece for note in self.notes for piece in note))), default=0
        )


def read_text_tables(pieces: Sequence[Piece], rules: AnnexRules, eras: Sequence[Era]) -> list[Draft]:
    """The tables of these lines; every piece ends in a caption, a note or a cell of one of them."""
    words = head_words(rules, eras)
    blocks = _cut_blocks(pieces, words, rules, eras)
    tables = _match_captions(blocks, words, rules)
    return [_make_draft(table, words, rules, eras) for table in tables]


def is_note(piece: Piece, rules: AnnexRules) -> bool:
    """Whether a line is a note: ※…, 【…】, （単位：千円）, 令和5年8月1日現在."""
    if starts_with(piece, rules.note_marks):
        return True
    says = any(word in piece.text for word in rules.note_words)
    return says and (bool(_BRACKETED.fullmatch(piece.text)) or piece.text.endswith(rules.note_words))


def is_caption(piece: Piece, rules: AnnexRules) -> bool:
    """Whether a line names a table: by the words of a recipe, or as tables are named (…一覧, …の推移, 別表１)."""
    if (
        starts_with(piece, rules.list_marks)
        or len(piece.text) > _LONGEST_CAPTION
        or piece.text.endswith("。")
    ):
        return False
    key = chars.key(_BRACKETED_END.sub("", piece.text).strip())
    if key.endswith(rules.caption_ends) and len(key) > 3:
        return True
    if any(key.endswith(word) for recipe in rules.recipes for word in recipe.captions):
        return True
    return (
        key.startswith(rules.caption_starts) and bool(regex.match(r"[^0-9]{1,5}[0-9]", key)) and len(key) < 30
    )


def _cut_blocks(
    pieces: Sequence[Piece], words: HeadWords, rules: AnnexRules, eras: Sequence[Era]
) -> list[_Block]:
    blocks: list[_Block] = []
    last: list[Piece] | None = None  # what the line before went into
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        if last and pieces[index - 1].soft:
            last.append(piece)
            index += 1
            continue
        heads, taken = _read_head(pieces, index, words, rules, eras)
        if heads:
            blocks.append(_Block(heads=heads))
            last, index = None, index + taken
            continue
        if is_note(piece, rules):
            last = [piece]
            _note_block(blocks).notes.append(last)
        elif is_caption(piece, rules) and not _has_values(piece, rules, eras):
            blocks.append(_Block(caption=[piece]))
            last = blocks[-1].caption
        else:
            last = _body_block(blocks).body
            last.append(piece)
        index += 1
    return blocks


def _read_head(
    pieces: Sequence[Piece], index: int, words: HeadWords, rules: AnnexRules, eras: Sequence[Era]
) -> tuple[list[Head], int]:
    """The head that starts at this line, over as many lines as hold nothing but head words; how many they are."""
    heads: list[Head] = []
    taken = 0
    for piece in pieces[index:]:
        if taken and heads and _is_rest_of_year(piece, heads, rules):
            heads = [_with_rest(head, piece) if head.role == "change" else head for head in heads]
            taken += 1
            continue
        found = find_heads(piece, words, rules, eras)
        if not found or (len(found) == 1 and is_caption(piece, rules)) or _says_again(heads, found):
            break
        heads.extend(found)
        taken += 1
        if not all(head.role for head in found):
            break
    ordered = sorted(heads, key=lambda head: head.role == "change")
    return (ordered, taken) if len(heads) > 1 else ([], 0)


def _says_again(heads: Sequence[Head], found: Sequence[Head]) -> bool:
    """Whether a line names a column that the head already has: it belongs to another table."""
    known = {head.role for head in heads if head.kind != "years"}
    return bool(heads) and (not all(head.role for head in found) or any(head.role in known for head in found))


def _is_rest_of_year(piece: Piece, heads: Sequence[Head], rules: AnnexRules) -> bool:
    """年度 on a line of its own: the rest of a change column (27→5 / 年度)."""
    return chars.key(piece.text) in rules.year_rows and any(head.role == "change" for head in heads)


def _with_rest(head: Head, piece: Piece) -> Head:
    return Head(head.role, head.kind, (*head.pieces, piece))


def _has_values(piece: Piece, rules: AnnexRules, eras: Sequence[Era]) -> bool:
    return any(token.kind != "text" for token in cut_tokens(piece, (Head("", "count"),), rules, eras))


def _note_block(blocks: list[_Block]) -> _Block:
    """The block a note belongs to: the table or the caption before it."""
    if not blocks:
        blocks.append(_Block())
    return blocks[-1]


def _body_block(blocks: list[_Block]) -> _Block:
    """The table that a body line belongs to; lines under a caption start a table without a head."""
    if not blocks:
        blocks.append(_Block())
    return blocks[-1]


def _match_captions(blocks: Sequence[_Block], words: HeadWords, rules: AnnexRules) -> list[_Block]:
    """Tables with their captions: by kind wherever the caption stands, else the one right above."""
    tables = [block for block in blocks if block.heads or block.body]
    free = [block for block in blocks if block.caption and not block.heads and not block.body]
    for table in tables:
        if table.caption:
            continue
        above = [caption for caption in free if caption.place < table.place]
        right = [caption for caption in free if _fits(caption, table, words, rules)]
        nearest = above[-1:] if above and not _is_claimed(above[-1], tables, words, rules) else []
        chosen = next(iter(sorted(right, key=lambda block: abs(block.place - table.place))), None)
        chosen = chosen or next(iter(nearest), None)
        if chosen:
            table.caption = chosen.caption
            table.notes = [*chosen.notes, *table.notes]
            free.remove(chosen)
    left = [block for block in blocks if block in free or not (block.caption or block.heads or block.body)]
    return sorted([*tables, *left], key=lambda block: block.place)


def _fits(caption: _Block, table: _Block, words: HeadWords, rules: AnnexRules) -> bool:
    said = "".join(piece.text for piece in caption.caption)
    recipe = pick_recipe(table.heads, said, words, rules)
    return recipe is not None and caption_score(recipe, said) > 0


def _is_claimed(caption: _Block, tables: Sequence[_Block], words: HeadWords, rules: AnnexRules) -> bool:
    return any(_fits(caption, table, words, rules) for table in tables if not table.caption)


def _make_draft(block: _Block, words: HeadWords, rules: AnnexRules, eras: Sequence[Era]) -> Draft:
    heads: Sequence[Head] = block.heads
    body: Sequence[Piece] = block.body
    caption = "".join(piece.text for piece in block.caption)
    if not heads and body:
        heads, body = _guess_heads(body, rules, eras)
    recipe = pick_recipe(heads, caption, words, rules) if heads else None
    slots: dict[tuple[int, int], list[Piece]] = {}
    rows = 0
    if any(head.pieces for head in heads):
        rows = 1
        slots = {(0, column): list(head.pieces) for column, head in enumerate(heads)}
    if heads:
        heads = _settle_kinds(heads, body, rules, eras)
        read = read_rows(body, heads, rules, eras)
        slots |= {(row + rows, column): pieces for (row, column), pieces in read.items()}
    else:
        slots |= _plain_rows(body)
    return Draft(
        slots,
        rows,
        tuple(heads),
        recipe.kind if recipe else None,
        tuple(block.caption),
        tuple(tuple(note) for note in block.notes),
        place=block.place,
    )


def _guess_heads(
    body: Sequence[Piece], rules: AnnexRules, eras: Sequence[Era]
) -> tuple[list[Head], Sequence[Piece]]:
    """Heads of a table that no rule knows: names in the first line, values in those below."""
    probe = (Head("", "date"), Head("", "count"))
    lines = [cut_tokens(piece, probe, rules, eras) for piece in body]
    values = [[token.kind for token in line if token.kind != "text"] for line in lines]
    names = _chunks(body[0])
    counts = [len(found) for found in values[1:] if found]
    if values[0] or not counts or len(names) < 2:
        return [], body
    width = max(sorted(set(counts)), key=counts.count)
    if not 0 < width < len(names) or 2 * len(counts) < len(values[1:]):
        return [], body
    model = next(found for found in values[1:] if len(found) == width)
    kinds = ["text"] * (len(names) - width) + ["date" if kind == "date" else "count" for kind in model]
    return [Head("", kind, (piece,)) for kind, piece in zip(kinds, names, strict=True)], body[1:]


def _settle_kinds(
    heads: Sequence[Head], body: Sequence[Piece], rules: AnnexRules, eras: Sequence[Era]
) -> list[Head]:
    """The heads with the last columns that no rule knows holding counts, where most lines have so many numbers."""
    probe = (*heads, Head("", "count"))
    found = [sum(token.kind == "number" for token in cut_tokens(piece, probe, rules, eras)) for piece in body]
    counts = [count for count in found if count]
    settled = list(heads)
    if not counts:
        return settled
    more = max(sorted(set(counts)), key=counts.count) - sum(head.kind in ("count", "years") for head in heads)
    for place in reversed(range(1, len(heads))):
        if more > 0 and not heads[place].role:
            settled[place] = Head("", "count", heads[place].pieces)
            more -= 1
        elif heads[place].kind not in VALUE_KINDS:
            break
    return settled


def _chunks(piece: Piece) -> list[Piece]:
    """The parts of a line that wide gaps part; where there is none, those that blanks part."""
    wide = [piece.cut(*found.span()) for found in _WIDE.finditer(piece.text)]
    return wide if len(wide) > 1 else [piece.cut(*found.span()) for found in _CHUNK.finditer(piece.text)]


def _plain_rows(body: Sequence[Piece]) -> dict[tuple[int, int], list[Piece]]:
    """A row a line, columns where gaps are wide; a line that the page broke goes on in its last cell."""
    slots: dict[tuple[int, int], list[Piece]] = {}
    row, column, soft = -1, 0, False
    for piece in body:
        if soft:
            slots[row, column].append(piece)
        else:
            row += 1
            for column, part in enumerate(piece.cut(*found.span()) for found in _WIDE.finditer(piece.text)):
                slots[row, column] = [part]
        soft = piece.soft
    return slots
