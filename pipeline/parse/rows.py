"""Reads a row of a table: its date from one column or from several, its text column by column.

Takes a Row, its Columns and what was said before. Gives Steps and what is said then.
An empty date cell: the row goes on with the entry above, or shares its date (see `_undated`).
Reads rules/layout.toml (ditto, closing) by way of parse/columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import DateValue, Fragment, Mark, Span, Text
from pipeline.parse.column_roles import YEAR_ROLES
from pipeline.parse.columns import YEAR_HEAD, Columns
from pipeline.parse.dates import Found, Said, find_clock, find_date, find_year_heading, parse_date
from pipeline.parse.numbered import numbered_row
from pipeline.parse.old_years import spell_years
from pipeline.parse.row_dates import DAY_ROLES, day_text, year_text
from pipeline.parse.sheet import Joined, Piece, Row, Sheet, join_cell, join_pieces
from pipeline.parse.steps import ASIDE, HEAD, HEADING, START, TEXT, Step
from pipeline.rules.load import Rules

_SHORT = 4  # characters of a word that may stand for a date (不明, 時期不詳)
_DATE_LIKE = re.compile(r"[0-9〇一二三四五六七八九十元]{1,4} ?[年月日./頃]|[0-9]{3,4}|年|月|時代")
_GOES_ON = re.compile(r"[・･※（(○●◎◇◆□■]")  # a detail of the row above
_RECORDS = ("csv", "tsv", "markdown")  # kinds of source where a row is a record of its own


@dataclass(frozen=True, slots=True)
class _Dated:
    """The date cells of a row as read; `rest` is what stands in them behind the date."""

    found: Found | None
    pieces: tuple[Piece, ...]
    said: Said
    heading: Found | None = None  # a year that stands above the date in the same cells
    heading_pieces: tuple[Piece, ...] = ()
    rest: tuple[Piece, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_row(
    sheet: Sheet, row: Row, columns: Columns, said: Said, rules: Rules
) -> tuple[tuple[Step, ...], Said]:
    """The steps that this row is, and what is said behind it."""
    plain, bullet = row.without_bullet(sheet.source, rules.layout.bullets)
    is_dated = bullet is not None and plain.cells[0][0] in columns.of(*YEAR_ROLES, *DAY_ROLES, "date")
    if bullet is None or not is_dated or not columns.is_chronology or row.row in columns.heads:
        return _read_plain(sheet, row, columns, said, rules)
    steps, after = _read_plain(sheet, plain, columns, said, rules)
    if steps[0].kind == TEXT:  # the bullet of a detail, not of a date
        return _read_plain(sheet, row, columns, said, rules)
    return (replace(steps[0], marks=(Mark(bullet, "marker"), *steps[0].marks)), *steps[1:]), after


def _read_plain(
    sheet: Sheet, row: Row, columns: Columns, said: Said, rules: Rules
) -> tuple[tuple[Step, ...], Said]:
    lines = tuple(piece.line for piece in row.pieces)
    if row.row in columns.heads:
        return _head_steps(row, said, rules)
    if row.row in columns.above and columns.is_chronology:
        return (replace(_wordy(sheet, row), kind=ASIDE),), said
    fragments = _fragments(sheet, row, columns)
    if not columns.is_chronology:
        every = tuple(sheet.fragment(piece, column) for column, pieces in row.cells for piece in pieces)
        return (Step(TEXT, lines, every, table=row.table),), said
    marks = tuple(Mark(piece.span, "marker") for column in columns.of("number") for piece in row.cell(column))
    numbered = numbered_row(sheet, row, columns, said, rules)
    if numbered is not None:
        return numbered
    dated = _read_date(sheet, row, columns, said, rules)
    if not dated.pieces:
        return _undated(sheet, row, columns, fragments, marks, said)
    steps: list[Step] = []
    if dated.heading is not None:
        steps.append(_heading(row, dated.heading, dated.heading_pieces))
    if dated.found is None and dated.heading is not None and not fragments:
        return tuple(steps), dated.said
    if dated.found is not None and dated.found.is_heading and not fragments:
        return (*steps, _heading(row, dated.found, dated.pieces)), dated.said
    if dated.found is None and (not fragments or _is_wordy(sheet, dated.pieces, rules)):
        return (_wordy(sheet, row),), said
    extra = tuple(sheet.fragment(piece, columns.of("date", "time", *YEAR_ROLES)[0]) for piece in dated.rest)
    date = _value(sheet, dated)
    unit = dated.found.kind if dated.found else "unknown"
    step = Step(START, lines, (*fragments, *extra), date, None, marks, dated.findings, row.table, unit=unit)
    said = dated.said
    if dated.found is not None and dated.found.is_heading and date.edtf is not None:
        said = said.but(last=date)  # a year with a text is an entry: rows below may share its date
    return (*steps, step), said


def _head_steps(row: Row, said: Said, rules: Rules) -> tuple[tuple[Step, ...], Said]:
    """The head line of a table, and the year that one of its cells may say for the rows below."""
    steps: list[Step] = []
    for _, pieces in row.cells:
        text = join_pieces(pieces).text
        year = YEAR_HEAD.fullmatch(chars.key(text))
        heading = find_year_heading(text, said, rules.dates) if year else None
        if heading is not None:
            steps.append(_heading(row, heading, pieces))
            said = heading.said
        else:
            marks = tuple(Mark(piece.span, "furniture") for piece in pieces)
            steps.append(Step(HEAD, tuple(piece.line for piece in pieces), marks=marks, table=row.table))
    return tuple(steps), said


def _fragments(sheet: Sheet, row: Row, columns: Columns) -> tuple[Fragment, ...]:
    """The texts of the row, column by column; the one that has the headline comes first."""
    cells = [(column, pieces) for column, pieces in row.cells if columns.roles.get(column, "text") == "text"]
    lead = next((column for column in columns.leads if row.cell(column)), None)
    cells.sort(key=lambda cell: cell[0] != lead)
    return tuple(sheet.fragment(piece, column) for column, pieces in cells for piece in pieces)


def _undated(
    sheet: Sheet,
    row: Row,
    columns: Columns,
    fragments: tuple[Fragment, ...],
    marks: tuple[Mark, ...],
    said: Said,
) -> tuple[tuple[Step, ...], Said]:
    """A row without a date.

    Where a row is a record (CSV, tab-separated, Markdown) it shares the date of the row above it, as a
    merged cell does, provided its first text cell is filled and opens with no sign of a detail. Elsewhere (PDF, columns told by spacing) it
    is the rest of a row that a page or a line broke, and goes on with the entry above.
    """
    lines = tuple(piece.line for piece in row.pieces)
    first = columns.texts[0] if columns.texts else -1
    kind = sheet.document.source.kind
    text = join_pieces(row.cell(first)).text
    if kind in _RECORDS and said.last is not None and not said.blocked and text and not _GOES_ON.match(text):
        date = replace(said.last, text=Text(""))
        return (Step(START, lines, fragments, date, None, marks, (), row.table),), said
    return (Step(TEXT, lines, fragments, None, None, marks, (), row.table),), said


def _heading(row: Row, found: Found, pieces: Sequence[Piece]) -> Step:
    spans = tuple(piece.span for piece in pieces)
    value = replace(found.value, text=Text("".join(piece.text for piece in pieces), spans))
    lines = tuple(piece.line for piece in pieces)
    return Step(HEADING, lines, (), value, None, (), (), row.table, unit=found.kind)


def _is_wordy(sheet: Sheet, pieces: Sequence[Piece], rules: Rules) -> bool:
    """Whether words told apart by spacing stand where the date should, and nothing like a date."""
    text = chars.fold(join_pieces(pieces).text).text
    if sheet.document.source.kind != "text":
        return False
    return text[:1] in rules.layout.bullets or (len(text) > _SHORT and not _DATE_LIKE.search(text))


def _wordy(sheet: Sheet, row: Row) -> Step:
    """A row with words where the date should stand: a line of text where spacing tells columns, else a heading."""
    fragments = tuple(sheet.fragment(piece, column) for column, pieces in row.cells for piece in pieces)
    kind = TEXT if sheet.document.source.kind == "text" else ASIDE
    return Step(kind, tuple(piece.line for piece in row.pieces), fragments, table=row.table)


def _value(sheet: Sheet, dated: _Dated) -> DateValue:
    """The row's date with its text as it stood; cells side by side keep what parts them in the source."""
    spans: list[Span] = []
    for piece in dated.pieces:
        gap = sheet.source[spans[-1].end : piece.span.start] if spans else "\n"
        same_line = spans and "\n" not in gap and len(gap) <= 40 and not gap.strip(' \t,\u3000|｜"')
        if same_line and piece.span.start >= spans[-1].end:
            spans[-1] = Span(spans[-1].start, piece.span.end)
        else:
            spans.append(piece.span)
    text = Text("".join(sheet.source[span.start : span.end] for span in spans), tuple(spans))
    if dated.found is None:
        return DateValue(None, None, None, None, text)
    return replace(dated.found.value, text=text)


def _read_date(sheet: Sheet, row: Row, columns: Columns, said: Said, rules: Rules) -> _Dated:
    """What the date columns of the row say."""
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
        dated = _compare(_whole_date(sheet, whole, after, columns, rules), heading)
    elif days:
        text = day_text(row, columns, after, said, rules)
        found = parse_date(text, after, rules.dates) if text else None
        if not text and said.last is not None:
            found = parse_date("同日", after, rules.dates)
        dated = _Dated(found, days, found.said if found else after.block())
    else:
        text = join_pieces(clock).text
        found = find_date(text, after, rules.dates) or find_clock(text, after, rules.dates)
        dated = _Dated(found, (), found.said if found else after)
    weekday = tuple(piece for column in columns.of("weekday") for piece in row.cell(column))
    pieces = (*parts, *dated.pieces, *weekday, *clock)
    return replace(dated, pieces=tuple(pieces), findings=_findings(dated, heading, pieces))


def _compare(dated: _Dated, year: Found | None) -> _Dated:
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


def _findings(dated: _Dated, heading: Found | None, pieces: Sequence[Piece]) -> tuple[Finding, ...]:
    found = [*(heading.findings if heading else ()), *(dated.found.findings if dated.found else ())]
    start, end = pieces[0].span.start, pieces[-1].span.end
    said = [replace(finding, start=start, end=max(start, end)) for finding in found]
    if dated.found is None:
        text = " ".join(piece.text for piece in pieces)
        message = f"expected a date, found {text!r}; the entry stays without one"
        said.append(Finding("entry_without_date", message, start, max(start, end)))
    return tuple(said)


def _month_in_year_cell(row: Row, columns: Columns, said: Said, rules: Rules) -> _Dated | None:
    """The date of a year's cell that says its month, too (1600 | 慶長五年九月), or None."""
    for column in columns.of("era_year", "year", "era"):
        pieces = row.cell(column)
        found = parse_date(join_pieces(pieces).text, said, rules.dates) if pieces else None
        if found is not None and found.value.edtf is not None:
            parts = tuple(piece for place in columns.of(*YEAR_ROLES) for piece in row.cell(place))
            western = "".join(join_pieces(row.cell(place)).text for place in columns.of("western")[:1])
            beside = find_year_heading(spell_years(western), said, rules.dates)
            dated = _compare(_Dated(found, parts, found.said), beside)
            return replace(dated, findings=_findings(dated, None, parts))
    return None


def _year_only(
    year: str, heading: Found | None, parts: tuple[Piece, ...], said: Said, rules: Rules
) -> _Dated:
    if not parts:
        return _Dated(None, (), said)
    if heading is None:
        found = parse_date(year, said, rules.dates) if year else None
        dated = _Dated(found, parts, found.said if found else said.block())
        return replace(dated, findings=_findings(dated, None, parts))
    return replace(
        _Dated(heading, parts, heading.said), findings=_findings(_Dated(heading, parts, said), None, parts)
    )


def _whole_date(
    sheet: Sheet, pieces: tuple[Piece, ...], said: Said, columns: Columns, rules: Rules
) -> _Dated:
    """A cell with the whole date in it; a year on a line of its own above it is a heading."""
    joined = join_cell(sheet, pieces, rules)
    for count in joined.seams[:2] if columns.year_inside else ():
        upper, lower = joined.text[: joined.starts[count]], joined.text[joined.starts[count] :]
        heading = find_year_heading(upper.rstrip("\n"), said, rules.dates)
        if heading is not None and parse_date(lower, heading.said, rules.dates) is not None:
            below = _whole_date(sheet, pieces[count:], heading.said, columns, rules)
            return replace(below, heading=heading, heading_pieces=pieces[:count])
    found = parse_date(joined.text, said, rules.dates) or find_year_heading(joined.text, said, rules.dates)
    found = found or parse_date(spell_years(joined.text), said, rules.dates)
    found = found or find_clock(joined.text, said, rules.dates)
    if found is None:
        return _partial_date(sheet, joined, said, rules)
    return _Dated(found, pieces, found.said)


def _partial_date(sheet: Sheet, joined: Joined, said: Said, rules: Rules) -> _Dated:
    """A cell that begins with a date and says more; the rest goes with the text."""
    found = find_date(joined.text, said, rules.dates)
    if found is None:
        return _Dated(None, joined.pieces, said.block())
    spans = joined.spans(sheet.source, found.start, found.end)
    pieces = tuple(
        Piece(piece.line, span, sheet.source[span.start : span.end])
        for span in spans
        for piece in joined.pieces
        if piece.span.start <= span.start < piece.span.end
    )
    return _Dated(found, pieces, found.said, rest=joined.rest(sheet.source, found.end))
