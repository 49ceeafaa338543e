"""Names written without a blank: 杉本和行氏, 石破茂地方創生担当大臣, 綾部市長 山崎善也.

Takes a text and its words. Gives the places that part family and given name. Reads
rules/people.toml: only a known family name parts a name, but for 氏 behind four or five kanji.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.parse.people_units import KANJI, KANJI_RUN, closing, skip_back, skip_blanks
from pipeline.parse.people_words import (
    PARTICLES,
    body_length,
    honorific_length,
    is_affiliation,
    is_joined_given,
    post_after,
    post_length,
    starts_with_place,
)
from pipeline.rules.people import PeopleRules

# start of the family name, end of it, end of the given name, end with 氏, whether there is 氏
Joined = tuple[int, int, int, int, bool]
_KANA_GIVEN = re.compile(f"[ぁ-ゖ]{{1,4}}[{KANJI}]?$")
_UNIVERSITY = re.compile(f"(?!短期|女子|学園|学院)[{KANJI}]{{2,5}}大学(?!長)")
_LONGEST = 7  # signs of a whole name
_LONGEST_SENTENCE = 40  # signs between a name and 就任


def joined_names(
    text: str,
    words: Sequence[tuple[int, int]],
    whole: Mapping[str, int],
    rules: PeopleRules,
    has_role: bool,
) -> Iterator[Joined]:
    """The names without a blank in a text, in their order.

    `whole` holds the names known from elsewhere without their blank, and where it stood.
    """
    has_honorific = not rules.honorific_signs.isdisjoint(text)
    for start, end in words:
        last = start
        for found in _honored(text, start, end, whole, rules) if has_honorific else ():
            yield found
            last = found[3]
        if last < end:
            yield from _posted(text, last, end, whole, has_role, rules)


def _honored(
    text: str, start: int, end: int, whole: Mapping[str, int], rules: PeopleRules
) -> Iterator[Joined]:
    """Names with 氏 right behind them, or behind them and a blank."""
    floor = start
    for place in range(start + 2, end + 1):
        at = skip_blanks(text, place) if place == end else place
        size = honorific_length(text, at, rules) if at < len(text) else 0
        if not size:
            continue
        parts = _split(text, floor, place, whole, rules)
        floor = place + size
        if parts:
            yield (*parts, place, at + size, True)


def _split(
    text: str, floor: int, end: int, whole: Mapping[str, int], rules: PeopleRules
) -> tuple[int, int] | None:
    """Where the name that ends at `end` starts and where its given name starts; None for a family name alone."""
    start = _run_start(text, floor, end)
    if end - start < 3 or rules.is_surname(text[start:end]):
        return None
    best: tuple[int, int, int] | None = None
    for first in range(max(start, end - _LONGEST), end - 2):
        bound = _boundary(text, start, first, rules)
        if not bound:
            continue
        if rules.is_surname(text[first:end]):
            return None
        if text[first:end] in whole:
            return first, first + whole[text[first:end]]
        for size in (4, 3, 2, 1):
            fits = _is_parted_at(text, first, first + size, end, rules, honored=True)
            if fits and (best is None or (bound, size) > best[:2]):
                best = (bound, size, first)
    if best:
        return best[2], best[2] + best[1]
    return _split_by_length(text, start, end, rules)


def _run_start(text: str, floor: int, end: int) -> int:
    """Where the kanji that end at `end` start, with the kana of a given name in or behind them (さわ子, はるみ)."""
    kana = _KANA_GIVEN.search(text, max(floor, end - _LONGEST), end)
    start = kana.start() if kana else end
    if kana and (start == floor or not KANJI_RUN.fullmatch(text[start - 1])):
        return end
    while start > floor and KANJI_RUN.fullmatch(text[start - 1]):
        start -= 1
    return start


def _boundary(text: str, start: int, first: int, rules: PeopleRules) -> int:
    """How well a name can start at `first`: 2 at the start of the run or behind a post, 1 behind a body."""
    if first == start or 0 < post_length(text, first, rules) <= first - start:
        return 2
    return 1 if 0 < body_length(text, first, rules) <= first - start else 0


def _is_parted_at(
    text: str, first: int, middle: int, end: int, rules: PeopleRules, honored: bool = False
) -> bool:
    """Whether `text[first:middle]` is a known family name and the rest can be a given name."""
    if not 1 <= end - middle <= 4:
        return False
    family = text[first:middle]
    if len(family) == 1 and (family not in rules.short_surnames or end - middle < 2):
        return False
    return rules.is_surname(family) and is_joined_given(text[middle:end], rules, honored)


def _split_by_length(text: str, start: int, end: int, rules: PeopleRules) -> tuple[int, int] | None:
    """An unknown family name before 氏: what stands before kana, else two and two kanji, two and one, three and two."""
    kana = _KANA_GIVEN.search(text, start, end)
    for first in range(start, end - 2):
        if first != start and not 0 < post_length(text, first, rules) <= first - start:
            continue
        size = kana.start() - first if kana else {3: 2, 4: 2, 5: 3}.get(end - first, 0)
        family, given = text[first : first + size], text[first + size : end]
        if 1 < size < 4 and family[-1] not in "市町村区県" and is_joined_given(given, rules, honored=True):
            return first, first + size
    return None


def _posted(
    text: str, start: int, end: int, whole: Mapping[str, int], has_role: bool, rules: PeopleRules
) -> Iterator[Joined]:
    """Names without 氏 that a post beside them proves."""
    floor = start
    for first in _starts(text, start, end, rules):
        if first < floor:
            continue
        found = _posted_at(text, first, end, whole, has_role, rules)
        if found:
            yield (first, *found, found[1], False)
            floor = found[1]


def _starts(text: str, start: int, end: int, rules: PeopleRules) -> Iterator[int]:
    """Where a name can start in a word: at its start, behind a particle, behind a post."""
    yield start
    for place in range(start + 1, end - 2):
        if not KANJI_RUN.fullmatch(text[place]):
            continue
        kana = "ぁ" <= text[place - 1] <= "ゖ"
        if kana or (
            text[place - 1] in "長事授員長官臣" and post_length(text[start:place], place - start, rules)
        ):
            yield place


def _posted_at(
    text: str, first: int, end: int, whole: Mapping[str, int], has_role: bool, rules: PeopleRules
) -> tuple[int, int] | None:
    """End of the family name and of the given name of a name that starts at `first`, or None."""
    for size in (3, 2, 1):
        middle = first + size
        if middle >= end or not (rules.is_surname(text[first:middle]) or whole):
            continue
        if text[middle : middle + 2] in rules.not_given or honorific_length(text, middle, rules):
            continue
        for last in (middle + 2, middle + 3, middle + 1, middle + 4):
            if last > end:
                continue
            named = whole.get(text[first:last]) == size
            if not named and not _is_parted_at(text, first, middle, last, rules):
                continue
            if not named and rules.is_surname(text[first:last]):
                continue
            if _is_proved(text, first, last, end, named, has_role, rules):
                return middle, last
    return None


def _is_proved(
    text: str, first: int, last: int, end: int, named: bool, has_role: bool, rules: PeopleRules
) -> bool:
    """Whether a post before or behind says that this is a person."""
    if appointment(text, first, last, rules):
        return True
    at_end = last == end or text[last] in PARTICLES or text.startswith(("より", "から"), last)
    if not at_end:
        return _starts_affiliation(text, first, last, rules)
    if named:
        return True
    before = skip_back(text, first)
    if post_length(text, before, rules):
        return True
    opens = before == 0 or text[before - 1] in "（、・：…"
    behind = skip_blanks(text, last)
    if not opens:
        return False
    if text[behind : behind + 1] == "（":
        close = closing(text, behind)
        return close is not None and is_affiliation(text[behind + 1 : close], rules)
    if behind == len(text) or text[behind] in "、・（）":
        return has_role
    return last == end and behind > last and post_after(text, behind, rules) is not None


def _starts_affiliation(text: str, first: int, at: int, rules: PeopleRules) -> bool:
    """Whether what is glued to a name is an affiliation: 石破茂｜地方創生担当大臣, 山田太郎｜町長."""
    post_end = post_after(text, at, rules)
    if post_end is None:
        return False
    rest = text[at:post_end]
    if text[first - 1 : first] == "（":
        return True
    if at - first > 3 and _UNIVERSITY.match(rest):
        return True
    return rest in rules.posts or rest.startswith(rules.affiliation_starts) or starts_with_place(rest)


def appointment(text: str, first: int, last: int, rules: PeopleRules) -> tuple[int, int] | None:
    """The post that a sentence gives to the name: 初代町長｜に山田太郎（氏が）就任, 山田太郎が｜社長｜に就任."""
    tail = text[last : last + _LONGEST_SENTENCE]
    before = skip_back(text, first)
    if text[before - 1 : before] == "に" and post_length(text, before - 1, rules):
        rest = tail.lstrip(" ").removeprefix("氏").lstrip("がを、 ")
        if rest.startswith(rules.appointed):
            start = before - 1
            while start > 0 and text[start - 1] not in " 、。」』）がはをに":
                start -= 1
            return start, before - 1
    lead = len(tail) - len(tail.lstrip(" ").removeprefix("氏").lstrip("がは、， "))
    for place in range(lead + 1, len(tail)):
        if tail[place] in "。、":
            return None
        if tail[place] == "に" and tail[place + 1 :].lstrip(" ").startswith(rules.appointed):
            ends_post = lead and post_length(tail, place, rules)
            return (last + lead, last + place) if ends_post else None
    return None
