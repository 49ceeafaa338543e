"""The colophon behind a chronology: when the book came out, and who edited, printed and published it.

Takes the steps through a document. Gives the place of its first step. Reads rules/layout.toml (note).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import chars
from pipeline.parse.first_entry import step_text
from pipeline.parse.sheet import Sheet
from pipeline.parse.steps import START, TEXT, Step
from pipeline.rules.layout import LayoutRules

_ISSUES = 3  # of which it says the days, at the most: 初版, 第2版, 増補版
_SIGNS = " \u3000。()（）［］[]【】〔〕第0123456789"


def find_colophon(sheet: Sheet, steps: Sequence[Step], first: int, rules: LayoutRules) -> int | None:
    """The first step of the colophon that ends the steps; None where they end without one."""
    starts = [place for place in range(first + 1, len(steps)) if steps[place].kind == START]
    found: int | None = None
    for place in reversed(starts[-_ISSUES:]):
        if not _is_issued(sheet, steps[place], rules):
            break
        found = place
    if found is None or not _names_makers(sheet, steps[starts[-1] + 1 :], rules):
        return None
    return found - 1 if _is_title(sheet, steps, found) else found


def _is_issued(sheet: Sheet, step: Step, rules: LayoutRules) -> bool:
    """Whether nothing stands beside the date but that this is the day of issue: 発行, 初版第1刷発行."""
    own = chars.key(sheet.text_of(step.fragments))
    return step.table is None and own.strip(_SIGNS) in rules.issued


def _names_makers(sheet: Sheet, steps: Sequence[Step], rules: LayoutRules) -> bool:
    """Whether the steps are lines of their own, one of which at least opens with who made the book."""
    lines = [chars.key(step_text(sheet, step)).strip(_SIGNS) for step in steps]
    return all(step.kind != START for step in steps) and any(line.startswith(rules.makers) for line in lines)


def _is_title(sheet: Sheet, steps: Sequence[Step], place: int) -> bool:
    """Whether the step above is a line of its own that a blank line sets off from the last entry."""
    if place < 2 or steps[place - 1].kind != TEXT or steps[place - 1].table is not None:
        return False
    lines = sheet.document.lines
    above, line = lines[steps[place - 2].lines[-1]], lines[steps[place - 1].lines[0]]
    return line.page > above.page or line.number > above.number + 1
