"""Where a text names somebody by family and given name.

Takes a Unit. Gives `Name`s with the places of family and given name. Reads rules/people.toml.
A name parted by a blank needs 氏, a post beside it, or a heading that says a part; one written
without a blank needs a known family name too. A family name alone is no person (RECORDS, People).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.parse.people_joined import appointment, joined_names
from pipeline.parse.people_units import WORD, Unit, closing, skip_back, skip_blanks
from pipeline.parse.people_words import (
    PARTICLES,
    body_length,
    has_post_before,
    honorific_length,
    is_affiliation,
    is_family,
    is_given,
    is_given_shape,
    post_after,
    post_length,
)
from pipeline.rules.people import PeopleRules

_KATAKANA = re.compile("[ァ-ヺー]+")
_FOREIGN = re.compile(r"[ァ-ヺー]{2,}(?:[・＝=][ァ-ヺー]+)+|[A-Z][A-Za-z'.-]+(?: [A-Z][A-Za-z'.-]*){1,3}")
_FOREIGN_POST = re.compile(
    " *(?:駐[^ 。、]{1,12}大使|大統領|副大統領|首相|国王|皇太子|王子|大使|総領事|市長|町長|村長|州知事|知事|博士|教授)"
)
_LONGEST_POST = 24  # signs of a post's last word, and more
_LONGEST_FAMILY, _LONGEST_GIVEN = 5, 5
MENDED = frozenset("係課部局室署所科班")  # a body whose 長 the page cut off


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in `unit.text`: family and given name, and where its 氏 ends.

    `family` and `given` touch where no blank parts them. `given` is None for a name that keeps
    its own order (ジョン・スミス). `mended` is the place of a 長 that belongs to the post before.
    """

    family: tuple[int, int]
    given: tuple[int, int] | None
    end: int
    honored: bool = False
    mended: int | None = None

    @property
    def start(self) -> int:
        """Where the name starts."""
        return self.family[0]

    @property
    def name_end(self) -> int:
        """Where the name ends, without 氏."""
        return self.given[1] if self.given else self.family[1]

    def read(self, text: str) -> str:
        """The name as a person carries it: family, one space, given."""
        family = text[self.family[0] : self.family[1]]
        return f"{family} {text[self.given[0] : self.given[1]]}" if self.given else family


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a unit: the text before it, whether a heading says a part, names known.

    `known` holds names without their blank, and how long the family name is.
    """

    before: str = ""
    has_role: bool = False
    known: Mapping[str, int] = field(default_factory=dict)


def find_names(unit: Unit, around: Around, rules: PeopleRules) -> tuple[Name, ...]:
    """The names in a unit, in their order; none overlaps another."""
    text = unit.text
    words = [found.span() for found in WORD.finditer(text)]
    found = _foreign_names(text, rules)
    for at in range(len(words) - 1):
        found.extend(_parted(text, words, at, around, rules))
    for first, middle, last, end, honored in joined_names(text, words, around.known, rules, around.has_role):
        found.append(Name((first, middle), (middle, last), end, honored))
    return _first_of_each(found)


def _first_of_each(found: list[Name]) -> tuple[Name, ...]:
    """Names that overlap: the one with 氏 or parted by a blank stays."""
    kept: list[Name] = []
    taken = bytearray(max((name.end for name in found), default=0))
    for name in sorted(found, key=lambda name: (not name.honored, name.start)):
        if not any(taken[name.start : name.end]):
            taken[name.start : name.end] = b"x" * (name.end - name.start)
            kept.append(name)
    return tuple(sorted(kept, key=lambda name: name.start))


def _parted(
    text: str, words: list[tuple[int, int]], at: int, around: Around, rules: PeopleRules
) -> list[Name]:
    """The name whose family name ends the word `at` and whose given name starts the next one."""
    (left, middle), (start, end) = words[at], words[at + 1]
    if middle == start or text[middle:start].strip(" "):
        return []
    for given_end, tail, honored in _given_ends(text, start, end, rules):
        given = text[start:given_end]
        for first, mended in _family_starts(text, left, middle, around, rules):
            family = text[first:middle]
            if text[first - 1 : first] == "・" and _KATAKANA.fullmatch(family):
                continue
            if not _is_name(family, given, honored, rules):
                continue
            name = Name((first, middle), (start, given_end), tail, honored, mended)
            if honored or mended is not None or _is_proved(text, name, around, rules):
                return [name]
    return []


def _is_name(family: str, given: str, honored: bool, rules: PeopleRules) -> bool:
    if honored and _KATAKANA.fullmatch(family):
        return bool(_KATAKANA.fullmatch(given))
    if not is_family(family, rules):
        return False
    return is_given_shape(given, family, rules) if honored else is_given(given, family, rules)


def _given_ends(text: str, start: int, end: int, rules: PeopleRules) -> list[tuple[int, int, bool]]:
    """Where the given name can end, where its 氏 ends, and whether there is one."""
    for place in range(start + 1, min(end, start + _LONGEST_GIVEN + 1)):
        size = honorific_length(text, place, rules)
        if size:
            return [(place, place + size, True)]
    if end - start <= _LONGEST_GIVEN:
        behind = skip_blanks(text, end)
        size = honorific_length(text, behind, rules)
        if size and behind > end:
            return [(end, behind + size, True)]
    ends = [end] if end - start <= _LONGEST_GIVEN else []
    ends.extend(
        place
        for place in range(start + 1, min(end, start + _LONGEST_GIVEN))
        if text[place] in PARTICLES or text.startswith(("より", "から"), place)
    )
    return [(place, place, False) for place in ends]


def _family_starts(
    text: str, left: int, end: int, around: Around, rules: PeopleRules
) -> list[tuple[int, int | None]]:
    """Where the family name can start in the word that ends at `end`, likeliest first.

    With it the place of a 長 that the page cut from the post before (推進係 ｜ 長岩生 裕治 氏).
    """
    whole = text[left:end]
    if rules.is_surname(whole):
        return [(left, None)]
    if whole[0] == "長" and len(whole) > 1 and _before(text, left, around)[-1:] in MENDED:
        return [(left + 1, left)]
    if post_length(text, end, rules):
        return []
    starts: list[tuple[int, int | None]] = []
    for first in range(max(left + 1, end - _LONGEST_FAMILY), end):
        is_known = rules.is_surname(text[first:end])
        after_post = 0 < post_length(text, first, rules) <= first - left and (is_known or text[first] != "会")
        # 台東区川島, 区長会佐藤
        after_body = is_known and 0 < body_length(text, first, rules) <= first - left
        after_particle = text[first - 1] in PARTICLES and not "ぁ" <= text[first] <= "ゖ"
        if after_post or after_body or after_particle:
            starts.append((first, None))
    starts.sort(key=lambda start: (not rules.is_surname(text[start[0] : end]), start[0]))
    starts = [start for start in starts if rules.is_surname(text[start[0] : end]) or end - start[0] in (2, 3)]
    return [*starts, (left, None)] if len(whole) <= _LONGEST_FAMILY else starts


def _before(text: str, at: int, around: Around) -> str:
    """The text before a place, of the line before where the place opens its line."""
    end = skip_back(text, at)
    return text[max(0, end - _LONGEST_POST) : end] if end else around.before


def _is_proved(text: str, name: Name, around: Around, rules: PeopleRules) -> bool:
    """Whether something beside a name without 氏 says that it is one: a post, a bracket, a heading."""
    if around.known.get(name.read(text).replace(" ", "")) == name.family[1] - name.family[0]:
        return True
    if appointment(text, name.start, name.end, rules):
        return True
    before = _before(text, name.start, around)
    if post_length(before, len(before), rules) and not before.endswith(("担当", "会員", "代理")):
        return _ends_there(text, name.end) or post_after(text, name.end, rules) is not None
    behind = skip_blanks(text, name.end)
    if behind > name.end and text[behind : behind + 1] not in ("", "（") and _opens_there(text, name.start):
        return post_after(text, name.end, rules) is not None
    if text[behind : behind + 1] == "（" and _opens_there(text, name.start):
        end = closing(text, behind)
        return end is not None and is_affiliation(text[behind + 1 : end], rules)
    if around.has_role and _opens_there(text, name.start):
        return _ends_there(text, name.end) and rules.is_surname(text[slice(*name.family)])
    in_bracket = behind < len(text) and text[behind] == "）" and bool(body_length(before, len(before), rules))
    return in_bracket and rules.is_surname(text[slice(*name.family)])


def _opens_there(text: str, at: int) -> bool:
    """Whether a part of the line begins at a place: its start, a bracket, a list sign."""
    end = skip_back(text, at)
    return end == 0 or text[end - 1] in "（、，・：…※～」』＞】。］に"


def _ends_there(text: str, at: int) -> bool:
    behind = skip_blanks(text, at)
    if behind == len(text) or text[behind] in "（）、，・。」※/／":
        return True
    return text[at] in PARTICLES or text.startswith(("より", "から"), at)


def _foreign_names(text: str, rules: PeopleRules) -> list[Name]:
    """ジョン・スミス氏, John Smith 氏: kept as written, since their own order says which is the family name."""
    names: list[Name] = []
    for found in _FOREIGN.finditer(text):
        start, end = found.span()
        if text.startswith(rules.roles, start):
            continue  # パネリスト・コーディネーター
        behind = skip_blanks(text, end)
        size = honorific_length(text, behind, rules)
        latin = text[start].isascii()
        if size:
            names.append(Name((start, end), None, behind + size, True))
        elif not latin and (_FOREIGN_POST.match(text, end) or _is_posted(text, start, end, rules)):
            names.append(Name((start, end), None, end))
    return names


def _is_posted(text: str, start: int, end: int, rules: PeopleRules) -> bool:
    """駐日大使 ジョン・スミス: a post and a blank before, nothing of the same word behind."""
    return text[start - 1 : start] == " " and has_post_before(text, start, rules) and _ends_there(text, end)
