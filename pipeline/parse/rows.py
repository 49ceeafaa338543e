"""Reads a row of a table: its date from one column or from several, its text column by column.

Takes a Row, its Columns and what was said before. Gives Steps and what is said then.
An empty date cell: the row goes on with the entry above, or shares its date (see `_undated`).
Reads rules/layout.toml (ditto, closing) by way of parse/columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline import chars
from pipeline.model import HARD, DateValue, Fragment, Mark, Span, Text
from pipeline.parse.column_roles import YEAR_ROLES
from pipeline.parse.columns import DETAIL, YEAR_HEAD, Columns
from pipeline.parse.dates import Found, Said, find_year_heading
from pipeline.parse.numbered import numbered_row
from pipeline.parse.row_dates import DAY_ROLES
from pipeline.parse.row_reading import Dated, read_row_date
from pipeline.parse.sheet import Piece, Row, Sheet, join_pieces
from pipeline.parse.steps import ASIDE, HEAD, HEADING, START, TEXT, Step
from pipeline.rules.load import Rules

_SHORT = 4  # characters of a word that may stand for a date (不明, 時期不詳)
_DATE_LIKE = re.compile(r"[0-9〇一二三四五六七八九十元]{1,4} ?[年月日./頃]|[0-9]{3,4}|年|月|時代")
_GOES_ON = re.compile(r"[・･※（(○●◎◇◆□■]")  # a detail of the row above
_RECORDS = ("csv", "tsv", "markdown")  # kinds of source where a row is a record of its own


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
    if chars.key("".join(piece.text for piece in row.pieces)) in rules.layout.title_words:
        return (replace(_wordy(sheet, row), kind=ASIDE),), said  # 年 | 表, a title set wide
    fragments = _fragments(sheet, row, columns)
    if not columns.is_chronology:
        every = tuple(sheet.fragment(piece, column) for column, pieces in row.cells for piece in pieces)
        return (Step(TEXT, lines, every, table=row.table),), said
    marks = tuple(Mark(piece.span, "marker") for column in columns.of("number") for piece in row.cell(column))
    numbered = numbered_row(sheet, row, columns, said, rules)
    if numbered is not None:
        return numbered
    dated = read_row_date(sheet, row, columns, said, rules)
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
    return tuple(
        fragment
        for column, pieces in cells
        for piece in pieces
        for fragment in _parted(sheet, piece, column, columns)
    )


def _parted(sheet: Sheet, piece: Piece, column: int, columns: Columns) -> Iterator[Fragment]:
    """The piece, or where the table lists details behind the headline, one for each of them: 認可 ・給水人口 ・給水量."""
    seams = [found.end() for found in DETAIL.finditer(piece.text)] if columns.is_listed else []
    for start, end in pairwise([0, *seams, len(piece.text)]):
        fragment = sheet.fragment(piece.cut(sheet.source, start, end), column)
        yield fragment if end == len(piece.text) else replace(fragment, wrap=HARD)


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


def _value(sheet: Sheet, dated: Dated) -> DateValue:
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
