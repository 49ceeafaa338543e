"""Goes through the sheet from top to bottom, with what was said last, and says of each unit what it is.

Takes a Sheet and its columns. Gives `Step`s. Twice through: first every date at a line's beginning counts,
so that the document's habits can be learned; then each is judged by them.
Reads what parse/starts, parse/habits and parse/rows read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.findings import Finding
from pipeline.model import BROKEN, HARD, SOFT, Line
from pipeline.parse.columns import Columns
from pipeline.parse.dates import Found, Said, find_year_heading
from pipeline.parse.dotted_habit import find_dotted_habit
from pipeline.parse.habits import ENOUGH, Before, Habits, learn_habits, reasons_against
from pipeline.parse.issue_line import find_issue_line
from pipeline.parse.line_steps import heading_step, refused_step, start_step
from pipeline.parse.memo import Memo, Seen, follows, make_memo
from pipeline.parse.numbered import find_numbered, find_sign, numbered_steps
from pipeline.parse.rows import read_row
from pipeline.parse.sheet import Piece, Row, Sheet, Unit
from pipeline.parse.starts import (
    BOTH,
    PART_LINES,
    Start,
    find_start,
    stands_in_cells,
)
from pipeline.parse.steps import ASIDE, HEADING, START, TEXT, Step
from pipeline.parse.title_year import find_year_above, find_year_of_issue
from pipeline.parse.unsaid_era import find_mentioned_era, find_unsaid_era
from pipeline.rules.load import Rules

_MANY = 10  # lines from which a habit is no chance
_MID_SENTENCE = "、，,（(「『"
_WHOLE_SPANS = (
    "era",
    "decade",
    "century",
)  # in a heading with words behind, no entry: 明治・大正期 水道の創設
_NAMED = re.compile(r"[（(][^。（(]{1,20}(?:[（(][^。（(]{1,10}[)）])?[)）]")
_AHEAD = 60  # lines that an entry which numbers its dates may take up to the text of its first number


@dataclass(frozen=True, slots=True)
class Walked:
    """The steps of one way through, and the dates at line beginnings that were met on it."""

    steps: tuple[Step, ...]
    starts: tuple[tuple[Start, Line], ...]
    met: tuple[Start, ...]  # those that started nothing among them
    headings: int


def walk(sheet: Sheet, tables: Mapping[int, Columns], rules: Rules) -> tuple[Step, ...]:
    """The steps through the document, by its own habits."""
    sure_wraps = has_sure_wraps(sheet)
    said = Said(dotted=find_dotted_habit(sheet))
    habits = Habits(sure_wraps=sure_wraps)
    memo = make_memo(sheet, rules)
    walked = _walk_once(sheet, tables, habits, said, rules, memo)
    issued = find_issue_line(sheet, walked.steps, walked.met, rules.layout)
    if issued is not None:
        memo = memo.with_text(sheet, issued)
        walked = _walk_once(sheet, tables, habits, said, rules, memo)
    for _ in range(2):
        before = said, habits
        said = _said_above(sheet, walked.steps, said, memo, rules)
        habits = learn_habits(walked.starts, walked.headings, sure_wraps)
        if (said, habits) == before:
            break
        walked = _walk_once(sheet, tables, habits, said, rules, memo)
    return _with_note(walked.steps, said, memo) if said.heading is not None else walked.steps


def _with_note(steps: tuple[Step, ...], said: Said, memo: Memo) -> tuple[Step, ...]:
    """The steps; where the day of issue gave the year, the first date says so."""
    place = next((place for place, step in enumerate(steps) if step.kind == START), None)
    date = steps[place].date if place is not None else None
    if place is None or date is None or said not in memo.assumed or date.edtf is None:
        return steps
    message = f"{date.text.value}: no year is said but that of the day of issue; read as {date.edtf}"
    start, end = date.text.spans[0].start, date.text.spans[-1].end
    found = Finding("year_from_day_of_issue", message, start, end)
    noted = replace(steps[place], findings=(*steps[place].findings, found))
    return (*steps[:place], noted, *steps[place + 1 :])


def _said_above(sheet: Sheet, steps: Sequence[Step], said: Said, memo: Memo, rules: Rules) -> Said:
    """What the document says before its first entry, where that entry says no year or era, or none was met."""
    opening = next((step.date for step in steps if step.kind == START), None)
    if said != Said(dotted=said.dotted) or (opening is not None and opening.edtf is not None):
        return said
    found = (
        find_unsaid_era(sheet, steps, rules)
        or find_mentioned_era(sheet, steps, rules)
        or find_year_above(sheet, steps, rules)
    )
    if found == Said():
        found = find_year_of_issue(sheet, steps, rules).but(dotted=said.dotted)
        memo.assumed.add(found)
    return found.but(dotted=said.dotted or found.dotted)


def has_sure_wraps(sheet: Sheet) -> bool:
    """Whether the source itself says where a paragraph ends: hard lines close with a blank, soft ones do not."""
    closed: dict[str, list[bool]] = {HARD: [], SOFT: []}
    for line in sheet.document.lines:
        if line.cell is None and line.wrap in closed:
            last = sheet.source[max(line.span.start, line.span.end - 1) : line.span.end + 1]
            closed[line.wrap].append(" " in last or "\u3000" in last)
    hard, soft = closed[HARD], closed[SOFT]
    return len(hard) >= _MANY and sum(hard) >= 0.95 * len(hard) and sum(soft) <= 0.05 * len(soft)


def _walk_once(
    sheet: Sheet, tables: Mapping[int, Columns], habits: Habits, said: Said, rules: Rules, memo: Memo
) -> Walked:
    units, before = sheet.units, Before()
    steps: list[Step] = []
    starts: list[tuple[Start, Line]] = []
    met: list[Start] = []
    place, above = 0, None
    while place < len(units):
        unit, text = units[place], memo.texts[place]
        if text is not None:
            steps.append(text)
            above, place = unit, place + 1
            continue
        if isinstance(above, Piece):
            before = Before(above.text, sheet.line(above), before.day, before.year, last=before.last)
            above = None
        if isinstance(unit, Row):
            found, said = read_row(sheet, unit, tables[unit.table], said, rules)
            used, start = 1, None
        else:
            found, said, used, start = _read_line(sheet, place, said, before, habits, rules, memo)
            met.extend((start,) if start is not None else ())
            if start is not None and found[0].kind == START:
                starts.append((start, sheet.line(unit)))
        steps.extend(found)
        before = _look_back(sheet, units[place + used - 1], found, start, before, habits.learned)
        place += used
    headings = sum(step.kind == HEADING for step in steps)
    return Walked(tuple(steps), tuple(starts), tuple(met), headings)


def _look_back(
    sheet: Sheet, unit: Unit, steps: Sequence[Step], start: Start | None, before: Before, learned: bool
) -> Before:
    """What the next line sees above it; a date that started nothing tells of the next only by the habits."""
    day = next((step.date.start for step in reversed(steps) if step.kind == START and step.date), before.day)
    headed = [step.date.start for step in steps if step.kind == HEADING and step.date and step.date.start]
    year = headed[-1].year if headed else before.year
    last = start if start and steps[0].kind == START else before.last
    if isinstance(unit, Row) or not steps or steps[-1].kind in (HEADING, ASIDE):
        return Before(day=day, year=year, last=last)
    if steps[-1].kind == START and not steps[-1].fragments:
        return Before(day=day, year=year, waiting=steps[-1].unit, last=last)
    refused = start if steps[-1].kind == TEXT and learned else None
    return Before(unit.text, sheet.line(unit), day, year, refused, last=last)


def _read_line(
    sheet: Sheet, place: int, said: Said, before: Before, habits: Habits, rules: Rules, memo: Memo
) -> tuple[tuple[Step, ...], Said, int, Start | None]:
    """The steps that a plain line is, what is said then, how many units it took, and its date."""
    piece = sheet.units[place]
    assert isinstance(piece, Piece)
    seen = memo.seen.get((place, said))
    if seen is None:
        seen = memo.seen[place, said] = look(sheet, place, piece, said, rules)
    if seen.heading is not None and _is_heading(seen.heading, before, habits, rules):
        pieces = (piece, seen.again) if seen.again else (piece,)
        steps = tuple(heading_step(sheet, each, seen.heading, seen.offset) for each in pieces)
        return steps, seen.heading.said, len(steps), None
    if seen.numbered is not None:
        return numbered_steps(sheet, seen.numbered), seen.numbered.said, seen.numbered.used, None
    start = seen.start
    if start is None or (start.found.kind in _WHOLE_SPANS and sheet.line(piece).is_heading):
        return (seen.text,), said, 1, None
    if _names_a_period(start):
        return (heading_step(sheet, piece, start.found, start.found.start),), said, 1, None
    reasons = reasons_against(start, sheet.line(piece), before, habits, rules.layout)
    if sum(reasons.values()) >= ENOUGH:
        return (refused_step(seen.text, piece, start, reasons),), said, 1, start
    return (start_step(sheet, start, habits, rules),), start.found.said, start.used, start


def _names_a_period(start: Start) -> bool:
    """Whether a line is nothing but years from and to, and in brackets what they are called: 1868年～1912年（明治）."""
    is_period = start.found.kind == "year" and "/" in (start.date.edtf or "")
    return is_period and len(start.rest) == 1 and _NAMED.fullmatch(start.rest[0].text) is not None


def look(sheet: Sheet, place: int, piece: Piece, said: Said, rules: Rules) -> Seen:
    """The heading, the numbered entry, or the date that the line may be or begin with."""
    text = Step(TEXT, (piece.line,), (sheet.fragment(piece),))
    heading, offset = _find_heading(piece, said, rules)
    following = _window(sheet, place, 2)[1:]
    if following and sheet.document.source.kind == "markdown" and follows(sheet, piece, following[0]):
        heading = None  # [1981年](…) - text
    numbered = None
    if find_sign(piece.text) is not None:
        numbered = find_numbered(sheet, _window(sheet, place, _AHEAD), said, rules)
    window = _window(sheet, place, PART_LINES)
    start = find_start(sheet.source, window, said, rules)
    if start is not None and stands_in_cells(start, window, rules):
        heading = None
    elif start is not None and start.family == BOTH:
        return Seen(text, start.found, again=window[1])
    return Seen(text, heading, offset, start, numbered)


def _window(sheet: Sheet, place: int, most: int) -> tuple[Piece, ...]:
    window: list[Piece] = []
    for unit in sheet.units[place : place + most]:
        if isinstance(unit, Row):
            break
        window.append(unit)
    return tuple(window)


def _find_heading(piece: Piece, said: Said, rules: Rules) -> tuple[Found | None, int]:
    """The year heading that this line is, and where it begins behind a bullet."""
    tail = rules.layout.heading_tail.search(piece.text)
    if tail is not None:
        piece = Piece(piece.line, piece.span, piece.text[: tail.start()] or piece.text)
    found = find_year_heading(piece.text, said, rules.dates)
    bullets = rules.layout.bullets
    if found is not None or piece.text[0] not in bullets:
        return found, 0
    signs = enumerate(piece.text)
    lead = next((place for place, sign in signs if sign not in bullets and not sign.isspace()), 0)
    return find_year_heading(piece.text[lead:], said, rules.dates), lead


def _is_heading(found: Found, before: Before, habits: Habits, rules: Rules) -> bool:
    """Whether a line that is nothing but a year opens it, and is not the end of a sentence above."""
    if before.text.rstrip().endswith((*rules.layout.asks, *_MID_SENTENCE)):
        return False
    return before.line is None or before.line.wrap not in BROKEN or _goes_on(found, before, habits)


def _goes_on(found: Found, before: Before, habits: Habits) -> bool:
    """Whether the year comes after the last entry's: below a full line it may be the end of a sentence."""
    start, end = found.value.start, found.value.end
    if before.day is None or start is None or end is None:
        return True
    return start < before.day if habits.descends else end > before.day and start.year != before.year
