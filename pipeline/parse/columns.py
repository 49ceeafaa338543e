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

from pipeline import chars
from pipeline.parse.annex_values import is_counts
from pipeline.parse.date_repeats import WEEKDAY_ALONE
from pipeline.parse.dates import Said, find_date, find_year_heading, parse_date
from pipeline.parse.sheet import Row, Sheet, join_pieces
from pipeline.rules.layout import LayoutRules
from pipeline.rules.load import Rules

DATE_ROLES = ("western", "era", "era_year", "year", "month", "day", "date", "time", "weekday")
YEAR_ROLES = ("western", "era", "era_year", "year")
_WESTERN = re.compile(r"[(（]?(1[0-9]|20)[0-9]{2}年?[)）]?")
_SMALL = re.compile(r"([0-9]{1,2}|元|[一二三四五六七八九十〇]{1,3})[年月日.]?")
_ERA_YEAR = re.compile(r"[^\W\d_]{1,2} ?(?:[0-9]{1,2}|元)年?")
_WITH_MONTH = re.compile(r"[0-9元] ?年度? ?[0-9]{1,2} ?月|[0-9] ?[./-] ?[0-9]{1,2} ?[./-] ?[0-9]")
_CLOCK = re.compile(r"((午前|午後) ?)?[0-9]{1,2} ?[:：時] ?[0-9]{0,2}分?( ?[~～〜頃].*)?")
_COUNTS = 0.6  # of the texts that are numbers in a statistic
_IN_A_YEAR = Said(year=2000, heading=2000, dotted="md")
LIKELY = 0.6  # share of a column's cells that must look alike


@dataclass(frozen=True, slots=True)
class Columns:
    """The roles of a table's columns, by column number; `heads` are the row numbers of head lines."""

    roles: Mapping[int, str]
    heads: frozenset[int] = frozenset()
    head_keys: frozenset[str] = frozenset()
    is_chronology: bool = False
    year_inside: bool = False  # some date cells open with a year on a line of its own, which is a heading

    def of(self, *roles: str) -> tuple[int, ...]:
        """The columns that have one of these roles, from left to right."""
        return tuple(sorted(column for column, role in self.roles.items() if role in roles))

    @property
    def texts(self) -> tuple[int, ...]:
        """The columns that hold an entry's text."""
        return self.of("text")


def read_columns(sheet: Sheet, rules: Rules) -> dict[int, Columns]:
    """The columns of each table of the sheet, by the table's number."""
    tables: dict[int, list[Row]] = {}
    for unit in sheet.units:
        if isinstance(unit, Row):
            row, _ = unit.without_bullet(sheet.source, rules.layout.bullets)
            tables.setdefault(unit.table, []).append(row)
    found: dict[int, Columns] = {}
    last: Columns | None = None
    for number, rows in tables.items():
        columns = _read_table(rows, last, rules)
        found[number] = columns
        last = columns if columns.is_chronology else last
    return found


def row_key(row: Row) -> str:
    """The row's text folded, for telling a head line that comes again."""
    return "|".join(f"{column}:{chars.key(join_pieces(pieces).text)}" for column, pieces in row.cells)


def _read_table(rows: Sequence[Row], last: Columns | None, rules: Rules) -> Columns:
    layout = rules.layout
    heads: list[Row] = []
    for row in rows[:3]:
        if _is_head(row, layout) and not _is_name(row, rows, layout):
            heads.append(row)
        elif heads:
            break
    named: dict[int, str] = {}
    for row in heads:
        for column, role in _head_roles(row, layout).items():
            named.setdefault(column, role)
    keys = frozenset(row_key(row) for row in heads) | (last.head_keys if last else frozenset())
    again = {row.row for row in rows if row_key(row) in keys} | {row.row for row in heads}
    body = [row for row in rows if row.row not in again]
    width = {column for row in rows for column, _ in row.cells}
    roles = _settle(body, sorted(width), named, rules)
    if not heads and last is not None and width <= set(last.roles) and _is_chronology(body, last, rules):
        roles = dict(last.roles)
    columns = Columns(roles, frozenset(again), keys)
    return Columns(
        roles,
        frozenset(again),
        keys,
        _is_chronology(body, columns, rules),
        _has_year_inside(body, columns, rules),
    )


def _is_name(row: Row, rows: Sequence[Row], rules: LayoutRules) -> bool:
    """Whether a row is a title or a name, not a head: one word for a text, alone in a table of several columns."""
    width = {column for each in rows for column, _ in each.cells}
    return len(row.cells) == 1 and len(width) > 1 and set(_head_roles(row, rules).values()) == {"text"}


def _is_head(row: Row, rules: LayoutRules) -> bool:
    """Whether its cells are words of a head line, most of them and at least two (or the only ones)."""
    texts = list(_head_texts(row, rules).values())
    known = sum(text in rules.heads for text in texts)
    return known >= 2 or (known == 1 and len(texts) <= 2 and all(len(text) <= 12 for text in texts))


def _head_texts(row: Row, rules: LayoutRules) -> dict[int, str]:
    """The words of a head line by column; heads set closer than their columns (西暦 年号) stand in one cell."""
    texts: dict[int, str] = {}
    filled = {column for column, _ in row.cells}
    for column, pieces in row.cells:
        text = join_pieces(pieces).text
        words = [chars.key(word) for word in text.split()]
        below = range(column + 1, column + len(words))
        if len(words) > 1 and all(word in rules.heads for word in words) and not filled & set(below):
            texts.update(zip(range(column, column + len(words)), words, strict=True))
        else:
            texts[column] = chars.key(text)
    return texts


def _head_roles(row: Row, rules: LayoutRules) -> dict[int, str]:
    roles = {column: rules.heads.get(text, "") for column, text in _head_texts(row, rules).items()}
    parts = set(roles.values())
    if "year" in parts and "month" not in parts and "day" not in parts and "date" not in parts:
        roles = {column: "date" if role == "year" else role for column, role in roles.items()}
    if "day" in parts and "month" not in parts and "year" not in parts:
        roles = {column: "date" if role == "day" else role for column, role in roles.items()}
    return {column: role for column, role in roles.items() if role}


def _settle(
    body: Sequence[Row], width: Sequence[int], named: Mapping[int, str], rules: Rules
) -> dict[int, str]:
    """A role for each column: what the head says, else what its cells look like; text where nothing tells."""
    roles = {column: _as_filled(body, column, role) for column, role in named.items()}
    has_date = any(role in DATE_ROLES for role in named.values())
    for column in width:
        if column not in roles:
            guess = _guess(body, column, roles, rules)
            after_text = any(role == "text" and place < column for place, role in roles.items())
            roles[column] = "text" if guess in DATE_ROLES and (has_date or after_text) and named else guess
    for column in width[:-1]:  # 昭和29年 | 4月: what looks like a date beside a month is its year
        if roles[column] == "date" and column not in named and roles.get(column + 1) == "month":
            roles[column] = "era_year"
    return _keep_leading_dates(roles, named)


def _as_filled(body: Sequence[Row], column: int, role: str) -> str:
    """The role that the head gives, but a whole date where 西暦 or 和暦 stands above whole dates."""
    if role not in YEAR_ROLES:
        return role
    cells = [chars.fold(join_pieces(row.cell(column)).text).text for row in body if row.cell(column)]
    whole = sum(bool(_WITH_MONTH.search(cell)) for cell in cells)
    return "date" if cells and whole >= LIKELY * len(cells) else role


def _keep_leading_dates(roles: dict[int, str], named: Mapping[int, str]) -> dict[int, str]:
    """Guessed date columns count only as one run: a later column with dates is text of the entry."""
    kept: dict[int, str] = {}
    seen = closed = False
    for column in sorted(roles):
        role = roles[column]
        if role in DATE_ROLES and column not in named and closed:
            role = "text"
        closed = closed or (seen and role not in DATE_ROLES)
        seen = seen or role in DATE_ROLES
        kept[column] = role
    return kept


def _guess(body: Sequence[Row], column: int, roles: Mapping[int, str], rules: Rules) -> str:
    cells = [chars.fold(join_pieces(row.cell(column)).text).text.strip() for row in body if row.cell(column)]
    cells = [cell for cell in cells if chars.key(cell) not in rules.layout.ditto]
    if not cells:
        return "text"
    enough = LIKELY * len(cells)
    if sum(bool(_WESTERN.fullmatch(cell)) for cell in cells) >= enough:
        return "western"
    if sum(bool(_CLOCK.fullmatch(cell)) for cell in cells) >= enough:
        return "time"
    if sum(bool(WEEKDAY_ALONE.fullmatch(cell)) for cell in cells) >= len(cells):
        return "weekday" if "date" in roles.values() or "day" in roles.values() else "text"
    if sum(bool(_SMALL.fullmatch(cell)) for cell in cells) >= enough:
        return _next_part(cells, roles)
    if sum(_is_era(cell, rules) for cell in cells) >= enough:
        return "era"
    if sum(bool(_ERA_YEAR.fullmatch(cell)) for cell in cells) >= enough and _is_small(body, column + 1):
        return "era_year"
    below_years = any(role in YEAR_ROLES for role in roles.values())
    if _count_dates(cells, below_years, rules) >= 0.5 * len(cells):
        return "date"
    return "text"


def _is_small(body: Sequence[Row], column: int) -> bool:
    """Whether a column holds small numbers, as months do behind 昭和47."""
    cells = [chars.fold(join_pieces(row.cell(column)).text).text.strip() for row in body if row.cell(column)]
    return bool(cells) and sum(bool(_SMALL.fullmatch(cell)) for cell in cells) >= LIKELY * len(cells)


def _next_part(cells: Sequence[str], roles: Mapping[int, str]) -> str:
    """Which part of a date a column of small numbers is, after the columns before it."""
    said = set(roles.values())
    highest = max(
        (int(cell.rstrip("年月日.")) for cell in cells if cell.rstrip("年月日.").isdigit()), default=0
    )
    marks = {cell[-1] for cell in cells if cell[-1] in "年月日"}
    if len(marks) == 1:
        return {"年": "year", "月": "month", "日": "day"}[marks.pop()]
    if "era" in said and "year" not in said:
        return "year"
    if ("western" in said or "year" in said or "era_year" in said) and "month" not in said and highest <= 12:
        return "month"
    if "month" in said and "day" not in said and highest <= 31:
        return "day"
    return "number" if not said else "text"


def _is_era(cell: str, rules: Rules) -> bool:
    text = cell.strip("（）()【】[] ")
    if not text or len(text) > 4 or any(sign.isdigit() for sign in text):
        return False
    found = find_year_heading(f"{text}2年", Said(), rules.dates)
    return found is not None and found.value.edtf is not None and not found.findings


def _count_dates(cells: Sequence[str], below_years: bool, rules: Rules) -> int:
    """How many of the cells are dates, each read with what the ones above it, or a year beside it, said."""
    said, count = (_IN_A_YEAR if below_years else Said()), 0
    for cell in cells:
        found = parse_date(cell, said, rules.dates) or find_year_heading(cell, said, rules.dates)
        if found is not None:
            said = found.said
            count += 1
    return count


def _count_dated(cells: Sequence[str], below_years: bool, rules: Rules) -> int:
    """How many cells of a date column begin with a date, or with the clock time of the day above.

    More may stand behind it (令和4年度第1四半期, 8年4月予定), a column beside gives the year (4.20), and its era may be said elsewhere.
    """
    said = _IN_A_YEAR if below_years else Said(dotted="ymd")
    count = 0
    for cell in cells:
        found = parse_date(cell, said, rules.dates) or find_year_heading(cell, said, rules.dates)
        found = found or find_date(cell, said, rules.dates)
        if found is None and (said.day is None or not _CLOCK.fullmatch(chars.fold(cell).text.strip())):
            continue
        said = found.said if found is not None else said
        count += 1
    return count


def is_year(cell: str, said: Said, rules: Rules) -> bool:
    """Whether the cell holds a year heading and nothing else."""
    return find_year_heading(cell, said, rules.dates) is not None


def _is_chronology(body: Sequence[Row], columns: Columns, rules: Rules) -> bool:
    """Whether the cells of the date columns are dates, as far as they are filled."""
    dated = columns.of(*DATE_ROLES)
    if not dated or not columns.texts:
        return bool(dated) and len(columns.roles) == 1 and bool(body)
    parts = columns.of("western", "era", "era_year", "year", "month", "day", "time")
    whole = columns.of("date")
    cells = [join_pieces(row.cell(column)).text for row in body for column in whole if row.cell(column)]
    good = _count_dated(cells, bool(parts), rules)
    filled = sum(any(row.cell(column) for column in (*parts, *whole)) for row in body)
    if (cells and good < 0.5 * len(cells)) or _holds_counts(body, columns, rules):
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
