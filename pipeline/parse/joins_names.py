"""Lines that name somebody: where a name, a post or a body ends on a line, or begins one.

Takes a line's folded text. Gives yes or no. Reads rules/paragraphs.toml (honorifics, affiliation_ends, post_ends).
"""

from __future__ import annotations

from functools import cache

import regex

from pipeline.rules.paragraphs import ParagraphRules

_SUBTITLE = regex.compile(r"^.*[～〜]")
_SHORTEST_AFFILIATION = 8
_SENTENCE = regex.compile("[をがはにで、。]")
_PARTICLE = regex.compile(
    r"(?<=[\p{Han}\p{Katakana}」』）)])(?:の|と|や|へ|から|より|及び|に)(?=[\p{Han}\p{Katakana}「『])"
)


def is_affiliation(text: str, rules: ParagraphRules) -> bool:
    """Whether a line is a body and a post, without a name: 元長野県副知事・信州大学経法学部特任教授."""
    named = text.endswith(rules.affiliation_ends) and not text.endswith(rules.not_affiliation_ends)
    return named and len(text) >= _SHORTEST_AFFILIATION and not _SENTENCE.search(text)


def is_torn_post(last: str, rules: ParagraphRules) -> bool:
    """Whether a line tells of a body and breaks off before the post is said: 文化観光課文化資源主査・学.

    Behind a subtitle only what follows it counts: …～共感とストーリー～早稲田大学マニフェス.
    """
    last = _SUBTITLE.sub("", last)
    if ends_named(last, rules) or _SENTENCE.search(last) or last.endswith(rules.not_affiliation_ends):
        return False
    return not _PARTICLE.search(last) and any(word in last[2:] for word in rules.affiliation_ends)


@cache
def names_first(rules: ParagraphRules) -> regex.Pattern[str]:
    """A line that opens with family and given name and ends with a post: 長嶋 繁 経済産業省…課長."""
    post = "|".join(regex.escape(word) for word in rules.post_ends)
    family, given = r"[\p{Han}々]{1,4}", r"[\p{Han}\p{Hiragana}\p{Katakana}々]{1,5}"
    return regex.compile(rf"{family} {given} [^。、「]{{2,80}}(?:{post})(?:[(（][^()（）]*[)）])?$")


def is_body(text: str, rules: ParagraphRules) -> bool:
    """Whether a line ends as a body or a post: …推進協議会, …連絡会座長."""
    return text.endswith(("会", "会社", *rules.post_ends)) and not text.endswith(rules.not_affiliation_ends)


def ends_named(text: str, rules: ParagraphRules) -> bool:
    """Whether a line ends with somebody and an honorific: 松原 宏 氏, 広井 良典 氏（特別区長会…顧問）."""
    return any(word in text for word in rules.honorifics) and bool(_ends_named(rules).search(text))


@cache
def _ends_named(rules: ParagraphRules) -> regex.Pattern[str]:
    honorifics = "|".join(regex.escape(word) for word in rules.honorifics)
    name = r"[\p{Han}\p{Hiragana}\p{Katakana}ー々]{1,8}"
    return regex.compile(
        rf"{name} {{0,2}}(?:{honorifics}) *(?:[(（](?:[^()（）]|[(（][^()（）]*[)）])*[)）]?)?$"
    )
