"""Reads Markdown: headings, bullets, bold, links, and pipe tables.

Takes text. Gives Lines with spans exact in the source; #, -, **, |, <br>, the address of a link, the
sign of a footnote and whatever else is markup lie in no Line. A row of a pipe table gives Lines with cell=(table, row, column);
a bullet or line that opens with a bold date gives two cells, the date and the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline import chars
from pipeline.model import HARD, OPEN, SOFT, Line, Span
from pipeline.read.rows import Row, column_of, cut_rows
from pipeline.read.wraps import may_open_entry, opens_or_ends, wrap_cells

_LEAD = re.compile(
    r"(?P<indent>[ \t\u3000]*)(?:>[ \t]?)*(?P<mark>#{1,6}[ \t]+|[-*+][ \t]+(?:\[[ xX]\][ \t]+)?)?"
)
_ALIGNMENT = re.compile(r"\s*+(?:\|\s*+)?+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+(?:\|\s*+)?+")
_RULE = re.compile(
    r"\s*+(?:(?:-\s*+){3,}+|(?:\*\s*+){3,}+|(?:_\s*+){3,}+|={3,}+\s*+|`{3,}+[!-~]*+\s*+|~{3,}+[!-~]*+\s*+)"
)
_BOLD_DATE = re.compile(
    r"\s*+(?P<mark>\*\*|__)(?P<date>[^*_]{1,40})(?P=mark)[ \t\u3000]*+(?:[:：–—―|｜-][ \t\u3000]*+)?+"
)
_DATED = re.compile(r"[0-9０-９元〇一二三四五六七八九十][年月日./-]|[年月日]$|^[0-9０-９]{4}$")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_INLINE = re.compile(
    r"(?P<image>!\[[^\]\n]{0,300}\]\([^)\n]{0,1000}\))"
    r"|\[(?P<link>[^\]\[\n]{0,300})\]\([^)\n]{0,1000}\)"
    r"|(?P<comment><!--.{0,500}?-->)|(?P<tag></?[a-zA-Z][^<>\n]{0,500}>)"
    r"|(?P<footnote>\[\^[^\]\s]{1,40}\](?!:))"
    r"|(?P<strong>\*\*|__|~~|`+)|(?<![*\d])\*(?P<stressed>[^*\s](?:[^*\n]{0,200}[^*\s])?)\*(?!\*)"
    r"|(?P<back>\\(?=[|*_#`\[\]()<>~\\.+-]))|(?P<end>\\$)"
)
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_BOLD = re.compile(r"\*\*[^*\s][^*]*\*\*")
_LINK = re.compile(r"\]\(\S{1,200}\)")
_BULLET = re.compile(r"\s*[-*+][ \t]+[^-\s]")
_PIPED = 4  # rows with pipes that make a table among other lines
_PIPE = re.compile(r"(?<!\\)\|")

Piece = tuple[int, int, str]  # start, end, wrap
_DATE_ALONE = re.compile(r"[0-9０-９年月日元明治大正昭和平成令()（）・/ 　]+")
_SIGN_BEHIND = re.compile(r"[-–—:：―－](?:[ \u3000]+(?=\S)|$)")


def is_markdown(text: str, source_name: str) -> bool:
    """Whether the text shows the marks of Markdown: an alignment row, headings, bold, bullets, pipes."""
    if source_name.lower().endswith((".md", ".markdown")):
        return True
    rows = [row for row in text[:200_000].splitlines() if row.strip()]
    pipes = [row for row in rows if _is_pipe_row(row)]
    if any("-" in row and _ALIGNMENT.fullmatch(row) and "|" in row for row in rows) and len(pipes) > 1:
        return True
    headings = sum(1 for row in rows if row[0] == "#" and _HEADING.match(row))
    bold = sum(1 for row in rows if "**" in row and _BOLD.search(row))
    links = sum(1 for row in rows if "](" in row and _LINK.search(row))
    bullets = sum(1 for row in rows if _BULLET.match(row) and not row.rstrip().endswith("-"))
    whole = [row for row in pipes if row.strip().startswith("|") and row.strip().endswith("|")]
    tabled = len(whole) >= max(2, 0.5 * len(rows)) or len(pipes) >= max(2, 0.8 * len(rows))
    tabled = tabled or (len(pipes) >= max(_PIPED, 0.3 * len(rows)) and _are_even(pipes))
    is_listed = bullets >= max(2, 0.4 * len(rows))
    kinds = sum(1 for count in (headings, bold, links, bullets) if count)
    return headings > 1 or bold > 1 or is_listed or tabled or kinds > 1


def _are_even(pipes: Sequence[str]) -> bool:
    """Whether nearly all of these rows have as many pipes, two at least: a table without a frame."""
    count, often = Counter(row.count("|") for row in pipes).most_common(1)[0]
    return count > 1 and often >= 0.8 * len(pipes)


def read_markdown(text: str) -> tuple[Line, ...]:
    """The lines of a Markdown text, in the order of the file."""
    rows = cut_rows(text)
    tables = _find_tables(rows)
    bold_dates = _find_bold_dates(rows, tables)
    framed = _find_framed(rows, tables)
    bold_table = max(tables.values(), default=-1) + 1
    orders: dict[int, int] = {}
    lines: list[Line] = []
    for place, row in enumerate(rows):
        table = tables.get(place)
        if row.is_blank or _is_markup(row, table is not None):
            continue
        if table is None and place not in bold_dates:
            lines.extend(_read_row(row))
            continue
        number = bold_table if table is None else table
        order = orders.get(number, 0)
        cells = _cut_bold_date(row) if table is None else _cut_pipes(row, *framed[table])
        lines.extend(_read_cells(row, cells, number, order))
        orders[number] = order + 1
    return wrap_cells(text, _close_paragraphs(rows, lines))


def _is_pipe_row(text: str) -> bool:
    return "|" in text and bool(
        _PIPE.search(text.strip().strip("|")) or (text.strip().startswith("|") and text.count("|") > 1)
    )


def _is_markup(row: Row, is_inside: bool) -> bool:
    if is_inside:
        return "-" in row.text and bool(_ALIGNMENT.fullmatch(row.text))
    return bool(_RULE.fullmatch(row.text))


def _find_tables(rows: Sequence[Row]) -> dict[int, int]:
    """Row to number of the pipe table it is in: runs of rows with pipes, two at least or set in pipes."""
    found: dict[int, int] = {}
    run: list[int] = []
    for place in range(len(rows) + 1):
        if place < len(rows) and _is_pipe_row(rows[place].text):
            run.append(place)
            continue
        if len(run) > 1 or any(rows[at].text.strip().startswith("|") for at in run):
            found.update(dict.fromkeys(run, max(found.values(), default=-1) + 1))
        run = []
    return found


def _find_bold_dates(rows: Sequence[Row], tables: Collection[int]) -> frozenset[int]:
    """The places of rows that open with a bold date and go on with text, where there are several."""
    found = []
    for place, row in enumerate(rows):
        lead = _LEAD.match(row.text)
        bold = _BOLD_DATE.match(row.text, lead.end() if lead else 0)
        if place not in tables and bold and _DATED.search(bold["date"]) and row.text[bold.end() :].strip():
            found.append(place)
    return frozenset(found) if len(found) > 1 else frozenset()


def _read_row(row: Row) -> Iterator[Line]:
    """The lines of a row outside of tables: its text without the mark it opens with."""
    lead = _LEAD.match(row.text)
    start, indent, end = 0, 0.0, len(row.text)
    is_heading = bool(lead and (lead["mark"] or "").startswith("#"))
    if lead:
        start, indent = lead.end(), column_of(row.text, lead.end("indent"))
        end = _end_of_heading(row.text) if is_heading else end
    pieces = list(_cut_inline(row.text, start, end))
    bold = _BOLD_DATE.match(row.text, start)
    if bold and _DATED.search(bold["date"]):  # the sign between a bold date and its text is markup
        behind = _cut_inline(row.text, bold.end(), end)
        pieces = [*_cut_inline(row.text, start, bold.end("date") + len(bold["mark"])), *behind]
    pieces = _without_sign(row.text, pieces)
    for order, (left, right, wrap) in enumerate(pieces):
        span = Span(row.start + left, row.start + right)
        wrap = OPEN if order + 1 == len(pieces) else wrap
        yield Line(span, row.number, row.page, wrap, indent, is_heading=is_heading)


def _without_sign(text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces without the sign behind a linked date: `[1984年](…) - text`. Such a sign is markup."""
    if not pieces or not _DATE_ALONE.fullmatch(text, pieces[0][0], pieces[0][1]):
        return pieces
    for order, (left, right, wrap) in enumerate(pieces[1:], 1):
        sign = _SIGN_BEHIND.match(text, left, right)
        if sign:
            rest = [(sign.end(), right, wrap)] if sign.end() < right else []
            return [*pieces[:order], *rest, *pieces[order + 1 :]]
        if not _DATE_ALONE.fullmatch(text, left, right):
            break
    return pieces


def _end_of_heading(text: str) -> int:
    """Where a heading's text ends: before the # that may close it."""
    body = text.rstrip()
    closed = body.rstrip("#")
    return len(closed) if closed != body and closed[-1:].isspace() else len(body)


def _read_cells(row: Row, cells: Sequence[tuple[int, int]], table: int, order: int) -> Iterator[Line]:
    """The lines of a table's row, cell by cell."""
    for column, (start, end) in enumerate(cells):
        for left, right, wrap in _cut_inline(row.text, start, end):
            span = Span(row.start + left, row.start + right)
            yield Line(span, row.number, row.page, wrap, cell=(table, order, column))


def _find_framed(rows: Sequence[Row], tables: Mapping[int, int]) -> dict[int, tuple[bool, bool]]:
    """Whether the rows of each table have a pipe before their first and behind their last cell.

    Where some rows have none there, and as many pipes as the others, a pipe at a row's end bounds an empty cell.
    """
    texts: dict[int, list[str]] = {}
    for place, table in tables.items():
        if not _is_markup(rows[place], True):
            texts.setdefault(table, []).append(rows[place].text.strip())
    return {
        table: (
            _is_framed(found, [text.startswith("|") for text in found]),
            _is_framed(found, [text.endswith("|") for text in found]),
        )
        for table, found in texts.items()
    }


def _is_framed(texts: Sequence[str], edged: Sequence[bool]) -> bool:
    counts = [len(_PIPE.findall(text)) for text in texts]
    without = {count for count, edge in zip(counts, edged, strict=True) if not edge}
    with_edge = {count for count, edge in zip(counts, edged, strict=True) if edge}
    return not without & with_edge


def _cut_pipes(row: Row, opens: bool, closes: bool) -> list[tuple[int, int]]:
    """Start and end of each cell of a pipe table's row; the pipes of a frame at its ends bound no cell."""
    edges = [found.start() for found in _PIPE.finditer(row.text)]
    body = row.text.strip()
    starts = [0, *(edge + 1 for edge in edges)]
    ends = [*edges, len(row.text)]
    first = 1 if opens and body.startswith("|") else 0
    last = len(ends) - 1 if closes and body.endswith("|") and not body.endswith("\\|") else len(ends)
    return list(zip(starts, ends, strict=True))[first:last]


def _cut_bold_date(row: Row) -> list[tuple[int, int]]:
    """The bold date a row opens with, and what follows it."""
    lead = _LEAD.match(row.text)
    bold = _BOLD_DATE.match(row.text, lead.end() if lead else 0)
    if bold is None:  # pragma: no cover - only rows that match are given
        return [(0, len(row.text))]
    return [bold.span("date"), (bold.end(), len(row.text))]


def _cut_inline(text: str, start: int, end: int) -> Iterator[Piece]:
    """The runs of text between inline marks, blanks at their ends cut; HARD before a <br>, else SOFT."""
    kept: list[tuple[int, int]] = []
    befores: list[str] = []
    before = SOFT
    for left, right, is_break in _cut_runs(text, start, end):
        before = HARD if is_break else before
        span = chars.trim(text, Span(left, right))
        if span.start < span.end:
            kept.append((span.start, span.end))
            befores.append(before)
            before = SOFT
    for (left, right), wrap in zip(kept, [*befores[1:], HARD], strict=False):
        yield left, right, wrap


def _cut_runs(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The runs between inline marks, and whether a <br> stands before each."""
    marks = list(_INLINE.finditer(text, start, end))
    counts = Counter(mark["strong"] for mark in marks)
    place, is_break = start, False
    for mark in marks:
        if mark["strong"] and counts[mark["strong"]] % 2:
            continue  # a lone sign is text
        yield place, mark.start(), is_break
        is_break = bool(_BREAK.fullmatch(mark.group()))
        inside = "link" if mark["link"] is not None else "stressed" if mark["stressed"] else None
        if inside:
            yield (*mark.span(inside), False)
        place = mark.end()
    yield place, end, is_break


def _close_paragraphs(rows: Sequence[Row], lines: Sequence[Line]) -> list[Line]:
    """HARD at a heading, before a blank row, heading, bullet or table, and after two blanks at the end."""
    ends: set[int] = set()
    softs: set[int] = set()
    is_item = False
    for row, after in zip(rows, [*rows[1:], None], strict=False):
        lead = _LEAD.match(row.text)
        is_heading = bool(lead and (lead["mark"] or "").startswith("#"))
        if is_heading or row.text.endswith(("  ", "\\")) or after is None or _opens_block(after):
            ends.add(row.number)
        is_item = bool(lead and lead["mark"] and not is_heading) or (is_item and not row.is_blank)
        goes_on = is_item and after is not None and after.indent and not may_open_entry(after.text)
        if goes_on and after is not None and not opens_or_ends(row.text, after.text):
            softs.add(row.number)  # the source broke the item: - 調印式を / 市民会館で開催
    closed = []
    for line, following in zip(lines, [*lines[1:], None], strict=False):
        is_last = following is None or following.number != line.number
        wrap = HARD if line.number in ends else SOFT if line.number in softs else line.wrap
        closed.append(replace(line, wrap=wrap if is_last else line.wrap))
    return closed


def _opens_block(row: Row) -> bool:
    lead = _LEAD.match(row.text)
    return row.is_blank or _is_pipe_row(row.text) or bool(lead and lead["mark"]) or _is_markup(row, False)
