"""The date of a row of a table, from the columns that hold it or its parts.

Takes a Row, its Columns and what was said before. Gives a `Dated`. Reads rules/layout.toml (ditto) by way of
parse/row_dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline import chars
from pipeline.findings import Finding
from pipeline.parse.column_roles import YEAR_ROLES
from pipeline.parse.columns import Columns
from pipeline.parse.dates import Found, Said, find_clock, find_date, find_year_heading, parse_date
from pipeline.parse.loose_parts import PARTS, read_loose
from pipeline.parse.old_years import spell_years
from pipeline.parse.row_dates import DAY_ROLES, day_text, year_text
from pipeline.parse.sheet import Joined, Piece, Row, Sheet, join_cell, join_pieces
from pipeline.rules.load import Rules

_GAP = re.compile(r"(?<=\S)[ \u3000]{2,}(?=\S)")
_MONTHS = re.compile(r"((?:[1-9]|1[0-2])(?: ?[~～〜] ?(?:[1-9]|1[0-2]))?)(?: ?\.(?: ?[-－–—―ー])?)? ?(頃?)")
_DAYS = re.compile(r"1[3-9]|2[0-9]|3[01]")


@dataclass(frozen=True, slots=True)
class Dated:
    """The date cells of a row as read; `rest` is what stands in them behind the date."""

    found: Found | None
    pieces: tuple[Piece, ...]
    said: Said
    heading: Found | None = None  # a year that stands above the date in the same cells
    heading_pieces: tuple[Piece, ...] = ()
    rest: tuple[Piece, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_row_date(sheet: Sheet, row: Row, columns: Columns, said: Said, rules: Rules) -> Dated:
    """What the date columns of the row say."""
    if columns.of(PARTS):
        return _loose(row, columns, said, rules)
    parts = tuple(piece for column in columns.of(*YEAR_ROLES) for piece in row.cell(column))
    year = year_text(row, columns, said, rules)
    heading = find_year_heading(year, said, rules.dates) if year else None
    after = heading.said if heading is not None else said
    if heading is None and any(sign.isdecimal() or sign in rules.dates.numerals for sign in year):
        after = Said(blocked=True)  # a year, and no older one instead
    whole = tuple(piece for column in columns.of("date") for piece in row.cell(column))
    days = tuple(piece for column in columns.of(*DAY_ROLES) for piece in row.cell(column))
    clock = tuple(piece for column in columns.of("time") for piece in row.cell(column))
    if not whole and not days and not clock:
        if heading is None and (dated := _month_in_year_cell(row, columns, said, rules)):
            return dated
        return _year_only(year, heading, parts, said, rules)
    if whole:
        dated = _bare_month(whole, after, columns, rules) or _compare(
            _whole_date(sheet, whole, after, columns, rules), heading
        )
        dated = replace(dated, rest=(*dated.rest, *days))  # a month beside a whole date goes with the text
        dated = _as_heading(dated, row, columns, said, rules)
    elif days:
        text = day_text(row, columns, after, said, rules)
        found = _find_days(text, after, rules) if text else None
        if not text and said.last is not None:
            found = parse_date("同日", after, rules.dates)
        dated = Dated(found, days, found.said if found else after.block())
    else:
        text = join_pieces(clock).text
        found = find_date(text, after, rules.dates) or find_clock(text, after, rules.dates)
        dated = Dated(found, (), found.said if found else after)
    weekday = tuple(piece for column in columns.of("weekday") for piece in row.cell(column))
    pieces = (*parts, *dated.pieces, *weekday, *clock)
    return replace(dated, pieces=tuple(pieces), findings=_findings(dated, heading, pieces))


def _loose(row: Row, columns: Columns, said: Said, rules: Rules) -> Dated:
    """The date of columns that hold its parts loosely."""
    pieces = tuple(piece for column in columns.of(PARTS) for piece in row.cell(column))
    if not pieces:
        return Dated(None, (), said)
    found = read_loose(row, columns.of(PARTS), said, rules)
    dated = Dated(found, pieces, found.said if found else said.block())
    return replace(dated, findings=_findings(dated, None, pieces))


def _as_heading(dated: Dated, row: Row, columns: Columns, said: Said, rules: Rules) -> Dated:
    """A year in a row of its own as the heading of the days below it."""
    found = dated.found
    has_text = any(columns.roles.get(column, "text") == "text" for column, _ in row.cells)
    if found is None or not found.only_year or found.is_heading or has_text:
        return dated
    heading = find_year_heading(join_pieces(dated.pieces).text, said, rules.dates)
    return replace(dated, found=heading, said=heading.said) if heading is not None else dated


def _find_days(text: str, said: Said, rules: Rules) -> Found | None:
    """The date of cells of months and days; この年 alone is the year."""
    this_year = chars.key(text) in map(chars.key, rules.dates.words["this_year"])
    return parse_date("同年" if this_year else text, said, rules.dates)


def _bare_month(pieces: tuple[Piece, ...], said: Said, columns: Columns, rules: Rules) -> Dated | None:
    """A number alone beside the column of years, or below a year, where others say month and day (6.10): it is the month.

    So are several (6～9), and a number whose day is a dash or left out (7.－, 11., 11.頃); one beyond twelve is a day.
    """
    text = chars.fold(join_pieces(pieces).text).text.strip()
    found_month = _MONTHS.fullmatch(text)
    if not (columns.of(*YEAR_ROLES) or said.heading is not None):
        return None
    if said.day is not None and _DAYS.fullmatch(text):
        found = parse_date(f"{text}日", said, rules.dates)
    else:
        found = parse_date(f"{found_month[1]}月{found_month[2]}", said, rules.dates) if found_month else None
    return Dated(found, pieces, found.said) if found is not None else None


def _compare(dated: Dated, year: Found | None) -> Dated:
    """The reading of a whole date; reported where it says another year than the column of years beside it."""
    found = dated.found
    if found is None or year is None or not found.year_said or year.kind != "year":
        return dated
    start, end, beside = found.value.start, found.value.end, year.value.start
    if start is None or end is None or beside is None or start.year <= beside.year <= end.year:
        return dated
    message = f"{found.value.text.value}: the year beside it is {beside.year}, not {start.year}; {start.year} stands"
    clash = Finding("date_calendars_disagree", message, 0, 0)
    return replace(dated, found=replace(found, findings=(*found.findings, clash)))


def _findings(dated: Dated, heading: Found | None, pieces: Sequence[Piece]) -> tuple[Finding, ...]:
    found = [*(heading.findings if heading else ()), *(dated.found.findings if dated.found else ())]
    start, end = pieces[0].span.start, pieces[-1].span.end
    said = [replace(finding, start=start, end=max(start, end)) for finding in found]
    if dated.found is None:
        text = " ".join(piece.text for piece in pieces)
        message = f"expected a date, found {text!r}; the entry stays without one"
        said.append(Finding("entry_without_date", message, start, max(start, end)))
    return tuple(said)


def _month_in_year_cell(row: Row, columns: Columns, said: Said, rules: Rules) -> Dated | None:
    """The date of a year's cell that says its month, too (1600 | 慶長五年九月; (1987)  12.26～1. 8), or None."""
    for column in columns.of("era_year", "year", "era"):
        pieces = row.cell(column)
        text = join_pieces(pieces).text
        found = (parse_date(text, said, rules.dates) or _behind_year(text, said, rules)) if pieces else None
        if found is not None and found.value.edtf is not None:
            parts = tuple(piece for place in columns.of(*YEAR_ROLES) for piece in row.cell(place))
            western = "".join(join_pieces(row.cell(place)).text for place in columns.of("western")[:1])
            beside = find_year_heading(spell_years(western), said, rules.dates)
            dated = _compare(Dated(found, parts, found.said), beside)
            return replace(dated, findings=_findings(dated, None, parts))
    return None


def _behind_year(text: str, said: Said, rules: Rules) -> Found | None:
    """The date that a gap parts from its year in one cell, or None."""
    for gap in _GAP.finditer(text):
        year = find_year_heading(text[: gap.start()], said, rules.dates)
        if year is not None:
            return parse_date(text[gap.end() :], year.said, rules.dates)
    return None


def _year_only(year: str, heading: Found | None, parts: tuple[Piece, ...], said: Said, rules: Rules) -> Dated:
    if not parts:
        return Dated(None, (), said)
    if heading is None:
        found = parse_date(year, said, rules.dates) if year else None
        dated = Dated(found, parts, found.said if found else said.block())
        return replace(dated, findings=_findings(dated, None, parts))
    return replace(
        Dated(heading, parts, heading.said), findings=_findings(Dated(heading, parts, said), None, parts)
    )


def _whole_date(sheet: Sheet, pieces: tuple[Piece, ...], said: Said, columns: Columns, rules: Rules) -> Dated:
    """A cell with the whole date in it; a year on a line of its own above it is a heading."""
    joined = join_cell(sheet, pieces, rules)
    for count in joined.seams[:2] if columns.year_inside else ():
        upper, lower = joined.text[: joined.starts[count]], joined.text[joined.starts[count] :]
        heading = find_year_heading(upper.rstrip("\n"), said, rules.dates)
        if heading is not None and parse_date(lower, heading.said, rules.dates) is not None:
            below = _whole_date(sheet, pieces[count:], heading.said, columns, rules)
            above = (*pieces[:count], *below.heading_pieces)
            return replace(below, heading=below.heading or heading, heading_pieces=above)
    found = _find_days(joined.text, said, rules) or find_year_heading(joined.text, said, rules.dates)
    found = found or parse_date(spell_years(joined.text), said, rules.dates)
    found = found or find_clock(joined.text, said, rules.dates)
    if found is None:
        return _partial_date(sheet, joined, said, rules)
    return Dated(found, pieces, found.said)


def _partial_date(sheet: Sheet, joined: Joined, said: Said, rules: Rules) -> Dated:
    """A cell that begins with a date and says more; the rest goes with the text."""
    found = find_date(joined.text, said, rules.dates)
    if found is None:
        return Dated(None, joined.pieces, said.block())
    spans = joined.spans(sheet.source, found.start, found.end)
    pieces = tuple(
        Piece(piece.line, span, sheet.source[span.start : span.end])
        for span in spans
        for piece in joined.pieces
        if piece.span.start <= span.start < piece.span.end
    )
    return Dated(found, pieces, found.said, rest=joined.rest(sheet.source, found.end))
