"""The document's own habits, and by them whether a date at a line's beginning starts an entry.

Takes all dates that stand at the beginning of a line. Gives `Habits`, and for one such date the reasons
that speak against it, with their weights: from `ENOUGH` on, the line goes on with the entry above.
Reads rules/layout.toml (particles, unfinished, asks). RECORDS, Date: a date in the body text starts nothing.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline import chars
from pipeline.model import BROKEN, HARD, SOFT, Line
from pipeline.parse.beside import share_apart, share_listed
from pipeline.parse.families import IN_BRACKETS
from pipeline.parse.starts import Start
from pipeline.rules.layout import LayoutRules

ENOUGH = 3.0
_FEW = 3  # dates from which on a habit can be told
EXPLICIT = ("western", "era", "fiscal")
_TEXT_COLUMN = 4.0  # full-width characters by which texts at least stand to the right of their dates
_LEVEL = 0.8  # of the dates at one indent: one of the same kind that is set in stands in the text
_BARE = re.compile(
    r"[0-9:：時分秒~～〜\-－−―–・,、，./／ （）()\[\]午前後正頃から月火水木金土日祝各両の夜迄まで(?:終日)]*"
)
_RANGED = re.compile(r"[0-9日月年)）] ?[~～〜]$")
_WHOLE = re.compile(r"[0-9]+(?: ?[.．/／・] ?[0-9]+){2}")
_YEARS = re.compile(
    r"(?:[^\W\d_]{0,2} ?[0-9元]{1,4} ?年度?[ \u3000]*)+"
)  # heads of columns: 27年度 28年度 29年度
_OPENING, _CLOSING = "（(「『【〔［[＜《", "）)」』】〕］]＞》"


@dataclass(frozen=True, slots=True)
class Habits:
    """How this document writes the dates of its entries; shares are of all dates at a line's beginning."""

    count: int = 0
    learned: bool = False  # on the first way through, dates are only counted
    families: Mapping[str, int] | None = None
    markers: Mapping[str, int] | None = None
    attached: float = 0.0  # share of dates that their text follows without a sign between
    gaps: Mapping[str, int] | None = None
    indent: float = 0.0
    level: float = 0.0  # share of the dates that stand at that indent, as near as one character
    headings: int = 0  # year headings
    numbered: str = ""  # the kind of running number that its entries bear
    descends: bool = False  # newest first
    listed: float = 0.0  # share of texts beside dates with a marked detail behind them: 総会 ・会場
    apart: float = 0.0  # share of those with a word far behind them: 大雨警報発表        防災課
    sure_wraps: bool = False  # a soft wrap is the source's own sign, not a guess by the length of lines

    def share(self, counts: Mapping[str, int] | None, name: str) -> float:
        """The share of the dates that have this."""
        return count_like(counts, name) / self.count if self.count else 0.0


def count_like(counts: Mapping[str, int] | None, name: str) -> int:
    """How many dates are of this kind; a bare year (1960) is like every date that begins with one."""
    if name == "western":
        return sum(count for other, count in (counts or {}).items() if other.startswith(name))
    return (counts or {}).get(name, 0)


def learn_habits(starts: Sequence[tuple[Start, Line]], headings: int, sure_wraps: bool) -> Habits:
    """The habits that these dates show, whether or not each of them starts an entry."""
    if not starts:
        return Habits(learned=True, headings=headings, sure_wraps=sure_wraps)
    indent = Counter(round(line.indent) for _, line in starts).most_common(1)[0][0]
    return Habits(
        learned=True,
        count=len(starts),
        families=Counter(start.family for start, _ in starts),
        markers=Counter(start.marker for start, _ in starts),
        attached=sum(start.gap == "none" for start, _ in starts) / len(starts),
        gaps=Counter(start.gap for start, _ in starts),
        indent=indent,
        level=sum(abs(line.indent - indent) <= 1.5 for _, line in starts) / len(starts),
        headings=headings,
        numbered=_find_numbering([start for start, _ in starts], headings),
        descends=_descends([start.date.start for start, _ in starts]),
        listed=share_listed([start for start, _ in starts if start.rest]),
        apart=share_apart([start for start, _ in starts if start.rest]),
        sure_wraps=sure_wraps,
    )


def _find_numbering(starts: Sequence[Start], headings: int) -> str:
    """The kind of running number that nearly all dates bear, counting on but for a section here and there.

    Numbered dates inside the entries (①10月7日 ②10月8日) begin anew in each.
    """
    kinds = Counter(start.marker for start in starts if start.number is not None)
    kind, count = kinds.most_common(1)[0] if kinds else ("", 0)
    numbered = [start for start in starts if start.marker == kind]
    says_years = sum(start.found.year_said for start in numbered) >= 0.5 * count
    if count < max(_FEW, (0.7 if says_years else 0.95) * len(starts)):
        return ""
    said = [start.number or 0 for start in numbered]
    turns = sum(abs(after - before) != 1 for before, after in itertools.pairwise(said))
    return kind if turns <= headings + 0.2 * len(said) else ""


def _descends(days: Iterable[date | None]) -> bool:
    known = [day for day in days if day]
    steps = list(itertools.pairwise(known))
    down = sum(after < before for before, after in steps)
    up = sum(after > before for before, after in steps)
    return down > 2 * up


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a date at a line's beginning: the line above and the last entry's date."""

    text: str = ""  # the line above it, nothing where that was a heading or there is none
    line: Line | None = None
    day: date | None = None  # start of the last entry
    year: int | None = None  # of the last year heading
    refused: Start | None = None  # the date that the line above it begins with, where that started nothing
    waiting: str = ""  # what the line above it is when that is a date with no text yet: day, month, year …
    last: Start | None = None  # the date that started the last entry


def reasons_against(
    start: Start, line: Line, before: Before, habits: Habits, rules: LayoutRules
) -> dict[str, float]:
    """Why this date may be no entry's, and how much each reason weighs."""
    reasons = {
        **_form_reasons(start, line, habits, before),
        **_sentence_reasons(start, before, habits, rules),
    }
    day = start.date.start
    # a date, but for the one above
    blocked = {finding.code for finding in start.findings} <= {"date_context_blocked"}
    if start.date.edtf is None and not blocked and before.line is not None and before.line.wrap in BROKEN:
        reasons["unreadable"] = 2.0
    until = start.date.end if (start.date.edtf or "").endswith("~") else day  # 下旬 of the month said last
    if day and until and before.day and (day > before.day if habits.descends else until < before.day):
        # which way a list goes shows only at its end: a whole date may be of a list from new to old
        reasons["order"] = 2.0 if habits.learned or not start.found.year_said else 1.0
    if _is_usual(start, habits):
        reasons["usual"] = -1.0
    return reasons


def _is_usual(start: Start, habits: Habits) -> bool:
    """Whether date, bullet and what parts date and text are as in a good part of the others, and in one at least."""
    return habits.count >= _FEW and all(
        habits.share(counts, name) >= 0.2 and count_like(counts, name) > 1
        for counts, name in (
            (habits.families, start.family),
            (habits.markers, start.marker),
            (habits.gaps, start.gap),
        )
    )


def _seldom_alone(start: Start, habits: Habits) -> bool:
    """Whether dates have their text beside them here, as this one: the date alone above it is no entry's."""
    return habits.share(habits.gaps, "line") < 0.4 and _is_usual(start, habits)


def _counts_on(start: Start, before: Before, habits: Habits) -> bool:
    """Whether a running number is that of an entry: by the document's habit, or since it is part of no other
    entry (nothing is dated above it) and so are those that count on from it."""
    if start.marker == habits.numbered:
        return True
    last = before.last
    if not start.found.year_said or last is None:
        return start.found.year_said
    return last.marker == start.marker and last.number is not None and last.number + 1 == start.number


def _heads_itself(start: Start, before: Before, habits: Habits) -> bool:
    """Whether a year with its text (令和3年度 調査を実施) stands where other years head their entries, as the next of them."""
    is_year = start.found.kind in ("year", "fiscal_year") and start.found.year_said and not start.marker
    day, year = start.date.start, before.year
    if not is_year or start.gap != "blank" or habits.headings < _FEW or day is None or year is None:
        return False
    return day.year < year if habits.descends else day.year > year


def _goes_on_in_year(start: Start, before: Before) -> bool:
    """Whether a bare month or day follows the last entry in its year: 8月 … below ■1950年 3月 …."""
    day = start.date.start
    if start.family != "md" or start.marker or start.gap == "none" or day is None or before.day is None:
        return False
    broken = before.line is not None and before.line.wrap in BROKEN
    return not broken and before.day.year == day.year and before.day <= day


def _form_reasons(start: Start, line: Line, habits: Habits, before: Before) -> dict[str, float]:
    """Reasons in its looks: another kind of date, another bullet, another indent than entries have here."""
    reasons: dict[str, float] = {}
    seen = count_like(habits.families, start.family)
    share = habits.share(habits.families, start.family)
    if start.family != "same" and habits.count >= 5 and (seen <= 1 or (share < 0.08 and habits.count >= 12)):
        reasons["foreign"] = 3.0 if start.family in ("numeric", "clock", "d") else 2.0
    if start.number is not None and habits.learned and not _counts_on(start, before, habits):
        return {**reasons, "numbered": 4.0}
    counted = start.family == "numeric" and _WHOLE.fullmatch(chars.fold(start.date.text.value).text.strip())
    if (start.family == "year" or counted) and start.gap != "none" and start.found.kind in ("day", "month"):
        reasons = dict.fromkeys(reasons, 1.0)  # 41年 6月 says its year, if not its era
    if start.family.startswith(IN_BRACKETS) and not start.rest and habits.learned and share < 0.5:
        reasons["noted"] = 3.0  # （10/31まで） on a line of its own is a note on the entry above
    if _heads_itself(start, before, habits):
        return {}
    if _goes_on_in_year(start, before) and habits.share(habits.families, "md") < 0.5:
        return reasons
    own = habits.share(habits.markers, start.marker)
    bare = habits.share(habits.markers, "")
    if own < 0.15 and habits.count >= 4:
        if start.marker and bare >= 0.7:
            reasons["marker"] = 3.0
        elif not start.marker and bare < 0.3:
            # a month or a day below a year with its bullet needs none of its own
            reasons["marker"] = 1.5 if start.family in ("md", "same") else 2.0
        else:
            reasons["marker"] = 1.0
    if habits.learned and start.gap == "none" and habits.attached < 0.15:
        reasons["attached"] = 1.5
    if line.indent >= habits.indent + 1.5 and line.cell is None:
        set_in = line.indent >= habits.indent + _TEXT_COLUMN and habits.level >= _LEVEL
        reasons["indent"] = 2.0 if set_in and share >= 0.5 else 1.0
    return reasons


def _sentence_reasons(start: Start, before: Before, habits: Habits, rules: LayoutRules) -> dict[str, float]:
    """Reasons in the sentence: it goes on from the line above, or on behind the date."""
    reasons: dict[str, float] = {}
    if before.waiting and start.found.kind != "clock" and start.rest and not _seldom_alone(start, habits):
        deeper = start.family == "d" or (before.waiting != "day" and start.found.kind in ("day", "month"))
        reasons["headline"] = 0.0 if deeper and before.waiting != "day" else 4.0
    behind = start.rest[0].text if start.rest else ""
    if habits.learned and start.gap == "none" and chars.key(behind).startswith(rules.particles):
        reasons["particle"] = 2.0 if habits.attached >= 0.5 and habits.count >= _FEW else 3.0
    if start.found.confidence < 0.5 and "particle" not in reasons and habits.attached < 0.5:
        reasons["doubtful"] = 1.0
    timed = not behind and start.family.endswith("timed")
    if timed or (behind and _BARE.fullmatch(chars.fold(behind).text)):
        reasons["bare"] = 2.0
    if behind and _YEARS.fullmatch(chars.fold(behind).text):
        reasons["years"] = 4.0
    if before.line is None or not before.text:
        return reasons
    above = before.text.rstrip()
    refused = before.refused
    if refused and (refused.family, refused.gap, refused.marker) == (start.family, start.gap, start.marker):
        reasons["listed"] = 3.0
    if above.endswith(rules.asks):
        reasons["asked"] = 4.0
    sure = before.line.wrap == SOFT or start.date.edtf is None
    if sure and above[-1].isdigit() and start.first.text[0].isdigit():
        reasons["torn"] = 4.0
    if _RANGED.search(chars.fold(above).text):
        reasons["ranged"] = 4.0
    if before.line.wrap in BROKEN:
        sure = before.line.wrap == SOFT and habits.sure_wraps
        explicit = start.family.startswith(EXPLICIT) and start.gap != "none"
        reasons["wrapped"] = 4.0 if sure else 0.5 if explicit else 2.0
    key = chars.key(above)
    if before.line.wrap != HARD and key.endswith(rules.unfinished) and key not in rules.heads:
        reasons["unfinished"] = 1.5
    if _closes_above(above, start.first.text):
        reasons["bracket"] = 4.0
    return reasons


def _closes_above(above: str, text: str) -> bool:
    """Whether a bracket that the line above left open is closed in this text, before one opens."""
    open_signs = 0
    for sign in above:
        if sign in _OPENING:
            open_signs += 1
        elif sign in _CLOSING and open_signs:
            open_signs -= 1
    if not open_signs:
        return False
    for sign in text:
        if sign in _OPENING:
            return False
        if sign in _CLOSING:
            return True
    return False
