"""Where the chronology begins: its first entry, below the title, a preface and the date of issue.

Takes the steps through a document. Gives the place of the first step that belongs to the chronology,
and says of a line above it whether it may be the title. Reads rules/layout.toml (title).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import regex

from pipeline import chars
from pipeline.model import BROKEN
from pipeline.parse.leads import ITEM
from pipeline.parse.sheet import Sheet
from pipeline.parse.steps import ASIDE, HEAD, HEADING, START, TEXT, Step
from pipeline.rules.layout import LayoutRules

_LONGEST_TITLE = 40.0
_SIGNATURE = 3  # lines below the date of a preface: the body, the post and the name
_TITLE_LINES = 12  # steps among which a title may stand below the date of issue
_LONG_SENTENCE = 50.0
_POST_AND_NAME = regex.compile(
    r"[^。、\s]{2,20}[長頭事表][ \u3000]+[\p{Han}々]{1,4}[ \u3000]*[\p{Han}\p{Hiragana}]{1,4}"
)
_COVERED = 5  # dates below a title that its period must hold; an annex may have others
_SELDOM = 0.2  # of the entries below a preface in sentences that may end in 。, or stand out of order
_LAST = 3  # lines of a preface, in one of which it announces the list
_LONGEST_VERB = 7  # characters behind 次のとおり: である。, となっている。
_ABOVE = 2  # lines with dates above the entries: the title, and a preface
_CHAPTER = re.compile(r"第[0-9一二三四五六七八九十]{1,3}[章編節部]$")
_SAYS_YEAR = re.compile(r"年|[0-9０-９]{4}|[A-Za-zＡ-Ｚ]")
_MEANT = ("date_does_not_exist", "date_unreadable", "date_period_backwards")  # written whole, and no date


def is_title(sheet: Sheet, step: Step) -> bool:
    """Whether a step before the chronology may be a line of the title: short, no sentence."""
    text = step_text(sheet, step)
    wrapped = any(fragment.wrap in BROKEN for fragment in step.fragments)
    return not wrapped and "。" not in text and chars.width(text) <= _LONGEST_TITLE


def step_text(sheet: Sheet, step: Step) -> str:
    """The step's text as it stands, its pieces side by side."""
    return "".join(sheet.source[span.start : span.end] for span in sorted(step.spans))


def find_first(sheet: Sheet, steps: Sequence[Step], rules: LayoutRules) -> int:
    """The first step of the chronology: its first entry, with the year and the head line above it."""
    starts = [place for place, step in enumerate(steps) if step.kind == START]
    years = [
        place
        for place, step in enumerate(steps[:-1])
        if step.kind == HEADING and step.unit in ("year", "fiscal_year") and steps[place + 1].kind == TEXT
    ]
    headings = sum(step.kind == HEADING for step in steps)
    alone = sum(not steps[place].fragments for place in starts) >= max(3, 0.8 * len(starts))
    if years and 2 * len(years) >= headings and (headings >= 2 or not starts or alone):
        starts = sorted({*starts, *years})
    elif (
        years
        and starts
        and years[0] < starts[0]
        and _opens_first_year(sheet, steps, years[0], starts[0], rules)
    ):
        starts = [years[0], *starts]
    if not starts:
        return len(steps)
    first = _skip_preface(sheet, steps, starts, rules)
    for _ in range(_ABOVE):
        below = [place for place in starts if place > first]
        if len(starts) <= 2 or not below or first not in starts:
            break
        if not (
            _is_dated_title(sheet, steps, first, rules)
            or _announces(sheet, steps[first : below[0]], rules)
            or _covers(steps, first, below)
            or _tells(sheet, steps, first, below)
            or _is_in_legend(sheet, steps, first, rules)
        ):
            break
        first = below[0]
    first = _below_signature(sheet, steps, starts, first, rules)
    title = _title_below(sheet, steps, first, rules)
    if title is not None:
        first = next((place for place in starts if place > title), first)
    while first > 0 and steps[first - 1].kind in (HEADING, HEAD):
        first -= 1
    return first


def _is_dated_title(sheet: Sheet, steps: Sequence[Step], first: int, rules: LayoutRules) -> bool:
    """Whether the first line with a date is the title: 平成30年7月豪雨の経過, or such a line above a table."""
    step = steps[first]
    if step.table is not None or len(step.lines) != 1 or not is_title(sheet, step) or step.unit == "day":
        return False
    below = next((after for after in steps[first + 1 :] if after.kind in (HEAD, START)), None)
    above_table = (
        step.unit in ("year", "month", "fiscal_year") and below is not None and below.table is not None
    )
    if above_table or _CHAPTER.sub("", chars.key(step_text(sheet, step))).endswith(rules.title_words):
        return True
    return first == 0 and _names_what_follows(sheet, steps)


def _is_in_legend(sheet: Sheet, steps: Sequence[Step], first: int, rules: LayoutRules) -> bool:
    """Whether the line is an item, 一、明治5年以前は旧暦による, of those below a head like 凡例."""
    line = sheet.document.lines[steps[first].lines[0]].span
    if not chars.key(sheet.source[line.start : line.end]).startswith(ITEM):
        return False
    above = [chars.key(step_text(sheet, step)) for step in steps[:first]]
    head = next((place for place, text in enumerate(above) if text in rules.legends), first)
    return head < first and all(text.startswith(ITEM) for text in above[head + 1 :])


def _announces(sheet: Sheet, steps: Sequence[Step], rules: LayoutRules) -> bool:
    """Whether what looks like an entry ends in words that announce the list: 町の対応は次のとおりである。"""
    texts = [chars.key(step_text(sheet, step)) for step in steps if step.kind in (START, TEXT)][-_LAST:]
    told = steps[0].table is None and _is_prose("".join(texts))
    return told and any(
        word in text[-len(word) - _LONGEST_VERB :] for text in texts for word in rules.announces
    )


def _covers(steps: Sequence[Step], first: int, below: Sequence[int]) -> bool:
    """Whether the first line is the period of the entries below: 慶応3年(1867)〜明治10年(1877), alone or run on into words."""
    step = steps[first]
    date = step.date
    if step.table is not None or step.unit != "year" or date is None or "/" not in (date.edtf or ""):
        return False
    if step.fragments and date.text.spans[-1].end != step.fragments[0].span.start:
        return False
    days = [day for place in below if (dated := steps[place].date) and (day := dated.start)]
    start, end = date.start, date.end
    if start is None or not days:
        return False
    return all(start <= day and (end is None or day <= end) for day in days[:_COVERED])


def _tells(sheet: Sheet, steps: Sequence[Step], first: int, below: Sequence[int]) -> bool:
    """Whether the first date opens sentences above the list: later than the next one, where hardly an entry ends in 。

    昭和30年1月、三村の合併により発足した町である。 above 明治22年4月 町村制施行.
    """
    date, after = steps[first].date, steps[below[0]].date
    told = [steps[place] for place in range(first, below[0]) if steps[place].kind in (START, TEXT)]
    if steps[first].table is not None or not date or not after or not (date.start and after.start):
        return False
    if date.start <= after.start or not step_text(sheet, told[-1]).rstrip().endswith("。"):
        return False
    ended = sum(step_text(sheet, steps[place]).rstrip().endswith("。") for place in below)
    days = [day for place in below if (dated := steps[place].date) and (day := dated.start)]
    falls = sum(later < day for day, later in itertools.pairwise(days))
    return ended <= _SELDOM * len(below) and falls <= _SELDOM * len(days)


def _names_what_follows(sheet: Sheet, steps: Sequence[Step]) -> bool:
    """Whether the first line runs on from its year or month, and every entry below leaves the year to it.

    平成30年7月豪雨による被害と対応, above days and times alone.
    """
    step = steps[0]
    if step.unit not in ("year", "month") or step.date is None or not step.fragments:
        return False
    if step.date.text.spans[-1].end != step.fragments[0].span.start:
        return False
    below = [after for after in steps[1:] if after.kind in (START, HEADING)]
    return all(
        after.kind == START
        and after.unit in ("day", "clock")
        and after.date is not None
        and not _SAYS_YEAR.search(after.date.text.value)
        for after in below
    )


def _opens_first_year(sheet: Sheet, steps: Sequence[Step], year: int, start: int, rules: LayoutRules) -> bool:
    """Whether the text below the first year is its entry: the next line is a day of that year, and it is no title."""
    heading, day = steps[year].date, steps[start].date
    if start != year + 2 or heading is None or day is None or not (heading.start and day.start):
        return False
    text = chars.key(step_text(sheet, steps[year + 1]))
    return heading.start.year == day.start.year and not text.endswith(
        (*rules.title_words, *rules.body_words, *rules.issued_after)
    )


def _skip_preface(sheet: Sheet, steps: Sequence[Step], starts: Sequence[int], rules: LayoutRules) -> int:
    """The first start behind what only looks like one: a number without an era, sentences above 年表."""
    resolved = [place for place in starts if _is_definite(steps[place])] or list(starts)
    resolved = _below_head(sheet, steps, resolved, rules) or resolved
    for place in range(resolved[0] + 1, len(steps)):
        if steps[place].kind not in (TEXT, ASIDE):
            continue
        if not chars.key(step_text(sheet, steps[place])).endswith(rules.title_words):
            continue
        above = [start for start in resolved if start < place]
        below = [start for start in resolved if start > place]
        prose = all(
            _is_prose(_entry_text(sheet, steps, start)) or _is_signed(sheet, steps, start, rules)
            for start in above
        )
        return below[0] if prose and len(above) <= 3 < len(below) else resolved[0]
    return resolved[0]


def _is_definite(step: Step) -> bool:
    """Whether it is a date, resolved or not: a day that does not exist is one, a number without an era is none.

    What stands in the date column of a table is meant as one, too.
    """
    if step.date is None or step.date.edtf is not None or step.table is not None:
        return step.date is not None
    return any(finding.code in _MEANT for finding in step.findings)


def _below_head(sheet: Sheet, steps: Sequence[Step], starts: Sequence[int], rules: LayoutRules) -> list[int]:
    """The starts in the first table, where those above its head line are the title and plain sentences: a preface."""
    head = next((place for place, step in enumerate(steps) if step.kind == HEAD), 0)
    above = [place for place in starts if place < head]
    texts = [
        chars.key(step_text(sheet, steps[place]))
        for place in above
        if place or steps[place].unit != "year"  # 令和元年台風第19号への対応: a title, with a year alone
    ]
    is_preface = all(text.endswith(("。", *rules.title_words)) for text in texts)
    if not above or not is_preface or any(steps[place].table is not None for place in above):
        return []
    return [place for place in starts if place > head]


def _entry_text(sheet: Sheet, steps: Sequence[Step], start: int) -> str:
    """The text of the step and of those below it that go on with it."""
    below = itertools.takewhile(
        lambda step: step.kind in (TEXT, ASIDE) and step.table is None, steps[start + 1 :]
    )
    return "".join(step_text(sheet, step) for step in (steps[start], *below))


def _is_prose(text: str) -> bool:
    """Sentences, not an entry: two full stops and more, or long with one."""
    return text.count("。") + text.count("．") >= 2 or ("。" in text and chars.width(text) > _LONG_SENTENCE)


def _is_signed(sheet: Sheet, steps: Sequence[Step], place: int, rules: LayoutRules) -> bool:
    """Whether a date stands alone above the post and name of who wrote the preface: 平成22年3月 / 高瀬町長 小此木 幸一."""
    below = list(
        itertools.takewhile(lambda step: step.kind == TEXT, steps[place + 1 : place + 1 + _SIGNATURE])
    )
    if steps[place].unit not in ("day", "month"):
        return False
    if steps[place].fragments:
        own = sheet.text_of(steps[place].fragments).strip()
        return len(steps[place].lines) > 1 and _POST_AND_NAME.fullmatch(own) is not None
    return any(_POST_AND_NAME.fullmatch(step_text(sheet, step).strip()) for step in below)


def _below_signature(
    sheet: Sheet, steps: Sequence[Step], starts: Sequence[int], first: int, rules: LayoutRules
) -> int:
    """The start behind the date of a signed preface or of the issue, where an earlier date follows it."""
    following = next((place for place in starts if place > first), None)
    if following is None or not (
        _is_signed(sheet, steps, first, rules) or _is_above_table(steps, first, following)
    ):
        return first
    signed, opening = steps[first].date, steps[following].date
    if signed is None or opening is None or not (signed.start and opening.start):
        return first
    return following if opening.start < signed.start else first


def _is_above_table(steps: Sequence[Step], first: int, following: int) -> bool:
    """Whether a day alone on its line stands above the table that holds the entries: the day of issue."""
    step = steps[first]
    return not step.fragments and step.table is None and steps[following].table is not None


def _title_below(sheet: Sheet, steps: Sequence[Step], first: int, rules: LayoutRules) -> int | None:
    """The place of the title, where it stands below a date of issue that looks like an entry."""
    later = [
        step.date.start for step in steps[first + 1 :] if step.kind == START and step.date and step.date.start
    ]
    opening = steps[first].date
    issued = opening.start if opening else None
    if issued is None or not later or later[0] >= issued:
        return None
    for place in range(first, min(_TITLE_LINES, len(steps))):
        if steps[place].kind in (TEXT, ASIDE) and chars.key(step_text(sheet, steps[place])).endswith(
            rules.title_words
        ):
            return place
    return None
