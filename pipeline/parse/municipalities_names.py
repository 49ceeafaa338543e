"""Where a text names a municipality, a ward or a prefecture, and what around it is no such mention.

Takes a text. Gives `Hit`s with the bodies that bear the name. Reads the gazetteer.
A mention names the municipality itself, its office or its officer (中野区長, 港区企画経営部), or a
thing it runs (港区立南桜公園). A name inside another body's own name is none: 青森県市長会,
千葉銀行, 東京都立大学, 北海道経済産業局, 東京２３区. The longest name wins: 大津市 holds no 津市.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.parse.people_units import KANA, KANJI, brackets, skip_back
from pipeline.rules.municipalities import PREFECTURE, Gazetteer, Municipality

_KANJI = re.compile(f"[{KANJI}]")
_KANJI_ONLY = re.compile(f"[{KANJI}]*")
_LONGEST_RUN = 40  # characters of kanji beyond which a run is looked at no further back
_COUNTY = re.compile(f"[{KANJI}ヶケ]{{1,4}}郡$")
_TAIL = re.compile(f"(?:(?![がはをにでとのもやへ])[{KANJI}{KANA}A-Za-z0-9]){{0,24}}")
_LIST_SIGNS = re.compile(r"(?:[・、,，/／と ]|及び|および)+")
_LISTS = ("・", "、")
_PARTICLES = "はがをにでとのもやへらりびす"


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text: its place, who bears it, and the prefecture that is said right beside it.

    `wards` are wards of designated cities whose short name this is. `is_mention` is False for a name
    that only tells where things are (a part of an association's name, a prefecture before its town).
    """

    start: int
    end: int
    name: str
    bodies: tuple[Municipality, ...] = ()
    wards: tuple[Municipality, ...] = ()
    prefecture: str | None = None
    is_mention: bool = True

    @property
    def is_prefecture(self) -> bool:
        """Whether it names a prefecture."""
        return bool(self.bodies) and self.bodies[0].kind == PREFECTURE


def find_hits(text: str, known: Gazetteer) -> tuple[Hit, ...]:
    """Every name in the text, in its order; none overlaps another."""
    hits: list[Hit] = []
    for sign in _ends(known).finditer(text):
        hit = _longest(text, sign.end(), hits[-1] if hits else None, known)
        if hit is None:
            continue
        while hits and hits[-1].start >= hit.start:
            hits.pop()
        hits.append(hit)
    return (*_judged(text, hits, known), *_bare_prefectures(text, hits, known))


@cache
def _end_signs(signs: str) -> re.Pattern[str]:
    return re.compile(f"[{signs}]")


def _ends(known: Gazetteer) -> re.Pattern[str]:
    return _end_signs("".join(sorted(known.ends)))


def _longest(text: str, end: int, last: Hit | None, known: Gazetteer) -> Hit | None:
    """The longest name that ends at `end` and does not cut into the name before it."""
    for size in range(min(known.longest, end), 1, -1):
        start = end - size
        if last is not None and last.start < start < last.end:
            continue
        name = text[start:end]
        bodies, wards = known.names.get(name, ()), known.ward_cities.get(name, ())
        if bodies or wards:
            return Hit(start, end, name, bodies, wards)
    return None


def _judged(text: str, hits: list[Hit], known: Gazetteer) -> Iterator[Hit]:
    """The names that stand for themselves, each with the prefecture beside it."""
    last: Hit | None = None
    for at, hit in enumerate(hits):
        behind = hits[at + 1] if at + 1 < len(hits) else None
        before = _prefecture_before(text, hit, last, known)
        if not (before and not hit.is_prefecture) and not _opens(text, hit, last, known):
            continue
        apart = hit.is_prefecture and _qualifies(text, hit, behind)
        hit = replace(
            hit,
            prefecture=before or _prefecture_in_brackets(text, hit, known),
            is_mention=not apart
            and not _is_explanation(text, hit, last)
            and not _belongs_to_another(text, hit, known),
        )
        if not _is_other_word(text, hit, known):
            yield hit
            last = hit


def _prefecture_before(text: str, hit: Hit, last: Hit | None, known: Gazetteer) -> str | None:
    """The prefecture right before a name: 東京都 港区, 埼玉県比企郡嵐山町, 東京台東区."""
    if hit.is_prefecture:
        return hit.name
    before = skip_back(text, hit.start)
    county = _COUNTY.search(text[max(0, hit.start - 5) : hit.start])
    if county:
        before = skip_back(text, hit.start - len(county.group()))
    if last is not None and last.is_prefecture and before <= last.end <= hit.start:
        return last.name
    for size in (3, 2):
        stem = known.prefectures.get(text[max(0, hit.start - size) : hit.start])
        if stem is not None:
            return stem.name
    return None


def _prefecture_in_brackets(text: str, hit: Hit, known: Gazetteer) -> str | None:
    """The prefecture in brackets right behind a name: 鶴岡市（山形県）, 池田町（長野）."""
    if text[hit.end : hit.end + 1] != "（":
        return None
    end = text.find("）", hit.end, hit.end + 8)
    inside = known.prefectures.get(text[hit.end + 1 : end].strip(" ")) if end >= 0 else None
    return inside.name if inside else None


def _opens(text: str, hit: Hit, last: Hit | None, known: Gazetteer) -> bool:
    """Whether a name can begin where this one does, and is not the end of a longer word."""
    if hit.start == 0:
        return True
    rules, before = known.mentions, text[hit.start - 1]
    if last is not None and not last.is_prefecture and not hit.is_prefecture and _same_run(text, last, hit):
        return False  # 港区朝日町: a quarter
    if text.endswith(rules.may_precede, 0, hit.start):
        return True
    if "ぁ" <= hit.name[0] <= "ゖ":
        return before in _PARTICLES or not (_KANJI.match(before) or "ぁ" <= before <= "ゖ")
    if "ァ" <= hit.name[0] <= "ー":
        return not "ァ" <= before <= "ー"
    if not _KANJI.match(before):
        return True
    small = hit.name[-1] in "町村" or len(hit.name) == 2 or not hit.bodies
    return not small and before not in rules.makes_another


def _same_run(text: str, last: Hit, hit: Hit) -> bool:
    between = text[max(last.end, hit.start - _LONGEST_RUN) : hit.start]
    return bool(_KANJI_ONLY.fullmatch(between))


def _qualifies(text: str, hit: Hit, behind: Hit | None) -> bool:
    """Whether a prefecture only says where the municipality right behind it lies."""
    if behind is None or behind.is_prefecture:
        return False
    between = text[hit.end : behind.start].strip(" ")
    if between and not _COUNTY.fullmatch(between):
        return False
    return any(body.prefecture == hit.name for body in (*behind.bodies, *behind.wards))


def _is_explanation(text: str, hit: Hit, last: Hit | None) -> bool:
    """Whether a prefecture in brackets says where the municipality before it lies: 鶴岡市（山形県）."""
    if not hit.is_prefecture or last is None or last.is_prefecture:
        return False
    return text[last.end : hit.start] == "（" and text[hit.end : hit.end + 1] == "）"


def _belongs_to_another(text: str, hit: Hit, known: Gazetteer) -> bool:
    """Whether the name is a part of another body's own name: 青森県市長会, 北海道新聞社, 港区観光協会."""
    rules = known.mentions
    if text.startswith(rules.associations, hit.end) or text.endswith(rules.legal_forms, 0, hit.start):
        return True
    found = _TAIL.match(text, hit.end)
    tail = found.group() if found else ""
    if tail.startswith(rules.state_offices):
        return True
    for word in rules.other_bodies:
        at = tail.find(word)
        if at < 0 or tail.startswith(rules.goes_on, at + len(word)):
            continue
        if not any(part in tail[:at] for part in rules.departments):
            return True
    return False


def _is_other_word(text: str, hit: Hit, known: Gazetteer) -> bool:
    """Whether what stands behind makes another word of it: 津市場, 栄町駅, 朝日町1丁目, 東村山."""
    rules = known.mentions
    if text.startswith(rules.not_before, hit.end - 1):
        return True
    if hit.name[-1] in "町村" and (text.startswith("駅", hit.end) or text[hit.end : hit.end + 1].isdigit()):
        return True
    if len(hit.name) > 2 or hit.name[-1] not in "町村" or hit.prefecture:
        return False
    listed = text.endswith(_LISTS, 0, hit.start) or text.startswith(_LISTS, hit.end)
    return not (listed or text.startswith(rules.short_goes_on, hit.end))


def _bare_prefectures(text: str, hits: list[Hit], known: Gazetteer) -> Iterator[Hit]:
    """Prefectures without 県 in a list of nothing but prefectures, one of them whole: （北海道・京都・青森）.

    青森 alone can be the city, the region, the word of a title: it is no mention.
    """
    taken = {hit.start for hit in hits}
    for start, end in ((0, len(text)), *((a + 1, b) for a, b in brackets(text))):
        if end - start > 400:
            continue
        items = list(_items(text, start, end))
        bodies = [known.prefectures.get(text[left:right]) for left, right in items]
        if len(items) < 2 or None in bodies:
            continue
        if any(
            body is not None and body.name == text[a:b] for body, (a, b) in zip(bodies, items, strict=True)
        ):
            for body, (left, right) in zip(bodies, items, strict=True):
                if body is not None and left not in taken:
                    yield Hit(left, right, text[left:right], (body,), (), body.name)


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for sign in _LIST_SIGNS.finditer(text, start, end):
        if at < sign.start():
            yield at, sign.start()
        at = sign.end()
    if at < end:
        yield at, end
