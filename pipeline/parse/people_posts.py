"""The affiliation of a name: body and post as written, before it, behind it, in brackets, on the line before.

Takes the units of an event and a Name in one of them. Gives the places of body and post, and the
role where the same line says one. Reads rules/people.toml. RECORDS, People.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.parse.people_joined import appointment
from pipeline.parse.people_names import Name
from pipeline.parse.people_units import STOPS, Unit, closing, opening, skip_back, skip_blanks
from pipeline.parse.people_words import (
    body_length,
    honorific_length,
    is_affiliation,
    is_body_word,
    is_complete,
    is_plain_word,
    post_after,
    post_length,
)
from pipeline.rules.people import PeopleRules

_AFTER_POST = ("が", "は", "に", "と", "から", "より", "へ", "も", "、", "・")
_ROLE_SIGNS = " ・…：のに"
_SPACE = re.compile(" +")

# A part of an affiliation or a role: index of the unit, start, end.
Part = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Posted:
    """What a name's own lines say of it: parts of the affiliation in their order, and a role."""

    affiliation: tuple[Part, ...] = ()
    role: Part | None = None
    end: int = 0  # where in the name's unit all that belongs to it ends


@dataclass(frozen=True, slots=True)
class Lines:
    """The units of an event and, for each as far as it was read, the names in it."""

    units: Sequence[Unit]
    named: Sequence[Sequence[Name]]


def read_posts(lines: Lines, at: int, name: Name, floor: int, rules: PeopleRules) -> Posted:
    """Affiliation and role of the name in the unit `at`; text before `floor` belongs to a name before."""
    text = lines.units[at].text
    given = appointment(text, name.start, name.name_end, rules)
    if given:
        return Posted(((at, *given),), None, name.end)
    before, role = _before(lines, at, name, floor, rules)
    end = name.end
    after: tuple[Part, ...] = ()
    if not before or _outer_only(before, at, text, name):
        post_end = post_after(text, name.end, rules)
        if post_end is not None:
            after, end = ((at, skip_blanks(text, name.end), post_end),), post_end
    bracket, bracket_role, end = _bracket(lines, at, end, bool(before or after), rules)
    return Posted((*before, *after, *bracket), role or bracket_role, end)


def _outer_only(before: tuple[Part, ...], at: int, text: str, name: Name) -> bool:
    """Whether all that stands before is the body in front of the bracket: 港区（大浦 昇 …課長）."""
    opened = skip_back(text, name.start)
    in_bracket = opened > 0 and text[opened - 1] == "（"
    return in_bracket and all(part[0] != at or part[2] < opened for part in before)


def _before(
    lines: Lines, at: int, name: Name, floor: int, rules: PeopleRules
) -> tuple[tuple[Part, ...], Part | None]:
    """What stands before a name: the line's own segment, the body before its bracket, the line before."""
    text = lines.units[at].text
    end = name.mended + 1 if name.mended is not None else name.start
    start, end, role = _segment(text, end, floor, at, rules)
    if name.mended is not None:
        start = min(start, name.mended)
    parts: tuple[Part, ...] = ((at, start, end),) if start < end else ()
    complete = start < end and name.mended is None and is_complete(text[start:end], rules)
    opened = skip_back(text, start, floor)
    if opened > floor and text[opened - 1] == "（":
        if complete:
            return parts, role
        outer, outer_role = _outer(lines, at, opened - 1, floor, rules)
        return (*outer, *parts), role or outer_role
    if role is None and skip_back(text, start) == 0 and floor == 0:
        above, above_role = _line_before(lines, at, text[start:end], complete, rules)
        return (*above, *parts), above_role
    return parts, role


def _segment(text: str, end: int, floor: int, at: int, rules: PeopleRules) -> tuple[int, int, Part | None]:
    """Start and end of the affiliation that ends at `end`, and a role that opens it."""
    end = skip_back(text, end, floor)
    start = _left_stop(text, end, floor)
    left, start = start, _behind_particles(text, start, end, rules)
    said = _role_with_particle(text, left, start, at, rules)
    while end > start and text[end - 1] in "のでに、・":
        end = skip_back(text, end - 1, start)
    start = skip_blanks(text, start)
    role, start = _leading_role(text, start, end, at, rules)
    if role is None and text[start - 1 : start] in ("…", "：") and start > floor:
        role = _role_before_sign(text, start - 1, floor, at, rules)
    start = _without_title(text, start, end, rules)
    return min(start, end), end, role or said


def _role_with_particle(text: str, left: int, start: int, at: int, rules: PeopleRules) -> Part | None:
    """The role that a sentence says before an affiliation: 講師に｜東京大学教授."""
    if start == left:
        return None
    for particle in ("に", "は", "として"):
        if text.endswith(particle, left, start):
            end = start - len(particle)
            role = next((role for role in rules.roles if text.endswith(role, left, end)), None)
            return (at, end - len(role), end) if role else None
    return None


def _left_stop(text: str, end: int, floor: int) -> int:
    """The first place of the run without a stop that ends at `end`; （公財） and the like stand inside it."""
    place = end
    while place > floor:
        sign = text[place - 1]
        if sign == "）":
            opened = opening(text, place - 1, floor)
            if opened is None:
                return place
            place = opened
        elif sign == "（" or sign in STOPS:
            return place
        else:
            place -= 1
    return floor


def _behind_particles(text: str, start: int, end: int, rules: PeopleRules) -> int:
    """The place behind what a sentence says before an affiliation: 西川会長が｜…大臣."""
    best = start
    for cut in rules.cuts:
        place = text.rfind(cut, start, end)
        if place >= 0:
            best = max(best, place + len(cut))
    for place in range(start + 1, end):
        if not text.startswith(_AFTER_POST, place):
            continue
        for particle in _AFTER_POST:
            if not text.startswith(particle, place) or place + len(particle) > end:
                continue
            honored = any(text.endswith(word, start, place) for word in rules.honorifics)
            posted = particle != "・" and post_length(text[start:place], place - start, rules)
            if honored or posted:
                best = max(best, place + len(particle))
    return best


def _leading_role(text: str, start: int, end: int, at: int, rules: PeopleRules) -> tuple[Part | None, int]:
    """A role that opens an affiliation, and where the rest starts: コーディネーター ｜ 東洋大学教授."""
    if text[start : start + 1] not in rules.role_signs:
        return None, start
    for role in rules.roles:
        if not text.startswith(role, start) or start + len(role) > end:
            continue
        behind = start + len(role)
        if behind == end:
            return (at, start, behind), end
        if text[behind] in _ROLE_SIGNS or text[behind] == "（":
            while behind < end and text[behind] in _ROLE_SIGNS:
                behind += 1
            return (at, start, start + len(role)), behind
    return None, start


def _role_before_sign(text: str, at_sign: int, floor: int, at: int, rules: PeopleRules) -> Part | None:
    """The role that ends before … or ： (コーディネーター…)."""
    end = skip_back(text, at_sign, floor)
    while end > floor and text[end - 1] in "…：":
        end = skip_back(text, end - 1, floor)
    for role in rules.roles:
        if text.endswith(role, floor, end):
            return at, end - len(role), end
    return None


def _without_title(text: str, start: int, end: int, rules: PeopleRules) -> int:
    """Where the affiliation starts when words that are none stand before it, parted by blanks."""
    words = [(start + a, start + b) for a, b in _words(text[start:end])]
    if not words:
        return start
    first = words[-1][0]
    for left, right in reversed(words[:-1]):
        word, rest = text[left:right], text[first:end]
        if not is_body_word(word, rules) and not (is_plain_word(word) and not _names_body(rest, rules)):
            break
        first = left
    return first


def _names_body(text: str, rules: PeopleRules) -> bool:
    """Whether one of the words names a body, so that a strange word before it is none of it."""
    if any(part in text for part in rules.body_parts):
        return True
    return any(body_length(word, len(word), rules) for word in text.split())


def _words(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for gap in _SPACE.finditer(text):
        spans.append((at, gap.start()))
        at = gap.end()
    spans.append((at, len(text)))
    return [span for span in spans if span[0] < span[1]]


def _outer(
    lines: Lines, at: int, opened: int, floor: int, rules: PeopleRules
) -> tuple[tuple[Part, ...], Part | None]:
    """The body in front of a bracket that holds the name, on this line or on the one before."""
    text = lines.units[at].text
    start, end, role = _segment(text, opened, floor, at, rules)
    word = text[start:end]
    if word and is_affiliation(word, rules):
        return ((at, start, end),), role
    if not word and role is None and skip_back(text, opened) == 0:
        return _line_before(lines, at, "", False, rules)
    return (), role


def _line_before(
    lines: Lines, at: int, segment: str, complete: bool, rules: PeopleRules
) -> tuple[tuple[Part, ...], Part | None]:
    """The line before, where it is the first part of a post that the page broke."""
    if at < 2 or lines.named[at - 1]:
        return (), None
    above, here = lines.units[at - 1], lines.units[at].detail
    if here is not None and (here.marker or here.label):
        return (), None
    end = skip_back(above.text, len(above.text))
    start, end, role = _segment(above.text, end, 0, at - 1, rules)
    word = above.text[start:end]
    if not word:
        return (), None
    whole_line = start == 0 or role is not None
    if complete:
        fits = whole_line and post_length(word, len(word), rules) and is_complete(word, rules)
        marked = above.detail is not None and above.detail.marker is not None
        fits = bool(fits) and not marked and is_affiliation(word, rules)
    else:
        fits = is_affiliation(word, rules) or (
            is_complete(word, rules) and post_length(word + segment, len(word + segment), rules) > 0
        )
    return (((at - 1, start, end),), role) if fits else ((), None)


def _bracket(
    lines: Lines, at: int, end: int, has_post: bool, rules: PeopleRules
) -> tuple[tuple[Part, ...], Part | None, int]:
    """The post in brackets behind a name: alone the affiliation, else a second post with its brackets."""
    text = lines.units[at].text
    where, opened = at, skip_blanks(text, end)
    if opened == len(text) and at + 1 < len(lines.units) and not lines.named[at + 1]:
        below = lines.units[at + 1].detail
        if below is not None and below.marker is None and below.label is None:
            where, opened, text = at + 1, 0, lines.units[at + 1].text
            if skip_back(text, len(text)) - 1 != closing(text, 0):
                return (), None, end
    if text[opened : opened + 1] != "（":
        return (), None, end
    close = closing(text, opened)
    if close is None:
        return (), None, end
    role, start = _leading_role(text, skip_blanks(text, opened + 1), close, where, rules)
    end = close + 1 if where == at else end
    stop = skip_back(text, close, start)
    if not is_affiliation(text[start:stop], rules) and not is_complete(text[start:stop], rules):
        return (), role, end
    if honorific_length(text, stop - 1, rules) or any(sign in STOPS for sign in text[start:stop]):
        return (), role, end
    part = (where, opened, close + 1) if has_post and role is None else (where, start, stop)
    return (part,), role, end
