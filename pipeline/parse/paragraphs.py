"""Paragraphs of an entry: lines joined, then cut at markers, labels and runs of numbers.

Takes an entry's fragments. Gives `Paragraph`s: marker, label, text, and the separators between.
Reads rules/markers.toml, labels.toml, paragraphs.toml. RECORDS, Text and Headline and details.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from pipeline import chars
from pipeline.model import FULL, OPEN, SOFT, Fragment, Paragraph, Text
from pipeline.parse.joins import Before, Habits, goes_on, line_end
from pipeline.parse.strips import Strip, make_strip
from pipeline.rules.load import Rules
from pipeline.rules.markers import MarkerRules

_LIST_ITEM = regex.compile(r"[ \t>]*+[-*+][ \t]+")
_LOOK_BACK = 400
_KANA = "アイウエオカキクケコ"
_COMMAS = " 、，,"
_RUN = regex.compile(r"(?P<circled>[①-⑳㉑-㉟㊱-㊿])|(?P<number>[(（] ?[0-9]{1,2} ?[)）])")
# A subtitle that closes, and on the same line who gave the talk: ～共感とストーリー～早稲田大学…研究員 佐久間 智之 氏
_SUBTITLE_AND_NAME = regex.compile(
    r"[～〜][^～〜]{4,60}[～〜](?=[^～〜「」]{6,80}氏(?: *[(（][^()（）]*[)）])?$)"
)
_DIGITS = regex.compile(r"[0-9]+")
_BULLETS = ("bullet", "circle")  # kinds of markers


@dataclass(frozen=True, slots=True)
class _Run:
    """Fragments that only the page parted (soft wraps), and their folded text."""

    fragments: tuple[Fragment, ...]
    text: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Runs of one paragraph, and how it ends so far."""

    runs: list[_Run]
    tail: str  # the last signs, as many as a decision may look back on

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        """All fragments of the paragraph."""
        return tuple(fragment for run in self.runs for fragment in run.fragments)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A strip that is one paragraph."""

    strip: Strip
    indent: float


def cut_paragraphs(
    source: str, fragments: Sequence[Fragment], habits: Habits, rules: Rules
) -> tuple[Paragraph, ...]:
    """The paragraphs of these fragments in order; the first one is the headline, whole but for a bullet before it."""
    groups = _group(source, fragments, habits, rules)
    if not groups:
        return ()
    headline = _make_headline(source, groups[0].fragments, rules)
    pieces = [piece for group in groups[1:] for piece in _cut_group(source, group, rules)]
    counted = [*(_starts_with_number(piece.strip.text, rules.markers) for piece in pieces), False]
    details = (
        _make_paragraph(source, piece, follows, rules)
        for piece, follows in zip(pieces, counted[1:], strict=True)
    )
    return (headline, *details)


def _make_headline(source: str, fragments: Sequence[Fragment], rules: Rules) -> Paragraph:
    """The whole of it, with a bullet apart: ・ says that the entry is one of a list, not what happened."""
    strip = make_strip(source, fragments)
    found = rules.markers.find(strip.text)
    end = found[1] if found and found[0].kind in _BULLETS and not found[0].whole else 0
    end = _skip_blanks(strip.text, end) if end else 0
    marker = _marker_text(source, strip, end) if 0 < end < len(strip.text) else None
    return Paragraph(marker, None, strip.part(source, end if marker else 0), fragments[0].indent)


def _group(source: str, fragments: Sequence[Fragment], habits: Habits, rules: Rules) -> list[_Group]:
    groups: list[_Group] = []
    for run in _join_soft(source, fragments):
        if groups and _joins(source, groups[-1], run, len(groups) == 1, habits, rules):
            groups[-1].runs.append(run)
            groups[-1] = _Group(groups[-1].runs, (groups[-1].tail + run.text)[-_LOOK_BACK:])
        else:
            groups.append(_Group([run], run.text[-_LOOK_BACK:]))
    return groups


def _join_soft(source: str, fragments: Sequence[Fragment]) -> Iterator[_Run]:
    """The fragments, those that only the page parted taken together."""
    held: list[Fragment] = []
    for fragment in fragments:
        if held and (held[-1].wrap != SOFT or held[-1].column != fragment.column):
            yield _Run(tuple(held), make_strip(source, held).text)
            held = []
        held.append(fragment)
    if held:
        yield _Run(tuple(held), make_strip(source, held).text)


def _joins(source: str, group: _Group, run: _Run, is_headline: bool, habits: Habits, rules: Rules) -> bool:
    """Whether the run goes on with the paragraph."""
    head, last = group.runs[0].text, group.runs[-1]
    if run.fragments[0].column != last.fragments[-1].column:
        return False
    marked = rules.markers.find(head)
    if marked and marked[0].whole:
        return False
    body = head[marked[1] :].lstrip() if marked else head
    label = rules.labels.find(body)
    is_title = bool(label and rules.labels.is_title(body[: label[0]]))
    opens = bool(rules.markers.find(run.text) or rules.labels.find(run.text) or _has_bullet(source, run))
    wrap = last.fragments[-1].wrap
    behind = _behind_line_end(group.runs)
    end = line_end(source, last.fragments[-1].span)
    before = Before(group.tail, behind, end, wrap == FULL, wrap == OPEN, bool(label), is_title, is_headline)
    return goes_on(before, run.text, opens, habits, rules.paragraphs)


def _has_bullet(source: str, run: _Run) -> bool:
    """Whether a bullet of Markdown, which lies in no line, stands before the run."""
    start = run.fragments[0].span.start
    return _LIST_ITEM.fullmatch(source, source.rfind("\n", 0, start) + 1, start) is not None


def _behind_line_end(runs: Sequence[_Run]) -> str:
    """The text behind the last line end that stopped short of its column's edge."""
    text = ""
    for place in range(len(runs) - 1, -1, -1):
        text = runs[place].text + text
        if place == 0 or runs[place - 1].fragments[-1].wrap != FULL or len(text) > _LOOK_BACK:
            break
    return text


def _cut_group(source: str, group: _Group, rules: Rules) -> Iterator[_Piece]:
    """One piece for the paragraph, and one for each label or number that runs on inside it."""
    strip = make_strip(source, group.fragments)
    edges = [0, *_run_places(strip.text, rules), len(strip.text)]
    for left, right in pairwise(edges):
        yield _Piece(strip.cut(left, right), group.fragments[0].indent)


def _make_paragraph(source: str, piece: _Piece, number_follows: bool, rules: Rules) -> Paragraph:
    """The piece as marker, label and text; a 、 before the next number of a run belongs to no text."""
    strip = piece.strip
    marker_end = _marker_end(strip.text, rules.markers)
    label_start = _skip_blanks(strip.text, marker_end)
    label = rules.labels.find(strip.text[label_start:])
    text_start = label_start + label[1] if label else marker_end
    text_end = len(strip.text)
    if number_follows:
        text_end = text_start + len(strip.text[text_start:].rstrip(_COMMAS))
    colon = strip.spans(label_start + label[0], text_start) if label else ()
    return Paragraph(
        marker=_marker_text(source, strip, marker_end) if marker_end else None,
        label=_label_text(source, strip, label_start, label_start + label[0]) if label else None,
        text=strip.part(source, text_start, text_end),
        indent=piece.indent,
        separators=(*colon, *strip.spans(text_end)),
    )


def _marker_text(source: str, strip: Strip, end: int) -> Text:
    """A marker in the characters of the source: (１） is not （1）."""
    spans = strip.spans(0, end)
    return Text(chars.clean_sign("".join(source[span.start : span.end] for span in spans)), spans)


def _label_text(source: str, strip: Strip, start: int, end: int) -> Text:
    """A label without the blanks inside it: 会 場 is 会場."""
    spans = tuple(span for at in range(start, end) for span in strip.spans(at, at + 1))
    return chars.make_text(source, spans)


def _marker_end(text: str, markers: MarkerRules) -> int:
    found = markers.find(text)
    return found[1] if found and not found[0].whole else 0


def _starts_with_number(text: str, markers: MarkerRules) -> bool:
    found = markers.find(text)
    return bool(found and found[0].counts)


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def _run_places(text: str, rules: Rules) -> list[int]:
    """Where a label or the numbers of a run stand inside a paragraph, but for its own marker.

    A run is a first number right after the label, or two numbers and more that count up.
    主催等：　共催：… is two paragraphs: a label right after a label starts its own.
    """
    body, has_label = _body_start(text, rules)
    places = [body] if has_label and rules.labels.find(text[body:]) else []
    places.extend(hit.end() for hit in _SUBTITLE_AND_NAME.finditer(text))
    found = list(_RUN.finditer(text))
    depths = _depths(text) if found else []
    found = [hit for hit in found if not depths[hit.start()]]
    for kind in ("circled", "number"):
        hits = [hit for hit in found if hit[kind]]
        values = [count_of(hit.group()) for hit in hits]
        starts = [hit.start() for hit in _counting(hits, values)]
        if hits and hits[0].start() == 0:
            places.extend(starts[1:])
        elif hits and values[0] == 1 and (hits[0].start() == body > 0 or values[1:2] == [2]):
            places.extend(starts)
    return sorted(set(places))


def _counting(hits: list[regex.Match[str]], values: list[int]) -> Iterator[regex.Match[str]]:
    """The hits that count on from the first: a repeat or a skip by one still does (③ ③ ④)."""
    last = values[0] if values else 0
    for hit, value in zip(hits, values, strict=True):
        if last <= value <= last + 2:
            yield hit
            last = value


def count_of(sign: str) -> int:
    """The number of a counting sign: （2） is 2, ⑪ is 11, ア is 1; 0 for what counts nothing."""
    digits = _DIGITS.search(chars.clean(sign))
    if digits:
        return int(digits.group())
    kana = next((letter for letter in sign if letter in _KANA), None)
    return _KANA.index(kana) + 1 if kana else int(unicodedata.numeric(sign[0], 0))


def _body_start(text: str, rules: Rules) -> tuple[int, bool]:
    """Where the text behind marker and label starts, and whether there is a label."""
    start = _skip_blanks(text, _marker_end(text, rules.markers))
    label = rules.labels.find(text[start:])
    return (_skip_blanks(text, start + label[1]), True) if label else (start, False)


def _depths(text: str) -> list[int]:
    """How many brackets are open before each sign; a closing one without its opening counts for nothing."""
    depths = [0]
    for sign in text:
        depth = depths[-1] + (sign in "（(「『") - (sign in "）)」』")
        depths.append(max(depth, 0))
    return depths
