"""Whether a line goes on with the paragraph before it.

Takes a paragraph so far and the run of lines behind it, what the document itself shows (how wide its
columns are, which words it uses), and whether the new line opens with a sign of its own.
Gives yes or no. Reads rules/paragraphs.toml. RECORDS, Text: a paragraph ends at a marker, at a
label, or where the line stopped short of the column's edge; what is plainly cut is joined.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import add

import regex

from pipeline import chars
from pipeline.model import FULL, Document, Line, Span
from pipeline.parse.joins_names import ends_named, is_affiliation, is_body, is_torn_post, names_first
from pipeline.rules.paragraphs import ParagraphRules

_KANJI = regex.compile(r"[\p{Han}々]")
_KATAKANA = regex.compile(r"[\p{Katakana}ー]")
_INSIDE_KATAKANA = regex.compile(r"[\p{Katakana}ー][\p{Han}\p{Hiragana}]")  # メー / ル及び: no word begins so
_HIRAGANA = regex.compile(r"\p{Hiragana}")
_DATED = regex.compile(
    r"(?:明治|大正|昭和|平成|令和|[12][0-9]{3}年|[0-9]{1,2}月 ?[0-9]{1,2}日|[0-9]{1,2}:[0-9]{2})"
)
_NOTE = regex.compile(r"[(（][^()（）]+[)）]。? *$")
_WEEKDAY = regex.compile(r"[(（][月火水木金土日](?:[・･][祝休])?[)）]")  # no paragraph starts with one
_NAME_TAIL = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー々 ]{1,6}[氏先]")
_NAMED_BODY = regex.compile(r"[\p{Han}々]{2,6} [(（][^()（）]{4,}[)）]")  # 大川清治 （市立大学 教授）
_VERB_STEM = regex.compile(r"\p{Han}{2}し$")  # …に変更し, before what was done then
_CLOSES_NUMBER = regex.compile(r"[0-9-]+[)）]")  # …1-23- / 21）: no marker where a bracket is open
# A bracket, and what can only go on with a sentence: （一般用）のリニューアル, （6月21日）され
_BRACKET_GOES_ON = regex.compile(
    r"[(（][^()（）]{1,30}[)）](?:[をにのがはとでもへや、]|から|より|まで|され|した|して|する|案)"
)
# The end of a verb or of a word, before what follows it: いて説明, けられる, し、, 成、
_TAIL = regex.compile(
    r"(?:\p{Hiragana}{0,2}(?:る|た|て|れ|ます|ない)|\p{Hiragana}?し|[^\p{Hiragana}「『（(]{1,2})(?:[、。]|(?<=[るたてれ])\p{Han})"
)
_SERIES = regex.compile(r"第 ?[0-9]+ ?回")
# A line is full when it fills this share of the widest lines, or is as long as any column of a table:
# a page set wider must not read the same words otherwise.
_NEAR_FULL, _LONG_LINE = 0.85, 24.0
_SURELY_LONG = 0.7  # of the widest lines; the columns of a table end further to the left
_HALF_FULL, _HALF_LINE = 0.6, 18.0
_NEAR_EDGE, _MANY_FULL = 2.5, 0.06
_RUNS_ON, _RUNNING = regex.compile(r"。(?![\n」』）)])"), 0.3  # sentences that another follows on the line
_LONGEST_BRACKET = 200  # a bracket open for longer was never closed


@dataclass(frozen=True, slots=True)
class Habits:
    """What a document shows of itself: its words of two to four letters, where its full lines end
    (full-width characters from the line's start), whether many lines end there (it has an edge), and whether
    its sentences follow each other in one paragraph."""

    words: frozenset[str]
    column: float
    has_edge: bool = False
    runs_on: bool = False

    def knows(self, before: str, after: str) -> bool:
        """Whether the letters around a break stand together elsewhere in the document."""
        return before[-2:] + after[:2] in self.words

    def knows_word(self, before: str, after: str) -> bool:
        """Whether the end of a line and one letter more do: 交換 / 会."""
        return before[-2:] + after[:1] in self.words


@dataclass(frozen=True, slots=True)
class Before:
    """The paragraph so far: its folded text, what stands behind its last own line end, and what it is."""

    text: str
    last_line: str
    end: float  # where its last line ends, as `line_end` tells
    is_full: bool  # its last line reaches the edge of its column
    is_open_ended: bool  # nothing says how its last line ends
    has_label: bool
    is_title: bool  # its label names a title of a talk
    is_headline: bool


def find_habits(document: Document, lines: Iterable[Line]) -> Habits:
    """The habits of these lines: every run of two to four letters, and the width nine of ten stay below."""
    listed = list(lines)
    widths = sorted(line_end(document.text, line.span) for line in listed)
    folded = (chars.fold(document.text[line.span.start : line.span.end]).text for line in listed)
    text = "\n".join(folded).replace(" ", "")  # no run over a line's end is ever asked for
    pairs = list(map(add, text, text[1:]))
    triples = list(map(add, pairs, text[2:]))
    words = {*pairs, *triples, *map(add, triples, text[3:])}
    column = widths[len(widths) * 97 // 100] if widths else 0.0
    full = sum(column - _NEAR_EDGE <= size <= column + 2 for size in widths)
    ended, inside = text.count("。\n"), len(_RUNS_ON.findall(text))
    has_edge = full >= max(3, _MANY_FULL * len(widths))
    runs_on = inside >= max(3, _RUNNING * (ended + inside)) and any(line.wrap == FULL for line in listed)
    return Habits(frozenset(words), column, has_edge, runs_on)


def line_end(source: str, span: Span) -> float:
    """Where a line ends on the page: the width of all that stands on it, indent and date included."""
    start = source.rfind("\n", 0, span.start) + 1
    start = max(start, source.rfind("\f", start, span.start) + 1)
    return chars.width(source[start : span.end].rstrip(chars.BLANKS))


def goes_on(before: Before, after: str, opens: bool, habits: Habits, rules: ParagraphRules) -> bool:
    """Whether the folded line `after` belongs to the paragraph `before`.

    `opens`: the line starts with a marker or a label.
    """
    is_open = _is_open(before.text, rules)
    if is_open and _CLOSES_NUMBER.match(after):
        return True
    if opens:
        return before.is_full and is_open  # a list in brackets that goes on with its ・
    if is_open or _WEEKDAY.match(after):
        return True
    if _opens_with_particle(after, rules):  # の堀尾庄一氏: no name begins so
        return True
    if ends_named(after, rules):
        torn = bool(_NAME_TAIL.match(after)) or is_torn_post(before.last_line, rules)
        return (before.is_full and torn) or _is_post_and_name(before, after, rules)
    if _NOTE.match(after):  # a note in parentheses on a line of its own is a paragraph
        return before.is_full or _is_post_and_name(before, after, rules)
    if _NAMED_BODY.fullmatch(after):
        return False
    if _KATAKANA.match(before.last_line[-1:]) and _INSIDE_KATAKANA.match(after):
        return True
    if _starts_inside(after, rules) or _ends_inside(before, rules) or _is_subtitle(after, rules):
        return True
    if _BRACKET_GOES_ON.match(after):
        return True
    if before.is_full and before.is_title:
        return True
    if before.is_full:
        return _fills_line(before, after, habits, rules)
    if before.is_headline and _completes_title(before.text, after, rules):
        return True
    return _is_cut(before, after, habits, rules)


def _fills_line(before: Before, after: str, habits: Habits, rules: ParagraphRules) -> bool:
    """Whether a line that reaches its column's edge goes on: it does, but for a line that ends where an
    entry's line or somebody's name ends, and for one under which a date, or somebody with a post, begins."""
    last = before.last_line
    if _DATED.match(after) and last[-1].isdigit():
        return False
    if last.endswith(rules.honorifics) and ends_named(last, rules) and not before.is_headline:
        return after.startswith(rules.finishing_words)
    if names_first(rules).match(after):
        return False
    is_known = habits.knows(last, after) or habits.knows_word(last, after)
    begins_post = is_affiliation(after, rules) > is_affiliation(last, rules)
    if begins_post and not (is_known or before.has_label or is_torn_post(last, rules)):
        return False
    lists = before.has_label and "、" in last  # 内容：展示、記事の紹介 / 動画の配信
    return not last.endswith(rules.finishing_words) or is_known or lists


def _is_open(text: str, rules: ParagraphRules) -> bool:
    """Whether a bracket or quotation mark is still open at its end (a stray closing one counts for nothing)."""
    depth: list[str] = []
    for sign in text[-_LONGEST_BRACKET:]:
        if sign in rules.opening:
            depth.append(rules.closing[rules.opening.index(sign)])
        elif depth and chars.key(sign) == chars.key(depth[-1]):
            depth.pop()
    return bool(depth)


def _starts_inside(after: str, rules: ParagraphRules) -> bool:
    """Whether a line starts with what can start no paragraph: を依頼, の開催, ーナー, ）、お茶."""
    if after[0] in rules.continuing_signs or after.startswith(rules.continuing_starts):
        return True
    return _opens_with_particle(after, rules)


def _opens_with_particle(after: str, rules: ParagraphRules) -> bool:
    return after[0] in rules.continuing_kana and len(after) > 1 and bool(_KANJI.match(after[1]))


def _ends_inside(before: Before, rules: ParagraphRules) -> bool:
    """Whether a line ends with what can end no paragraph: …、, …についての; …とした can where the line stopped short."""
    last, stopped_short = before.last_line, not (before.is_full or before.is_open_ended)
    if _VERB_STEM.search(last) and not (stopped_short or last.endswith(rules.finished_ends)):
        return True
    if stopped_short and last[-1:] in "たうる":
        return False
    return last.endswith(rules.unfinished_ends) and not last.endswith(rules.finished_ends) and len(last) > 3


def _is_subtitle(after: str, rules: ParagraphRules) -> bool:
    """～共感とストーリー～ on a line of its own."""
    return after.startswith(rules.subtitle) and len(after) > 3 and not after[1:2].isdigit()


def _is_post_and_name(before: Before, after: str, rules: ParagraphRules) -> bool:
    """A post and a name, or a name and a second post in parentheses, that the page broke over two lines."""
    if before.is_headline:
        return False
    named_before = ends_named(before.text, rules)
    body = _NOTE.sub("", before.text) or before.text
    note = _NOTE.match(after)
    if note:
        inside = note.group().strip("()（） ")
        return inside.endswith(rules.post_ends) and (named_before or is_body(body, rules))
    if named_before or body.endswith(rules.not_affiliation_ends):
        return False
    return body.endswith(rules.affiliation_ends)


def _completes_title(text: str, after: str, rules: ParagraphRules) -> bool:
    """A headline of a numbered series that stops before its verb, and a line that opens with a name and brings it.

    第３回 魅力発信イベント / 「ぐんまの山村フェア」開催
    """
    return (
        bool(_SERIES.search(text))
        and not text.endswith(rules.finishing_words)
        and after[0] in "「『"
        and after.rstrip("。 ").endswith(rules.finishing_words)
        and after[-1] not in rules.closing
    )


def _is_cut(before: Before, after: str, habits: Habits, rules: ParagraphRules) -> bool:
    """Whether the line ends where its column ends, in the middle of a word or of a field's text."""
    last = before.last_line
    at_edge = habits.has_edge and habits.column - _NEAR_EDGE <= before.end <= habits.column + 2
    if habits.runs_on and before.is_open_ended and last.endswith("。"):
        return before.end >= _SURELY_LONG * habits.column
    size = max(chars.width(last.replace(" ", "")), before.end)
    scripts = (_KANJI, _KATAKANA, _HIRAGANA)
    same_script = any(script.match(last[-1]) and script.match(after[0]) for script in scripts)
    if (
        same_script
        and habits.knows(last, after)
        and not last.endswith((*rules.finishing_words, *rules.closing_ends))
    ):
        return True
    near_full = size >= min(_NEAR_FULL * habits.column, _LONG_LINE)
    if near_full and last[-1].isdigit() and after[0].isdigit():
        return True
    half_full = size >= min(_HALF_FULL * habits.column, _HALF_LINE)
    if before.is_title and half_full:
        return True
    if last.endswith((*rules.finishing_words, *rules.closing_ends)) or _DATED.match(after):
        return False
    if before.has_label and half_full:
        return True
    if near_full and after[0].isdigit() and habits.knows(last, after):  # 東京 / 23区, elsewhere in one line
        return True
    if half_full and _TAIL.match(after):
        return True
    if at_edge and before.is_open_ended:
        return True
    return near_full and same_script and last[-1] + after[0] in habits.words
