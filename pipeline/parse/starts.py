"""Where plain lines may start an entry: a date at the line's beginning, a bullet before it or not.

Takes content lines and what was said before. Gives a `Start`: date, its places, and the text behind it.
Whether the line does start an entry is judged in parse/habits, by the document's own habits.
Reads rules/layout.toml (bullets, date_brackets, separators, goes_on, comes_on).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import DateValue, Span, Spans, Text
from pipeline.parse.both_years import find_both
from pipeline.parse.date_columns import find_parts
from pipeline.parse.date_lines import is_torn, widen
from pipeline.parse.date_repeats import take_repeats
from pipeline.parse.dates import Found, Said, find_clock, find_date
from pipeline.parse.families import tell_family
from pipeline.parse.leads import find_number, find_occasion, find_openings
from pipeline.parse.month_below import find_month_below
from pipeline.parse.old_years import find_old_year
from pipeline.parse.sheet import Joined, Piece, join_pieces
from pipeline.rules.layout import LayoutRules
from pipeline.rules.load import Rules

PART_LINES = 6  # lines that a date in parts may stand on, one cell a line: 1947 / 昭和 / 22 / 4 / 1
_CELL = 5  # characters of such a cell
BOTH = "both years"  # the family of a year that two lines say
OCCASION = "第回"  # the kind of marker that a numbered occasion before a date is
_YEAR_ALONE = re.compile(r"[^\W\d_]{0,2} ?(?:[0-9０-９]{1,4}|元)年")
_MAY_BEGIN = re.compile(
    r"[0-9０-９〇一二三四五六七八九十]+|[\u3400-\u9fffA-ZＡ-Ｚ]{1,2}(?=[ \u30000-9０-９元一二三四五六七八九十])|[㍻㍼㍽㍾㋿]"
)


@dataclass(frozen=True, slots=True)
class Start:
    """A date at the beginning of a line, which may start an entry.

    `family` is the kind of date (md, western年, era., same, clock …), `gap` what parts it from its text:
    line (nothing follows), blank, sign, none. `used` counts the lines that the date stands on. `marker` is the
    bullet before it, or the kind of running number, whose value `number` is.
    """

    first: Piece
    marker: str
    marker_spans: Spans
    found: Found
    date: DateValue
    rest: tuple[Piece, ...]
    used: int
    lines: tuple[int, ...]
    family: str
    gap: str
    findings: tuple[Finding, ...] = ()
    number: int | None = None

    @property
    def spans(self) -> Spans:
        """Marker and date."""
        return (*self.marker_spans, *self.date.text.spans)


def find_start(source: str, pieces: Sequence[Piece], said: Said, rules: Rules) -> Start | None:
    """The date at the beginning of the first piece, which may go on in the next ones; None if there is none."""
    first = pieces[0]
    is_ditto = first.text in rules.layout.ditto and len(pieces) > 1
    if is_ditto and (whole := _below_ditto(source, pieces, said, rules)):
        return whole
    below = _start_in_cells(source, pieces, said, rules) or _start_in_both(source, pieces, said, rules)
    if below is not None:
        return below
    if (
        first.text.endswith(rules.layout.goes_on)
        and len(pieces) > 2
        and _YEAR_ALONE.fullmatch(pieces[1].text)
    ):
        whole = whole_start(source, pieces[:3], said, rules)  # 12月20日～ / 平成元年 / 1月22日
        if whole is not None and whole.date.edtf is not None:
            return whole
    for offset in find_openings(first.text, rules.layout):
        parts = None if offset else find_parts(first.text, said, rules)
        found = parts or find_date(first.text, said, rules.dates, offset)
        if (found is None or found.end < len(first.text)) and is_torn(pieces):
            wider = find_date(join_pieces(pieces[:2]).text, said, rules.dates, offset)
            found = wider if wider is not None and wider.end > len(first.text) else found
        if found is None and not offset:
            found = (
                find_old_year(source, first, said, rules)
                or find_month_below(source, first, said, rules)
                or find_clock(first.text, said, rules.dates)
            )
        if found is None or found.end <= offset:
            continue
        closing = rules.layout.closing.get(first.text[offset - 1 : offset]) if offset else None
        if closing and not first.text[found.end :].lstrip().startswith(closing):
            continue
        joined, found = widen(pieces, offset, found, said, rules)
        joined, end = take_repeats(joined, pieces, found, rules)
        start = _make_start(source, joined, offset, found, end, rules.layout)
        return replace(start, family="parts") if parts is not None and found.said.spaced else start
    return _find_behind_number(source, pieces, said, rules) or _find_behind_occasion(
        source, first, said, rules
    )


def stands_in_cells(start: Start, pieces: Sequence[Piece], rules: Rules) -> bool:
    """Whether a date over several lines is that of the text below them, a cell a line: 1947 / 昭和 / 22 / 4 / 1.

    So is a year with its calendar year (元和元年 / 1615), where no date follows.
    """
    if start.used < 2 or start.family == "parts":
        return start.used > 1
    behind = pieces[start.used].text if len(pieces) > start.used else ""
    return start.found.only_year and bool(behind) and find_date(behind, start.found.said, rules.dates) is None


def _below_ditto(source: str, pieces: Sequence[Piece], said: Said, rules: Rules) -> Start | None:
    """The date below a sign that repeats the year, in a cell of its own: 同 / 同月五日."""
    start = find_start(source, pieces[1:], said, rules)
    if start is None or start.marker or start.found.year_said or start.found.kind not in ("day", "month"):
        return None
    text = Text(pieces[0].text + start.date.text.value, (pieces[0].span, *start.date.text.spans))
    lines = (pieces[0].line, *start.lines)
    return replace(
        start, first=pieces[0], date=replace(start.date, text=text), used=start.used + 1, lines=lines
    )


def _find_behind_number(source: str, pieces: Sequence[Piece], said: Said, rules: Rules) -> Start | None:
    """The date behind a running number, which must say its year or its month."""
    sign = find_number(pieces[0].text)
    found = find_date(pieces[0].text, said, rules.dates, sign.end) if sign else None
    if sign is None or found is None or found.start != sign.end:
        return None
    if not found.year_said and "月" not in chars.fold(found.value.text.value).text:
        return None
    joined, found = widen(pieces, sign.end, found, said, rules)
    joined, end = take_repeats(joined, pieces, found, rules)
    start = _make_start(source, joined, sign.end, found, end, rules.layout)
    return replace(start, marker=sign.kind, number=sign.value)


def _start_in_cells(source: str, pieces: Sequence[Piece], said: Said, rules: Rules) -> Start | None:
    """The date whose parts stand on lines of their own, as a table copied cell by cell has them; else None."""
    least = 2 if said.spaced else 3
    if len(pieces) < least or any(len(piece.text) > _CELL for piece in pieces[:least]):
        return None
    cells = next((n for n, piece in enumerate(pieces) if len(piece.text) > _CELL), len(pieces))
    for count in range(cells, least - 1, -1):
        joined = join_pieces(pieces[:count])
        found = find_parts(joined.text.replace("\n", " "), said, rules)
        if found is not None and found.end == len(joined.text):
            return replace(_make_start(source, joined, 0, found, found.end, rules.layout), family="parts")
    return None


def _start_in_both(source: str, pieces: Sequence[Piece], said: Said, rules: Rules) -> Start | None:
    """The year that two lines say, by the calendar and by its era."""
    found = find_both(pieces, said, rules)
    if found is None:
        return None
    joined = join_pieces(pieces[:2])
    return replace(_make_start(source, joined, 0, found, len(joined.text), rules.layout), family=BOTH)


def _find_behind_occasion(source: str, first: Piece, said: Said, rules: Rules) -> Start | None:
    """The whole day that stands behind a numbered occasion: `1  第1回  令和5年6月1日（木）`.

    The occasion is the entry's text; a running number before it is a sign that no record says.
    """
    lead = find_occasion(first.text)
    found = find_date(first.text, said, rules.dates, lead.end()) if lead else None
    if lead is None or found is None or found.value.precision != "day":
        return None
    joined, end = take_repeats(join_pieces((first,)), (first,), found, rules)
    start = _make_start(source, joined, lead.end(), found, end, rules.layout)
    number = chars.trim(source, Span(first.span.start, first.span.start + lead.start("occasion")))
    occasion = first.cut(source, lead.start("occasion"), lead.end())
    spans = (number,) if number.start < number.end else ()
    return replace(start, marker=OCCASION, marker_spans=spans, rest=(occasion, *start.rest))


def drop_particle(source: str, start: Start, rules: LayoutRules) -> tuple[Start, Spans]:
    """The start without the particle that leans on its date, and the particle's place: 昭和40年3月に開校 is 開校."""
    if start.gap != "none" or not start.rest:
        return start, ()
    first = start.rest[0]
    found = next((word for word in rules.lead_particles if first.text.startswith(word)), "")
    behind = first.text[len(found) :].lstrip("、， \u3000")
    if not found or not behind or "ぁ" <= behind[0] <= "ゖ":
        return start, ()
    cut = first.cut(source, len(first.text) - len(behind))
    place = chars.trim(source, Span(first.span.start, cut.span.start))
    return replace(start, rest=(cut, *start.rest[1:])), (place,)


def find_dates_inside(text: str, rules: Rules) -> Iterator[Found]:
    """The dates that stand anywhere in a line, from left to right."""
    end = 0
    for place in _MAY_BEGIN.finditer(text):
        found = find_date(text, Said(), rules.dates, place.start()) if place.start() >= end else None
        if found is not None:
            end = found.end
            yield found


def whole_start(source: str, pieces: Sequence[Piece], said: Said, rules: Rules) -> Start | None:
    """The date that these lines are and nothing else (10 / 月 6日 / ～14日 in a narrow cell), or None."""
    joined = join_pieces(pieces)
    text = joined.text.replace("\n", "")
    found = find_date(joined.text, said, rules.dates, 0)
    if found is not None and not joined.text[found.end :].strip():
        joined, end = take_repeats(joined, pieces, found, rules)
        return _make_start(source, joined, 0, found, end, rules.layout)
    found = find_date(text, said, rules.dates, 0)
    if found is None or text[found.end :].strip():
        return None
    return _make_start(source, joined, 0, found, len(joined.text), rules.layout)


def _make_start(
    source: str, joined: Joined, offset: int, found: Found, end: int, rules: LayoutRules
) -> Start:
    first = joined.pieces[0]
    last = max(place for place, begin in enumerate(joined.starts) if begin < end or place == 0)
    spans = _whole(joined.spans(source, offset, end))
    date_text = "".join(source[span.start : span.end] for span in spans)
    lead = chars.trim(source, Span(first.span.start, first.span.start + offset))
    behind, gap = skip_separators(joined.text, end, first.text[offset - 1 : offset] if offset else "", rules)
    rest = tuple(piece for piece in joined.rest(source, behind) if piece.line >= joined.pieces[last].line)
    return Start(
        first=first,
        marker=source[lead.start : lead.end],
        marker_spans=(lead,) if lead.start < lead.end else (),
        found=found,
        date=replace(found.value, text=Text(date_text, spans)),
        rest=rest,
        used=last + 1,
        lines=tuple(piece.line for piece in joined.pieces[: last + 1]),
        family=tell_family(date_text, found.kind),
        gap=gap,
        findings=move_findings(found.findings, joined),
    )


def _whole(spans: Spans) -> Spans:
    return tuple(span for span in spans if span.start < span.end)


def skip_separators(text: str, end: int, opening: str, rules: LayoutRules) -> tuple[int, str]:
    """Where the text behind a date begins, and what parts the two: line, blank, sign, none."""
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    place, gap = end, "none"
    for _ in range(6):
        inner = place
        while place < stop and text[place].isspace():
            place += 1
        gap = "blank" if place > inner and gap == "none" else gap
        if place < stop and (
            text[place] in rules.separators or text[place] == rules.closing.get(opening, "\0")
        ):
            place += 1
            gap = "sign"
        elif place == inner:
            break
    return (place, "line") if place >= stop else (place, gap)


def move_findings(findings: Sequence[Finding], joined: Joined) -> tuple[Finding, ...]:
    """The findings of a date with their places moved from the joined text into the source."""
    return tuple(
        replace(
            finding,
            start=joined.place(finding.start) if finding.start is not None else joined.pieces[0].span.start,
            end=joined.place(finding.end) if finding.end is not None else joined.pieces[-1].span.end,
        )
        for finding in findings
    )
