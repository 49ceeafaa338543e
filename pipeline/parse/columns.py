"""What the columns of a table hold: the date or its parts, the text, signs that belong to neither.

Takes the rows of the document's tables. Gives for each table its `Columns`: a role a column, the head rows,
and whether the table is a chronology at all. Told by the words of the head line; without one, by content.
A table without a head takes the roles of the one before it when both have as many columns.
Reads rules/layout.toml (heads, ditto).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline import chars
from pipeline.parse.annex_values import is_counts
from pipeline.parse.column_roles import (
    CLOCK,
    DATE_ROLES,
    FEWEST_CLOCKS,
    IN_A_YEAR,
    LIKELY,
    YEAR_ROLES,
    count_clocks,
    settle_roles,
)
from pipeline.parse.date_written import COUNTED
from pipeline.parse.dates import Said, find_date, find_year_heading, parse_date
from pipeline.parse.loose_parts import PARTS
from pipeline.parse.old_years import are_years, spell_years
from pipeline.parse.sheet import Piece, Row, Sheet, join_pieces
from pipeline.rules.layout import LayoutRules
from pipeline.rules.load import Rules

YEAR_HEAD = re.compile(r"(?:[12][0-9]{3}|[^\W\d_]{1,2}(?:[0-9]{1,2}|元))年度?")  # over the days of that year
_GAP = re.compile(r"[ \u3000]{2,}")
_HAS_NUMBER = re.compile(r"[0-9]")
_LONGEST_HEAD = 15  # characters of a head
DETAIL = re.compile(r"(?<=[^\s\u3000])[ \u3000]+(?=[・･●○◎■□◆◇][^\s\u3000])")  # 総会 ・会場
_ABOVE = 5  # rows among which the head line stands, titles above it
_FEWEST_LISTED, _LISTED = 3, 0.1  # of the texts
_LONGEST_CATEGORY = 6  # characters of a word that sorts the entries: 組織, 施設, 行事
_ENOUGH_ROWS = 6  # by which such words show
_COUNTS = 0.6  # of the texts that are numbers in a statistic


@dataclass(frozen=True, slots=True)
class Columns:
    """The roles of a table's columns, by column number; `heads` are the row numbers of head lines."""

    roles: Mapping[int, str]
    heads: frozenset[int] = frozenset()
    head_keys: frozenset[str] = frozenset()
    is_chronology: bool = False
    above: frozenset[int] = frozenset()  # rows above the first head line: a title, as a spreadsheet has it
    leads: tuple[int, ...] = ()  # text columns by their claim to the headline, where not the first one has it
    year_inside: bool = False  # some date cells open with a year on a line of its own, which is a heading
    is_listed: bool = False  # some texts hold marked details behind a blank: 認可 ・計画給水人口

    def of(self, *roles: str) -> tuple[int, ...]:
        """The columns that have one of these roles, from left to right."""
        return tuple(sorted(column for column, role in self.roles.items() if role in roles))

    @property
    def texts(self) -> tuple[int, ...]:
        """The columns that hold an entry's text."""
        return self.of("text")


def read_columns(sheet: Sheet, rules: Rules) -> dict[int, Columns]:
    """The columns of each table of the sheet, by the table's number."""
    found: dict[int, Columns] = {}
    below = _find_below_years(sheet, rules)
    last: Columns | None = None
    for number, bulleted in sheet.tables().items():
        rows = [row.without_bullet(sheet.source, rules.layout.bullets)[0] for row in bulleted]
        columns = _read_table(rows, last, number in below, rules)
        found[number] = columns
        last = columns if columns.is_chronology else last
    return found


def _find_below_years(sheet: Sheet, rules: Rules) -> frozenset[int]:
    """The tables with a year on a line of its own right above them."""
    return frozenset(
        unit.table
        for above, unit in pairwise(sheet.units)
        if isinstance(above, Piece) and isinstance(unit, Row) and is_year(above.text, Said(), rules)
    )


def row_key(row: Row) -> str:
    """The row's text folded, for telling a head line that comes again."""
    return "|".join(f"{column}:{chars.key(join_pieces(pieces).text)}" for column, pieces in row.cells)


def _read_table(rows: Sequence[Row], last: Columns | None, below_year: bool, rules: Rules) -> Columns:
    layout = rules.layout
    heads: list[Row] = []
    for row in rows[:_ABOVE]:
        if _is_head(row, layout) and not _is_name(row, rows, layout):
            heads.append(row)
        elif heads:
            break
    named: dict[int, str] = {}
    for row in heads:
        for column, role in _head_roles(row, layout).items():
            named.setdefault(column, role)
    keys = frozenset(row_key(row) for row in heads) | (last.head_keys if last else frozenset())
    again = {row.row for row in rows if row_key(row) in keys or _is_whole_head(row, layout)}
    again |= {row.row for row in heads}
    body = [row for row in rows if row.row not in again]
    width = {column for row in rows for column, _ in row.cells}
    roles = settle_roles(body, sorted(width), named, below_year, rules)
    if (
        not heads
        and last is not None
        and width <= set(last.roles)
        and _is_chronology(body, last, below_year, rules)
    ):
        roles = dict(last.roles)
    columns = Columns(roles, frozenset(again), keys)
    words = {column: word for row in heads for column, word in _head_texts(row, layout).items()}
    leads = _leads(columns.texts, words, layout) if heads else (last.leads if last else ())
    leads = leads or (() if heads else _behind_categories(body, columns.texts))
    return Columns(
        roles,
        frozenset(again),
        keys,
        _is_chronology(body, columns, below_year, rules),
        frozenset(row.row for row in rows[: rows.index(heads[0])]) if heads else frozenset(),
        leads,
        _has_year_inside(body, columns, rules),
        _is_listed(body, (*leads, *columns.texts)[:1]),
    )


def _is_listed(body: Sequence[Row], lead: Sequence[int]) -> bool:
    """Whether so many of the headline's cells hold a bullet behind a blank that it is no chance."""
    texts = [join_pieces(row.cell(column)).text for column in lead for row in body if row.cell(column)]
    listed = sum(DETAIL.search(text) is not None for text in texts)
    return listed >= _FEWEST_LISTED and listed >= _LISTED * len(texts)


def _leads(texts: Sequence[int], words: Mapping[int, str], rules: LayoutRules) -> tuple[int, ...]:
    """The text columns, those first that say what happened; nothing where the first one does."""
    told = [column for column in texts if words.get(column, "") not in rules.asides]
    strong = [column for column in told if words.get(column, "").endswith(rules.happenings)]
    if strong and any(words.get(column, "") not in rules.heads for column in told if column < strong[0]):
        told = [*strong, *(column for column in told if column not in strong)]
    leads = (*told, *(column for column in texts if column not in told))
    return leads if leads != tuple(texts) else ()


def _behind_categories(body: Sequence[Row], texts: Sequence[int]) -> tuple[int, ...]:
    """The text columns with the second first, where no head tells and the first holds a few short words again and again."""
    cells = [[join_pieces(row.cell(column)).text for row in body if row.cell(column)] for column in texts[:2]]
    if len(cells) < 2 or len(cells[0]) < _ENOUGH_ROWS or len(cells[1]) < LIKELY * len(cells[0]):
        return ()
    words, told = cells
    is_short = max(map(len, words)) <= _LONGEST_CATEGORY and 2 * sum(map(len, words)) < sum(map(len, told))
    return (texts[1], texts[0], *texts[2:]) if is_short and len(set(words)) <= LIKELY * len(words) else ()


def _is_name(row: Row, rows: Sequence[Row], rules: LayoutRules) -> bool:
    """Whether a row is a title or a name, not a head: one word for a text, alone in a table of several columns."""
    width = {column for each in rows for column, _ in each.cells}
    return len(row.cells) == 1 and len(width) > 1 and set(_head_roles(row, rules).values()) == {"text"}


def _is_head(row: Row, rules: LayoutRules) -> bool:
    """Whether its cells are words of a head line, most of them and at least two (or the only ones)."""
    texts = list(_head_texts(row, rules).values())
    known = sum(text in rules.heads for text in texts)
    dated = [rules.heads.get(text) in ("date", *YEAR_ROLES) for text in texts]
    if any(dated) and not any(map(_HAS_NUMBER.search, texts)):
        return all(len(text) <= _LONGEST_HEAD for text in texts)
    return known >= 2 or (known == 1 and len(texts) <= 2 and all(len(text) <= 12 for text in texts))


def _is_whole_head(row: Row, rules: LayoutRules) -> bool:
    """Whether several cells are each a word of a head line, the date's first: its first one may stand above the table."""
    words = list(_head_texts(row, rules).values())
    return (
        len(words) > 1
        and rules.heads.get(words[0]) in ("date", *YEAR_ROLES)
        and all(word in rules.heads for word in words)
    )


def _head_texts(row: Row, rules: LayoutRules) -> dict[int, str]:
    """The words of a head line by column; heads set closer than their columns (西暦 年号) stand in one cell."""
    texts: dict[int, str] = {}
    filled = {column for column, _ in row.cells}
    for column, pieces in row.cells:
        text = join_pieces(pieces).text
        texts[column] = chars.key(text)
        for parts in (_GAP.split(text), text.split()):
            words = [chars.key(part) for part in parts]
            below = range(column + 1, column + len(words))
            if len(words) > 1 and all(word in rules.heads for word in words) and not filled & set(below):
                texts.update(zip(range(column, column + len(words)), words, strict=True))
                break
    return texts


def _head_roles(row: Row, rules: LayoutRules) -> dict[int, str]:
    texts = _head_texts(row, rules)
    roles = {
        column: rules.heads.get(text, "date" if YEAR_HEAD.fullmatch(text) else "")
        for column, text in texts.items()
    }
    parts = set(roles.values())
    if "year" in parts and "month" not in parts and "day" not in parts and "date" not in parts:
        roles = {column: "date" if role == "year" else role for column, role in roles.items()}
    if "day" in parts and "month" not in parts and "year" not in parts:
        roles = {column: "date" if role == "day" else role for column, role in roles.items()}
    return {column: role for column, role in roles.items() if role}


def _count_dated(cells: Sequence[str], below_years: bool, rules: Rules) -> int:
    """How many cells of a date column begin with a date, or with the clock time of the day above.

    More may stand behind it (令和4年度第1四半期, 8年4月予定), a column beside gives the year (4.20), and its era may be said elsewhere.
    """
    said = IN_A_YEAR if below_years else Said(dotted="ymd")
    count = 0
    for cell in cells:
        if said.last is None and chars.key(cell) in rules.layout.ditto:
            continue  # 委員 above 〃: as above, and no date above
        found = parse_date(cell, said, rules.dates) or find_year_heading(cell, said, rules.dates)
        found = (
            found or parse_date(spell_years(cell), said, rules.dates) or find_date(cell, said, rules.dates)
        )
        if found is None and (said.day is None or not CLOCK.fullmatch(chars.fold(cell).text.strip())):
            continue
        said = found.said if found is not None else said
        count += 1
    return count


def is_year(cell: str, said: Said, rules: Rules) -> bool:
    """Whether the cell holds a year heading and nothing else."""
    return find_year_heading(cell, said, rules.dates) is not None


def _is_chronology(body: Sequence[Row], columns: Columns, below_year: bool, rules: Rules) -> bool:
    """Whether the cells of the date columns are dates, as far as they are filled."""
    dated = columns.of(*DATE_ROLES)
    if not dated or not columns.texts:
        return bool(dated) and len(columns.roles) == 1 and bool(body)
    parts = columns.of(PARTS, "western", "era", "era_year", "year", "month", "day", "time")
    whole = columns.of("date")
    if len(whole) > 1 and not parts and max(columns.texts) < min(whole):
        return False  # 初代 | 大川 清治 | 昭和48年4月1日 | 昭和55年3月31日: terms of office
    cells = [join_pieces(row.cell(column)).text for row in body for column in whole if row.cell(column)]
    if columns.of("era") and not columns.of("western", "era_year", "year"):
        era = next((era for era in reversed(rules.dates.eras) if era.end), None)
        counted = sum(
            parse_date(cell, Said(era=era, dotted=COUNTED), rules.dates) is not None for cell in cells
        )
        cells = [] if cells and counted >= 0.5 * len(cells) else cells  # 明治 | 44.10. 5
    in_a_year = below_year or bool(parts) or count_clocks(cells) >= FEWEST_CLOCKS
    good = _count_dated(cells, in_a_year, rules)
    filled = sum(any(row.cell(column) for column in (*parts, *whole)) for row in body)
    if (cells and good < 0.5 * len(cells)) or _holds_counts(body, columns, rules):
        return False
    western = [join_pieces(row.cell(column)).text for column in columns.of("western") for row in body]
    western = [text for text in western if text]
    if are_years(western) < 0.5 * len(western) or (len(body) == 1 and min(dated) > min(columns.texts)):
        return False
    return filled > 0 and (not parts or filled >= 0.3 * len(body)) and bool(cells or parts)


def _holds_counts(body: Sequence[Row], columns: Columns, rules: Rules) -> bool:
    """Whether the texts beside the dates are numbers, as in a statistic by year: 昭和30年 | 1,234 | 6,789."""
    texts = [
        join_pieces(row.cell(column)).text for row in body for column in columns.texts if row.cell(column)
    ]
    return bool(texts) and sum(is_counts(text, rules.annex) for text in texts) >= _COUNTS * len(texts)


def _has_year_inside(body: Sequence[Row], columns: Columns, rules: Rules) -> bool:
    """Whether a year on the first line of a date cell opens a year, as it does not stand in most cells."""
    cells = [row.cell(column) for row in body for column in columns.of("date") if row.cell(column)]
    inside = sum(len(cell) > 1 and is_year(cell[0].text, Said(), rules) for cell in cells)
    return 0 < inside < LIKELY * len(cells)
