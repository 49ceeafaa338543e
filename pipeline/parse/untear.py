"""Mends a table that came column by column: several dates in a row, then as many texts.

Takes the steps of a walk. Gives them with each text behind its date again; where the counts do not
agree, the steps as they were. Reads rules/layout.toml (heads) and rules/paragraphs.toml (continuing_starts).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from pipeline import chars
from pipeline.findings import Finding
from pipeline.model import BROKEN, FULL
from pipeline.parse.sheet import Sheet
from pipeline.parse.steps import ASIDE, HEADING, START, TEXT, Step
from pipeline.rules.load import Rules

_HEADS = 4  # lines of text among which a head may stand
_LIKELY = 0.8  # of a line that goes on: it reaches to four fifths of the longest, or its words say so
_LEAST = 3  # dates in a row without a text; two may be a misprint


def untear(sheet: Sheet, steps: Sequence[Step], rules: Rules) -> tuple[Step, ...]:
    """The steps, dates and texts that stand in two runs put together one to one."""
    mended: list[Step] = []
    place = 0
    while place < len(steps):
        dates = _dates(steps, place)
        texts = _texts(steps, place + len(dates)) if len(dates) >= _LEAST else ()
        joined = _pair(sheet, dates, texts, rules) if texts else None
        if joined is None:
            taken = max(1, len(dates))
            found = (_report(sheet, dates, texts),) if len(dates) >= _LEAST else ()
            first = steps[place]
            mended.append(replace(first, findings=(*first.findings, *found)) if found else first)
            mended.extend(steps[place + 1 : place + taken])
            place += taken
        else:
            mended.extend(joined)
            place += len(dates) + len(texts)
    return tuple(mended)


def _report(sheet: Sheet, dates: Sequence[Step], texts: Sequence[Step]) -> Finding:
    """What is said of dates in a row that no texts could be given to."""
    first, last = (sheet.document.lines[step.lines[0]].number for step in (dates[0], dates[-1]))
    message = (
        f"line {first}: {len(dates)} dates in a row (to line {last}) have no text beside them; expected as many texts "
        f"below, found {len(texts)} lines that do not part into so many; the text goes to the last date"
    )
    return Finding("dates_without_texts", message, dates[0].spans[0].start, dates[-1].spans[-1].end)


def _dates(steps: Sequence[Step], place: int) -> Sequence[Step]:
    """The plain lines from here on that are dates and nothing else; a year alone may be among them, not at the end."""
    end = place
    for number in range(place, len(steps)):
        step = steps[number]
        if step.kind not in (START, HEADING) or step.table is not None or step.fragments:
            break
        end = number + 1 if step.kind == START or end > place else end
    return steps[place:end] if end > place and steps[place].kind == START else ()


def _texts(steps: Sequence[Step], place: int) -> Sequence[Step]:
    """The plain lines of text from here on."""
    end = place
    while end < len(steps) and steps[end].kind == TEXT and steps[end].table is None:
        end += 1
    return steps[place:end]


def _pair(sheet: Sheet, dates: Sequence[Step], texts: Sequence[Step], rules: Rules) -> list[Step] | None:
    """Title and head words, then each date with its text; None where there are more or fewer texts than dates.

    A year alone is a date like the others, or else the heading of those below it: what the count says.
    """
    heads = next(
        (
            place + 1
            for place in reversed(range(min(_HEADS, len(texts))))
            if _is_head(sheet, texts[place], rules)
        ),
        0,
    )
    aside, body = texts[:heads], texts[heads:]
    starts = [step for step in dates if step.kind == START]
    for wanted in (dates, starts) if len(starts) < len(dates) else (dates,):
        for paragraphs in _hypotheses(sheet, body, len(wanted), rules):
            if len(paragraphs) == len(wanted):
                following = iter(paragraphs)
                pairs = [
                    part
                    for step in dates
                    for part in ((replace(step, kind=START), *next(following)) if step in wanted else (step,))
                ]
                return [*(replace(step, kind=ASIDE) for step in aside), *pairs]
    return None


def _hypotheses(sheet: Sheet, texts: Sequence[Step], wanted: int, rules: Rules) -> Iterator[list[list[Step]]]:
    """Ways to put the lines together to paragraphs: by their wraps, by blank lines, by what most likely goes on."""
    yield _put_together(texts, lambda above, step: _goes_on(sheet, above, step, rules))
    yield [[step] for step in texts]
    number = {id(step): sheet.document.lines[step.lines[0]].number for step in texts}
    yield _put_together(texts, lambda above, step: number[id(step)] == number[id(above)] + 1)
    edge = max((chars.width(sheet.text_of(step.fragments)) for step in texts), default=0.0)
    likely = sorted(
        (
            (_likeness(sheet, above, step, edge, rules), place)
            for place, (above, step) in enumerate(pairwise(texts), 1)
        ),
        reverse=True,  # of lines as likely as each other the later ones
    )[: max(0, len(texts) - wanted)]
    if edge and all(score >= _LIKELY for score, _ in likely):
        joined = {id(texts[place]) for _, place in likely}
        paragraphs = _put_together(texts, lambda above, step: id(step) in joined)
        yield [_broken(sheet, paragraph, rules) for paragraph in paragraphs]


def _broken(sheet: Sheet, paragraph: Sequence[Step], rules: Rules) -> list[Step]:
    """The lines with their ends as wraps, but where the next one is a detail of its own."""
    lines = []
    for step, below in zip_longest(paragraph, paragraph[1:]):
        if (
            below is not None
            and step.fragments
            and sheet.text_of(below.fragments)[:1] not in rules.layout.bullets
        ):
            step = replace(step, fragments=(*step.fragments[:-1], replace(step.fragments[-1], wrap=FULL)))
        lines.append(step)
    return lines


def _likeness(sheet: Sheet, above: Step, step: Step, edge: float, rules: Rules) -> float:
    """How likely the line goes on with the one above: that one is long and not finished, this one opens nothing."""
    before, text = sheet.text_of(above.fragments), sheet.text_of(step.fragments)
    if _is_more(sheet, step, rules):
        return 3.0
    score = chars.width(before) / edge
    score += 1.0 * before.endswith(rules.layout.unfinished) + 0.5 * ("ぁ" <= text[:1] <= "ゖ")
    return score - 0.5 * before.endswith(("。", "）", ")"))


def _put_together(texts: Sequence[Step], goes_on: Callable[[Step, Step], bool]) -> list[list[Step]]:
    paragraphs: list[list[Step]] = []
    for step in texts:
        if paragraphs and goes_on(paragraphs[-1][-1], step):
            paragraphs[-1].append(step)
        else:
            paragraphs.append([step])
    return paragraphs


def _is_more(sheet: Sheet, step: Step, rules: Rules) -> bool:
    """Whether the line belongs to the text above by itself: a detail with its marker, or what opens no text."""
    text = sheet.text_of(step.fragments)
    return text.startswith(rules.paragraphs.continuing_starts) or text[:1] in rules.layout.bullets


def _is_head(sheet: Sheet, step: Step, rules: Rules) -> bool:
    """A word that heads a column, or one sign of it where the head was set with wide gaps (事 / 項)."""
    text = chars.key(sheet.text_of(step.fragments))
    return len(text) <= 1 or text in rules.layout.heads


def _goes_on(sheet: Sheet, above: Step, step: Step, rules: Rules) -> bool:
    if above.fragments and above.fragments[-1].wrap in BROKEN:
        return True
    return _is_more(sheet, step, rules)
