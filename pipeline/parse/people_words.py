"""What a word is to a person's line: a post, a body, a family name, a given name.

Takes text and a place in it. Gives yes, no, or how long the word is. Reads rules/people.toml
and the gazetteer.
"""

from __future__ import annotations

import re

from pipeline.parse.people_units import KANJI, STOPS, skip_back, skip_blanks
from pipeline.rules.municipalities import gazetteer
from pipeline.rules.people import PeopleRules

PARTICLES = "がはをにとのもへでやか"
_KANJI_NAME = re.compile(f"[{KANJI}ヶヵノケ]+")
_GIVEN = re.compile(f"[{KANJI}]{{1,4}}|[ぁ-ゖー]{{1,6}}|[ァ-ヺー]{{1,8}}|[{KANJI}ぁ-ゖァ-ヺー]{{2,5}}")
_PLAIN_GIVEN = re.compile(
    f"[{KANJI}]{{1,4}}|[ぁ-ゖ]{{2,5}}|[ァ-ヺー]{{2,3}}|[{KANJI}]{{1,2}}[ぁ-ゖ]{{1,2}}|[ぁ-ゖ]{{1,3}}[{KANJI}]"
)
_NO_FAMILY_END = frozenset("会校課局係署省庁区県氏")
_NUMBERED = re.compile(r"第?[0-9一二三四五六七八九十]+(?:部|回|章|分科会|期|日目|日|年度)?")
_BODY_SIGN = re.compile("[都道府県市区町村省庁]|大学|会社|銀行|協会|機構|財団|法人|センター|研究所")
_OPEN_WORDS = re.compile("[のにをがはとへ]|より|から|ます|する|した")
LONGEST_AFFILIATION = 80


def post_length(text: str, end: int, rules: PeopleRules) -> int:
    """The length of the post word that ends at `end`, 0 for none: 課長補佐 ends with 補佐, 研究科長 with 科長."""
    if text[end - 1 : end] not in rules.last_signs["posts"]:
        return 0
    for size in range(min(rules.longest_post, end), 0, -1):
        if text[end - size : end] in rules.posts:
            return size
    return 2 if end > 1 and text[end - 1] == "長" and text[end - 2] in rules.heads else 0


def body_length(text: str, end: int, rules: PeopleRules) -> int:
    """The length of the body word that ends at `end`, 0 for none: 企画経営部 ends with 部."""
    if text[end - 1 : end] not in rules.last_signs["bodies"]:
        return 0
    for size in range(min(rules.longest_body, end), 0, -1):
        if text[end - size : end] in rules.bodies:
            return size
    return 0


def honorific_length(text: str, at: int, rules: PeopleRules) -> int:
    """The length of the honorific that starts at `at`, 0 for none."""
    if text[at : at + 1] not in rules.honorific_signs:
        return 0
    for word in rules.honorifics:
        if text.startswith(word, at):
            behind = text[at + len(word) : at + len(word) + 1]
            return 0 if behind in rules.honorific_not_before else len(word)
    return 0


def is_family(word: str, rules: PeopleRules) -> bool:
    """Whether a word between blanks can be a family name: no office, no place with its suffix, no post."""
    if rules.is_surname(word):
        return word not in rules.not_family
    if not _KANJI_NAME.fullmatch(word) or len(word) > 5 or word in rules.not_family or word in rules.roles:
        return False
    if word[-1] in _NO_FAMILY_END or post_length(word, len(word), rules):
        return False
    return word not in gazetteer().prefectures and word not in gazetteer().names


def is_given_shape(word: str, family: str, rules: PeopleRules) -> bool:
    """Whether a word with 氏 behind it can be a given name (氏 is strong, so its shape is enough)."""
    if not _GIVEN.fullmatch(word) or post_length(word, len(word), rules) == len(word):
        return False
    both_families = len(word) > 1 and rules.is_surname(word) and not rules.is_surname(family)
    return not both_families and word not in rules.roles


def is_given(word: str, family: str, rules: PeopleRules) -> bool:
    """Whether a word without 氏 can be a given name: of signs that given names are written with."""
    if not _PLAIN_GIVEN.fullmatch(word) or word in rules.not_given or word in rules.posts:
        return False
    if len(word) > 1 and rules.is_surname(word) and not rules.is_surname(family):
        return False
    signs = [sign for sign in word if not "ぁ" <= sign <= "ー"]
    if not signs and not rules.is_surname(family):
        return False
    return all(sign in rules.given_kanji or (len(word) == 1 and sign in rules.given_single) for sign in signs)


def is_joined_given(word: str, rules: PeopleRules, honored: bool = False) -> bool:
    """Whether signs behind a family name, without a blank, can be a given name; 氏 allows more words."""
    if len(word) == 1:
        return word in rules.given_single
    if word in rules.not_given and not honored:
        return False
    return all("ぁ" <= sign <= "ー" or sign in rules.given_kanji for sign in word)


def post_after(text: str, at: int, rules: PeopleRules) -> int | None:
    """The end of the post that the text from `at` on says: 秋田市長｜が西川会長を訪問. None for none."""
    start = skip_blanks(text, at)
    fallback = None
    for end in range(start + 1, min(len(text), start + LONGEST_AFFILIATION) + 1):
        if text[end - 1] in STOPS or text[end - 1] in "（）":
            break
        if not 0 < post_length(text, end, rules) <= end - start:
            continue
        behind = skip_blanks(text, end)
        if behind == len(text) or text[behind] in STOPS or text[behind] in "（）":
            return end
        if text[end] in PARTICLES or text.startswith(("より", "から", "による"), end):
            return end
        if text[end] == " ":
            fallback = end
    return fallback


def has_post_before(text: str, at: int, rules: PeopleRules) -> bool:
    """Whether a post ends before `at`, blanks between."""
    end = skip_back(text, at)
    return post_length(text, end, rules) > 0


def is_complete(text: str, rules: PeopleRules) -> bool:
    """Whether an affiliation names its body, so that no line before it has to."""
    post = post_length(text, len(text), rules)
    rest = text[: len(text) - post] if post else text
    if any(part in text for part in rules.body_parts) or _BODY_SIGN.search(rest):
        return True
    return text.startswith(rules.affiliation_starts) or starts_with_place(text)


def starts_with_place(text: str) -> bool:
    """Whether it begins with the name of a prefecture (with or without 県) or a municipality."""
    known = gazetteer()
    return any(
        text[:size] in known.prefectures or text[:size] in known.names
        for size in range(2, min(known.longest, len(text)) + 1)
    )


def is_body_word(word: str, rules: PeopleRules) -> bool:
    """Whether a word between blanks belongs to an affiliation, as far as it shows."""
    if _NUMBERED.fullmatch(word) or word in rules.roles:
        return False
    if word.endswith("）") or any(part in word for part in rules.body_parts):
        return True
    if body_length(word, len(word), rules) or post_length(word, len(word), rules):
        return True
    return word in gazetteer().prefectures


def is_plain_word(word: str) -> bool:
    """Whether it could be a body's own name (ソトコト, カフェ): short, no particle in it."""
    return len(word) <= 12 and not _OPEN_WORDS.search(word) and not _NUMBERED.fullmatch(word)


def is_affiliation(text: str, rules: PeopleRules) -> bool:
    """Whether a whole text (of a bracket, of a line) is a body, a post, or both."""
    text = text.strip(" ")
    if not text or len(text) > LONGEST_AFFILIATION or any(sign in STOPS for sign in text):
        return False
    words = text.split()
    last = words[-1]
    ends_well = post_length(last, len(last), rules) or body_length(last, len(last), rules)
    if not ends_well and not any(part in last for part in rules.body_parts):
        return False
    return all(is_body_word(word, rules) or is_plain_word(word) for word in words)
