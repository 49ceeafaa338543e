"""The level of each detail: under which paragraph it stands.

Takes the paragraphs below a headline. Gives `Detail`s with level and parent, in the order of the
document. Reads rules/markers.toml, labels.toml, paragraphs.toml. RECORDS, Headline and details.
A paragraph's signs decide, never its indent: text and PDF give the same levels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from pipeline import chars
from pipeline.model import Detail, Paragraph
from pipeline.parse.joins_names import ends_named, names_first
from pipeline.parse.paragraphs import count_of
from pipeline.rules.load import Rules
from pipeline.rules.paragraphs import ParagraphRules

_NOTE = regex.compile(r"[(（].+[)）]$")
_DATE_IN_NOTE = regex.compile(r"^[(（] ?[0-9]{1,2}(?:/|月)")
_REFERENCE = "※"


@dataclass(frozen=True, slots=True)
class _Seen:
    """A detail already placed: what decides where the next one stands."""

    kind: str  # of its marker; "" without one
    rank: int
    value: int | None
    label: str | None
    text: str
    parent: int | None
    is_person: bool
    is_role: bool  # a word such as パネリスト that heads names

    @property
    def is_container(self) -> bool:
        """A label with nothing behind it: what follows stands under it."""
        return self.label is not None and not self.text

    @property
    def is_field(self) -> bool:
        """A label with its text."""
        return self.label is not None and bool(self.text)

    @property
    def is_numbered(self) -> bool:
        return self.value is not None


def cut_details(headline: str, paragraphs: Sequence[Paragraph], rules: Rules) -> tuple[Detail, ...]:
    """The details of an entry, each with its level (1 under the headline) and its parent's index."""
    seen: list[_Seen] = []
    details: list[Detail] = []
    for paragraph in paragraphs:
        new = _look_at(paragraph, rules)
        parent = _find_parent(new, seen, headline, rules)
        seen.append(replace(new, parent=parent))
        level = 1 if parent is None else details[parent].level + 1
        details.append(
            Detail(level, paragraph.marker, paragraph.label, paragraph.text, parent, paragraph.separators)
        )
    return tuple(details)


def _look_at(paragraph: Paragraph, rules: Rules) -> _Seen:
    """What a paragraph shows of itself, not yet placed."""
    shown = paragraph.marker.value if paragraph.marker else paragraph.text.value
    found = rules.markers.find(chars.fold(shown).text)
    text = paragraph.text.value
    marker = found[0] if found and (paragraph.marker or found[0].whole) else None
    heads = marker is not None and marker.whole
    return _Seen(
        kind=marker.kind if marker else "",
        rank=marker.rank if marker else 9,
        value=count_of(shown) if marker and marker.counts else None,
        label=paragraph.label.value if paragraph.label else None,
        text=text,
        parent=None,
        is_person=is_person_line(text, rules.paragraphs),
        is_role=heads or _is_role(text, rules.paragraphs),
    )


def is_person_line(text: str, rules: ParagraphRules) -> bool:
    """Whether a paragraph is a post and a name, in either order."""
    if ends_named(text, rules):
        return True
    return bool(names_first(rules).match(text) or _post_first(rules).match(text))


@cache
def _post_first(rules: ParagraphRules) -> regex.Pattern[str]:
    """特別区長会事務局副参事 段塚 克志, 西川 太一郎（…区長）."""
    post = "|".join(regex.escape(word) for word in rules.post_ends)
    name = r"[\p{Han}々]{1,4} [\p{Han}\p{Hiragana}\p{Katakana}々]{1,5}"
    return regex.compile(rf"[^ 。、「]{{2,60}}(?:{post}) {name}$|{name}[(（][^()（）]*(?:{post})[)）]$")


def _is_role(text: str, rules: ParagraphRules) -> bool:
    """パネリスト, パネルディスカッション（パネリスト）."""
    bare = text.replace(" ", "")
    if bare in rules.role_words:
        return True
    _, opening, word = bare.rstrip("）)").rpartition("（")
    return bool(opening) and word in rules.role_words


def _find_parent(new: _Seen, seen: Sequence[_Seen], headline: str, rules: Rules) -> int | None:
    """The index of the detail that the new one stands under; None for the headline itself."""
    if not seen:
        return None
    if new.kind == "note":
        return _parent_of_note(seen, headline)
    if new.label in rules.labels.of_talk:
        talk = _nearest_talk(seen)
        if talk is not None:
            return talk
    if new.is_numbered:
        return _parent_of_number(new, seen)
    if new.kind:
        return _parent_of_bullet(new, seen)
    if new.label is not None:
        return _parent_of_label(seen)
    return _parent_of_text(new, seen, rules)


def _chain(seen: Sequence[_Seen]) -> list[int]:
    """The last detail and those above it, nearest first."""
    chain: list[int] = []
    at: int | None = len(seen) - 1
    while at is not None:
        chain.append(at)
        at = seen[at].parent
    return chain


def _nearest_talk(seen: Sequence[_Seen]) -> int | None:
    """The numbered or circled item that the last detail belongs to; a ○ that only groups names is none."""
    for at in _chain(seen):
        above = seen[at].parent
        groups_names = above is not None and seen[above].is_role
        if seen[at].is_numbered or (seen[at].kind == "circle" and not groups_names):
            return at
    return None


def _parent_of_note(seen: Sequence[_Seen], headline: str) -> int | None:
    """A ※ explains the ※ before it; else what it follows, but beside a field or another note."""
    marked = [at for at, detail in enumerate(seen) if _REFERENCE in detail.text]
    if marked:
        return marked[-1]
    if _REFERENCE in headline:
        return None
    last = seen[-1]
    if last.kind == "note" or (last.is_field and not last.kind):
        return last.parent
    return len(seen) - 1


def _parent_of_number(new: _Seen, seen: Sequence[_Seen]) -> int | None:
    """A number goes on with the nearest list of its kind; a 1 opens a list under what it follows."""
    same = next((at for at in _chain(seen) if seen[at].kind == new.kind), None)
    if same is not None and (new.value or 0) >= (seen[same].value or 0) and new.value != 1:
        return seen[same].parent
    if same is not None and same == len(seen) - 1:
        return seen[same].parent
    return _under_last(seen)


def _parent_of_bullet(new: _Seen, seen: Sequence[_Seen]) -> int | None:
    chain = _chain(seen)
    same = next((at for at in chain if seen[at].kind == new.kind), None)
    if same is None:
        return _parent_of_new_bullet(new, seen)
    if same == chain[0] and seen[same].is_role and new.is_person:
        return same
    if seen[same].is_person and not new.is_person and seen[same].parent is not None:
        above = seen[same].parent
        if above is not None and seen[above].kind == new.kind:
            return seen[above].parent
    numbered = next((at for at in chain if seen[at].is_numbered), None)
    if (
        new.label is None
        and numbered is not None
        and seen[numbered].parent == same
        and seen[same].is_container
    ):
        return numbered  # a bullet without a label inside a numbered item of 内容：
    return seen[same].parent


def _parent_of_new_bullet(new: _Seen, seen: Sequence[_Seen]) -> int | None:
    """A sign not yet open stands under what it follows; a plain bullet after a list of numbers beside it."""
    chain = _chain(seen)
    plain = new.label is None and not new.is_person and not new.is_role
    deeper = [at for at in chain if seen[at].kind and seen[at].rank > new.rank]
    if plain and deeper and len(deeper) == len(chain):
        return seen[deeper[-1]].parent
    return _under_last(seen)


def _under_last(seen: Sequence[_Seen]) -> int | None:
    """The last detail when it can hold a list, else what holds the last detail."""
    at = len(seen) - 1
    while seen[at].is_person and not seen[at].kind and seen[at].parent is not None:
        at = seen[at].parent or 0
    last = seen[at]
    if last.is_field or last.text.endswith("。") or (last.kind == "note"):
        return last.parent
    return at


def _parent_of_label(seen: Sequence[_Seen]) -> int | None:
    """A label without a sign stands beside the labels before it, or under a label that has no text."""
    last = seen[-1]
    if last.is_container:
        return len(seen) - 1
    chain = _chain(seen)
    beside = next((at for at in chain if seen[at].label is not None and not seen[at].kind), None)
    if beside is None:
        beside = next((at for at in chain if seen[at].is_field), None)
    if beside is not None:
        return seen[beside].parent
    if not last.text.endswith("。") and not last.is_person:
        return len(seen) - 1
    return last.parent


def _parent_of_text(new: _Seen, seen: Sequence[_Seen], rules: Rules) -> int | None:
    """Text without sign or label explains what it follows, or stands beside text of its own kind."""
    last, at = seen[-1], len(seen) - 1
    if new.text.startswith(rules.paragraphs.role_words) and not _is_role(new.text, rules.paragraphs):
        holder = next((up for up in _chain(seen) if seen[up].kind), None)
        return holder if holder is not None else last.parent
    if last.kind or last.is_container:
        return at
    if last.is_person:
        return _beside_person(new, seen)
    if new.is_person:
        role_line = last.text.startswith(rules.paragraphs.role_words)
        return last.parent if role_line or last.label in rules.labels.of_talk else at
    if last.is_field or (_NOTE.match(new.text) and not _DATE_IN_NOTE.match(new.text)):
        return at
    return last.parent


def _beside_person(new: _Seen, seen: Sequence[_Seen]) -> int | None:
    """After a name: another name stands beside it, another text beside the title above the name."""
    above = seen[-1].parent
    if new.is_person or above is None or seen[above].kind:
        return above
    return seen[above].parent
