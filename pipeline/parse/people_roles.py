"""The part somebody played: the nearest heading above the name that says what those under it do.

Takes the units of an event and the place of a name. Gives the place of the role's words.
Reads rules/people.toml: `roles`. RECORDS, People: 基調講演 and not １基調講演; 事例報告 for 区の事例報告.
"""

from __future__ import annotations

import re

from pipeline.model import Detail, Text
from pipeline.parse.people_posts import Lines, Part
from pipeline.parse.people_units import Unit, brackets, skip_back, skip_blanks
from pipeline.rules.people import PeopleRules

_NUMBER = re.compile(
    r"(?:第 ?)?[0-9一二三四五六七八九十]+(?:部|部門|題|席|日目)?[ .．:：、)）]*|[（(][0-9]+[)）] *|[①-⑳] *"
)
_TAIL = re.compile(r"[ 0-9一二三①-⑳ⅠⅡⅢ]*$")
_FARTHEST = 40  # lines that a heading beside its names is looked for
_OPEN = "＜［【《〔「『■◆●○◎・ "
_CLOSE = "＞］】》〕」』 ：…"
_BEFORE_ROLE = ("の", "による", "よる", " ", "・", "と", "＆", "：", "～", "兼")
_SAYS_BEHIND = re.compile("に(?:よる|て)([^ 。、（）]{2,12})|(?:の|が)([^ 。、（）]{2,12})")


def role_in_heading(text: str, rules: PeopleRules) -> tuple[int, int] | None:
    """The place of the role that a heading says: ＜パネリスト＞, （3）区の事例報告, パネリスト…事例紹介者３名.

    パネルディスカッション（パネリスト） says the nearer one, パネリスト.
    """
    for start, end in brackets(text):
        inner = _whole_role(text, start + 1, end, rules)
        if inner:
            return inner
    first = re.search("[（]", text)
    end = first.start() if first and first.start() > 0 else len(text)
    start = _heading_start(text)
    return _opening_role(text, start, rules) or _closing_role(text, start, _heading_end(text, end), rules)


def _whole_role(text: str, start: int, end: int, rules: PeopleRules) -> tuple[int, int] | None:
    start, end = skip_blanks(text, start), skip_back(text, end)
    return (start, end) if text[start:end] in rules.roles else None


def _heading_start(text: str) -> int:
    """Where a heading's words start, behind its brackets and its number."""
    at = 0
    while at < len(text) and text[at] in _OPEN:
        at += 1
    number = _NUMBER.match(text, at)
    return skip_blanks(text, number.end()) if number and number.end() < len(text) else at


def _heading_end(text: str, end: int) -> int:
    while end > 0 and text[end - 1] in _CLOSE:
        end -= 1
    numbered = _TAIL.search(text[:end])
    return numbered.start() if numbered else end


def _opening_role(text: str, start: int, rules: PeopleRules) -> tuple[int, int] | None:
    """A role with … or ： behind it, or alone."""
    if text[start : start + 1] not in rules.role_signs:
        return None
    for role in rules.roles:
        if not text.startswith(role, start):
            continue
        end = start + len(role)
        behind = skip_blanks(text, end)
        if behind == len(text) or text[behind] in "…：＞］】》〕" or text[behind:].isdigit():
            return start, end
    return None


def _closing_role(text: str, start: int, end: int, rules: PeopleRules) -> tuple[int, int] | None:
    """A role at a heading's end: whole, or behind の, による, a blank."""
    if text[end - 1 : end] not in rules.last_signs["roles"]:
        return None
    for role in rules.roles:
        first = end - len(role)
        if first < start or not text.startswith(role, first):
            continue
        if first == start or text.endswith(_BEFORE_ROLE, start, first):
            return first, end
        return None
    return None


def role_behind(unit: Unit, end: int, rules: PeopleRules) -> tuple[int, int] | None:
    """The role said behind a name: 神野 直彦先生による講演, 氏の基調講演."""
    found = _SAYS_BEHIND.match(unit.text, skip_blanks(unit.text, end))
    if not found:
        return None
    start = found.start(1) if found.group(1) else found.start(2)
    for role in rules.roles:
        if unit.text.startswith(role, start) and not unit.text.startswith("会", start + len(role)):
            return start, start + len(role)
    return None


def find_role(lines: Lines, at: int, rules: PeopleRules) -> Part | Text | None:
    """The role of a name in the unit `at` from its label and from the headings above it.

    Looks at the detail's label, then at what stands before it under the same heading (a line
    that is marked or labelled and says no role ends that), then at the heading, and so on up.
    """
    place: int | None = at
    own = True
    while place is not None and place > 0:
        detail = lines.units[place].detail
        if detail is None:
            return None
        label = _label_role(detail, rules)
        if label:
            return label
        if not own:
            found = _heading_role(lines, place, rules)
            if found:
                return found
        beside = _role_beside(lines, place, rules) if own else None
        if beside:
            return beside
        own = False
        place = None if detail.parent is None else detail.parent + 1
    return None


def _label_role(detail: Detail, rules: PeopleRules) -> Text | None:
    """The label, where it is a role: 基調講演：…"""
    if detail.label is None:
        return None
    return detail.label if detail.label.value in rules.roles else None


def _heading_role(lines: Lines, at: int, rules: PeopleRules) -> Part | None:
    unit = lines.units[at]
    if lines.named[at]:
        return None
    found = role_in_heading(unit.text, rules)
    return (at, *found) if found else None


def _role_beside(lines: Lines, at: int, rules: PeopleRules) -> Part | Text | None:
    """The role that a line before says, under the same heading."""
    own = lines.units[at].detail
    for place in range(at - 1, max(0, at - 1 - _FARTHEST), -1):
        detail = lines.units[place].detail
        if detail is None or own is None or detail.level < own.level:
            return None
        if detail.level > own.level or lines.named[place]:
            continue
        found = _label_role(detail, rules) or _heading_role(lines, place, rules)
        if found and not _counts_like(detail, own):
            return found
        if detail.marker or detail.label:
            return None
    return None


def _counts_like(heading: Detail, own: Detail) -> bool:
    """Whether both are numbered items of one list (①基調講演 ②…): then none heads the other."""
    if heading.marker is None or own.marker is None:
        return False
    bullets = "・･○〇●◎◇◆■□-－*＊"
    return heading.marker.value not in bullets and own.marker.value not in bullets
