"""Which lines are the title, a preface, the chronology, annex tables, or notes on the whole.

Takes the steps through a document. Gives one region a line, and the steps that belong to the chronology.
Reads rules/layout.toml (title, annex, note). Captions open an annex only where no later entry follows in
the order of the dates: an entry is never swallowed by a word.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline import chars
from pipeline.model import BROKEN, Fragment
from pipeline.parse.annex_values import is_counts
from pipeline.parse.colophon import find_colophon
from pipeline.parse.first_entry import find_first, is_title, step_text
from pipeline.parse.sheet import Sheet
from pipeline.parse.steps import ASIDE, HEAD, HEADING, START, TEXT, Step
from pipeline.rules.layout import LayoutRules
from pipeline.rules.load import Rules

TITLE, PREFACE, CHRONOLOGY, ANNEX, NOTE = "title", "preface", "chronology", "annex", "note"
_FIELDS = re.compile(r"\S+(?:[ \u3000]+\S+)+")
_COUNTED = re.compile(r"[【\[［(（][^】\]］)）]*[0-9][^】\]］)）]*[】\]］)）]$")
_CELL_NUMBER = re.compile(r"[-+＋―－−‐]|[-+＋－−]?[0-9][0-9,.]*[%％人件団体]*")
_CELLS, _FEWEST_NUMBERS = 32, 5  # lines below a caption, and numbers alone on a line among them
_NUMBER = re.compile(r"(?:^|[ \u3000])[―－-]?[0-9][0-9,.]*(?:[ \u3000]|$)")


@dataclass(frozen=True, slots=True)
class Regions:
    """Where the parts of a document begin and end, as places in its steps."""

    first: int  # the first step of the chronology
    note: int  # the first step of the notes behind it
    annex: int  # the first step of the annex
    inside: frozenset[int] = frozenset()  # steps of annex tables that stand inside the chronology


def find_regions(sheet: Sheet, steps: Sequence[Step], chronologies: frozenset[int], rules: Rules) -> Regions:
    """The parts of the document; `chronologies` are the numbers of the tables that hold entries."""
    first = find_first(sheet, steps, rules.layout)
    annex = _find_annex(sheet, steps, first, chronologies, rules)
    colophon = find_colophon(sheet, steps[:annex], first, rules.layout)
    note = _find_note(sheet, steps, first, annex, rules.layout) if colophon is None else colophon
    inside = frozenset(
        place
        for place in range(first, note)
        if steps[place].kind == TEXT
        and steps[place].table is not None
        and steps[place].table not in chronologies
    )
    return Regions(first, note, annex, inside)


def name_regions(sheet: Sheet, steps: Sequence[Step], regions: Regions) -> tuple[str, ...]:
    """One region a line of the document; furniture and blank lines take that of the line before them."""
    named: dict[int, str] = {}
    for place, step in enumerate(steps):
        for line in step.lines:
            named.setdefault(line, _region(sheet, step, place, regions))
    found, last = [], TITLE if regions.first else CHRONOLOGY
    for index in range(len(sheet.document.lines)):
        last = named.get(index, last)
        found.append(last)
    return tuple(found)


def _region(sheet: Sheet, step: Step, place: int, regions: Regions) -> str:
    if place >= regions.annex or place in regions.inside:
        return ANNEX
    if place >= regions.note:
        return NOTE
    if place >= regions.first:
        return CHRONOLOGY
    return TITLE if is_title(sheet, step) else PREFACE


def _find_annex(
    sheet: Sheet, steps: Sequence[Step], first: int, chronologies: frozenset[int], rules: Rules
) -> int:
    """The first step of the annex; the number of steps where there is none."""
    captioned = _find_captioned(sheet, steps, first, chronologies, rules)
    foreign = _foreign_rows(sheet, steps[:captioned], first)
    if foreign is not None:
        return foreign
    return captioned if captioned < len(steps) else _tables_behind(steps, first, chronologies)


def _find_captioned(
    sheet: Sheet, steps: Sequence[Step], first: int, chronologies: frozenset[int], rules: Rules
) -> int:
    """The line that names what stands behind the chronology; the number of steps where none does."""
    days = [
        step.date.start if step.kind == START and step.date and not _is_count(sheet, step, rules) else None
        for step in steps
    ]
    descends = _descends([day for day in days[first:] if day])
    furthest = _furthest_behind(days, descends)
    before: date | None = None
    for place in range(first + 1, len(steps)):
        before = days[place - 1] or before
        if before is None or not is_caption(sheet, steps, place, rules.layout):
            continue
        behind = furthest[place]
        if behind is not None and _goes_on(before, behind, descends):
            continue
        if (
            _opens_page(sheet, steps, place)
            or _looks_tabular(sheet, steps, place, chronologies)
            or behind is not None
        ):
            return place
        if _is_followed_by_tables(sheet, steps, place, rules.layout):
            return place
    return len(steps)


def _is_undated(step: Step) -> bool:
    """Whether words stand where the row's date should."""
    return step.unit == "unknown" and (step.date is None or step.date.edtf is None)


def _foreign_rows(sheet: Sheet, steps: Sequence[Step], first: int) -> int | None:
    """The line set off above rows behind the last date that have words where it should stand: another table's title."""
    last = max(
        (place for place, step in enumerate(steps) if step.kind == START and not _is_undated(step)),
        default=first,
    )
    rows = [place for place in range(last + 1, len(steps)) if steps[place].kind == START]
    titles = (
        place
        for place in range(last + 1, rows[0] if rows else last + 1)
        if steps[place].kind in (TEXT, ASIDE) and _is_set_off(sheet, steps, place)
    )
    return next(titles, None)


def _is_count(sheet: Sheet, step: Step, rules: Rules) -> bool:
    """Whether nothing but numbers stands beside the date, as in the row of a statistic: 昭和30年 1,234 6,789."""
    return is_counts(
        " ".join(sheet.source[part.span.start : part.span.end] for part in step.fragments), rules.annex
    )


def _furthest_behind(days: Sequence[date | None], descends: bool) -> list[date | None]:
    """For each place the furthest day of the entries from there on, in the order of the chronology."""
    furthest: list[date | None] = [None] * len(days)
    last: date | None = None
    for place in range(len(days) - 1, -1, -1):
        day = days[place]
        if day is not None and (last is None or (day < last if descends else day > last)):
            last = day
        furthest[place] = last
    return furthest


def _tables_behind(steps: Sequence[Step], first: int, chronologies: frozenset[int]) -> int:
    """The first step of the tables that stand behind the last entry and hold none."""
    last = max((place for place, step in enumerate(steps) if step.kind == START), default=first)
    for place in range(last + 1, len(steps)):
        table = steps[place].table
        if steps[place].kind in (TEXT, HEAD) and table is not None and table not in chronologies:
            return place - 1 if steps[place - 1].kind == ASIDE and place - 1 > last else place
    return len(steps)


def _goes_on(before: date | None, day: date, descends: bool) -> bool:
    return before is not None and (day <= before if descends else day >= before)


def _descends(days: Sequence[date]) -> bool:
    down = sum(after < before for before, after in itertools.pairwise(days))
    up = sum(after > before for before, after in itertools.pairwise(days))
    return down > up


def is_caption(sheet: Sheet, steps: Sequence[Step], place: int, rules: LayoutRules) -> bool:
    """Whether this step is a line of its own that names a table: 連携自治体数の推移."""
    step, above = steps[place], steps[place - 1]
    if step.kind not in (TEXT, ASIDE) or len(step.fragments) != 1:
        return False
    if above.kind == START and not above.fragments:
        return False  # the headline of the date above
    if above.fragments and above.fragments[-1].wrap in BROKEN:
        return False
    text = chars.key(step_text(sheet, step))
    if not text or len(text) > rules.longest_caption or "。" in text or text[0] in rules.bullets:
        return False
    named = text.rstrip("）)】］]」』") if text[0] in "【［[「『（(" else text
    bare = re.sub(r"[（(【\[［][^）)】\]］]*[）)】\]］]$", "", named)
    return bare.endswith(rules.captions) or named.endswith(rules.captions) or _opens_annex(text, rules)


def _opens_annex(text: str, rules: LayoutRules) -> bool:
    """Whether it says itself that it is behind the chronology: 別表１ …, （別表）…."""
    return text.lstrip("（(【［[〔「『").startswith(rules.annex_openings)


def _opens_page(sheet: Sheet, steps: Sequence[Step], place: int) -> bool:
    lines = sheet.document.lines
    return lines[steps[place].lines[0]].page > lines[steps[place - 1].lines[-1]].page


def _looks_tabular(sheet: Sheet, steps: Sequence[Step], place: int, chronologies: frozenset[int]) -> bool:
    """Whether lines of fields with numbers, or a table without entries, follow within a few lines."""
    following = steps[place + 1 : place + 13]
    tables = sum(step.table is not None and step.table not in chronologies for step in following)
    fields = sum(
        bool(_FIELDS.search(text) and _NUMBER.search(text))
        for text in (chars.fold(step_text(sheet, step)).text.strip() for step in following)
    )
    cells = [chars.fold(step_text(sheet, step)).text.strip() for step in steps[place + 1 : place + _CELLS]]
    numbers = sum(
        _CELL_NUMBER.fullmatch(cell) is not None for cell in cells
    )  # of a table copied cell by cell
    as_cells = numbers >= max(_FEWEST_NUMBERS, 0.25 * len(cells))
    return tables > 0 or as_cells or fields >= max(2, 0.3 * len(following))


def _is_set_off(sheet: Sheet, steps: Sequence[Step], place: int) -> bool:
    """Whether a blank line stands above this line of its own."""
    lines = sheet.document.lines
    above, line = lines[steps[place - 1].lines[-1]], lines[steps[place].lines[0]]
    return line.cell is None and line.page == above.page and line.number > above.number + 1


def _is_followed_by_tables(sheet: Sheet, steps: Sequence[Step], place: int, rules: LayoutRules) -> bool:
    """Whether a count in brackets (【９道府県１３団体】) or another caption follows, with no entry behind."""
    if any(step.kind == START and not _is_undated(step) for step in steps[place:]):
        return False
    if _opens_annex(chars.key(step_text(sheet, steps[place])), rules):
        return place + 1 < len(steps)
    if _is_set_off(sheet, steps, place) and place + 1 < len(steps):
        return True
    following = range(place + 1, min(place + 13, len(steps)))
    counted = bool(following) and bool(_COUNTED.match(chars.key(step_text(sheet, steps[place + 1]))))
    return counted or any(is_caption(sheet, steps, later, rules) for later in following)


def _find_note(sheet: Sheet, steps: Sequence[Step], first: int, annex: int, rules: LayoutRules) -> int:
    """The first step of the notes behind the last entry; the annex where there are none."""
    last = max(
        (place for place in range(first, annex) if steps[place].kind in (START, HEADING)), default=first
    )
    if last >= annex:
        return annex
    begin = last + 1 if steps[last].fragments else last + 2
    for place in range(begin, annex):
        step = steps[place]
        if step.kind == ASIDE or (step.kind == TEXT and is_note(sheet, step.fragments, rules)):
            return place
    return annex


def is_note(sheet: Sheet, fragments: Sequence[Fragment], rules: LayoutRules) -> bool:
    """Whether a line behind the last entry speaks of the whole: 出典：…, ※本年表は…."""
    text = chars.key(sheet.text_of(fragments))
    if text.startswith(rules.note_openings) or text in rules.closings:
        return True
    return text.startswith(rules.note_signs) and any(word in text for word in rules.of_the_whole)
