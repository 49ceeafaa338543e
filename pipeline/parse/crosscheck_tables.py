"""Cross-checks of annex tables with themselves: totals, changes, counts that a caption says, partners by year.

Each function takes Facts and gives findings. Reads rules/checks.toml, rules/annex.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import regex

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import AnnexTable, Cell, Text
from pipeline.parse.annex_values import YearHead, is_missing, parse_year_head
from pipeline.parse.crosscheck_counts import prefecture_of
from pipeline.parse.crosscheck_facts import Agreement, Facts
from pipeline.rules.checks import AgreementRules

_MOST_ROWS = 100  # of a table that is looked through for rows that sum others
Grid = dict[tuple[int, int], Cell]


def _grid(table: AnnexTable) -> Grid:
    return {(cell.row, cell.column): cell for cell in table.cells}


def _line(facts: Facts, text: Text | None) -> int:
    return facts.line(text.spans[0].start if text and text.spans else None)


def _name(grid: Grid, row: int) -> str:
    return chars.key(grid[row, 0].text.value) if (row, 0) in grid else ""


def _says(table: AnnexTable, words: Sequence[str]) -> bool:
    said = chars.key(" ".join(text.value for text in (table.caption, *table.notes) if text))
    return any(word in said for word in words)


def check_table_total(facts: Facts) -> Iterator[Finding]:
    """A total row that is not the sum of the rows above it; with a note of doubles, one that cannot be."""
    for index, table in enumerate(facts.reading.tables):
        grid = _grid(table)
        rows = sorted({cell.row for cell in table.cells if cell.value is not None})
        totals = [row for row in rows if _name(grid, row) in facts.rules.annex.total_rows]
        if len(totals) != 1 or any(
            _name(grid, row).startswith(facts.rules.checks.tables.subtotals) for row in rows
        ):
            continue
        parts = [row for row in rows if row < totals[0]] or [row for row in rows if row > totals[0]]
        columns = sorted(
            {cell.column for cell in table.cells if cell.row == totals[0] and cell.value is not None}
        )
        found = [
            finding for column in columns for finding in _total(facts, index, grid, column, totals[0], parts)
        ]
        if len(columns) < 3 or 2 * len(found) <= len(columns):
            yield from found  # else the total is meant otherwise than as a sum


def _total(
    facts: Facts, index: int, grid: Grid, column: int, row: int, parts: Sequence[int]
) -> Iterator[Finding]:
    """The finding on one column's total, if any; `parts` are the rows that it sums."""
    rules, table = facts.rules.checks.tables, facts.reading.tables[index]
    total = grid[row, column]
    name = chars.key(total.column_name or "")
    cells = [grid[part, column] for part in parts if (part, column) in grid]
    values = [cell.value for cell in cells if cell.value is not None]
    whole = len(cells) == len(parts) and all(
        cell.value is not None or is_missing(cell.text.value, facts.rules.annex) for cell in cells
    )
    if total.value is None or len(values) < 2 or not whole or any(word in name for word in rules.not_summed):
        return
    if _is_nested(values):
        return
    slack = len(values) if _says(table, rules.rounded) or any(value % 1 for value in values) else 0
    added = sum(values)
    said = f"line {_line(facts, total.text)}: the total{_of(total)} is {total.text.value}; the rows above it"
    if _says(table, rules.doubles):
        head = parse_year_head(total.column_name or "", facts.rules.dates.eras)
        if (head is None or head.until is None) and not max(values) <= total.value <= added:
            message = f"{said} (from line {_line(facts, cells[0].text)}) are {max(values):g} to {added:g} with doubles left out"
            yield facts.find("table_total_impossible", message, total.text.spans, table=index)
    elif abs(added - total.value) > slack:
        message = f"{said} (from line {_line(facts, cells[0].text)}) add up to {added:g}"
        yield facts.find("table_total_disagrees", message, total.text.spans, table=index)


def _is_nested(values: Sequence[float]) -> bool:
    """Whether a row is itself the sum of the rows right behind it, so that a sum would count them twice."""
    for place, value in enumerate(values[:_MOST_ROWS]):
        added = 0.0
        for count, part in enumerate(values[place + 1 : _MOST_ROWS], 1):
            added += part
            if value and added == value and count > 1:
                return True
    return False


def _of(cell: Cell) -> str:
    return f" of {cell.column_name}" if cell.column_name else ""


def check_table_change(facts: Facts) -> Iterator[Finding]:
    """A change (27→5年度 ＋241) that is not the difference of the two years' cells."""
    for index, table in enumerate(facts.reading.tables):
        grid = _grid(table)
        heads = {
            cell.column: parse_year_head(cell.text.value, facts.rules.dates.eras)
            for cell in table.cells
            if cell.row == 0
        }
        for column, head in heads.items():
            ends = _ends(heads, head) if head else None
            if ends is None:
                continue
            changes = [
                cell
                for cell in table.cells
                if cell.column == column and cell.row > 0 and cell.value is not None
            ]
            found = [finding for cell in changes if (finding := _change(facts, index, grid, cell, ends))]
            if len(changes) < 3 or 2 * len(found) <= len(changes):
                yield from found  # else the change is meant otherwise, as a rate


def _change(facts: Facts, index: int, grid: Grid, change: Cell, ends: tuple[int, int]) -> Finding | None:
    """The finding on one change cell, if it is not the difference of the cells of its two years."""
    first, last = (_value(grid.get((change.row, end)), facts) for end in ends)
    if (
        first is None
        or last is None
        or change.value is None
        or chars.key(change.text.value).endswith(("%", "倍"))
    ):
        return None
    if last - first == change.value:
        return None
    message = (
        f"line {_line(facts, change.text)}: {change.row_name} changed by {change.text.value} "
        f"({change.column_name}); its cells say {first:g} and {last:g}, that is {last - first:+g}"
    )
    return facts.find("table_change_disagrees", message, change.text.spans, table=index)


def _ends(heads: dict[int, YearHead | None], change: YearHead) -> tuple[int, int] | None:
    """The columns of the two years of a change, where each stands once."""
    if change.until is None:
        return None
    found = []
    for number in (change.number, change.until):
        columns = [at for at, head in heads.items() if head and head.until is None and head.number == number]
        if len(columns) != 1:
            return None
        found.append(columns[0])
    return found[0], found[1]


def _value(cell: Cell | None, facts: Facts) -> float | None:
    """The number of a cell; ― counts as nothing, an unread cell gives None."""
    if cell is None:
        return None
    return 0 if cell.value is None and is_missing(cell.text.value, facts.rules.annex) else cell.value


def check_table_count_said(facts: Facts) -> Iterator[Finding]:
    """What a caption or a note counts (【９道府県１３団体】, 【４企業】) and what the table lists."""
    rules = facts.rules.checks.agreements
    for index, table in enumerate(facts.reading.tables):
        rows = [row for row in facts.agreements if row.table == index]
        for text in _counting_texts(table, rules) if rows else ():
            for number, unit, listed in _counts_said(text, rows, rules.municipality_words, facts):
                if listed is not None and listed != number:
                    message = f"line {_line(facts, text)}: says {number}{unit}; the table from line {_line(facts, table.cells[0].text)} lists {listed}"
                    yield facts.find(
                        "table_count_disagrees", message, text.spans if text else (), table=index
                    )


def _counting_texts(table: AnnexTable, rules: AgreementRules) -> list[Text]:
    """The caption and the notes in brackets (【９道府県１３団体】) that count all of the table."""
    texts = [text for text in (table.caption, *table.notes) if text and text.value]
    whole = [text for text in texts if text is table.caption or text.value[0] in "【［[（(〔"]
    return [text for text in whole if not any(word in chars.key(text.value) for word in rules.not_all)]


def _counts_said(
    text: Text | None, rows: Sequence[Agreement], municipality_words: Sequence[str], facts: Facts
) -> Iterator[tuple[int, str, int | None]]:
    rules = facts.rules.checks.agreements
    companies = ("企業", "社") if rows[0].is_company else ()
    units = (*municipality_words, *rules.region_words, *rules.body_words, *companies)
    pattern = regex.compile(rf"(?<![0-9.,第])([0-9]{{1,4}}) *({'|'.join(map(regex.escape, units))})")
    for match in pattern.finditer(chars.fold(text.value).text if text else ""):
        unit = chars.key(match[2])
        if unit in companies or unit in rules.body_words:
            yield int(match[1]), unit, len(rows)
        elif not rows[0].is_company and unit in rules.region_words:
            yield int(match[1]), unit, len({prefecture_of(row.name, rules) for row in rows})
        elif not rows[0].is_company:
            counts = [row.count for row in rows]
            yield int(match[1]), unit, None if None in counts else sum(count or 0 for count in counts)


def check_partners_in_force(facts: Facts) -> Iterator[Finding]:
    """A year's count of partners by agreement and the agreements in force on its as-of day."""
    rows = [row for row in facts.agreements if not row.is_company]
    if not rows or any(not isinstance(row.signed_on, date) for row in rows):
        return
    for index, table in enumerate(facts.reading.tables):
        if table.kind != "partner_counts":
            continue
        checked = [
            found for number in range(len(table.rows)) if (found := _partners(facts, index, number, rows))
        ]
        wrong = [
            (cell, low, high, day) for cell, low, high, day in checked if not low <= (cell.value or 0) <= high
        ]
        if 2 * len(wrong) > len(checked):
            continue  # another way to count
        for cell, low, _, day in wrong:
            signed = [row for row in rows if isinstance(row.signed_on, date) and row.signed_on > day]
            later = min(signed, key=lambda row: (str(row.signed_on), row.name), default=None)
            tail = (
                f"; {later.name}, line {facts.line(later.spans[0].start)}, signed on {later.signed_on}"
                if later and later.spans
                else ""
            )
            message = (
                f"line {_line(facts, cell.text)}: {cell.row_name} is {cell.text.value} in {cell.column_name} ({day}); "
                f"the agreements signed by then make {low}{tail}"
            )
            yield facts.find("partners_in_force_disagree", message, cell.text.spans, table=index)


def _partners(
    facts: Facts, index: int, number: int, rows: Sequence[Agreement]
) -> tuple[Cell, int, int, date] | None:
    """The cell of one typed row, and how few and how many partners the agreements allow it; None for other rows."""
    rules, table = facts.rules.checks.agreements, facts.reading.tables[index]
    row, category = table.rows[number], chars.key(str(table.rows[number]["category"]))
    year, day = row["fiscal_year"], row["as_of"]
    if "協定" not in category or not isinstance(year, int):
        return None
    first, last = (day, day) if isinstance(day, date) else (date(year, 4, 1), date(year + 1, 3, 31))
    bodies = category.endswith(rules.body_words)
    if not bodies and not any(word in category for word in rules.municipality_words):
        return None
    if not bodies and any(agreement.count is None for agreement in rows):
        return None
    low, high = (_sum(rows, end, bodies) for end in (first, last))
    return table.cells[table.row_cells[number][-1]], low, high, last


def _sum(rows: Sequence[Agreement], day: date, bodies: bool) -> int:
    return sum(
        1 if bodies else row.count or 0
        for row in rows
        if isinstance(row.signed_on, date) and row.signed_on <= day
    )
